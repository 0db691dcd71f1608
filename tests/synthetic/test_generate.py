"""Drawings and synthetic digits: the same by their seed, varied, and like MNIST's digits."""

from collections import Counter

import numpy as np
import pytest

from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import (
    drawings,
    pictured_digits,
    synthetic_digits,
    to_digits,
)
from cnn.synthetic.handwriting import CANVAS, neat, write
from cnn.synthetic.pictures import SIDE, paint
from cnn.synthetic.splines import splines_of
from cnn.synthetic.styles import STYLES


@pytest.fixture(scope="module")
def drawn():
    return drawings(3000, seed=5)


@pytest.fixture(scope="module")
def digits():
    return synthetic_digits(3000, seed=5)


def same(a, b):
    return len(a) == len(b) and all(
        len(x) == len(y) and all(np.array_equal(p, q) for p, q in zip(x, y, strict=True))
        for x, y in zip(a, b, strict=True)
    )


def test_the_same_seed_gives_the_same_strokes_bit_for_bit_and_another_seed_others(drawn):
    again = drawings(3000, seed=5)
    assert same(drawn[0], again[0])
    assert np.array_equal(drawn[1], again[1])
    assert np.array_equal(drawn[2], again[2])
    assert not same(drawn[0], drawings(3000, seed=6)[0])


def test_strokes_are_float32_points_on_the_canvas(drawn):
    for one in drawn[0]:
        assert one
        for stroke in one:
            assert stroke.dtype == np.float32
            assert stroke.ndim == 2
            assert stroke.shape[1] == 2
            assert len(stroke) >= 4
            assert stroke.min() >= 0
            assert stroke.max() <= CANVAS


def test_labels_follow_styles_and_digits_come_equally_often(drawn):
    _, labels, styles = drawn
    assert (labels.dtype, styles.dtype) == (np.uint8, np.uint16)
    assert np.array_equal(labels, [STYLES[s].digit for s in styles])
    counts = np.bincount(labels, minlength=10)
    assert np.abs(counts - 300).max() < 5 * np.sqrt(300)


def test_drawings_are_large_and_small_and_everywhere(drawn):
    boxes = np.array([[np.concatenate(s).min(0), np.concatenate(s).max(0)] for s in drawn[0]])
    side = (boxes[:, 1] - boxes[:, 0]).max(1)
    centre = boxes.mean(1)
    assert np.quantile(side, 0.05) < 0.3 * CANVAS
    assert np.quantile(side, 0.95) > 0.8 * CANVAS
    assert np.quantile(centre, 0.02, axis=0).max() < 0.3 * CANVAS
    assert np.quantile(centre, 0.98, axis=0).min() > 0.7 * CANVAS


def test_writers_vary_and_still_write_the_style():
    rng = np.random.default_rng(0)
    for style in STYLES[::8]:
        written = to_digits(write(splines_of(style.path), 40, rng)) / 255
        assert len(np.unique(written.reshape(40, -1), axis=0)) == 40
        plain = to_digits([neat(style.path)])[0] / 255
        correlation = [np.corrcoef(plain.ravel(), one.ravel())[0, 1] for one in written]
        assert 0.3 < np.median(correlation) < 0.95, style


def test_some_writers_leave_loops_open_and_some_drag_the_pen():
    rng = np.random.default_rng(0)
    circle = next(s.path for s in STYLES if s.name == "circle")
    written = write(splines_of(circle), 400, rng)
    gaps = []
    for (stroke,) in written:
        size = np.ptp(stroke, axis=0).max()
        gaps.append(np.linalg.norm(stroke[0] - stroke[-1]) / size)
    assert np.quantile(gaps, 0.1) < 0.1 < np.quantile(gaps, 0.9)
    cross = next(s.path for s in STYLES if s.name == "crossed")
    lifted = Counter(len(one) for one in write(splines_of(cross), 400, rng))
    assert lifted[2] > 350
    assert lifted[1] > 1


def test_synthetic_digits_are_the_drawings_as_the_page_reads_them(drawn, digits):
    assert digits[0].shape == (3000, 28, 28)
    assert digits[0].dtype == np.uint8
    assert np.array_equal(digits[1], drawn[1])
    assert np.array_equal(digits[2], drawn[2])
    for i in range(0, 3000, 300):
        expected = digit_from_strokes(drawn[0][i], CANVAS) * 255
        assert np.abs(digits[0][i] - expected).max() <= 0.5


def test_synthetic_digits_sit_in_mnists_frame(digits):
    images = digits[0].astype(np.float64)
    place = np.arange(28)
    mass = images.sum((1, 2))
    np.testing.assert_allclose((images.sum(1) @ place / mass), 14, atol=0.25)
    np.testing.assert_allclose((images.sum(2) @ place / mass), 14, atol=0.25)
    rows, columns = (images > 40).any(2).sum(1), (images > 40).any(1).sum(1)
    assert 19 <= np.median(np.maximum(rows, columns)) <= 21


def test_synthetic_digits_look_like_mnists_digits_on_average(digits, mnist_test):
    images, labels = (tensor.numpy() for tensor in mnist_test)
    for digit in range(10):
        ours = digits[0][digits[1] == digit].mean(0)
        theirs = images[labels == digit, 0].mean(0)
        assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.8, digit


def test_pictured_digits_are_the_same_drawings_painted_and_read_again():
    images, labels, styles = pictured_digits(200, seed=5)
    by_strokes, same_labels, same_styles = synthetic_digits(200, seed=5)
    assert np.array_equal(labels, same_labels)
    assert np.array_equal(styles, same_styles)
    alike = [
        np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(images, by_strokes, strict=True)
    ]
    assert np.median(alike) > 0.9
    assert not np.array_equal(images, by_strokes)


@pytest.mark.parametrize("pen", [4, 15, 27])
def test_a_painted_stroke_is_as_wide_as_its_pen_and_as_long_as_its_side(pen):
    ink = paint([np.array([[40.0, 30], [40, 230]], np.float32)], pen)
    assert ink.sum(1)[len(ink) // 2] == pytest.approx(pen, abs=1.5)
    assert np.count_nonzero(ink.max(1) > 0.5) == pytest.approx(SIDE + pen, abs=2)
