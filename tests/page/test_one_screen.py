"""The one screen: what of it is whole on the screen while the pen is down."""

from collections.abc import Iterator

from one_screen import (
    ALWAYS,
    DESKTOPS,
    EMBED,
    LYING,
    MAPS,
    PHONES,
    TABLETS,
    THREE,
    WHOLE,
    framed,
    of,
    opened,
    press_and_draw,
)
from playwright.sync_api import expect


def resized(page, sizes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each of the sizes, once the page has it, with nothing on the pad."""
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.locator(".pad").press("Delete")
        yield width, height


def test_pad_answer_and_every_map_of_every_stage_are_on_a_desktops_screen(browser, url):
    with opened(browser, url) as page:
        for size in resized(page, DESKTOPS):
            press_and_draw(page, THREE)
            expect(page.locator(".verdict .digit")).to_have_text("3")  # the button is still down
            whole = page.evaluate(WHOLE)
            assert of(whole, MAPS) == MAPS, size
            assert of(whole, ALWAYS) == ALWAYS, size
            page.mouse.up()


def test_all_of_it_is_whole_in_the_frame_of_a_blog(browser, url):
    width, height = EMBED
    with framed(browser, url, width, height) as (page, frame):
        press_and_draw(page, THREE, within=frame)
        expect(frame.locator(".verdict .digit")).to_have_text("3")
        whole = frame.evaluate(WHOLE)
        assert of(whole, MAPS) == MAPS
        assert of(whole, ALWAYS) == ALWAYS


def test_pad_answer_and_all_maps_of_both_convolutions_are_on_a_tablets_screen(browser, url):
    with opened(browser, url) as page:
        for size in resized(page, TABLETS):
            press_and_draw(page, THREE)
            whole = page.evaluate(WHOLE)
            assert of(whole, ["conv1", "conv2"]) == {"conv1": 8, "conv2": 16}, size
            assert of(whole, ALWAYS) == ALWAYS, size
            page.mouse.up()


def test_on_a_phone_pad_answer_and_rows_of_maps_are_seen_and_the_rest_scrolls_under_the_pad(
    browser, url
):
    with opened(browser, url, has_touch=True) as page:
        for size in resized(page, [*PHONES, LYING]):
            press_and_draw(page, THREE)
            whole = page.evaluate(WHOLE)
            assert whole["conv1"] == 8, size
            assert whole["conv2"] >= 8 or size == LYING, size
            assert of(whole, ALWAYS) == ALWAYS, size
            page.mouse.up()
        for size in resized(page, PHONES):
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            whole = page.evaluate(WHOLE)
            assert page.evaluate("scrollY") > 500, size
            assert of(whole, ALWAYS) == ALWAYS, size
            assert whole["log_softmax"] == 1, size


LARGE = {(1440, 900): (66, 54), (1280, 720): (52, 42)}  # px: sides of the maps of conv1, of conv2
SIDES = """(layer) => [...document.querySelectorAll(`[data-layer=${layer}] canvas:first-child`)]
    .map((canvas) => canvas.getBoundingClientRect())
    .map(({ width, height }) => Math.min(width, height))"""


def test_the_maps_are_large(browser, url):
    with opened(browser, url) as page:
        for size in resized(page, [*LARGE]):
            for layer, least in zip(("conv1", "conv2"), LARGE[size], strict=True):
                assert min(page.evaluate(SIDES, layer)) >= least, (size, layer)
