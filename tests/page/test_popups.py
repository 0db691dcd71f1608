"""What is said beside a value: the sum under the pointer and the card that a click opens."""

import pytest
from one_screen import LYING, MAPS, PHONES, draw, opened
from visit import SEVEN

WIDE = [(1440, 900), (1280, 720), (1024, 768), (768, 1024)]
FARTHEST = 350  # px from the pointer

# What of a popup's text is cut off: wider or higher than its element, or beyond what clips it.
CUT = """(selector) => {
    const popup = document.querySelector(selector);
    const texts = document.createTreeWalker(popup, NodeFilter.SHOW_TEXT);
    const cut = [];
    while (texts.nextNode()) {
        const { currentNode: node } = texts;
        if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        const isIn = ({ left, top, right, bottom }) =>
            text.left >= left - 0.5 && text.top >= top - 0.5 &&
            text.right <= right + 0.5 && text.bottom <= bottom + 0.5;
        let fits = isIn({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
        for (let at = node.parentElement; ; at = at.parentElement) {
            const { display, overflowX, overflowY } = getComputedStyle(at);
            fits &&= display === "inline" || at.scrollWidth <= at.clientWidth + 1;
            const clips = overflowX !== "visible" || overflowY !== "visible";
            if (clips) fits &&= isIn(at.getBoundingClientRect());
            if (at === popup) break;
        }
        if (!fits) cut.push(node.data);
    }
    return cut;
}"""
# How much of what is lit a popup hides in px, and how far it is from the pointer.
COVERED = """([selector, x, y]) => {
    const popup = document.querySelector(selector).getBoundingClientRect();
    const lit = [...document.querySelectorAll(".network .map.on .ring, .network .spot")]
        .filter((cell) => cell.checkVisibility());
    const hidden = lit.map((cell) => cell.getBoundingClientRect()).filter((cell) =>
        cell.left < popup.right && cell.right > popup.left &&
        cell.top < popup.bottom && cell.bottom > popup.top);
    const away = Math.hypot(Math.max(0, popup.left - x, x - popup.right),
        Math.max(0, popup.top - y, y - popup.bottom));
    return { lit: lit.length, hidden: hidden.length, away };
}"""


def place_in(page, layer: str, map_: int, x: float, y: float) -> tuple[float, float]:
    """Where a share of a small map's width and height is on the screen, scrolled into view."""
    tile = page.locator(f"[data-layer={layer}][data-map='{map_}']")
    tile.scroll_into_view_if_needed()
    box = tile.locator("canvas, .columns").first.bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def cells(layer: str) -> list[tuple[int, float, float]]:
    """(map, share of its width, of its height): at an edge and inside."""
    return [(1, 0.02, 0.02), (MAPS[layer], 0.72, 0.6)]


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("size", WIDE, ids=str)
def test_a_sum_under_the_pointer_is_whole_near_it_and_on_nothing_that_it_lights(
    browser, static_url, size, language
):
    with opened(browser, static_url, size, locale=language) as page:
        draw(page, SEVEN)
        for layer in MAPS:
            for map_, x, y in cells(layer):
                pointer = place_in(page, layer, map_, x, y)
                page.mouse.move(*pointer)
                assert layer in page.locator(".tooltip .cell-name").inner_text()
                assert page.evaluate(CUT, ".tooltip") == [], (layer, map_)
                found = page.evaluate(COVERED, [".tooltip", *pointer])
                assert found["lit"] > 0
                assert found["hidden"] == 0, (layer, map_)
                assert found["away"] <= FARTHEST, (layer, map_)


@pytest.mark.parametrize("size", WIDE, ids=str)
def test_a_card_is_near_the_pointer_and_on_nothing_that_it_lights(browser, static_url, size):
    with opened(browser, static_url, size) as page:
        draw(page, SEVEN)
        for layer in MAPS:
            for map_, x, y in cells(layer):
                pointer = place_in(page, layer, map_, x, y)
                page.mouse.click(*pointer)
                found = page.evaluate(COVERED, [".card", *pointer])
                assert found["lit"] > 0
                assert found["hidden"] == 0, (layer, map_)
                assert found["away"] <= FARTHEST, (layer, map_)
                page.keyboard.press("Escape")


@pytest.mark.parametrize("size", [*PHONES, LYING], ids=str)
def test_on_a_phone_a_card_shows_its_cross_and_leaves_its_map_in_sight(browser, static_url, size):
    with opened(browser, static_url, size, has_touch=True) as page:
        draw(page, SEVEN)
        for layer in MAPS:
            tile = page.locator(f"[data-layer={layer}][data-map='1']")
            tile.click()
            hits = page.evaluate(
                """(tile) => [document.querySelector(".card .close"), tile].map((element) => {
                    const { left, top, right, bottom } = element.getBoundingClientRect();
                    return element.contains(
                        document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
                })""",
                tile.element_handle(),
            )
            assert hits == [True, True], layer
            page.locator(".card .close").click()
