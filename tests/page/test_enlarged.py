"""A map enlarged: its pixels by the keyboard, beside a pad on which one draws on."""

from one_screen import EMBED, LYING, MAPS, PHONES, draw, opened, press_and_draw
from playwright.sync_api import expect
from visit import SEVEN


def test_an_enlarged_map_is_a_dialog_whose_pixels_the_arrow_keys_reach(browser, loose_url):
    with opened(browser, loose_url) as page:
        draw(page, SEVEN)
        page.locator("[data-layer=conv1][data-map='2']").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="conv1, map 2")
        for key in ["ArrowUp", "ArrowRight", "ArrowRight"]:
            page.keyboard.press(key)  # from the middle
        value = page.evaluate(
            """async () => {
                const { store } = await import(new URL("browser/shared/store.js", location));
                return store.get("answer").maps[1][28 * 28 + 13 * 28 + 16];
            }"""
        )
        text = f"row 14, column 17: {value:.3f}".replace("-", "−").replace("−0.000", "0.000")
        expect(dialog.locator(".value")).to_have_text(text)
        assert len(dialog.locator(".channel span").all()) == 9  # its kernel in numbers
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        assert page.evaluate("document.activeElement.dataset.map") == "2"


SIZES = [(1440, 900), (1280, 720), EMBED, (1024, 768), (768, 1024), *PHONES, LYING]
# The first and the last map of each layer, enlarged by a click in its middle: whether the whole pad
# is in sight then, and the side of the smallest pixel of the map, px.
ENLARGED = """() => [...document.querySelectorAll(".stage")].flatMap((stage) => {
    const tiles = [...stage.querySelectorAll("[data-map]")];
    return [...new Set([tiles[0], tiles.at(-1)])].map((tile) => {
        tile.scrollIntoView({ block: "center" });
        const map = tile.getBoundingClientRect();
        const [clientX, clientY] = [map.left + map.width / 2, map.top + map.height / 2];
        const click = new MouseEvent("click", { clientX, clientY, detail: 1, bubbles: true });
        document.elementFromPoint(clientX, clientY).dispatchEvent(click);
        const { left, top, right, bottom, width, height } =
            document.querySelector(".pad").getBoundingClientRect();
        const places = [left + 8, left + width / 2, right - 8].flatMap((x) =>
            [top + 8, top + height / 2, bottom - 8].map((y) => [x, y]));
        const isSeen = left >= -0.5 && top >= -0.5 &&
            right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5 &&
            places.every(([x, y]) => document.elementFromPoint(x, y)?.closest(".pad"));
        const sides = [...document.querySelectorAll(".card .picture canvas")].map((canvas) => {
            const { width, height } = canvas.getBoundingClientRect();
            return Math.min(width / canvas.width, height / canvas.height);
        });
        document.querySelector(".card .close").click();
        return { layer: tile.dataset.layer, isSeen, sides };
    });
})"""


def test_an_enlarged_map_never_covers_the_pad_and_its_pixels_can_be_aimed_at(browser, static_url):
    with opened(browser, static_url) as page:
        draw(page, SEVEN)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found = page.evaluate(ENLARGED)
            assert {each["layer"] for each in found} == {*MAPS}
            for each in found:
                assert each["isSeen"], (width, each)
                assert all(side >= 12 for side in each["sides"]), (width, each)


def test_one_draws_on_while_a_map_is_enlarged_and_sees_it_change(browser, static_url):
    with opened(browser, static_url) as page:
        draw(page, SEVEN)
        page.locator("[data-layer=conv2][data-map='1']").click()
        value = page.locator(".card .value")
        before = value.inner_text()
        press_and_draw(page, [(0.2, 0.6), (0.8, 0.7)])
        expect(value).not_to_have_text(before)


def test_on_a_small_phone_the_keys_bring_the_last_pixel_into_sight(browser, static_url):
    with opened(browser, static_url, (360, 640)) as page:
        draw(page, SEVEN)
        page.locator("[data-layer=conv1][data-map='1']").press("Enter")
        for key in ["ArrowRight", "ArrowDown"]:
            for _ in range(14):
                page.keyboard.press(key)
        expect(page.locator(".card .value")).to_contain_text("row 28, column 28")
        assert page.evaluate(
            """() => {
                const { left, top, right, bottom } = document.querySelector(".card .cursor")
                    .getBoundingClientRect();
                return Boolean(document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
                    ?.closest(".picture"));
            }"""
        )
