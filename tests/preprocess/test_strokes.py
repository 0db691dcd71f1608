"""Strokes become MNIST's own frame, wherever and however large they were drawn."""

import numpy as np
import pytest
from helpers import centre_of_mass, correlation, extent, paint, pen_width, placed
from PIL import Image

from cnn.preprocess import digit_from_strokes
from cnn.preprocess.frame import PEN, SIDE
from cnn.preprocess.strokes import flatten, unflatten
from cnn.synthetic.handwriting import CANVAS


@pytest.mark.parametrize("shift", [(17, -23), (-31.5, 8.25), (100, 0.125)])
def test_strokes_elsewhere_give_the_same_digit_bit_for_bit(drawn, shift):
    for strokes in drawn:
        here = [np.round(s * 8) / 8 for s in placed(strokes, 0.4)]
        there = [s + np.float32(shift) for s in here]
        assert np.array_equal(digit_from_strokes(there, 280), digit_from_strokes(here, 280))


def test_strokes_that_float32_rounds_otherwise_elsewhere_give_the_same_digit_too(drawn):
    differ = 0
    for strokes in drawn:
        here = placed(strokes, 0.4)
        there = [s + np.float32((0.37, 41.113)) for s in here]
        differ += not np.array_equal(digit_from_strokes(there, 280), digit_from_strokes(here, 280))
    assert differ <= 0.02 * len(drawn)  # where a point lies within float32's error of a step


@pytest.mark.parametrize("times", [0.25, 0.77, 1.3, 2.1])
def test_strokes_larger_or_smaller_give_the_same_digit_within_a_fiftieth(drawn, times):
    differ = 0
    for strokes in drawn:
        here = placed(strokes, 0.4)
        other = digit_from_strokes([s * np.float32(times) for s in here], 280)
        differ += np.abs(other - digit_from_strokes(here, 280)).max() > 0.02
    assert differ <= 0.02 * len(drawn)


def test_the_ink_is_20_px_along_its_longer_side_and_centred_on_pixel_14(drawn):
    for strokes in drawn:
        digit = digit_from_strokes(strokes, CANVAS)
        assert digit.dtype == np.float32
        assert digit.shape == (28, 28)
        assert digit.min() == 0
        assert digit.max() == 1
        assert np.abs(centre_of_mass(digit) - 14).max() < 0.25
        if not digit[[0, -1]].any() and not digit[:, [0, -1]].any():
            assert extent(digit).max() == pytest.approx(20, abs=0.75)


def test_the_ink_is_what_pillow_draws_with_a_round_pen(drawn):
    for strokes in drawn:
        digit = digit_from_strokes(strokes, CANVAS)
        large = placed(strokes, (SIDE - PEN) / 28, canvas=28 * 16)
        image = Image.fromarray(255 - paint(large, PEN * 16, 28 * 16, wide=1)).reduce(16)
        ink = np.asarray(image, np.float32) / 255
        x, y = centre_of_mass(ink) - 14
        moved = Image.fromarray(ink).transform(
            (28, 28), Image.Transform.AFFINE, (1, 0, x, 0, 1, y), Image.Resampling.BICUBIC
        )
        assert correlation(digit, np.asarray(moved)) > 0.98


def test_the_pen_is_as_wide_and_its_edge_as_soft_as_mnists(drawn, mnist_train):
    mnist = mnist_train[0][::20, 0].numpy() / np.float32(255)
    digits = np.stack([digit_from_strokes(s, CANVAS) for s in drawn])
    assert np.median(pen_width(digits)) == pytest.approx(np.median(pen_width(mnist)), rel=0.05)
    grey = [np.mean((d > 0.1) & (d < 0.9)) / np.mean(d > 0.1) for d in (digits, mnist)]
    assert grey[0] == pytest.approx(grey[1], rel=0.1)


def test_a_dot_stays_a_dot():
    dot = digit_from_strokes([[(140, 140)]], 280)
    assert extent(dot) == pytest.approx([PEN, PEN], abs=0.2)
    assert np.array_equal(digit_from_strokes([[(140, 140)] * 7], 280), dot)
    trembling = [(140, 140), (143, 141), (141, 142)]
    assert extent(digit_from_strokes([trembling], 280)).max() < 6


def test_a_digit_on_a_tenth_of_the_canvas_is_enlarged_wholly(drawn):
    for strokes in drawn[:20]:
        tiny, large = placed(strokes, 0.1, (0.2, 0.7)), placed(strokes, 0.8)
        assert np.abs(digit_from_strokes(tiny, 280) - digit_from_strokes(large, 280)).max() <= 0.02


def test_twenty_thousand_points_are_as_good_as_their_outline():
    turn = np.linspace(0, 2 * np.pi, 20_001)
    circle = np.stack([np.cos(turn), np.sin(turn)], 1) * 100 + 140
    few = digit_from_strokes([circle[::100]], 280)
    assert correlation(digit_from_strokes([circle], 280), few) > 0.995
    scribble = np.random.default_rng(0).uniform(0, 280, (20_000, 2))
    assert digit_from_strokes([scribble], 280)[6:22, 6:22].mean() > 0.9


def test_no_points_give_none():
    assert digit_from_strokes([], 280) is None
    assert digit_from_strokes([np.zeros((0, 2), np.float32)], 280) is None


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_coordinate_that_is_no_number_is_refused(bad):
    with pytest.raises(ValueError, match="finite"):
        digit_from_strokes([[(1, 2), (3, bad)]], 280)


@pytest.mark.parametrize("stroke", [[1, 2, 3], [[1, 2, 3]], [[[1, 2]]]])
def test_a_stroke_of_another_shape_is_refused(stroke):
    with pytest.raises(ValueError, match=r"\(N, 2\)"):
        digit_from_strokes([stroke], 280)


def test_flat_strokes_come_back_to_a_tenth_of_a_pixel(drawn):
    for stroke in drawn[0] + [np.array([[279.94, 0.06]])]:
        flat = flatten(stroke)
        assert flat[:2] == [round(float(value), 1) for value in stroke[0]]
        back = unflatten(flat)
        assert back.dtype == np.float32
        np.testing.assert_allclose(back, stroke, atol=0.0501)


@pytest.mark.parametrize("flat", [[1, 2, 3], ["a", "b"], [[1, 2], [3]]])
def test_what_is_no_flat_stroke_is_refused(flat):
    with pytest.raises(ValueError):  # noqa: PT011, numpy words it
        unflatten(flat)
