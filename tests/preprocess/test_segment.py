"""Parts of one digit stay together, and digits of one number come apart."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from cnn.preprocess import digit_from_image, digit_from_strokes
from cnn.preprocess.segment import group_strokes, split_image
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import neat
from cnn.synthetic.styles import STYLES


def moved(strokes, x, y=100.0, size=60.0):
    """The strokes with their box's top left at (x, y), `size` high."""
    points = np.concatenate(strokes)
    scale = size / max(np.ptp(points[:, 1]), 1)
    return [((s - points.min(0)) * scale + [x, y]).astype(np.float32) for s in strokes]


def row(drawn, gap=14.0):
    """Drawings side by side: the strokes, and how many each has."""
    strokes, counts, x = [], [], 4.0
    for drawing in drawn:
        placed = moved(drawing, x)
        strokes += placed
        counts.append(len(placed))
        x = np.concatenate(placed)[:, 0].max() + gap
    return strokes, counts


def painted(strokes, pen=6, side=560, paper=255, ink=0):
    image = Image.new("L", (side, side), paper)
    for stroke in strokes:
        points = [tuple(point) for point in (stroke * side / 280).tolist()]
        ImageDraw.Draw(image).line(points, ink, pen, joint="curve")
    return np.asarray(image)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style.digit}-{style.name}")
def test_the_strokes_of_one_digit_in_any_style_are_one_group(style):
    strokes = neat(style.path)
    assert group_strokes(strokes, 280) == [list(range(len(strokes)))]


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
    assert group_strokes(strokes, 280) == expected


def test_the_order_of_drawing_does_not_matter():
    drawn, _, _ = drawings(4, seed=41)
    strokes, counts = row(drawn)
    ends = np.cumsum(counts)
    order = np.random.default_rng(1).permutation(len(strokes))
    groups = group_strokes([strokes[i] for i in order], 280)
    digit_of = np.searchsorted(ends, order, "right")
    assert [sorted({int(digit_of[i]) for i in group}) for group in groups] == [[0], [1], [2], [3]]


def test_a_speck_belongs_to_the_nearest_digit():
    one = np.array([[60.0, 60], [60, 220]], np.float32)
    seven = np.array([[150.0, 60], [230, 60], [180, 220]], np.float32)
    speck = np.array([[120.0, 150]], np.float32)
    assert group_strokes([one, speck, seven], 280) == [[0], [1, 2]]


def test_nothing_drawn_is_no_group():
    assert group_strokes([], 280) == []
    assert group_strokes([np.zeros((0, 2), np.float32)], 280) == []
    assert list(split_image(np.full((64, 64), 255, np.uint8))) == []


def test_a_digit_of_a_number_is_the_digit_that_it_is_alone():
    drawn, _, _ = drawings(3, seed=50)
    strokes, _ = row(drawn)
    for drawing, group in zip(drawn, group_strokes(strokes, 280), strict=True):
        alone = digit_from_strokes(moved(drawing, 100), 280)
        np.testing.assert_allclose(
            digit_from_strokes([strokes[i] for i in group], 280), alone, atol=0.02
        )


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 255)])
def test_a_picture_of_a_number_gives_the_digits_and_boxes_of_its_strokes(paper, ink):
    drawn, _, _ = drawings(4, seed=60)
    strokes, _ = row(drawn)
    found = list(split_image(painted(strokes, paper=paper, ink=ink)))
    groups = group_strokes(strokes, 280)
    assert len(found) == len(groups)
    for (box, digit), group in zip(found, groups, strict=True):
        points = np.concatenate([strokes[i] for i in group]) * 2
        np.testing.assert_allclose(box, [*points.min(0), *points.max(0)], atol=8)
        from_strokes = digit_from_strokes([strokes[i] for i in group], 280)
        assert np.corrcoef(digit.ravel(), from_strokes.ravel())[0, 1] > 0.8


def test_a_picture_of_one_digit_is_read_as_the_whole_picture_is():
    strokes = moved(neat(STYLES[0].path), 90, 60, 150)
    picture = painted(strokes, pen=20)
    ((_, digit),) = split_image(picture)
    np.testing.assert_allclose(digit, digit_from_image(picture), atol=1e-6)
