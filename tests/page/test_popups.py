"""What is said beside a value: the sum under the pointer and the card that a click opens."""

from one_screen import LYING, MAPS, PHONES, draw, opened
from playwright.sync_api import Page
from test_words import LANGUAGES
from visit import SEVEN

WIDE = [(1440, 900), (1280, 720), (1024, 768), (768, 1024)]
FARTHEST = 350  # px from the pointer

# At cells of each layer's maps, at an edge of the first and inside the last: what the popup there
# names, what of its text is cut off (wider or higher than its element, or beyond what clips it),
# how many cells are lit, how many of them it hides, and how far it is from the pointer, px.
AT_CELLS = """([popup, opens]) => {
    const isCut = (node, within) => {
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
            if (at === within) return !fits;
        }
    };
    const cutOf = (element) => {
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const cut = [];
        while (texts.nextNode()) {
            const { currentNode: node } = texts;
            if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
            if (isCut(node, element)) cut.push(node.data);
        }
        return cut;
    };
    const look = (tile, x, y) => {
        const element = document.querySelector(popup);
        const box = element.getBoundingClientRect();
        const lit = [...document.querySelectorAll(".network .map.on .ring, .network .spot")]
            .filter((cell) => cell.checkVisibility());
        const hidden = lit.map((cell) => cell.getBoundingClientRect()).filter((cell) =>
            cell.left < box.right && cell.right > box.left &&
            cell.top < box.bottom && cell.bottom > box.top);
        const away = Math.hypot(Math.max(0, box.left - x, x - box.right),
            Math.max(0, box.top - y, y - box.bottom));
        return {
            layer: tile.dataset.layer, map: tile.dataset.map, said: element.innerText,
            cut: cutOf(element), lit: lit.length, hidden: hidden.length, away,
        };
    };
    return [...document.querySelectorAll(".stage")].flatMap((stage) => {
        const tiles = [...stage.querySelectorAll("[data-map]")];
        return [[tiles[0], 0.02, 0.02], [tiles.at(-1), 0.72, 0.6]].map(([tile, right, down]) => {
            tile.scrollIntoView({ block: "nearest" });
            const { left, top, width, height } =
                tile.querySelector("canvas, .columns").getBoundingClientRect();
            const [x, y] = [left + right * width, top + down * height];
            const hit = document.elementFromPoint(x, y);
            if (!tile.contains(hit)) throw new Error(`${hit.className} lies over a map`);
            const at = { clientX: x, clientY: y, detail: 1, bubbles: true };
            hit.dispatchEvent(new PointerEvent("pointermove", at));
            if (opens) hit.dispatchEvent(new MouseEvent("click", at));
            const found = look(tile, x, y);
            tile.dispatchEvent(new PointerEvent("pointerleave"));
            if (opens) document.querySelector(".card .close").click();
            return found;
        });
    });
}"""


def check_places(page: Page, popup: str, opens: bool) -> list[dict]:
    """What is found at the cells; each popup is near its pointer, and on nothing that it lights."""
    found = page.evaluate(AT_CELLS, [popup, opens])
    assert [each["layer"] for each in found[::2]] == list(MAPS)
    for each in found:
        assert each["lit"] > 0, each
        assert each["hidden"] == 0, each
        assert each["away"] <= FARTHEST, each
    return found


def test_a_sum_under_the_pointer_is_whole_near_it_and_on_nothing_that_it_lights(seven):
    for width, height in WIDE:
        seven.page.set_viewport_size({"width": width, "height": height})
        for language in LANGUAGES:
            seven.speak(language)
            for found in check_places(seven.page, ".tooltip", opens=False):
                assert found["layer"] in found["said"].partition("\n")[0]
                assert found["cut"] == [], found


def test_a_card_is_near_the_pointer_and_on_nothing_that_it_lights(seven):
    seven.speak("en")
    for width, height in WIDE:
        seven.page.set_viewport_size({"width": width, "height": height})
        check_places(seven.page, ".card", opens=True)


# Whether a finger on it hits the cross of a map's card, and the map itself, for each layer.
HIT = """() => Object.fromEntries([...document.querySelectorAll(".stage")].map((stage) => {
    const tile = stage.querySelector("[data-map]");
    tile.scrollIntoView({ block: "center" });
    const { left, top, width, height } = tile.getBoundingClientRect();
    const at = { clientX: left + width / 2, clientY: top + height / 2, detail: 1, bubbles: true };
    document.elementFromPoint(at.clientX, at.clientY).dispatchEvent(new MouseEvent("click", at));
    const close = document.querySelector(".card .close");
    const hits = [close, tile].map((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    });
    close.click();
    return [tile.dataset.layer, hits];
}))"""


def test_on_a_phone_a_card_shows_its_cross_and_leaves_its_map_in_sight(browser, static_url):
    with opened(browser, static_url, PHONES[0], has_touch=True) as page:
        draw(page, SEVEN)
        for width, height in [*PHONES, LYING]:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(HIT) == {layer: [True, True] for layer in MAPS}
