"""What the page is told is what the network does."""

import base64

import numpy as np
import pytest
import torch

from cnn.activations import activations
from cnn.model import load
from cnn.page.looker import SHOWN, Looker
from cnn.preprocess import digit_from_strokes
from cnn.strokes import examples


@pytest.fixture(scope="module")
def looker():
    digits = [digit_from_strokes(example["strokes"], 280) for example in examples()]
    return Looker(load(), torch.from_numpy(np.stack(digits))[:, None])


def payload_of(example: dict) -> dict:
    return {"canvas": 280, "strokes": [s.ravel().tolist() for s in example["strokes"]]}


def signed(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.int8).astype(np.float32) / 127


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["name"])
def test_every_example_is_read_as_the_digit_it_shows(looker, example):
    (digit,) = looker.look(payload_of(example))["digits"]
    assert digit["digit"] == example["digit"]
    assert digit["sure"]


def test_the_maps_are_the_stages_outputs_to_half_a_step(looker):
    example = examples()[4]
    answer = looker.look(payload_of(example))
    digit = torch.from_numpy(digit_from_strokes(example["strokes"], 280))[None, None]
    maps, at, values = activations(looker.model, digit), 0, signed(answer["maps"])
    for layer in looker.layers():
        expected = maps[layer["name"]][0].numpy()
        assert list(expected.shape) == layer["shape"]
        got = values[at : at + expected.size].reshape(expected.shape) * layer["scale"]
        np.testing.assert_allclose(got, expected, atol=layer["scale"] / 127 / 2 * 1.001)
        at += expected.size
    assert at == len(values)
    np.testing.assert_allclose(
        signed(answer["seen"]).reshape(28, 28), digit[0, 0], atol=1 / 127 / 2 * 1.001
    )
    odds = answer["digits"][0]["odds"]
    np.testing.assert_allclose(odds, looker.model(digit)[0].exp().detach(), rtol=1e-4, atol=1e-7)


def test_the_scales_are_the_largest_values_of_the_examples(looker):
    largest = dict.fromkeys(SHOWN, 0.0)
    for example in examples():
        digit = torch.from_numpy(digit_from_strokes(example["strokes"], 280))[None, None]
        for name in SHOWN:
            value = activations(looker.model, digit)[name].abs().max().item()
            largest[name] = max(largest[name], value)
    for layer in looker.layers():
        assert layer["scale"] == pytest.approx(largest[layer["name"]], rel=1e-5)


def test_kernels_are_the_weights_of_the_convolutions(looker):
    shown = {layer["name"]: layer["kernels"] for layer in looker.layers() if "kernels" in layer}
    assert list(shown) == ["conv1", "conv2"]
    for name, kernels in shown.items():
        weight = getattr(looker.model, name).weight.detach().numpy()
        assert kernels["shape"] == list(weight.shape)
        got = signed(kernels["values"]).reshape(weight.shape) * kernels["scale"]
        np.testing.assert_allclose(got, weight, atol=kernels["scale"] / 127 / 2 * 1.001)


def beside(*drawn: list[np.ndarray]) -> dict:
    """A payload with the drawings side by side, each in its share of the canvas."""
    strokes = [
        ((s / len(drawn)) + [280 * i / len(drawn), 100]).ravel().tolist()
        for i, strokes in enumerate(drawn)
        for s in strokes
    ]
    return {"canvas": 280, "strokes": strokes}


def test_a_number_is_read_from_left_to_right_and_the_newest_digit_is_followed(looker):
    drawn = [examples()[d]["strokes"] for d in (2, 0, 4, 7)]
    answer = looker.look(beside(*drawn))
    assert [digit["digit"] for digit in answer["digits"]] == [2, 0, 4, 7]
    assert answer["followed"] == 3
    lefts = [digit["box"][0] for digit in answer["digits"]]
    assert lefts == sorted(lefts)
    assert all(0 <= edge <= 1 for digit in answer["digits"] for edge in digit["box"])


def test_a_followed_digit_shows_its_own_maps(looker):
    number = beside(*(examples()[d]["strokes"] for d in (2, 7)))
    alone = looker.look({"canvas": 280, "strokes": number["strokes"][:1]})
    followed = looker.look(number | {"follow": 0})
    assert followed["followed"] == 0
    assert followed["seen"] == alone["seen"]
    difference = np.abs(signed(followed["maps"]) - signed(alone["maps"]))
    assert difference.max() <= 1.001 / 127  # a batch of two may round otherwise
    assert looker.look(number)["seen"] != alone["seen"]


def test_under_the_pen_the_answer_leans_to_what_it_was(looker):
    seven = payload_of(examples()[7])
    said = looker.look(seven | {"lean": {"digit": 1, "odds": [0.0, 1.0] + [0.0] * 8}})
    assert said["digits"][0]["digit"] == 7
    assert said["lean"]["digit"] == 1
    for _ in range(12):
        said = looker.look(seven | {"lean": said["lean"]})
    assert said["lean"]["digit"] == 7


def test_nine_digits_are_too_many(looker):
    nine = beside(*[[np.array([[140.0, 0], [140, 280]])]] * 9)
    assert looker.look(nine) == {"error": "too_many_digits"}


@pytest.mark.parametrize(
    "wish",
    [
        {"follow": -1},
        {"follow": "0"},
        {"follow": True},
        {"lean": 7},
        {"lean": {"digit": 7, "odds": [0.1] * 9}},
        {"lean": {"digit": 10, "odds": [0.1] * 10}},
        {"lean": {"digit": 7, "odds": [0.1] * 9 + [float("nan")]}},
        {"lean": {"digit": 7, "odds": [0.1] * 9 + ["1"]}},
    ],
)
def test_a_wish_that_is_no_digit_is_refused(looker, wish):
    assert looker.look(payload_of(examples()[3]) | wish) == {"error": "bad_request"}


def test_nothing_drawn_is_blank_and_nonsense_is_an_error_with_a_name(looker):
    assert looker.look({"strokes": [], "canvas": 280}) == {"blank": True}
    assert looker.look({"strokes": [[1]], "canvas": 280}) == {"error": "bad_points"}
    assert looker.look_at_picture({"picture": "nonsense"}) == {"error": "bad_picture"}
