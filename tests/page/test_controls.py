"""Every control of the page, on both hosts, light and dark: seen, readable, and the same."""

import pytest
from controls import Looks, assert_seen_and_readable, differences
from playwright.sync_api import expect
from visit import SEVEN, SEVEN_RIGHT, TWO_LEFT
from visiting import visits

NO_CLIPBOARD = "delete Navigator.prototype.clipboard;"
HOSTS = {"static": "static_url", "gradio": "page_url"}
OFFERED = {".open", ".mnist", ".wrong"}  # only where a server is behind the page


@pytest.fixture(scope="module")
def looks(request, browser) -> dict[str, Looks]:
    """{host: looks}, with whatever the page opens."""
    found = {}
    for host, url in HOSTS.items():
        found[host] = looks_ = Looks()
        with visits(browser) as begin:
            options = {"before": NO_CLIPBOARD, "reduced_motion": "reduce"}
            v = begin(request.getfixturevalue(url), **options)
            walk(v, looks_)
    return found


def walk(v, looks: Looks) -> None:
    looks.look(v.page, "empty pad")
    v.draw(SEVEN)
    looks.look(v.page, "one digit")
    for opener in [
        "[data-layer=conv2][data-map='3']",
        "[data-layer=log_softmax]",
        ".stage .about >> nth=1",
        ".ask-why",
    ]:
        v.page.locator(opener).press("Enter")
        looks.look(v.page, opener, ".card")
        v.press("Escape")
    v.page.locator(".ask-trace").click()
    expect(v.page.locator(".tracing")).to_be_visible()
    looks.look(v.page, "traced", ".notices")
    v.press("Escape")
    v.page.locator(".tools .link").click()
    expect(v.page.locator("dialog input")).to_be_focused()
    looks.look(v.page, "link", "dialog")
    v.page.locator("dialog button").first.click()
    looks.look(v.page, "QR code", "dialog")
    v.page.locator("dialog .close").click()
    v.page.locator(".tools .save").click()
    looks.look(v.page, "save", "dialog")
    v.page.locator("dialog .close").click()
    v.button("Clear")
    for points in (TWO_LEFT, SEVEN_RIGHT):
        v.draw(points)
    looks.look(v.page, "a number", ".answer")


def test_words_and_icons_stand_out_wherever_the_pointer_is(looks):
    assert_seen_and_readable(looks)


def test_the_controls_are_the_same_on_both_hosts(looks):
    static, gradio = looks.values()
    assert static.styles.keys() <= gradio.styles.keys()
    assert differences(static, gradio) == []
    others = {path for _, path in gradio.styles.keys() - static.styles.keys()}
    assert others
    assert [path for path in others if not any(name in path for name in OFFERED)] == []
