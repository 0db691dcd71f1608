"""The drawings to begin with are digits that the shipped network reads, and the page has them."""

from pathlib import Path

import numpy as np
import pytest
import torch

import cnn.page
from cnn.model import load
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.examples import as_json, examples
from cnn.synthetic.handwriting import CANVAS

PAGES = Path(cnn.page.__file__).parent / "browser" / "shared" / "examples.json"


def test_examples_are_ten_digits_a_small_corner_seven_and_a_thin_one():
    drawn = examples()
    assert [e["digit"] for e in drawn] == [*range(10), 7, 1]
    assert len({e["name"] for e in drawn}) == 12
    for e in drawn:
        points = np.concatenate(e["strokes"])
        assert points.min() >= 0
        assert points.max() <= CANVAS
    corner, thin = (np.concatenate(e["strokes"]) for e in drawn[10:])
    assert corner.max() < 0.4 * CANVAS
    assert np.ptp(thin[:, 0]) < 0.05 * CANVAS


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["name"])
def test_every_example_is_surely_read_as_the_digit_it_shows(example):
    model = load()
    digit = torch.from_numpy(digit_from_strokes(example["strokes"], CANVAS))[None, None]
    with torch.no_grad():
        probs = model(digit)[0].exp()
    assert probs.argmax() == example["digit"]
    assert probs.max() >= model.card["threshold"]


def test_the_page_has_these_examples():
    assert PAGES.read_text(encoding="utf-8").rstrip() == as_json()
