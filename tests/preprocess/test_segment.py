"""Strokes of one digit stay together, and digits of one number come apart."""

import numpy as np
import pytest
from grouped import group_strokes
from helpers import moved, row

from cnn.preprocess import digit_from_strokes
from cnn.preprocess.segment import split_image
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import neat
from cnn.synthetic.styles import STYLES


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style.digit}-{style.name}")
def test_the_strokes_of_one_digit_in_any_style_are_one_group(style):
    strokes = neat(style.path)
    assert group_strokes(strokes, 280) == [(list(range(len(strokes))), None)]


def test_drawn_digits_stay_whole():
    drawn, _, _ = drawings(1000, seed=21)
    whole = [len(group_strokes(strokes, 280)) == 1 for strokes in drawn]
    assert np.mean(whole) >= 0.99


@pytest.mark.parametrize("n", range(1, 9))
def test_one_to_eight_digits_come_apart_from_left_to_right(n):
    drawn, _, _ = drawings(n, seed=30 + n)
    strokes, counts = row(drawn)
    ends = np.cumsum(counts).tolist()
    expected = [list(range(end - count, end)) for count, end in zip(counts, ends, strict=True)]
    assert group_strokes(strokes, 280) == [(group, None) for group in expected]


def test_digits_that_all_but_touch_come_apart_and_stay_whole():
    drawn, _, _ = drawings(800, seed=31)
    whole = []
    for i in range(0, len(drawn), 4):
        strokes, counts = row(drawn[i : i + 4], gap=1.2)  # 2 % of their height
        found = [len(group) for group, _ in group_strokes(strokes, 280)]
        whole.append(found == counts)
    assert np.mean(whole) >= 0.98


def test_a_4_of_two_strokes_stays_whole_beside_a_near_3():
    styles = {(style.digit, style.name): style.path for style in STYLES}
    named = [(1, "plain"), (2, "sharp foot"), (3, "round"), (4, "open")]
    strokes, _ = row([neat(styles[name]) for name in named], gap=1.2)
    assert group_strokes(strokes, 280) == [([0], None), ([1], None), ([2], None), ([3, 4], None)]


def test_the_order_of_drawing_does_not_matter():
    drawn, _, _ = drawings(4, seed=41)
    strokes, counts = row(drawn)
    ends = np.cumsum(counts)
    order = np.random.default_rng(1).permutation(len(strokes))
    groups = group_strokes([strokes[i] for i in order], 280)
    digit_of = np.searchsorted(ends, order, "right")
    assert [sorted({int(digit_of[i]) for i in group}) for group, _ in groups] == [
        [0],
        [1],
        [2],
        [3],
    ]


def test_a_speck_belongs_to_the_nearest_digit():
    one = np.array([[60.0, 60], [60, 220]], np.float32)
    seven = np.array([[150.0, 60], [230, 60], [180, 220]], np.float32)
    speck = np.array([[120.0, 150]], np.float32)
    assert group_strokes([one, speck, seven], 280) == [([0], None), ([1, 2], None)]


def test_nothing_drawn_is_no_group():
    assert group_strokes([], 280) == []
    assert group_strokes([np.zeros((0, 2), np.float32)], 280) == []
    assert list(split_image(np.full((64, 64), 255, np.uint8))) == []


def test_a_digit_of_a_number_is_the_digit_that_it_is_alone():
    drawn, _, _ = drawings(3, seed=50)
    strokes, _ = row(drawn)
    for drawing, (group, _) in zip(drawn, group_strokes(strokes, 280), strict=True):
        alone = digit_from_strokes(moved(drawing, 100), 280)
        np.testing.assert_allclose(
            digit_from_strokes([strokes[i] for i in group], 280), alone, atol=0.02
        )


@pytest.mark.parametrize(
    ("hanging", "stem"),
    [
        ([[100, 100], [96, 138], [124, 138]], [[131, 100], [131, 160]]),  # an open 4
        ([[100, 100], [100, 117]], [[106, 100], [136, 100], [118, 160]]),  # a 7 with a loose hook
    ],
)
def test_what_hangs_left_of_a_stem_is_part_of_its_digit(hanging, stem):
    one = [np.array([[70, 100], [70, 160]], np.float32)]
    strokes = [*one, np.array(hanging, np.float32), np.array(stem, np.float32), one[0] + [85, 0]]
    assert group_strokes(strokes, 280) == [([0], None), ([1, 2], None), ([3], None)]
