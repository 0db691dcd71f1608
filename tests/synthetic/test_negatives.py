"""What is not a digit: never blank, rarely the same, and the network is not sure of it."""

import numpy as np
import torch

from cnn.model import load
from cnn.synthetic import negatives
from cnn.synthetic.filled import filled_shape
from cnn.synthetic.generate import (
    non_digits,
    to_digits,
)
from cnn.synthetic.handwriting import neat
from cnn.synthetic.styles import STYLES


def test_non_digits_are_never_blank_and_rarely_the_same():
    images = non_digits(500, seed=1)
    assert images.shape == (500, 28, 28)
    assert images.dtype == np.uint8
    assert images.max((1, 2)).min() > 100
    assert len(np.unique(images.reshape(500, -1), axis=0)) > 480
    assert np.array_equal(images, non_digits(500, seed=1))


def test_every_path_that_is_no_digit_can_be_drawn_and_no_digit_is_among_them():
    ours = {style.path for style in STYLES}
    for table in (negatives.LETTERS, negatives.SHAPES):
        for name, styles in table.items():
            assert styles, name
            for path in styles:
                assert path not in ours
                assert to_digits([neat(path)]).max() > 100, name


def test_specks_are_among_what_is_no_digit():
    ink = (non_digits(500, seed=1) > 127).sum((1, 2))
    assert 2 <= (ink < 25).sum() <= 40


def test_filled_shapes_leave_hardly_any_paper_within():
    rng = np.random.default_rng(0)
    shapes = [[140 + 60 * stroke for stroke in filled_shape(rng)] for _ in range(100)]
    for digit in to_digits(shapes):
        rows = digit[(digit > 127).any(1)]
        spans = [np.flatnonzero(row > 127) for row in rows if (row > 127).any()]
        covered = sum(len(span) for span in spans) / sum(np.ptp(span) + 1 for span in spans)
        assert covered > 0.6
    assert np.median([(digit > 127).mean() for digit in to_digits(shapes)]) > 0.2


def test_the_committed_network_is_not_sure_of_filled_shapes():
    model, turn = load(), np.linspace(0, 60 * np.pi, 6000)
    spiral = np.stack([np.cos(turn), np.sin(turn)], 1) * (turn / turn[-1])[:, None]
    lines = np.linspace(-1, 1, 40)
    zigzag = np.array([(x, y) for y in lines for x in (-1, 1)])
    drawn = [[140 + half * shape] for shape in (spiral, zigzag) for half in (40, 80, 120)]
    digits = torch.from_numpy(to_digits(drawn)).float()[:, None] / 255
    assert model.confidence(digits).max() < model.card["threshold"]
