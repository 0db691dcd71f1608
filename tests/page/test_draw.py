"""The pad of the whole page: what a hand does on it is inked, and read at once."""

import re

import numpy as np
from playwright.sync_api import expect
from visit import ONE, SEVEN, SEVEN_RIGHT, TWO_LEFT


def test_a_digit_is_read_while_the_mouse_still_draws_it(visit):
    v = visit()
    v.expect_digits("?")
    for points, digit in [(SEVEN, "7"), (ONE, "1")]:
        v.press_and_draw(points)
        v.expect_digits(digit)  # the button is still down
        assert v.answer()["drawing"]
        v.page.mouse.up()
        v.expect_digits(digit)
        assert not v.answer()["drawing"]
        v.press("Delete")


def test_a_digit_is_read_while_the_finger_still_draws_it_and_the_page_does_not_scroll(visit):
    v = visit(size=(390, 844), has_touch=True, is_mobile=True)
    v.touch(SEVEN, lift=False)
    v.expect_digits("7")
    assert v.page.evaluate("scrollY") == 0


def test_the_page_is_alive_when_it_is_opened_and_leaves_an_empty_pad_to_the_reader(visit_static):
    v = visit_static(empty=False)
    v.page.wait_for_function("globalThis.answer?.drawing")  # it draws itself
    v.expect_digits("3")
    v.press_and_draw(ONE)
    v.expect_digits("1")
    v.page.mouse.up()
    v.undo()
    assert v.ink() == 0


def test_ink_that_was_there_before_the_network_is_kept_and_read_with_it(visit):
    held = []
    is_held = True

    def hold(route):
        held.append(route) if is_held else route.continue_()

    v = visit(prepare=lambda context: context.route("**/*.safetensors", hold), waits=False)
    v.pad.wait_for()  # it is seen; nothing else is waited for
    v.draw(ONE)
    assert v.ink() != 0
    v.expect_digits("?")
    assert held
    is_held = False
    for route in held:
        route.continue_()
    v.expect_digits("1")


def test_undo_redo_clear_and_the_keyboard(visit):
    v = visit()
    v.draw(ONE)
    v.expect_digits("1")
    one = v.ink()
    v.draw([(0.2, 0.2), (0.8, 0.2)])
    two = v.ink()
    assert two != one
    v.undo()
    assert v.ink() == one
    v.expect_digits("1")
    v.redo()
    assert v.ink() == two
    v.press("Delete")
    v.expect_digits("?")
    assert v.ink() == 0
    v.button("Undo")
    assert v.ink() == two  # clearing can be undone
    v.button("Undo")
    v.expect_digits("1")
    v.button("Clear")
    v.expect_digits("?")
    expect(v.page.get_by_text("Draw a digit", exact=True)).to_be_visible()


def test_a_page_that_is_cleared_shows_and_answers_what_a_new_one_does(cleared, visit_static):
    def shown(v) -> tuple[list[str], dict]:
        lines = v.page.locator(".page").aria_snapshot().splitlines()
        return [line for line in lines if '"Undo' not in line], v.answer()

    new = shown(visit_static())
    cleared.draw(TWO_LEFT)
    cleared.draw(SEVEN_RIGHT)
    cleared.page.locator("[data-layer=conv2][data-map='3']").click()
    assert shown(cleared) != new
    cleared.press("Escape", "Delete")
    cleared.page.mouse.move(0, 0)
    assert shown(cleared) == new


def test_undo_goes_back_far_but_keeps_neither_all_steps_nor_all_pictures(visit_at, loose_url):
    v = visit_at(loose_url)
    steps_back = """({ History }, length) => {
        const drawing = () => ({ strokes: [], picture: length ? "x".repeat(length) : null });
        const history = new History(drawing());
        for (let i = 0; i < 1000; i++) history.replace(drawing());
        let steps = 0;
        for (; history.canUndo; steps++) history.undo();
        return steps;
    }"""
    assert 100 <= v.module("pad/sheet.js", steps_back, 0) < 1000
    large = 700_000  # characters of a data URL, the most that is sent
    assert 5 <= v.module("pad/sheet.js", steps_back, large) * large / 1e6 <= 10  # MB


def test_the_eraser_takes_the_whole_stroke_it_touches_and_no_other(cleared):
    v = cleared
    v.draw(ONE)
    one = v.ink()
    v.draw([(0.1, 0.1), (0.1, 0.9)])
    v.button("Eraser")
    v.draw([(0.05, 0.5), (0.2, 0.5)])
    assert v.ink() == one
    v.expect_digits("1")


def test_a_quick_swipe_of_the_eraser_misses_nothing_and_an_empty_pad_has_no_eraser(cleared):
    v = cleared
    v.draw(ONE)
    v.button("Eraser")
    v.draw([(0.1, 0.5), (0.9, 0.5)], steps=1)  # straight across
    assert v.ink() == 0
    expect(v.page.get_by_role("button", name="Eraser")).to_be_disabled()
    v.draw(SEVEN)
    v.expect_digits("7")


def test_a_second_finger_on_a_button_does_not_disturb_the_stroke(cleared):
    v = cleared
    v.press_and_draw(ONE)
    v.page.evaluate("document.querySelector('.clear').click()")
    assert v.ink() != 0
    v.page.mouse.up()
    v.expect_digits("1")


def test_a_pen_that_rests_gets_the_answer_of_its_last_ink(cleared):
    v = cleared
    v.press_and_draw([(0.3, 0.2), (0.7, 0.2), (0.45, 0.85)], steps=1)
    v.expect_digits("7")  # three points only, and the pen still down


def test_every_example_draws_itself_and_is_read(cleared):
    v = cleared
    examples = v.page.locator(".example").all()
    for example, digit in zip(examples, [*"0123456789", "7", "1"], strict=True):
        example.click()
        v.expect_digits(digit)


def test_the_small_example_is_a_digit_in_its_thumbnail_and_no_blot(visit_static):
    """A 7 is mostly paper within its box; an apostrophe is not."""
    v = visit_static(device_scale_factor=2)
    thumbnail = v.page.get_by_role("button", name="small 7 in a corner").locator("canvas")
    side, data = thumbnail.evaluate(
        """(canvas) => {
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            return [width, [...data.filter((_, i) => i % 4 === 3)]];
        }"""
    )
    ink = np.reshape(data, (-1, side)) > 127
    rows, columns = np.nonzero(ink)
    box = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert len(box) > len(ink) / 4
    assert box.mean() < 0.4


def test_a_scribble_is_no_digit_and_the_page_says_so(cleared):
    v = cleared
    rng = np.random.default_rng(3)
    v.draw([tuple(point) for point in 0.15 + 0.7 * rng.random((25, 2))], steps=1)
    expect(v.page.locator(".sentence")).to_contain_text(re.compile("Not sure|no neuron fired"))
    v.expect_digits("?")


# A thousand points for each event, as a fast pen has them when the page was busy.
MANY_POINTS = """() => {
    const pad = document.querySelector(".pad");
    const box = pad.getBoundingClientRect();
    pad.setPointerCapture = () => {};  // there is no real pointer to capture
    const event = (kind, x, y, more) => new PointerEvent(kind, {
        pointerId: 1, clientX: box.left + x * box.width, clientY: box.top + y * box.height, ...more,
    });
    const at = (i) =>
        event("pointermove", 0.5 + 0.004 * Math.sin(i), 0.1 + 0.8 * i / 100_000);
    pad.dispatchEvent(event("pointerdown", 0.5, 0.1));
    for (let i = 0; i < 100_000; i += 1000) {
        const coalescedEvents = Array.from({ length: 1000 }, (_, j) => at(i + j));
        const { clientX, clientY } = coalescedEvents[999];
        pad.dispatchEvent(
            new PointerEvent("pointermove", { pointerId: 1, clientX, clientY, coalescedEvents }),
        );
    }
    pad.dispatchEvent(event("pointerup", 0.5, 0.9));
}"""


def test_a_stroke_of_a_hundred_thousand_points_is_still_read(visit_static):
    v = visit_static()
    v.page.evaluate(MANY_POINTS)
    v.expect_digits("1")
    expect(v.page.locator(".status")).to_be_empty()


def test_the_ink_is_as_sharp_as_the_screen(visit_static):
    v = visit_static(device_scale_factor=3)
    shown, stored = v.page.evaluate(
        "(({ clientWidth, width }) => [clientWidth, width])(document.querySelector('.pad canvas'))"
    )
    assert abs(stored - 3 * shown) <= 1
