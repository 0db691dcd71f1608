"""The pad by keyboard, and keys that are the same everywhere."""

import numpy as np
import pytest
from playwright.sync_api import expect


def test_a_digit_is_drawn_by_keyboard_and_read_while_it_is(visit_pad):
    v = visit_pad()
    v.pad.focus()
    v.press(*["ArrowUp"] * 10, *["ArrowLeft"] * 6)
    assert not v.strokes()
    v.press("Space", *["ArrowRight"] * 11)
    for _ in range(20):  # aslant: two arrows at once
        v.page.keyboard.down("ArrowDown")
        v.page.keyboard.press("ArrowLeft") if _ % 2 else None
        v.page.keyboard.up("ArrowDown")
    v.expect_shown("7")
    assert v.state("answer")["drawing"]
    v.press("Enter")
    assert not v.state("answer")["drawing"]
    v.expect_shown("7")
    [stroke] = v.strokes()
    np.testing.assert_allclose(stroke[0], [140 - 48, 140 - 80])
    v.press("ArrowUp")
    assert len(v.strokes()) == 1  # the pen is up again
    v.press("Control+z")
    assert not v.strokes()


def test_shift_moves_in_smaller_steps_and_the_border_stops_the_cursor(visit_pad):
    v = visit_pad()
    v.pad.focus()
    v.press("Space", "Shift+ArrowRight", "ArrowRight", "Enter")
    [stroke] = v.strokes()
    np.testing.assert_allclose(stroke, [[140, 140], [142, 140], [150, 140]])
    v.press("Delete", *["ArrowUp"] * 40, "Space", "Enter")
    np.testing.assert_allclose(v.strokes(), [[[150, 0]]])


def test_escape_takes_back_what_is_being_drawn_and_nothing_else(visit_pad):
    v = visit_pad()
    v.pad.focus()
    v.press("Space", *["ArrowDown"] * 9, "Enter")
    before = v.alpha()
    v.press(*["ArrowRight"] * 5, "Space", *["ArrowUp"] * 5)
    assert len(v.strokes()) == 2
    v.press("Escape")
    assert len(v.strokes()) == 1
    np.testing.assert_array_equal(v.alpha(), before)
    v.press("Escape")
    assert len(v.strokes()) == 1


def test_the_cursor_is_seen_only_by_keyboard_and_a_lost_focus_ends_the_stroke(visit_pad):
    v = visit_pad()
    cursor = v.page.locator(".pad .cursor")
    v.draw([(0.2, 0.2), (0.2, 0.8)])
    expect(cursor).to_be_hidden()
    v.pad.focus()
    v.press("ArrowRight")
    expect(cursor).to_be_visible()
    v.press("Space", "ArrowRight", "Tab")
    expect(cursor).to_be_hidden()
    assert len(v.strokes()) == 2
    assert not v.state("answer")["drawing"]


def test_the_pad_says_how_it_is_used_by_keyboard(visit_pad):
    v = visit_pad()
    expect(v.pad).to_have_accessible_description(
        "Arrows move (Shift: finer), Space puts the pen down, Enter lifts it, Escape cancels"
    )


def test_where_the_cursor_rests_is_said_and_whether_the_pen_is_down(visit_pad):
    v = visit_pad()
    said = v.page.locator(".whereabouts[role=status]")
    v.pad.focus()
    expect(said).to_have_text("")
    v.page.keyboard.down("ArrowRight")
    v.page.keyboard.down("ArrowUp")
    v.page.keyboard.up("ArrowRight")
    expect(said).to_have_text("")  # one arrow is still held: it moves on
    v.page.keyboard.up("ArrowUp")
    expect(said).to_have_text("Pen up, 56% across and 47% down")
    v.press("Space")
    expect(said).to_have_text("Pen down, 56% across and 47% down")
    v.press("ArrowDown")
    expect(said).to_have_text("Pen down, 56% across and 50% down")
    v.press("Enter")
    expect(said).to_have_text("Pen up, 56% across and 50% down")


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_both_keys_clear_and_can_be_undone(visit_pad, key):
    v = visit_pad()
    v.draw([(0.5, 0.2), (0.5, 0.8)])
    v.press(key)
    assert not v.strokes()
    v.press("Control+z")
    assert len(v.strokes()) == 1


def test_keys_that_are_meant_for_a_text_do_not_clear(visit_pad):
    v = visit_pad()
    v.draw([(0.5, 0.2), (0.5, 0.8)])
    v.page.evaluate(
        """() => {
            const input = document.createElement("input");
            document.body.append(input);
            input.focus();
        }"""
    )
    v.press("a", "Backspace", "Delete")
    assert len(v.strokes()) == 1


def test_undo_while_the_keyboard_draws_takes_that_stroke(visit_pad):
    v = visit_pad()
    v.pad.focus()
    v.press("Space", "ArrowDown", "Control+z")
    assert not v.strokes()
    v.press("ArrowDown")  # the pen is up
    assert not v.strokes()
