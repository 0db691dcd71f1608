"""Drawings that draw themselves: the first view and the examples. Who draws finds an empty pad."""

import json

import numpy as np
import pytest
from pad_host import Pad
from playwright.sync_api import expect

ONE = [(0.5, 0.15), (0.5, 0.85)]
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
GROWN = "(n) => (window.store.get('drawing').strokes[0]?.points.length ?? 0) > n"


def kept(v: Pad) -> str | None:
    return v.page.evaluate("sessionStorage['draw-a-digit.drawing'] ?? null")


@pytest.mark.parametrize("touch", [False, True])
def test_the_first_view_draws_itself_and_leaves_an_empty_pad_at_the_first_touch(visit_pad, touch):
    v = visit_pad(empty=False, has_touch=touch)
    v.page.wait_for_function(GROWN, arg=20)
    assert v.state("answer")["drawing"]
    (v.touch if touch else v.draw)(ONE)
    [stroke] = v.strokes()
    np.testing.assert_allclose(stroke[:, 0], 140, atol=1)
    v.expect_shown("1")
    v.press("Control+z")
    assert not v.strokes()
    expect(v.page.locator(".undo")).to_be_disabled()  # it was nobody's step


def test_the_first_view_takes_its_time_and_then_stands_there_kept_nowhere(visit_pad):
    v = visit_pad(empty=False)
    v.page.evaluate("""() => {
        window.steps = 0;
        window.store.subscribe("drawing", () => window.steps++);
    }""")
    v.page.wait_for_function("window.store.get('answer').digits.length && 1")
    v.page.wait_for_function("!window.store.get('answer').drawing")
    assert v.page.evaluate("window.steps") > 20  # however few frames a busy machine has
    assert v.shown() == "3"
    assert kept(v) is None
    expect(v.page.locator(".undo")).to_be_disabled()
    v.page.reload()
    v.page.wait_for_function(GROWN, arg=20)  # again, as nobody drew


def test_a_key_that_draws_leaves_an_empty_pad_too(visit_pad):
    v = visit_pad(empty=False)
    v.page.wait_for_function(GROWN, arg=20)
    v.pad.focus()
    v.press("ArrowDown")
    assert not v.strokes()


def test_clear_leaves_an_empty_pad_and_no_step(visit_pad):
    v = visit_pad(empty=False)
    v.page.wait_for_function(GROWN, arg=20)
    v.press("Delete")
    assert not v.strokes()
    expect(v.page.locator(".undo")).to_be_disabled()


def test_with_reduced_motion_it_simply_stands_there(visit_pad):
    v = visit_pad(empty=False, reduced_motion="reduce")
    v.expect_shown("3")
    assert not v.state("answer")["drawing"]
    assert len(v.strokes()[0]) == 64


def test_who_was_here_before_sees_no_first_view(visit_pad):
    v = visit_pad(empty=False)
    v.draw(ONE)
    v.press("Delete")
    v.page.reload()
    v.page.wait_for_function("window.ready")
    # The first view's first frame would be one of these.
    v.page.evaluate(TWO_FRAMES)
    assert not v.strokes()


def test_drawing_during_a_replay_starts_clean_and_undo_gives_back_what_was_before(visit_pad):
    v = visit_pad()
    v.draw([(0.3, 0.2), (0.7, 0.2), (0.45, 0.85)])
    before = v.alpha()
    v.page.locator(".example").nth(8).click()
    v.page.wait_for_function(GROWN, arg=40)
    v.draw(ONE)
    assert len(v.strokes()) == 1
    v.expect_shown("1")
    v.press("Control+z")
    np.testing.assert_array_equal(v.alpha(), before)


def test_a_replay_is_one_step_with_the_examples_own_points(visit_pad):
    v = visit_pad()
    v.page.locator(".example").nth(4).click()
    v.page.wait_for_function("window.store.get('answer').drawing")
    v.page.wait_for_function("!window.store.get('answer').drawing")
    v.expect_shown("4")
    [example] = v.page.evaluate(
        """async () => {
            const url = "/cnn/page/browser/shared/examples.json";
            return (await (await fetch(url)).json()).filter(({ name }) => name === "4");
        }"""
    )
    for drawn, points in zip(v.strokes(), example["strokes"], strict=True):
        np.testing.assert_array_equal(drawn.ravel(), points)
    assert json.loads(kept(v))["strokes"]
    v.press("Control+z")
    assert not v.strokes()


def test_undo_during_a_replay_goes_back_and_redo_brings_all_of_it(visit_pad):
    v = visit_pad()
    v.page.locator(".example").nth(3).click()
    v.page.wait_for_function(GROWN, arg=20)
    v.press("Control+z")
    assert not v.strokes()
    v.press("Control+Shift+z")
    assert len(v.strokes()[0]) == 64


def test_an_example_in_place_of_another_leaves_no_half_of_it_behind(visit_pad):
    v = visit_pad()
    v.page.locator(".example").nth(3).click()
    v.page.wait_for_function(GROWN, arg=20)
    v.page.locator(".example").nth(1).click()
    v.expect_shown("1")
    v.page.wait_for_function("!window.store.get('answer').drawing")
    v.press("Control+z")
    assert not v.strokes()
