"""Parts of one digit stay together, digits of one number come apart, and marks are no digits."""

import numpy as np
import pytest
from helpers import paint
from PIL import Image, ImageDraw

from cnn.model import load
from cnn.page.predictor import judge_by
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


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 255)])
def test_a_picture_of_a_number_gives_the_digits_and_boxes_of_its_strokes(paper, ink):
    drawn, _, _ = drawings(4, seed=60)
    strokes, _ = row(drawn)
    found = list(split_image(painted(strokes, paper=paper, ink=ink)))
    groups = group_strokes(strokes, 280)
    assert len(found) == len(groups)
    for (box, digit, mark), (group, _) in zip(found, groups, strict=True):
        assert mark is None
        points = np.concatenate([strokes[i] for i in group]) * 2
        np.testing.assert_allclose(box, [*points.min(0), *points.max(0)], atol=8)
        from_strokes = digit_from_strokes([strokes[i] for i in group], 280)
        assert np.corrcoef(digit.ravel(), from_strokes.ravel())[0, 1] > 0.8


def test_a_picture_of_one_digit_is_read_as_the_whole_picture_is():
    strokes = moved(neat(STYLES[0].path), 90, 60, 150)
    picture = painted(strokes, pen=20)
    ((_, digit, _),) = split_image(picture)
    np.testing.assert_allclose(digit, digit_from_image(picture), atol=1e-6)


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


@pytest.mark.parametrize("digit", [0, 7])
def test_touching_twins_in_a_picture_come_apart(digit):
    drawn = neat(next(style.path for style in STYLES if style.digit == digit))
    strokes, _ = row([drawn, drawn], gap=0.0)
    left, right = split_image(painted(strokes, pen=8))
    assert len(group_strokes(strokes, 280)) == 2
    alone = digit_from_strokes(drawn, 280)
    for part in left, right:
        assert np.corrcoef(part.digit.ravel(), alone.ravel())[0, 1] > 0.7
    assert left.box[2] <= right.box[0] + 8


@pytest.fixture(scope="module")
def judge():
    return judge_by(load())


def test_the_network_takes_touching_digits_apart_and_reads_them(judge):
    drawn, labels, _ = drawings(80, seed=72)
    right = []
    for k in range(0, 80, 2):
        strokes, _ = row(drawn[k : k + 2], gap=0.0)
        parts = list(split_image(painted(strokes, pen=8), judge))
        digits = [part.digit for part in parts if part.mark is None]
        right.append(judge(np.stack(digits)).argmax(1).tolist() == labels[k : k + 2].tolist())
    assert sum(right) >= 24, f"{sum(right)} of 40"


def test_the_network_leaves_single_digits_whole(judge):
    drawn, _, _ = drawings(200, seed=73)
    whole = [len(list(split_image(paint(strokes), judge))) == 1 for strokes in drawn]
    assert sum(whole) >= 199


def test_mnist_digits_in_a_picture_are_one_digit(mnist_test):
    one = []
    for i, original in enumerate(mnist_test[0][::10, 0].numpy()):
        side = 100 + 150 * i // 1000
        picture = Image.fromarray(original).resize((side, side), Image.Resampling.BICUBIC)
        one.append([part.mark for part in split_image(np.asarray(picture))] == [None])
    assert np.mean(one) >= 0.995
