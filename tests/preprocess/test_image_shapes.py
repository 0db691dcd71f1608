"""Spots, discs and rings of any pen keep their shape, and what is no image is refused."""

import numpy as np
import pytest
from helpers import correlation, extent, paint
from PIL import Image, ImageDraw

from cnn.preprocess import digit_from_image, digit_from_strokes
from cnn.preprocess.image import digit_from_ink


def test_a_spot_on_the_paper_does_not_fill_the_frame():
    for pen in 8, 20, 60:
        assert extent(digit_from_image(paint([[(140, 140)]], pen))).max() < 5


def test_two_specks_far_apart_stay_within_the_frame():
    ink = np.zeros((56, 14), np.float32)
    ink[9, 3], ink[36, 3] = 0.98, 0.51  # the larger is nearly all of it: a dot
    rows = np.flatnonzero(digit_from_ink(ink).max(1) > 0.5)
    assert np.ptp(rows) == pytest.approx(20, abs=1)


@pytest.mark.parametrize("radius", [20, 45, 80, 120])
@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (230, 90)])
def test_a_filled_disc_of_any_size_is_no_ring(radius, ink, paper):
    image = Image.new("L", (280, 280), paper)
    box = [140 - radius, 140 - radius, 140 + radius, 140 + radius]
    ImageDraw.Draw(image).ellipse(box, fill=ink)
    assert extent(digit_from_image(np.asarray(image))).max() < 5


@pytest.mark.parametrize("pen", [12, 30, 50])
def test_a_ring_of_any_pen_keeps_its_hole(pen):
    turn = np.linspace(0, 2 * np.pi, 200)
    ring = np.stack([140 + 100 * np.cos(turn), 140 + 100 * np.sin(turn)], 1)
    digit = digit_from_image(paint([ring], pen))
    assert digit[14, 14] < 0.1
    assert correlation(digit, digit_from_strokes([ring], 280)) > 0.85


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((28, 28), np.float32),
        np.zeros((28, 28, 2), np.uint8),
        np.zeros((1, 28, 28, 3), np.uint8),
        np.zeros(28, np.uint8),
        np.zeros((0, 28), np.uint8),
        [[0, 255]],
    ],
)
def test_what_is_no_image_is_refused_and_told_what_is_wanted(image):
    with pytest.raises(ValueError, match=r"uint8 array \(H, W\)"):
        digit_from_image(image)
