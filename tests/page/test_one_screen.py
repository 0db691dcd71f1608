"""The one screen: what of it is whole on the screen while the pen is down, and who can use it."""

import contextlib
import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

from cnn.model import describe, load

# in shares of the pad's side
THREE = [(0.32, 0.25), (0.6, 0.18), (0.64, 0.34), (0.45, 0.48), (0.66, 0.64), (0.45, 0.86)]
SEVEN = [(0.3, 0.2), (0.7, 0.2), (0.58, 0.5), (0.45, 0.85)]
DESKTOPS = [(1280, 720), (1440, 900), (1920, 1080)]
TABLETS = [(768, 1024), (1024, 768)]
PHONES = [(390, 844), (360, 640)]
LYING = (844, 390)
ALL_SIZES = [*DESKTOPS, *TABLETS, *PHONES, LYING, (640, 400), (320, 640)]
EMBED = (1200, 700)  # as a blog embeds it
HIGHEST = (
    1080 + 100
)  # px that the page asks for at most where it is as high as it likes, and a foot
TOUCH = 44  # px
MOST_SHIFT = 0.1  # what web.dev calls good
RECORD_SHIFTS = """
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
# {layer: how many of its maps are whole on the screen, with nothing over them}, and the same of
# what else is always to be seen.
WHOLE = """() => {
    const isWhole = (element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return right > left && left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 &&
            bottom <= innerHeight + 0.5 && over !== null &&
            (element.contains(over) || over.contains(element));
    };
    const whole = {};
    for (const map of document.querySelectorAll("[data-layer][data-map]")) {
        whole[map.dataset.layer] = (whole[map.dataset.layer] ?? 0) + isWhole(map);
    }
    for (const name of [".pad", ".verdict .digit", ".probs", ".probs li", ".part .tools"]) {
        whole[name] = [...document.querySelectorAll(name)].filter(isWhole).length;
    }
    return whole;
}"""
ALWAYS = {".pad": 1, ".verdict .digit": 1, ".probs": 1, ".probs li": 10}
MAPS = {
    stage["name"]: stage["shape"][0] if len(stage["shape"]) == 3 else 1
    for stage in describe(load())
}


@pytest.fixture(params=["static_url", "page_url"], ids=["static", "gradio"])
def url(request) -> str:
    """Both pages, one after the other."""
    return request.getfixturevalue(request.param)


@contextlib.contextmanager
def opened(browser: Browser, url: str, size: tuple[int, int] = (1280, 720), **options):
    """The page, once its network is there; a script error fails the test."""
    options = {"locale": "en-US", "reduced_motion": "reduce"} | options
    context = browser.new_context(
        viewport=dict(zip(("width", "height"), size, strict=True)), **options
    )
    context.add_init_script(RECORD_SHIFTS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    page.locator("[data-map]").first.wait_for()
    yield page
    context.close()
    assert not errors


@contextlib.contextmanager
def framed(browser: Browser, url: str, width: int, height: int):
    """(a host's page, the page in a frame of that size in it), once its network is there."""
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    page.set_content(f'<iframe src="{url}" width="{width}" height="{height}"></iframe>')
    frame = page.locator("iframe").element_handle().content_frame()
    frame.locator("[data-map]").first.wait_for()
    yield page, frame
    page.close()


def press_and_draw(page: Page, points, within: Page | Frame | None = None) -> None:
    """Draw with the mouse and leave its button down."""
    box = (within or page).locator(".pad").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)


def draw(page: Page, points) -> None:
    press_and_draw(page, points)
    page.mouse.up()


def of(whole: dict[str, int], names) -> dict[str, int]:
    return {name: whole[name] for name in names}


# ---- what is on the screen while the pen is down


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


@pytest.mark.parametrize("size", ALL_SIZES, ids=str)
def test_nothing_jumps_and_nothing_is_wider_than_the_screen(browser, static_url, size):
    with opened(browser, static_url, size) as page:
        draw(page, THREE)
        page.keyboard.press("Delete")
        draw(page, SEVEN)
        expect(page.locator(".verdict .digit")).to_have_text("7")
        assert page.evaluate("shift") < MOST_SHIFT
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_frame_that_grows_with_its_content_grows_to_an_end(browser, url):
    with framed(browser, url, 1180, 600) as (page, frame):
        heights = []
        for _ in range(30):
            # What a host's script does, as on a Space: the frame as high as what is in it.
            height = frame.evaluate("document.documentElement.scrollHeight")
            heights.append(height)
            page.locator("iframe").evaluate("(frame, height) => { frame.height = height; }", height)
        assert heights[-1] == heights[-2]
        assert heights[-1] <= HIGHEST


# A network that the page has never seen: other kernels, strides, counts, and three convolutions.
OTHER = """async () => {
    const at = (path) => new URL(`browser/${path}`, document.baseURI);
    const { Network } = await import(at("engine/network.js"));
    const { store } = await import(at("shared/store.js"));
    const conv = (name, inputs, outputs, side, stride, padding, to) => ({
        name, kind: "Conv2d", in_channels: inputs, out_channels: outputs,
        kernel_size: [side, side], stride: [stride, stride], padding: [padding, padding],
        shape: [outputs, to, to],
    });
    const architecture = [
        { name: "in", kind: "Normalize", mean: 0.5, std: 0.5, shape: [1, 28, 28] },
        conv("a", 1, 6, 5, 1, 2, 28), { name: "b", kind: "ReLU", shape: [6, 28, 28] },
        { name: "c", kind: "AvgPool2d", kernel_size: [2, 2], stride: [2, 2], padding: [0, 0],
          shape: [6, 14, 14] },
        conv("d", 6, 12, 3, 2, 1, 7), { name: "e", kind: "ReLU", shape: [12, 7, 7] },
        conv("f", 12, 3, 3, 1, 0, 5),
        { name: "g", kind: "Flatten", shape: [75] },
        { name: "h", kind: "Linear", in_features: 75, out_features: 10, shape: [10] },
        { name: "i", kind: "LogSoftmax", shape: [10] },
    ];
    const tensors = new Map();
    const add = (name, shape) => tensors.set(name, {
        shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, Math.sin),
    });
    for (const [name, shape] of [["a", [6, 1, 5, 5]], ["d", [12, 6, 3, 3]], ["f", [3, 12, 3, 3]],
        ["h", [10, 75]]]) {
        add(`${name}.weight`, shape);
        add(`${name}.bias`, [shape[0]]);
    }
    const card = { architecture, parameters: 1234, mnist: 98.7, threshold: 0.5 };
    const network = new Network(architecture, tensors);
    store.set("network", { network, card, tensors, scales: architecture.map(() => 1) });
}"""


def test_a_network_that_the_page_has_never_seen_is_laid_out_whole(browser, loose_url):
    with opened(browser, loose_url) as page:
        page.evaluate(OTHER)
        press_and_draw(page, THREE)
        whole = page.evaluate(WHOLE)
        counts = {"in": 1, "a": 6, "b": 6, "c": 6, "d": 12, "e": 12, "f": 3, "g": 1, "h": 1, "i": 1}
        assert of(whole, counts) == counts
        assert "1,234 parameters" in page.locator(".key").first.inner_text()


# ---- what is shown is what was computed


def test_the_facts_on_the_page_are_those_of_the_card(browser, static_url):
    card = load().card
    with opened(browser, static_url) as page:
        facts = page.locator(".key").first.inner_text()
        assert f"{card['parameters']:,} parameters" in facts
        assert f"{card['mnist']} %" in facts
        assert f"dropout {round(100 * card['flags']['dropout'])} %" in facts
        assert card["date"][:4] in facts
        assert (
            f"{round(100 * card['flags']['dropout'])} %"
            in page.locator('[data-layer="dropout"]').locator("xpath=../..").inner_text()
        )


BARS = """(layer) => [...document.querySelectorAll(`[data-layer="${layer}"] .columns i`)].map(
    (bar) => {
        const { backgroundSize, backgroundPositionY } = getComputedStyle(bar);
        const long = parseFloat(backgroundSize.split(" ")[1]) / 100;
        return { up: (1 - long) * (1 - parseFloat(backgroundPositionY) / 100), long };
    })"""
TIMES = """async (times) => {
    const at = (path) => new URL(`browser/${path}`, document.baseURI);
    const { store } = await import(at("shared/store.js"));
    const answer = store.get("answer");
    const maps = answer.maps.map((values) => values.map((value) => value * times));
    store.set("answer", { ...answer, maps });
    return [...maps[maps.length - 2]];
}"""


@pytest.mark.parametrize("times", [1, 5])
def test_the_bars_of_the_logits_are_in_proportion_and_none_is_cut_off(browser, loose_url, times):
    with opened(browser, loose_url) as page:
        draw(page, SEVEN)
        logits = page.evaluate(TIMES, times)
        bars = page.evaluate(BARS, "fc2")
        assert all(bar["up"] >= -1e-6 and bar["up"] + bar["long"] <= 1 + 1e-6 for bar in bars)
        signed = [
            bar["long"] * (1 if logit > 0 else -1) for bar, logit in zip(bars, logits, strict=True)
        ]
        largest = max(logits, key=abs)
        expected = [signed[logits.index(largest)] * logit / largest for logit in logits]
        assert signed == pytest.approx(expected, abs=1e-4)


def test_the_sentence_names_no_percentage_while_the_pen_is_down(browser, url):
    with opened(browser, url) as page:
        press_and_draw(page, SEVEN)
        expect(page.locator(".verdict .digit")).to_have_text("7")
        assert "%" not in page.locator(".sentence").inner_text()
        assert all(text.endswith("%") for text in page.locator(".probs .value").all_inner_texts())
        page.mouse.up()
        expect(page.locator(".sentence")).to_contain_text("%")


# ---- for everyone


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("opens", ["", "[data-layer=conv2][data-map='3']", ".stage .about"])
def test_axe_finds_nothing_wrong(browser, static_url, theme, language, opens):
    with opened(browser, static_url, locale=language, color_scheme=theme) as page:
        if ("dark" in (page.locator("body").get_attribute("class") or "")) != (theme == "dark"):
            page.locator(".theme").click()
        draw(page, SEVEN)
        if opens:
            page.locator(opens).nth(0).click()
            page.locator("[role=dialog]").wait_for()
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []


def test_axe_finds_nothing_wrong_on_a_phone(browser, static_url):
    with opened(browser, static_url, (390, 844), has_touch=True) as page:
        draw(page, SEVEN)
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []


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


def test_an_enlarged_map_is_a_dialog_whose_pixels_the_arrow_keys_reach(browser, loose_url):
    with opened(browser, loose_url) as page:
        draw(page, SEVEN)
        page.locator("[data-layer=conv1][data-map='2']").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="conv1, map 2")
        for key in ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowRight"]:
            page.keyboard.press(key)  # the first one begins in the middle
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


def test_buttons_are_large_enough_for_a_finger(browser, page_url):
    with opened(browser, page_url, (390, 844), has_touch=True) as page:
        draw(page, SEVEN)
        page.locator(".wrong").click()
        for name in [".masthead button", ".tools button", ".choices button"]:
            for button in page.locator(name).all():
                box = button.bounding_box()
                assert min(box["width"], box["height"]) >= TOUCH, name


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
