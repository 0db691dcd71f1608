"""A mark beside digits is not a digit, and no part of a digit is a mark."""

import numpy as np
import pytest
from grouped import group_strokes
from helpers import moved, paint

from cnn.preprocess.segment import split_image
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import neat
from cnn.synthetic.styles import STYLES

FOOT, H = 160.0, 60.0  # where digits made by `moved` stand, and their height
POINT = [(0, 0), (1, 1)]
COMMA = [(4, -3), (3, 5), (0, 14)]
MINUS = [(0, -30), (12, -29), (24, -31)]


def marked(before, mark, after, gap=12.0):
    """A mark, on the line, between two drawings or beside one: the strokes."""
    strokes, x = [], 8.0
    for drawing in before, mark, after:
        if drawing is mark:
            placed = [np.array(mark, np.float32) + np.float32([x, FOOT])]
        elif drawing:
            placed = moved(drawing, x)
        else:
            continue
        strokes += placed
        x = np.concatenate(placed)[:, 0].max() + gap
    return strokes


@pytest.mark.parametrize(("line", "mark"), [(POINT, "."), (COMMA, ","), (MINUS, "-")])
@pytest.mark.parametrize("sides", ["between", "before", "after"])
def test_a_mark_beside_digits_is_no_digit(line, mark, sides):
    drawn, _, _ = drawings(40, seed=70)
    for left, right in zip(drawn[::2], drawn[1::2], strict=True):
        before, after = left if sides != "before" else [], right if sides != "after" else []
        strokes = marked(before, line, after)
        expected = [(list(range(len(before))), None)] if before else []
        expected.append(([len(before)], mark))
        rest = list(range(len(before) + 1, len(strokes)))
        expected += [(rest, None)] if after else []
        assert group_strokes(strokes, 280) == expected
        found = list(split_image(paint(strokes, 5)))
        assert [part.mark for part in found] == [
            group.mark for group in group_strokes(strokes, 280)
        ]
        assert [part.digit is None for part in found] == [part.mark is not None for part in found]


@pytest.mark.parametrize("line", [POINT, COMMA, MINUS])
def test_a_mark_without_a_digit_beside_it_stays_a_digit(line):
    strokes = [np.array(line, np.float32) + 140]
    assert group_strokes(strokes, 280) == [([0], None)]
    ((_, digit, mark),) = split_image(paint(strokes, 5))
    assert digit is not None
    assert mark is None


def test_no_part_of_a_single_digit_is_a_mark():
    drawn, _, _ = drawings(2000, seed=71)
    assert not any(group.mark for strokes in drawn for group in group_strokes(strokes, 280))


def test_a_point_under_the_arm_of_a_7_is_a_point():
    seven = np.array([[20, 100], [60, 100], [30, 160]], np.float32)
    point = np.array([[50, 159]], np.float32)
    five = moved(neat(next(style.path for style in STYLES if style.digit == 5)), 80)
    groups = group_strokes([seven, point, *five], 280)
    assert [group.mark for group in groups] == [None, ".", None]
