"""The one screen: what of it is whole on the screen while the pen is down."""

import pytest
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


@pytest.mark.parametrize("size", DESKTOPS, ids=str)
def test_pad_answer_and_every_map_of_every_stage_are_on_a_desktops_screen(browser, url, size):
    with opened(browser, url, size) as page:
        press_and_draw(page, THREE)
        expect(page.locator(".verdict .digit")).to_have_text("3")  # the button is still down
        whole = page.evaluate(WHOLE)
        assert of(whole, MAPS) == MAPS
        assert of(whole, ALWAYS) == ALWAYS


def test_all_of_it_is_whole_in_the_frame_of_a_blog(browser, url):
    width, height = EMBED
    with framed(browser, url, width, height) as (page, frame):
        press_and_draw(page, THREE, within=frame)
        expect(frame.locator(".verdict .digit")).to_have_text("3")
        whole = frame.evaluate(WHOLE)
        assert of(whole, MAPS) == MAPS
        assert of(whole, ALWAYS) == ALWAYS


@pytest.mark.parametrize("size", TABLETS, ids=str)
def test_pad_answer_and_all_maps_of_both_convolutions_are_on_a_tablets_screen(browser, url, size):
    with opened(browser, url, size) as page:
        press_and_draw(page, THREE)
        whole = page.evaluate(WHOLE)
        assert of(whole, ["conv1", "conv2"]) == {"conv1": 8, "conv2": 16}
        assert of(whole, ALWAYS) == ALWAYS


@pytest.mark.parametrize("size", PHONES, ids=str)
def test_pad_answer_and_a_row_of_each_convolutions_maps_are_on_a_phones_screen(browser, url, size):
    with opened(browser, url, size, has_touch=True) as page:
        press_and_draw(page, THREE)
        whole = page.evaluate(WHOLE)
        assert whole["conv1"] == 8
        assert whole["conv2"] >= 8
        assert of(whole, ALWAYS) == ALWAYS


@pytest.mark.parametrize("size", PHONES, ids=str)
def test_on_a_phone_the_rest_scrolls_under_a_pad_that_stays(browser, url, size):
    with opened(browser, url, size, has_touch=True) as page:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        whole = page.evaluate(WHOLE)
        assert page.evaluate("scrollY") > 500
        assert of(whole, ALWAYS) == ALWAYS
        assert whole["log_softmax"] == 1


def test_pad_answer_and_the_first_maps_are_on_the_screen_of_a_phone_that_lies(browser, url):
    with opened(browser, url, LYING, has_touch=True) as page:
        press_and_draw(page, THREE)
        whole = page.evaluate(WHOLE)
        assert whole["conv1"] == 8
        assert of(whole, ALWAYS) == ALWAYS


@pytest.mark.parametrize(
    ("size", "first", "second"), [((1440, 900), 66, 54), ((1280, 720), 52, 42)], ids=str
)
def test_the_maps_are_large(browser, url, size, first, second):
    with opened(browser, url, size) as page:
        for layer, least in {"conv1": first, "conv2": second}.items():
            canvases = page.locator(f"[data-layer={layer}] canvas:first-child").all()
            boxes = [canvas.bounding_box() for canvas in canvases]
            assert min(min(box["width"], box["height"]) for box in boxes) >= least
