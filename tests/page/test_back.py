"""Back and Forward of the browser: through the steps of the lesson, and what is opened."""

from playwright.sync_api import Page, expect
from visit import SEVEN

ELSEWHERE = "about:blank"
MAP = "[data-layer=conv2][data-map='3']"


OTHER = "[data-layer=log_softmax]"


def expect_place(page: Page, step: str | None, card: str | None) -> None:
    """The titles of the step and of the card that are open; None: none is."""
    for selector, title in ((".lesson h2", step), (".card h3", card)):
        shown = page.locator(selector).filter(visible=True)
        expect(shown).to_have_text([title] if title else [])


def test_back_goes_through_the_steps_and_out_of_the_lesson_and_forward_returns(visit_static):
    v = visit_static()
    v.button("Learn")
    expect_place(v.page, "What it sees", None)
    v.button("Next: Convolution")
    v.page.locator(".contents button", has_text="Pooling").click()
    places = ["Pooling", "Convolution", "What it sees", None]
    for title in places:
        expect_place(v.page, title, None)
        if title:
            v.page.go_back()
    for title in reversed(places[:-1]):
        v.page.go_forward()
        expect_place(v.page, title, None)
    assert v.page.evaluate("location.hash") == "#step=pooling"


def test_back_closes_what_is_opened_and_forward_opens_it_again_at_the_same_value(visit):
    v = visit()
    v.draw(SEVEN)
    v.page.locator(MAP).click(position={"x": 9, "y": 9})
    value = v.page.locator(".card .value").inner_text()
    assert value.startswith("row")
    v.page.keyboard.press("ArrowDown")
    expect(v.page.locator(".card .value")).not_to_have_text(value)
    value = v.page.locator(".card .value").inner_text()
    v.page.locator(".card .trace").click()
    expect(v.page.locator(".tracing")).to_be_visible()
    v.page.go_back()
    expect(v.page.locator(".tracing")).to_have_count(0)
    expect_place(v.page, None, "conv2, map 3")
    v.page.go_back()
    expect_place(v.page, None, None)
    assert v.page.url.startswith(v.origin)
    v.page.go_forward()
    expect_place(v.page, None, "conv2, map 3")
    expect(v.page.locator(".card .value")).to_have_text(value)
    v.page.go_forward()
    expect(v.page.locator(".tracing")).to_be_visible()


def test_what_a_button_or_a_key_closes_is_not_gone_through_again(visit_static):
    v = visit_static()
    v.draw(SEVEN)
    for close in [".card .close", MAP]:
        for opener in [MAP, OTHER, MAP]:
            v.page.locator(opener).press("Enter")
        expect_place(v.page, None, "conv2, map 3")
        v.page.locator(close).press("Enter")
        expect_place(v.page, None, None)
    v.button("Learn")
    v.button("Next: Convolution")
    v.page.locator(".ask-why").click()
    expect(v.page.locator(".card")).to_be_visible()
    v.press("Escape")
    expect_place(v.page, None, None)
    v.button("Learn")
    expect_place(v.page, "Convolution", None)
    v.press("Escape")
    expect_place(v.page, None, None)
    v.page.go_back()
    v.page.wait_for_url(ELSEWHERE)


def test_back_leaves_a_page_that_a_link_opened_at_a_step(visit):
    v = visit()
    v.page.goto(ELSEWHERE)
    v.page.goto(f"{v.origin}/#step=nothing")
    expect_place(v.page, "What it sees", None)
    v.button("Next: Convolution")
    v.page.reload()
    expect_place(v.page, "Convolution", None)
    v.page.go_back()
    expect_place(v.page, "What it sees", None)
    v.page.go_back()
    v.page.wait_for_url(ELSEWHERE)


def test_a_part_that_was_open_before_a_reload_is_no_entry_after_it(visit_static):
    v = visit_static()
    v.draw(SEVEN)
    v.page.locator(MAP).press("Enter")
    v.page.reload()
    v.wait()
    v.page.wait_for_function("!history.state?.parts.length")
    v.page.go_back()
    v.page.wait_for_url(ELSEWHERE)


def test_back_closes_the_link_and_the_choice_of_the_digit_that_was_meant(visit_gradio):
    v = visit_gradio(before="delete Navigator.prototype.clipboard;")
    v.draw(SEVEN)
    for opener, part in {".tools .link": "dialog", ".wrong": ".correction"}.items():
        v.page.locator(opener).click()
        expect(v.page.locator(part)).to_be_visible()
        v.page.go_back()
        expect(v.page.locator(part)).not_to_be_visible()
        v.page.go_forward()
        expect(v.page.locator(part)).to_be_visible()
        v.press("Escape")
        expect(v.page.locator(part)).not_to_be_visible()
    v.expect_digits("7")
    v.page.go_back()
    v.page.wait_for_url(ELSEWHERE)
