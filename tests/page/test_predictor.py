"""What the page is told is what the network does."""

import base64

import numpy as np
import pytest
import torch

from cnn.activations import activations
from cnn.model import load
from cnn.page.predictor import Predictor
from cnn.preprocess import digit_from_strokes
from cnn.preprocess.strokes import flatten, unflatten
from cnn.synthetic.generate import examples


@pytest.fixture(scope="module")
def predictor():
    digits = [digit_from_strokes(example["strokes"], 280) for example in examples()]
    return Predictor(load(), torch.from_numpy(np.stack(digits))[:, None])


def payload_of(example: dict) -> dict:
    return {"canvas": 280, "strokes": [flatten(s) for s in example["strokes"]]}


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["name"])
def test_every_example_is_read_as_the_digit_it_shows(predictor, example):
    (digit,) = predictor.predict_strokes(payload_of(example))["digits"]
    assert digit["digit"] == example["digit"]
    assert digit["confident"]


def test_the_maps_are_the_stages_outputs(predictor):
    example = examples()[4]
    answer = predictor.predict_strokes(payload_of(example))
    sent = [unflatten(flatten(stroke)) for stroke in example["strokes"]]
    digit = torch.from_numpy(digit_from_strokes(sent, 280))[None, None]
    maps, at, values = activations(predictor.model, digit), 0, floats(answer["maps"])
    for layer in predictor.layers():
        expected = maps[layer["name"]][0].numpy()
        assert list(expected.shape) == layer["shape"]
        got = values[at : at + expected.size].reshape(expected.shape)
        np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-5)
        at += expected.size
    assert at == len(values)
    np.testing.assert_array_equal(floats(answer["seen"]).reshape(28, 28), digit[0, 0])
    probs = answer["digits"][0]["probs"]
    np.testing.assert_allclose(
        probs, predictor.model(digit)[0].exp().detach(), rtol=1e-4, atol=1e-7
    )


def test_the_scales_are_the_largest_values_of_the_examples(predictor):
    largest = dict.fromkeys((layer["name"] for layer in predictor.layers()), 0.0)
    for example in examples():
        digit = torch.from_numpy(digit_from_strokes(example["strokes"], 280))[None, None]
        for name in largest:
            value = activations(predictor.model, digit)[name].abs().max().item()
            largest[name] = max(largest[name], value)
    for layer in predictor.layers():
        assert layer["scale"] == pytest.approx(largest[layer["name"]], rel=1e-5)


def test_kernels_are_the_weights_of_the_convolutions(predictor):
    shown = {layer["name"]: layer["kernels"] for layer in predictor.layers() if "kernels" in layer}
    assert list(shown) == ["conv1", "conv2"]
    for name, kernels in shown.items():
        weight = getattr(predictor.model, name).weight.detach().numpy()
        assert kernels["shape"] == list(weight.shape)
        np.testing.assert_array_equal(floats(kernels["values"]).reshape(weight.shape), weight)
        assert kernels["scale"] == np.abs(weight).max()


def beside(*drawn: list[np.ndarray]) -> dict:
    """A payload with the drawings side by side, each in its share of the canvas."""
    strokes = [
        ((s / len(drawn)) + [280 * i / len(drawn), 100]).ravel().tolist()
        for i, strokes in enumerate(drawn)
        for s in strokes
    ]
    return {"canvas": 280, "strokes": strokes}


def test_a_number_is_read_from_left_to_right_and_the_newest_digit_is_followed(predictor):
    drawn = [examples()[d]["strokes"] for d in (2, 0, 4, 7)]
    answer = predictor.predict_strokes(beside(*drawn))
    assert [digit["digit"] for digit in answer["digits"]] == [2, 0, 4, 7]
    assert answer["followed"] == 3
    lefts = [digit["box"][0] for digit in answer["digits"]]
    assert lefts == sorted(lefts)
    assert all(0 <= edge <= 1 for digit in answer["digits"] for edge in digit["box"])


def test_a_followed_digit_shows_its_own_maps(predictor):
    number = beside(*(examples()[d]["strokes"] for d in (2, 7)))
    alone = predictor.predict_strokes({"canvas": 280, "strokes": number["strokes"][:1]})
    followed = predictor.predict_strokes(number | {"follow": 0})
    assert followed["followed"] == 0
    assert followed["seen"] == alone["seen"]
    difference = np.abs(floats(followed["maps"]) - floats(alone["maps"]))
    assert difference.max() < 1e-4  # a batch of two may round otherwise
    assert predictor.predict_strokes(number)["seen"] != alone["seen"]


def test_under_the_pen_the_shown_digit_lags(predictor):
    seven = payload_of(examples()[7])
    said = predictor.predict_strokes(
        seven | {"smoothed": {"digit": 1, "probs": [0.0, 1.0] + [0.0] * 8}}
    )
    assert said["digits"][0]["digit"] == 7
    assert said["smoothed"]["digit"] == 1
    for _ in range(12):
        said = predictor.predict_strokes(seven | {"smoothed": said["smoothed"]})
    assert said["smoothed"]["digit"] == 7


def test_nine_digits_are_too_many(predictor):
    nine = beside(*[[np.array([[140.0, 0], [140, 280]])]] * 9)
    assert predictor.predict_strokes(nine) == {"error": "too_many_digits"}


@pytest.mark.parametrize(
    "option",
    [
        {"follow": -1},
        {"follow": "0"},
        {"follow": True},
        {"smoothed": 7},
        {"smoothed": {"digit": 7, "probs": [0.1] * 9}},
        {"smoothed": {"digit": 10, "probs": [0.1] * 10}},
        {"smoothed": {"digit": 7, "probs": [0.1] * 9 + [float("nan")]}},
        {"smoothed": {"digit": 7, "probs": [0.1] * 9 + ["1"]}},
    ],
)
def test_an_option_that_is_no_digit_or_no_average_is_refused(predictor, option):
    answer = predictor.predict_strokes(payload_of(examples()[3]) | option)
    assert answer == {"error": "bad_request"}


def test_nothing_drawn_is_blank_and_nonsense_is_an_error_with_a_name(predictor):
    assert predictor.predict_strokes({"strokes": [], "canvas": 280}) == {"blank": True}
    assert predictor.predict_strokes({"strokes": [[1]], "canvas": 280}) == {"error": "bad_points"}
    assert predictor.predict_picture({"picture": "nonsense"}) == {"error": "bad_picture"}
