"""Numbers on the pad: digits are chosen by a tap, and eight small ones fit."""

import itertools

import numpy as np
import pytest
from playwright.sync_api import expect

from cnn.preprocess.strokes import unflatten

TWO = [(0.1, 0.35), (0.25, 0.25), (0.38, 0.35), (0.12, 0.72), (0.42, 0.72)]
SEVEN = [(0.6, 0.3), (0.9, 0.3), (0.72, 0.75)]


def examples(v) -> dict[str, list[np.ndarray]]:
    """The page's own examples: strokes (N, 2) in shares of the digit's height, from its corner."""
    read = v.page.evaluate('fetch("/cnn/page/browser/shared/examples.json").then((r) => r.json())')
    drawn = {}
    for example in read:
        strokes = [unflatten(points) for points in example["strokes"]]
        points = np.concatenate(strokes)
        low, high = points.min(0), points.max(0)
        drawn[example["name"]] = [(stroke - low) / (high - low)[1] for stroke in strokes]
    return drawn


def write(v, digits: str, first: float, step: float, height: float) -> None:
    """Write small digits, each `step` right of the one before, all in shares of the pad."""
    known = examples(v)
    for i, digit in enumerate(digits):
        strokes = known[digit]
        width = max(stroke[:, 0].max() for stroke in strokes) * height
        corner = np.array([first + i * step - width / 2, 0.5 - height / 2])
        for stroke in strokes:
            v.draw([tuple(point) for point in corner + height * stroke[::4]], steps=1)


@pytest.mark.parametrize("touch", [False, True])
def test_a_tap_on_the_ink_of_a_digit_chooses_it_even_if_the_finger_slips(visit_pad, touch):
    v = visit_pad(has_touch=touch)
    v.draw([(0.3, 0.2), (0.3, 0.8)])  # its box has no width but the ink's
    v.draw(SEVEN)
    v.expect_shown("17")
    assert v.state("answer")["followed"] == 1
    at = (0.3 + 7 / 280, 0.5)
    slip = [at, (at[0] + 3 / 280, 0.5 + 3 / 280)]
    (v.touch if touch else v.draw)(slip)
    assert v.state("answer")["followed"] == 0
    assert len(v.strokes()) == 2  # no ink


def test_a_tap_beside_the_digits_is_ink(visit_pad):
    v = visit_pad()
    v.draw([(0.3, 0.2), (0.3, 0.8)])
    v.draw(SEVEN)
    v.page.mouse.click(*v.place(0.45, 0.5))
    assert len(v.strokes()) == 3


def test_a_tap_leaves_past_and_future_as_they_were(visit_pad):
    v = visit_pad()
    for points in [TWO, SEVEN, [(0.1, 0.9), (0.4, 0.95)]]:
        v.draw(points)
    v.press("Control+z")
    before = v.alpha()
    v.page.mouse.click(*v.place(0.25, 0.5))
    assert v.state("answer")["followed"] == 0
    np.testing.assert_array_equal(v.alpha(), before)
    v.press("Control+Shift+z")
    assert len(v.strokes()) == 3


def test_eight_small_digits_fit_and_a_ninth_leaves_them_standing(visit_pad):
    v = visit_pad()
    write(v, "20471385", 0.07, 0.12, 0.16)
    v.expect_shown("20471385")
    boxes = v.page.evaluate(
        """[...document.querySelectorAll(".outlines i")].map((outline) => {
            const { left, right } = outline.getBoundingClientRect();
            return [left, right];
        })"""
    )
    assert len(boxes) == 8
    for (_, right), (left, _) in itertools.pairwise(boxes):
        assert right <= left  # the ink of no digit touches its neighbour's
    v.draw([(0.98, 0.42), (0.98, 0.58)])
    v.expect_status("At most eight")
    assert v.shown() == "20471385"
    v.press("Control+z")
    expect(v.page.locator(".status")).to_be_empty()


def test_a_number_of_small_digits_has_finer_ink_and_a_large_one_has_not(visit_pad):
    v = visit_pad()
    widths = "window.store.get('drawing').strokes.map(({ width }) => width)"
    write(v, "20", 0.3, 0.15, 0.2)
    assert max(v.page.evaluate(widths)) < 8
    v.press("Control+z")
    assert v.page.evaluate(widths) == [16]  # as it was
    v.press("Delete")
    v.draw(TWO)
    v.draw(SEVEN)
    assert v.page.evaluate(widths) == [16, 16]
