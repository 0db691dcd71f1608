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
    assert int(np.argmax(looker.look(payload_of(example))["odds"])) == example["digit"]


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
    np.testing.assert_allclose(answer["odds"], looker.model(digit)[0].exp().detach(), atol=5.1e-5)


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


def test_nothing_drawn_is_blank_and_nonsense_is_an_error_with_a_name(looker):
    assert looker.look({"strokes": [], "canvas": 280}) == {"blank": True}
    assert looker.look({"strokes": [[1]], "canvas": 280}) == {"error": "bad_points"}
    assert looker.look_at_picture("nonsense") == {"error": "bad_picture"}
