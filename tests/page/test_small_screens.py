"""Where there is little room, zoomed in or on a phone: nothing lies over anything, all is whole."""

import re

import pytest
from one_screen import LYING, THREE, draw, opened
from playwright.sync_api import expect
from test_words import LANGUAGES
from visit import SEVEN, SEVEN_RIGHT, TWO_LEFT

ZOOMED = [(720, 450), (640, 400)]  # a screen of 1440 x 900 or of 1280 x 800, twice as large
SIZES = [*ZOOMED, LYING, (667, 375), (390, 844), (360, 640), (320, 640)]
CROSS = [(0.2, 0.2), (0.8, 0.8), (0.2, 0.8), (0.8, 0.2), (0.5, 0.1), (0.5, 0.9)]
TICK = [(0.62, 0.4), (0.7, 0.6), (0.9, 0.2), (0.65, 0.7), (0.8, 0.8)]
X = [[(0.2, 0.2), (0.8, 0.8)], [(0.2, 0.8), (0.8, 0.2)]]
# {what the answer is: (strokes, what is shown of its digits)}
ANSWERS = {
    "sure": ([THREE], "3"),
    "unsure": ([CROSS], "?"),
    "no neuron fired": (X, "?"),
    "a number": ([TWO_LEFT, SEVEN_RIGHT], "27"),
    "an unsure number": ([TWO_LEFT, TICK], "2?"),
}
# As text: words and controls that lie over one another, are cut off by what they are in, or aren't
# what is hit in their middle. Of words: the boxes of their lines, not of their element.
FAULTS = """() => {
    const names = ["h1", ".masthead button", ".pad", ".tools button", ".number .digit", ".sentence",
        ".asks button", ".wrong", ".probs li", ".lesson .contents", ".close-lesson"];
    const boxesOf = (element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const isWords = element.matches("h1, .sentence");
        return isWords ? [...range.getClientRects()] : [element.getBoundingClientRect()];
    };
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
    const seen = names.flatMap((name) => [...document.querySelectorAll(name)].filter(isSeen)
        .flatMap((element) => boxesOf(element).map((box) => ({ name, element, box }))));
    const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const cuts = (at) => {
        const { overflow, display } = getComputedStyle(at);
        return at === document.documentElement ||
            (overflow !== "visible" && display !== "contents");
    };
    const faults = new Set();
    seen.forEach(({ name, element, box }, i) => {
        for (const other of seen.slice(i + 1)) {
            if (element !== other.element && overlap(box, other.box)) {
                faults.add(`${name} and ${other.name}`);
            }
        }
        for (let at = element; at; at = at.parentElement) {
            if (!cuts(at)) continue;
            const { left, top, right, bottom } = at === document.documentElement
                ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
                : at.getBoundingClientRect();
            if (box.left < left - 1 || box.right > right + 1 || box.top < top - 1 ||
                box.bottom > bottom + 1) faults.add(`${name} is cut off by ${at.className}`);
        }
        const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        const hit = document.elementFromPoint(...middle);
        if (element.matches("button:enabled") && !element.contains(hit)) {
            faults.add(`${name} lies under ${hit?.className}`);
        }
    });
    return [...faults];
}"""


@pytest.mark.parametrize(("host", "languages"), [("static_url", LANGUAGES), ("page_url", ["en"])])
def test_nothing_lies_over_anything_and_nothing_is_cut_off(request, browser, host, languages):
    faults = {}
    with opened(browser, request.getfixturevalue(host), SIZES[0]) as page:
        page.locator(".pad").press("Delete")  # what draws itself at first

        def look(name: str) -> None:
            for language in languages:
                page.locator(".language").select_option(language)
                expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
                for width, height in SIZES:
                    page.set_viewport_size({"width": width, "height": height})
                    page.evaluate("scrollTo(0, 0)")
                    if found := page.evaluate(FAULTS):
                        faults[f"{name}, {language}, {width} x {height}"] = found

        look("nothing")
        for name, (strokes, shown) in ANSWERS.items():
            page.set_viewport_size(dict(zip(("width", "height"), SIZES[0], strict=True)))
            page.locator(".pad").press("Delete")
            for points in strokes:
                draw(page, points)
            expect(page.locator(".verdict .digit")).to_have_text([*shown])
            expect(page.locator(".asks")).to_be_visible()
            look(name)
        page.locator(".learn").click()
        page.locator(".question").wait_for()
        look("with the lesson")
    assert faults == {}


def test_a_tap_on_trace_shows_the_ink_that_caused_the_answer(browser, static_url):
    with opened(browser, static_url, SIZES[0], has_touch=True) as page:
        draw(page, SEVEN)
        expect(page.locator(".verdict .digit")).to_have_text("7")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.get_by_role("button", name="Trace the answer 7").tap()
            expect(page.locator(".tracing")).to_be_visible()
            expect(page.locator(".pad .lit .ink i").first).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.locator(".tracing")).to_have_count(0)


@pytest.mark.parametrize("strokes", [[SEVEN], [TWO_LEFT, SEVEN_RIGHT]], ids=["digit", "number"])
def test_a_tap_opens_and_closes_the_digits_that_could_be_meant(browser, page_url, strokes):
    with opened(browser, page_url, SIZES[0], has_touch=True) as page:
        page.locator(".pad").press("Delete")
        for points in strokes:
            draw(page, points)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.locator(".wrong").tap()
            expect(page.locator(".correction")).to_be_in_viewport(ratio=1)
            page.locator(".wrong").tap()
            expect(page.locator(".correction")).not_to_be_visible()
