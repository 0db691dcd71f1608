"""A map enlarged: its pixels by the keyboard, beside a pad on which one draws on."""

import pytest
from one_screen import EMBED, LYING, MAPS, PHONES, WHOLE, draw, opened, press_and_draw
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


@pytest.mark.parametrize("size", [(1280, 720), EMBED, (768, 1024), (390, 844), LYING], ids=str)
def test_an_enlarged_map_never_covers_the_pad(browser, static_url, size):
    with opened(browser, static_url, size) as page:
        for layer, count in MAPS.items():
            for number in {1, count}:
                page.locator(f"[data-layer={layer}][data-map='{number}']").click()
                whole = page.evaluate(WHOLE)
                assert whole[".pad"] == 1
                corners = page.evaluate(
                    """() => {
                        const { left, top, right, bottom } = document.querySelector(".pad")
                            .getBoundingClientRect();
                        return [[left, top], [right, top], [left, bottom], [right, bottom]].filter(
                            ([x, y]) => document.elementFromPoint(
                                x + 8 * Math.sign(left + right - 2 * x),
                                y + 8 * Math.sign(top + bottom - 2 * y),
                            )?.closest(".pad")).length;
                    }"""
                )
                assert corners == 4, f"{layer} {number}"
                page.keyboard.press("Escape")


def test_one_draws_on_while_a_map_is_enlarged_and_sees_it_change(browser, static_url):
    with opened(browser, static_url) as page:
        draw(page, SEVEN)
        page.locator("[data-layer=conv2][data-map='1']").click()
        value = page.locator(".card .value")
        before = value.inner_text()
        press_and_draw(page, [(0.2, 0.6), (0.8, 0.7)])
        expect(value).not_to_have_text(before)


SIZES = [(1440, 900), (1280, 720), (1024, 768), (768, 1024), *PHONES, LYING]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_pixel_of_an_enlarged_map_is_large_enough_to_be_aimed_at(browser, static_url, size):
    with opened(browser, static_url, size) as page:
        draw(page, SEVEN)
        for layer in MAPS:
            page.locator(f"[data-layer={layer}][data-map='1']").click()
            sides = page.evaluate(
                """() => [...document.querySelectorAll(".card .picture canvas")].map((canvas) => {
                    const { width, height } = canvas.getBoundingClientRect();
                    return Math.min(width / canvas.width, height / canvas.height);
                })"""
            )
            assert all(side >= 12 for side in sides), layer
            page.keyboard.press("Escape")


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
