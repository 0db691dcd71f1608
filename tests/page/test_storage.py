"""What the browser keeps for the page: the drawing until the tab is closed, choices for good."""

from pages import EMPTY
from playwright.sync_api import expect
from visit import ONE, SEVEN

FORBIDDEN = """
    for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, { get() { throw new DOMException("forbidden"); } });
    }
"""


def test_the_page_works_where_storage_is_forbidden(visit):
    v = visit(before=FORBIDDEN, empty=False)
    v.draw(SEVEN)
    v.expect_digits("7")
    v.speak("zh")
    v.page.locator(".theme").click()
    v.press("Delete")
    v.expect_digits("?")
    assert v.ink() == 0


def test_what_others_left_in_storage_does_no_harm(visit_static):
    left = """
        localStorage.setItem("draw-a-digit.language", '"none"');
        localStorage.setItem("draw-a-digit.theme", "{");
    """
    v = visit_static(before=left)
    expect(v.page.locator("h1")).to_have_text("Draw a digit, watch the network read it")
    v.draw(ONE)
    v.expect_digits("1")


def test_drawing_and_choices_outlive_a_reload(visit):
    v = visit()
    v.draw(SEVEN)
    v.expect_digits("7")
    v.speak("zh")
    v.page.locator(".theme").click()
    seven, language = v.ink(), v.page.locator("html").get_attribute("lang")
    is_dark = v.page.evaluate("document.body.classList.contains('dark')")
    v.page.reload()
    v.wait()
    v.expect_digits("7")
    assert v.ink() == seven
    assert (language, is_dark) == ("zh-CN", True)
    assert v.page.locator("html").get_attribute("lang") == language
    assert v.page.evaluate("document.body.classList.contains('dark')") == is_dark


def stroke(points: str) -> str:
    return f'{{"strokes": [{{"points": {points}, "width": 16}}], "picture": null}}'


IMPOSSIBLE = [
    "7",
    "{",
    '{"strokes": 7}',
    '{"strokes": [7], "picture": null}',
    '{"strokes": [null], "picture": null}',
    '{"strokes": [], "picture": 7}',
    '{"strokes": [], "picture": "https://elsewhere.example/1.png"}',
    '{"strokes": [{"points": [140, 40, 140, 240], "width": 1e9}], "picture": null}',
    stroke("7"),
    stroke("[]"),
    stroke("[140, 40, 140]"),
    stroke('[140, 40, 140, "240"]'),
    stroke("[140, 40, 140, null]"),  # what JSON makes of NaN
    stroke("[140, 40, 140, 1e999]"),
    stroke("[140, 40, 140, 1e6]"),
    stroke(str([140, 40] * 100_000)),
]


def test_a_drawing_that_the_pad_cannot_have_left_is_not_restored(visit_pad):
    v = visit_pad(empty=False, reduced_motion="reduce")
    for drawing in IMPOSSIBLE:
        v.page.evaluate(f"sessionStorage.setItem('draw-a-digit.drawing', {drawing!r})")
        v.page.reload()
        v.wait()
        v.press("Delete")  # what draws itself where nothing was kept is nobody's step
        expect(v.page.locator(".undo")).to_be_disabled()
        assert not v.alpha().any()
    v.draw(ONE)
    v.expect_shown("1")


def test_a_drawing_that_the_pad_can_have_left_is_restored(visit_static):
    drawing = stroke("[140, 40, 140, 240]")
    v = visit_static(before=f"sessionStorage.setItem('draw-a-digit.drawing', {drawing!r});")
    v.expect_digits("1")
    assert v.ink() != 0


def test_an_empty_pad_is_kept_too(visit_static):
    assert "draw-a-digit.drawing" in EMPTY  # what the tests leave there is what the page leaves
    v = visit_static(empty=False)
    v.draw(ONE)
    v.press("Delete")
    kept = "sessionStorage['draw-a-digit.drawing']"
    assert v.page.evaluate(f"JSON.parse({kept})") == {"strokes": [], "picture": None}
