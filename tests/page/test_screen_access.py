"""Everyone can use the screen: axe-core, the keyboard, a finger, colours of one's own."""

import itertools

from axe import check_in_each_colour_and_language, violations
from one_screen import MAPS, draw, opened
from playwright.sync_api import expect
from visit import SEVEN

# The controls that are hit on less than that, up and down or sideways from their middle, px.
SMALL = """(within) => {
    const controls = document.querySelectorAll(
        `${within} :is(button, a[href], input, select, [tabindex="0"])`);
    return [...controls].filter((control) => control.checkVisibility()).flatMap((control) => {
        control.scrollIntoView({ block: "center", inline: "center" });
        const { left, top, width, height } = control.getBoundingClientRect();
        const isHit = (x, y) => control.contains(
            document.elementFromPoint(left + width / 2 + x, top + height / 2 + y));
        const ways = [[1, 0], [-1, 0], [0, 1], [0, -1]];
        const far = [21.5, 19.5, 17, 15, 13, 11, 9, 7, 5, 3, 1]; // most are hit on all of it
        if (ways.every(([x, y]) => far.every((d) => isHit(d * x, d * y)))) return [];
        const reach = (x, y) => {
            for (let d = 0.5; d < 60; d += 0.5) if (!isHit(d * x, d * y)) return d;
            return 60;
        };
        const [across, down] = [reach(1, 0) + reach(-1, 0), reach(0, 1) + reach(0, -1)];
        return Math.min(across, down) < 43 // an edge may fall between two pixels
            ? [`${control.outerHTML.slice(0, 99)}: ${across} x ${down}`]
            : [];
    });
}"""


def test_axe_finds_nothing_wrong(browser, static_url):
    with opened(browser, static_url) as page:
        draw(page, SEVEN)
        check_in_each_colour_and_language(page, ".page")
        for opens in ["[data-layer=conv2][data-map='3']", ".stage .about >> nth=0"]:
            page.locator(opens).click()
            check_in_each_colour_and_language(page, "[role=dialog]")
            page.keyboard.press("Escape")


def test_axe_finds_nothing_wrong_on_a_phone(browser, static_url):
    with opened(browser, static_url, (390, 844), has_touch=True) as page:
        draw(page, SEVEN)
        assert violations(page) == []


def test_each_layer_is_one_stop_of_the_tab_key_and_arrows_move_inside(browser, static_url):
    with opened(browser, static_url) as page:
        stops = page.evaluate(
            "[...document.querySelectorAll('.stage')].map((stage) =>"
            "[...stage.querySelectorAll('button')].filter(({ tabIndex }) => tabIndex === 0).length)"
        )
        assert stops == [1] * len(MAPS)
        page.locator("[data-layer=conv2][data-map='6']").focus()
        places = []
        for key in ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]:
            page.keyboard.press(key)
            places.append(page.evaluate("document.activeElement.dataset.map"))
        assert places == ["7", "11", "10", "6"]  # four stand side by side
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.stage').ariaLabel") == "relu2"


def test_the_tab_key_comes_to_a_map_of_each_stage_and_an_arrow_to_its_question_mark(
    browser, static_url
):
    with opened(browser, static_url) as page:
        draw(page, SEVEN)
        reached = []
        while reached[-1:] != ["log_softmax"]:
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.dataset.layer"))
        assert reached[-len(MAPS) :] == list(MAPS)
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="log_softmax")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="log_softmax")).to_contain_text("logits")


def test_a_finger_hits_each_control_on_44_pixels(browser, page_url):
    with opened(browser, page_url, has_touch=True) as page:
        draw(page, SEVEN)
        for width, height in [(1440, 900), (768, 1024), (390, 844)]:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(SMALL, ".page") == [], width
            page.locator(".wrong").click()
            assert page.evaluate(SMALL, ".correction") == [], width
            page.locator(".wrong").click()
            page.locator("[data-layer=conv2][data-map='3']").click()
            assert page.evaluate(SMALL, "[role=dialog]") == [], width
            page.keyboard.press("Escape")


def test_colours_chosen_for_the_reader_leave_bars_and_legends_theirs(browser, static_url):
    with opened(browser, static_url, forced_colors="active") as page:
        draw(page, SEVEN)
        colours = page.evaluate(
            """() => [".probs .top i", ".columns i.below", ".legend .scale", ".probs .bar"].map(
                (name) => getComputedStyle(document.querySelector(name))).map(
                ({ backgroundColor, backgroundImage }) => backgroundColor + backgroundImage)"""
        )
        assert len(set(colours)) == len(colours)  # else all were the system's one background


def test_marks_of_several_parts_share_no_id(browser, static_url):
    with opened(browser, static_url) as page:
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
        assert not [a for a, b in itertools.pairwise(sorted(ids)) if a == b]
