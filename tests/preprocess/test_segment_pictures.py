"""A picture of a number gives its digits, also where they touch, and one digit stays whole."""

import numpy as np
import pytest
from grouped import group_strokes
from helpers import moved, paint, painted, row
from PIL import Image

from cnn.model import load
from cnn.page.predictor import recognizer_of
from cnn.preprocess import digit_from_image, digit_from_strokes
from cnn.preprocess.segment import split_image
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import neat
from cnn.synthetic.styles import STYLES


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
def recognizer():
    return recognizer_of(load())


def test_the_network_takes_touching_digits_apart_and_reads_them(recognizer):
    drawn, labels, _ = drawings(80, seed=72)
    right = []
    for k in range(0, 80, 2):
        strokes, _ = row(drawn[k : k + 2], gap=0.0)
        parts = list(split_image(painted(strokes, pen=8), recognizer))
        digits = [part.digit for part in parts if part.mark is None]
        right.append(recognizer(np.stack(digits)).argmax(1).tolist() == labels[k : k + 2].tolist())
    assert sum(right) >= 24, f"{sum(right)} of 40"


def test_the_network_leaves_single_digits_whole(recognizer):
    drawn, _, _ = drawings(200, seed=73)
    whole = [len(list(split_image(paint(strokes), recognizer))) == 1 for strokes in drawn]
    assert sum(whole) >= 199


def test_mnist_digits_in_a_picture_are_one_digit(mnist_test):
    one = []
    for i, original in enumerate(mnist_test[0][::40, 0].numpy()):
        side = 100 + 150 * i // 250
        picture = Image.fromarray(original).resize((side, side), Image.Resampling.BICUBIC)
        one.append([part.mark for part in split_image(np.asarray(picture))] == [None])
    assert np.mean(one) >= 0.995
