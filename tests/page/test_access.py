"""For everyone: at any width, enlarged, and with what is opened; axe-core finds nothing wrong."""

from axe import check_in_each_colour_and_language, violations
from playwright.sync_api import expect
from test_words import LANGUAGES
from visit import SEVEN

WIDTHS = 320, 390, 768, 1440  # px
MIN_PAD = 200  # px, where half the window is more
NO_CLIPBOARD = """
    Object.defineProperty(navigator, "clipboard", {
        value: { writeText: () => Promise.reject(new DOMException("", "NotAllowedError")) },
    });
"""


def test_axe_finds_nothing_wrong_while_a_drawing_is_shared_and_saved(visit_static):
    v = visit_static(reduced_motion="reduce", before=NO_CLIPBOARD)
    v.draw(SEVEN)
    v.page.locator(".tools .link").click()
    expect(v.page.locator("input[readonly]")).to_be_focused()
    check_in_each_colour_and_language(v.page, "dialog")
    v.button("QR code")
    assert violations(v.page, "dialog") == []
    v.press("Escape")
    v.page.locator(".tools .save").click()
    v.page.locator("dialog").wait_for()
    assert violations(v.page, "dialog") == []
    v.button("Moving picture")
    assert violations(v.page, "dialog") == []
    v.page.locator("dialog a").wait_for()
    assert violations(v.page, "dialog") == []


def test_axe_finds_nothing_wrong_in_gradios_whole_document(visit_gradio):
    v = visit_gradio(reduced_motion="reduce")
    v.draw(SEVEN)
    v.page.locator(".wrong").click()
    expect(v.page.locator(".choices button")).to_have_count(10)
    check_in_each_colour_and_language(v.page, ".correction")
    v.page.locator("[data-layer=conv1][data-map='1']").click()
    check_in_each_colour_and_language(v.page, "[role=dialog]")


def test_the_page_fits_windows_of_any_width_in_every_language(visit):
    v = visit()
    v.draw(SEVEN)
    for language in LANGUAGES:
        v.speak(language)
        for width in WIDTHS:
            v.page.set_viewport_size({"width": width, "height": 900})
            assert v.page.evaluate("document.documentElement.scrollWidth") <= width
            pad = v.pad.bounding_box()
            assert abs(pad["width"] - pad["height"]) <= 1
            assert pad["width"] > width / 2 or pad["width"] > MIN_PAD


def test_a_page_enlarged_to_200_percent_is_drawn_on_and_all_of_it_reached(visit):
    v = visit(size=(640, 400), device_scale_factor=2)  # 1280 x 800
    assert v.page.evaluate("document.documentElement.scrollWidth") <= 640
    v.draw(SEVEN)
    v.expect_digits("7")
    v.page.locator(".language").click(trial=True)
    for button in [".theme", ".undo", ".redo", ".example >> nth=11"]:
        v.page.locator(button).click()  # scrolled to, and nothing lies over it
    v.expect_digits("1")
    v.page.locator("[data-layer=log_softmax]").click()
    expect(v.page.get_by_role("dialog")).to_be_in_viewport()
