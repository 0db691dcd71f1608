"""The page on paper, where the browser leaves out backgrounds unless they are asked for."""

import base64
import re

import pytest
from one_screen import THREE, draw, opened
from playwright.sync_api import Page

# A4 in inches, and its inside in CSS px, between margins of 12 mm
A4 = {"paperWidth": 8.27, "paperHeight": 11.69}
INSIDE = {"width": 703, "height": 1031}
MAX_PAGES = 2  # of a step of the lesson: the drawing with the answer, and what is asked of it
DATES = re.compile(rb"/(CreationDate|ModDate) \(.*?\)")
# What can't be on one sheet as a whole, or scrolls, as text.
CUT = """(high) => [...document.querySelectorAll(".page *")]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
        const { breakInside, overflowY } = getComputedStyle(element);
        const isCut = breakInside === "avoid" && element.getBoundingClientRect().height > high;
        const scrolls = ["auto", "scroll"].includes(overflowY) &&
            element.scrollHeight > element.clientHeight + 1;
        return isCut || scrolls;
    }).map(({ className }) => className)"""


def pdf(page: Page, **options) -> bytes:
    """What is printed, but for when it was."""
    session = page.context.new_cdp_session(page)
    printed = session.send("Page.printToPDF", A4 | {"printBackground": False} | options)
    return DATES.sub(b"", base64.b64decode(printed["data"]))


def pages(printed: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_on_one_sheet_with_every_bar_and_light(browser, url, scheme):
    with opened(browser, url, color_scheme=scheme) as page:
        page.locator(".pad").press("Delete")
        draw(page, THREE)
        for landscape in (False, True):
            printed = pdf(page, landscape=landscape)
            assert pages(printed) == 1
            assert printed == pdf(page, landscape=landscape, printBackground=True)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("document.body.className").find("dark") < 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert ("dark" in page.evaluate("document.body.className")) == (scheme == "dark")


def test_every_step_is_whole_on_paper(browser, url):
    with opened(browser, url) as page:
        page.locator(".pad").press("Delete")
        draw(page, THREE)
        page.locator(".learn").click()
        steps = page.locator(".contents li").count()
        for step in range(steps):
            page.locator(".contents button").nth(step).click()
            page.locator(f".contents li:nth-child({step + 1}) [aria-current]").wait_for()
            page.locator(".question").wait_for()  # when what the step fetches is there
            printed = pdf(page)
            assert pages(printed) <= MAX_PAGES, step
            assert printed == pdf(page, printBackground=True), step
            size = page.viewport_size
            page.emulate_media(media="print")
            page.set_viewport_size(INSIDE)
            assert page.evaluate(CUT, INSIDE["height"]) == [], step
            page.emulate_media(media="null")
            page.set_viewport_size(size)
