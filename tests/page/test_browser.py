"""The real page in a real Chromium: drawn on by mouse and by touch, as people do."""

import itertools
import json

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from server import free_port, running_page, start, stop

# in shares of the pad's side
ONE = [(0.5, 0.15), (0.5, 0.5), (0.5, 0.85)]
SEVEN = [(0.3, 0.2), (0.7, 0.2), (0.58, 0.5), (0.45, 0.85)]
WIDTHS = [390, 768, 1440]

expect.set_options(timeout=20_000)  # ms: a busy machine is slow, not wrong


class Visit:
    """One person's visit: a page that fails the test on a script error or a request elsewhere.

    before: JavaScript that runs before the page's own.
    """

    def __init__(
        self, browser: Browser, url: str, width: int = 1440, before: str = "", **options
    ) -> None:
        options = {"locale": "en-US"} | options
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.context.add_init_script(before)
        self.page: Page = self.context.new_page()
        self.origin = url.rstrip("/")
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._requested)
        self.page.goto(url)
        self.pad = self.page.locator(".pad")
        self.page.locator(".example").first.wait_for()

    def _requested(self, request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"a request to {request.url}")

    def place(self, x: float, y: float) -> tuple[float, float]:
        self.pad.scroll_into_view_if_needed()
        box = self.pad.bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def press_and_draw(self, points) -> None:
        """Draw with the mouse and leave its button down."""
        self.page.mouse.move(*self.place(*points[0]))
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*self.place(*point), steps=8)

    def draw(self, points) -> None:
        self.press_and_draw(points)
        self.page.mouse.up()

    def touch(self, points, lift: bool = True) -> None:
        """Draw with a finger, through the browser's own input."""
        session = self.context.new_cdp_session(self.page)

        def send(kind: str, *at: tuple[float, float]) -> None:
            session.send(
                "Input.dispatchTouchEvent",
                {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in at]},
            )

        send("touchStart", self.place(*points[0]))
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            for t in np.linspace(0, 1, 9)[1:]:
                send("touchMove", self.place(ax + t * (bx - ax), ay + t * (by - ay)))
        if lift:
            send("touchEnd")

    def module(self, path: str, function: str, *argument):
        """What the JavaScript function makes of a module that the page has loaded."""
        return self.page.evaluate(
            f"""async (argument) => {{
                const loaded = performance.getEntriesByType("resource");
                const {{ name }} = loaded.find((entry) => entry.name.endsWith("/browser/{path}"));
                return ({function})(await import(name), argument);
            }}""",
            *argument,
        )

    def undo(self) -> None:
        self.page.keyboard.press("Control+z")

    def redo(self) -> None:
        self.page.keyboard.press("Control+Shift+Z")

    def layers(self) -> list[dict]:
        """What the network part is given."""
        return self.page.evaluate(
            "gradio_config.components.map(({ props }) => props.props?.layers).find(Boolean)"
        )

    def expect_digit(self, digit: str) -> None:
        expect(self.page.locator(".verdict .digit")).to_have_text(digit)

    def ink(self):
        """How many pixels of the pad are inked, give or take what the edges of the ink vary by."""
        pixels = self.page.evaluate(
            """() => {
                const canvas = document.querySelector(".pad canvas");
                const { width, height } = canvas;
                const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
                return data.filter((v, i) => i % 4 === 3 && v > 127).length;
            }"""
        )
        return pytest.approx(pixels, rel=0.01)


@pytest.fixture
def visit(browser, page_url):
    visits = []

    def begin(url: str = page_url, **options) -> Visit:
        visits.append(Visit(browser, url, **options))
        return visits[-1]

    yield begin
    complaints = [complaint for v in visits for complaint in v.complaints]
    for v in visits:
        v.context.close()
    assert not complaints


@pytest.mark.parametrize(("points", "digit"), [(ONE, "1"), (SEVEN, "7")])
def test_a_digit_is_read_while_the_mouse_still_draws_it(visit, points, digit):
    v = visit()
    v.expect_digit("?")
    v.press_and_draw(points)
    v.expect_digit(digit)  # the button is still down
    v.page.mouse.up()
    v.expect_digit(digit)


@pytest.mark.parametrize(("points", "digit"), [(ONE, "1"), (SEVEN, "7")])
def test_a_digit_is_read_while_the_finger_still_draws_it(visit, points, digit):
    v = visit(width=390, has_touch=True, is_mobile=True)
    v.place(0.5, 0.5)
    before = v.page.evaluate("scrollY")
    v.touch(points, lift=False)
    v.expect_digit(digit)
    assert v.page.evaluate("scrollY") == before  # the page did not scroll under the finger


RECORD_ANSWER = """
    document.addEventListener("cnn:answer", ({ detail }) => { window.answer = detail; });
"""


def test_every_map_is_painted_with_its_values_in_the_layers_colours(visit):
    v = visit(before=RECORD_ANSWER)
    v.draw(SEVEN)
    v.expect_digit("7")
    painted, maps = v.page.evaluate(
        """() => [
            [...document.querySelectorAll(".map")].map((tile) => {
                const canvas = tile.querySelector("canvas");
                const { width, height } = canvas;
                const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
                return [...data].filter((_, i) => i % 4 < 3);
            }),
            [...window.answer.maps],
        ]"""
    )
    assert len(painted) == 8 + 8 + 8 + 16 + 16 + 16 + 1 + 1
    scales = [np.full(np.prod(layer["shape"]), layer["scale"]) for layer in v.layers()]
    shares = (np.array(maps) / np.concatenate(scales)).clip(-1, 1)[:, None]  # colours end there
    below, zero, above = np.array([(24, 94, 168), (250, 248, 243), (214, 84, 0)], float)
    expected = zero + (np.where(shares < 0, below, above) - zero) * np.abs(shares) ** 0.8
    got = np.array([c for tile in painted for c in tile], float).reshape(-1, 3)
    assert len(got) == len(expected) - 10  # the ten outputs are bars
    np.testing.assert_allclose(got, expected[: len(got)], atol=0.75)
    assert len(np.unique(got, axis=0)) > 100


BARS = """(selector) => [...document.querySelectorAll(`${selector} li`)].map((row) => [
    Number(row.querySelector("i").style.transform.slice("scaleX(".length, -1)),
    row.querySelector(".value").textContent,
])"""


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_the_logits_are_shown_as_they_are_however_large(visit):
    v = visit(before=RECORD_ANSWER)
    v.draw(SEVEN)
    v.expect_digit("7")
    for times in [1, 5]:
        v.module(
            "shared/store.js",
            """({ store }, times) => {
                const maps = window.answer.maps.map((value) => value * times);
                store.set("answer", { ...window.answer, maps });
            }""",
            times,
        )
        logits = times * np.array(v.page.evaluate("[...window.answer.maps.slice(-10)]"))
        scale = max(v.layers()[-1]["scale"], np.abs(logits).max())
        bars, texts = zip(*v.page.evaluate(BARS, ".outputs"), strict=True)
        np.testing.assert_allclose([number(text) for text in texts], logits, atol=0.051)
        np.testing.assert_allclose(bars, logits / scale / 2, atol=1e-4)  # 1/2: half the track
        legend = v.page.locator(".logits .legend span").all_inner_texts()
        np.testing.assert_allclose([number(end) for end in legend], [-scale, 0, scale], rtol=0.05)
    assert np.abs(logits).max() > v.layers()[-1]["scale"]


def test_under_the_pen_the_bars_are_the_probabilities_of_the_same_prediction_as_the_maps(visit):
    v = visit()
    v.page.evaluate(
        f"""() => {{
            window.looks = [];
            document.addEventListener("cnn:answer", ({{ detail }}) => {{
                if (!detail.drawing) return;
                const sentence = document.querySelector(".sentence").textContent;
                const logits = [...detail.maps.slice(-10)];
                window.looks.push({{ sentence, logits, bars: ({BARS})(".probs") }});
            }});
        }}"""
    )
    v.press_and_draw(SEVEN)
    v.expect_digit("7")
    looks = v.page.evaluate("window.looks")
    v.page.mouse.up()
    assert len(looks) > 3
    for look in looks:
        exp = np.exp(np.array(look["logits"]) - max(look["logits"]))
        bars, texts = zip(*look["bars"], strict=True)
        np.testing.assert_allclose(bars, exp / exp.sum(), atol=1e-4)
        assert all(text.endswith("%") for text in texts)
        assert "Perhaps" in look["sentence"]
        assert "%" not in look["sentence"]


def test_undo_redo_clear_and_the_keyboard(visit):
    v = visit()
    v.draw(ONE)
    v.expect_digit("1")
    one = v.ink()
    v.draw([(0.2, 0.2), (0.8, 0.2)])
    two = v.ink()
    assert two != one
    v.undo()
    assert v.ink() == one
    v.expect_digit("1")
    v.redo()
    assert v.ink() == two
    v.page.keyboard.press("Delete")
    v.expect_digit("?")
    assert v.ink() == 0
    v.page.get_by_role("button", name="Undo").click()
    assert v.ink() == two  # clearing can be undone
    v.page.get_by_role("button", name="Undo").click()
    v.expect_digit("1")
    v.page.get_by_role("button", name="Clear").click()
    v.expect_digit("?")
    expect(v.page.get_by_text("Draw a digit, 0 to 9")).to_be_visible()


def test_undo_goes_back_far_but_keeps_neither_all_steps_nor_all_pictures(visit):
    v = visit()
    steps_back = """({ History }, length) => {
        const drawing = () => ({ strokes: [], picture: length ? "x".repeat(length) : null });
        const history = new History(drawing());
        for (let i = 0; i < 1000; i++) history.replace(drawing());
        let steps = 0;
        for (; history.canUndo; steps++) history.undo();
        return steps;
    }"""
    assert 100 <= v.module("pad/history.js", steps_back, 0) < 1000
    large = 700_000  # characters of a data URL, the most that is sent
    assert 5 <= v.module("pad/history.js", steps_back, large) * large / 1e6 <= 10  # MB


def test_the_eraser_takes_the_whole_stroke_it_touches_and_no_other(visit):
    v = visit()
    v.draw(ONE)
    one = v.ink()
    v.draw([(0.1, 0.1), (0.1, 0.9)])
    v.page.get_by_role("button", name="Eraser").click()
    v.draw([(0.05, 0.5), (0.2, 0.5)])
    assert v.ink() == one
    v.expect_digit("1")


def test_a_quick_swipe_of_the_eraser_misses_nothing_and_an_empty_pad_has_no_eraser(visit):
    v = visit()
    v.draw(ONE)
    eraser = v.page.get_by_role("button", name="Eraser")
    eraser.click()
    v.page.mouse.move(*v.place(0.1, 0.5))
    v.page.mouse.down()
    v.page.mouse.move(*v.place(0.9, 0.5))  # one step, straight across
    v.page.mouse.up()
    assert v.ink() == 0
    expect(eraser).to_be_disabled()
    v.draw(SEVEN)
    v.expect_digit("7")


def test_a_second_finger_on_a_button_does_not_disturb_the_stroke(visit):
    v = visit()
    v.press_and_draw(ONE)
    v.page.evaluate("document.querySelector('.clear').click()")
    assert v.ink() != 0
    v.page.mouse.up()
    v.expect_digit("1")


def test_a_pen_that_rests_gets_the_answer_of_its_last_ink(visit):
    v = visit()
    v.page.mouse.move(*v.place(0.3, 0.2))
    v.page.mouse.down()
    for point in [(0.7, 0.2), (0.45, 0.85)]:
        v.page.mouse.move(*v.place(*point))
    v.expect_digit("7")  # three points only, and the pen still down


FORBIDDEN = """
    for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, { get() { throw new DOMException("forbidden"); } });
    }
"""


def test_the_page_works_where_storage_is_forbidden(visit):
    v = visit(before=FORBIDDEN)
    v.draw(SEVEN)
    v.expect_digit("7")
    v.page.keyboard.press("Delete")
    v.expect_digit("?")
    assert v.ink() == 0


def test_what_others_left_in_storage_does_no_harm(visit):
    left = """
        localStorage.setItem("draw-a-digit.language", '"de"');
        localStorage.setItem("draw-a-digit.theme", "{");
    """
    v = visit(before=left)
    expect(v.page.locator("h1")).to_have_text("Draw a digit, watch the network read it")
    v.draw(ONE)
    v.expect_digit("1")


def stroke(points: str) -> str:
    return f'{{"strokes": [{{"points": {points}, "width": 16}}], "picture": null}}'


@pytest.mark.parametrize(
    "drawing",
    [
        "7",
        '{"strokes": 7}',
        '{"strokes": [7], "picture": null}',
        '{"strokes": [null], "picture": null}',
        '{"strokes": [], "picture": 7}',
        '{"strokes": [], "picture": "https://elsewhere.example/1.png"}',
        '{"strokes": [{"points": [140, 40, 140, 240], "width": 1e9}], "picture": null}',
        stroke("7"),
        stroke("[]"),
        stroke("[140, 40, 140]"),
        stroke('[140, 40, 140, "240"]'),
        stroke("[140, 40, 140, null]"),  # what JSON makes of NaN
        stroke("[140, 40, 140, 1e999]"),
        stroke("[140, 40, 140, 1e6]"),
        stroke(str([140, 40] * 100_000)),
    ],
)
def test_a_drawing_that_the_pad_cannot_have_left_is_not_restored(visit, drawing):
    left = f"sessionStorage.setItem('draw-a-digit.drawing', {drawing!r});"
    v = visit(before=left)
    expect(v.page.locator(".pad.empty")).to_be_visible()
    expect(v.page.locator(".sentence")).to_have_text("nothing drawn yet")
    v.draw(ONE)
    v.expect_digit("1")


def test_the_drawing_outlives_a_reload(visit):
    v = visit()
    v.draw(SEVEN)
    v.expect_digit("7")
    seven = v.ink()
    v.page.reload()
    v.expect_digit("7")
    assert v.ink() == seven


def test_a_request_that_hangs_is_made_again(visit):
    hang_once = """
        const real = window.fetch;
        window.fetch = (url, ...rest) => {
            if (!String(url).includes("component_server") || window.hung) return real(url, ...rest);
            window.hung = true;
            return new Promise(() => {});
        };
    """
    v = visit(before=hang_once)
    v.module(
        "shared/store.js",
        """({ store }) => {
            window.statuses = [];
            store.subscribe("status", (status) => window.statuses.push(status));
        }""",
    )
    v.draw(SEVEN)
    v.expect_digit("7")
    assert "status.lost" in v.page.evaluate("window.statuses")


def test_after_a_failure_the_answer_has_the_words_of_its_own_question(visit, tmp_path):
    from PIL import Image

    hold_pictures = """
        window.whys = [];
        document.addEventListener("cnn:answer", ({ detail }) => window.whys.push(detail.why));
        const real = window.fetch;
        window.fetch = (url, options, ...rest) => {
            if (!String(options?.body).includes("predict_picture")) {
                return real(url, options, ...rest);
            }
            return new Promise((_, fail) => { window.fail = () => fail(new TypeError("lost")); });
        };
    """
    v = visit(before=hold_pictures)
    v.page.wait_for_function("window.whys.length > 0")  # the blank pad's
    Image.new("L", (100, 100), 255).save(tmp_path / "paper.png")
    v.page.locator("input[type=file]").set_input_files(tmp_path / "paper.png")
    v.page.wait_for_function("typeof window.fail === 'function'")
    v.page.keyboard.press("Delete")
    v.page.evaluate("window.whys = []; window.fail()")
    v.page.wait_for_function("window.whys.length > 0")
    assert v.page.evaluate("window.whys[0]") == "answer.none"  # not: nothing in this picture


def test_parts_that_come_late_show_the_answer_too(visit):
    v = visit()
    v.draw(SEVEN)
    v.expect_digit("7")

    def late(route):
        v.page.wait_for_timeout(400)
        route.continue_()

    v.page.route("**/answer/answer.js", late)
    v.page.route("**/network/network.js", late)
    v.page.reload()
    v.expect_digit("7")


def test_eight_digits_fit_into_their_card(visit):
    v = visit(width=390)
    for i in range(8):
        x = 0.06 + 0.125 * i
        v.draw([(x, 0.4), (x, 0.6)])
    digits = v.page.locator(".verdict .digit")
    expect(digits).to_have_text(["1"] * 8)
    card, last = v.page.locator(".answer").bounding_box(), digits.last.bounding_box()
    assert last["x"] + last["width"] <= card["x"] + card["width"]
    v.draw([(0.99, 0.4), (0.99, 0.6)])
    expect(v.page.locator(".status")).to_contain_text("At most eight")
    expect(v.page.locator(".sentence")).to_be_empty()


def test_a_tap_on_a_digit_of_a_number_follows_it_and_is_no_ink(visit):
    v = visit()
    two_and_seven(v)
    expect(v.page.locator(".verdict .digit")).to_have_text(["2", "7"])
    before = v.ink()
    v.page.mouse.click(*v.place(0.25, 0.5))
    expect(v.page.locator(".probs .top b")).to_have_text("2")
    assert v.ink() == before
    expect(v.page.locator(".verdict .digit")).to_have_text(["2", "7"])


def test_a_tap_on_a_digit_leaves_past_and_future_as_they_were(visit):
    v = visit()
    two_and_seven(v)
    two_digits = v.ink()
    v.draw([(0.48, 0.1), (0.52, 0.1)])
    three_strokes = v.ink()
    v.undo()
    expect(v.page.locator(".verdict .digit")).to_have_text(["2", "7"])
    v.page.mouse.click(*v.place(0.25, 0.5))
    expect(v.page.locator(".probs .top b")).to_have_text("2")
    v.redo()
    assert v.ink() == three_strokes
    v.undo()
    assert v.ink() == two_digits
    v.undo()
    v.undo()
    assert v.ink() == 0
    expect(v.page.locator(".undo")).to_be_disabled()


def test_a_tap_on_a_digit_of_a_picture_keeps_the_picture(visit, tmp_path):
    from PIL import Image, ImageDraw

    v = visit()
    image = Image.new("L", (800, 800), 255)
    for x in [200, 600]:
        ImageDraw.Draw(image).line([(x, 200), (x, 600)], 0, 50)
    image.save(tmp_path / "eleven.png")
    v.page.locator("input[type=file]").set_input_files(tmp_path / "eleven.png")
    expect(v.page.locator(".verdict .digit")).to_have_text(["1", "1"])
    before = v.ink()
    v.page.mouse.click(*v.place(0.75, 0.5))
    expect(v.page.locator(".outlines i").last).to_have_class("followed")
    assert v.ink() == before
    expect(v.page.locator(".verdict .digit")).to_have_text(["1", "1"])


def test_the_first_stroke_ever_drawn_counts(browser, page_url):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    page = context.new_page()
    page.goto(page_url)
    page.locator(".pad").wait_for()  # it is seen; nothing else is waited for
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.15)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.85, steps=6)
    page.mouse.up()
    expect(page.locator(".verdict .digit")).to_have_text("1")
    context.close()


def test_the_language_follows_the_browser_and_the_switch(visit):
    v = visit(locale="zh-CN")
    heading = v.page.locator("h1")
    expect(heading).to_have_text("画一个数字，看网络怎样读懂它")
    v.page.get_by_role("button", name="切换到英文").click()
    expect(heading).to_have_text("Draw a digit, watch the network read it")
    v.page.reload()
    expect(heading).to_have_text("Draw a digit, watch the network read it")  # remembered


def test_both_languages_have_words_for_all_that_the_page_says(visit):
    v = visit()
    english, chinese = v.module(
        "shared/i18n.js", "({ words: { en, zh } }) => [en, zh].map((words) => Object.keys(words))"
    )
    assert sorted(english) == sorted(chinese)
    said = v.page.evaluate(
        """[...document.querySelectorAll("[data-i18n], [data-i18n-label]")]
            .flatMap(({ dataset }) => [dataset.i18n, dataset.i18nLabel]).filter(Boolean)"""
    )
    assert set(said) <= set(english)
    assert "undefined" not in v.page.locator("body").inner_text()


def test_a_network_with_other_layers_needs_no_new_code(visit):
    v = visit()
    v.module(
        "network/network.js",
        """({ mount }) => {
            const element = document.createElement("div");
            element.className = "other";
            element.innerHTML = '<section class="network"><div class="blocks"></div></section>';
            document.body.append(element);
            const pool = { kernel_size: [4, 4], stride: [4, 4], padding: [0, 0] };
            mount(element, { layers: [
                { name: "mean", kind: "AvgPool2d", shape: [1, 7, 7], scale: 1, ...pool },
                { name: "curve", kind: "Sigmoid", shape: [1, 7, 7], scale: 1 },
                { name: "neurons", kind: "Linear", shape: [20], scale: 1,
                  in_features: 49, out_features: 20 },
                { name: "last", kind: "Linear", shape: [10], scale: 1,
                  in_features: 20, out_features: 10 },
            ] });
        }""",
    )
    titles = v.page.locator(".other h4")
    expect(titles).to_have_text(["Average pooling", "Sigmoid", "Fully connected", "10 outputs"])
    expect(v.page.locator(".other .block h3").first).to_contain_text("4 × 4")
    assert v.page.locator(".other .map canvas").last.evaluate("({ width }) => width") == 16
    expect(v.page.locator(".other .outputs li")).to_have_count(10)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_its_window(visit, width, scheme):
    v = visit(width=width, color_scheme=scheme)
    assert v.page.evaluate("document.documentElement.scrollWidth") <= width
    pad = v.pad.bounding_box()
    assert pad["width"] == pytest.approx(pad["height"], abs=1)
    assert pad["width"] > 200
    assert v.page.evaluate("document.body.classList.contains('dark')") == (scheme == "dark")


def test_the_ink_is_as_sharp_as_the_screen(visit):
    v = visit(device_scale_factor=3)
    shown, stored = v.page.evaluate(
        "(({ clientWidth, width }) => [clientWidth, width])(document.querySelector('.pad canvas'))"
    )
    assert stored == pytest.approx(3 * shown, abs=1)


def test_a_map_is_enlarged_while_pointed_at_and_pinned_when_clicked(visit):
    v = visit()
    v.draw(SEVEN)
    tile = v.page.locator("[data-layer=relu1][data-map='3']")
    panel = v.page.locator(".zoom")
    tile.hover()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("relu1, map 3")
    v.page.locator("h1").hover()
    expect(panel).to_be_hidden()
    tile.click()
    v.page.locator("h1").hover()
    expect(panel).to_be_visible()
    v.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_rows_columns_and_neurons_count_from_one(visit):
    v = visit()
    panel = v.page.locator(".zoom")
    v.page.locator("[data-layer=conv1][data-map='1'] canvas").first.hover(position={"x": 1, "y": 1})
    expect(panel).to_contain_text("row 1, column 1:")
    v.page.locator("[data-layer=fc1] canvas").hover(position={"x": 1, "y": 1})
    expect(panel).to_contain_text("neuron 1:")


@pytest.mark.parametrize("index", range(12))
def test_an_example_draws_itself_and_is_read(visit, index):
    v = visit()
    v.page.locator(".example").nth(index).click()
    v.expect_digit(str([*range(10), 7, 1][index]))


def test_a_picture_is_read_and_a_file_that_is_none_keeps_the_drawing(visit, tmp_path):
    from PIL import Image, ImageDraw

    v = visit()
    v.draw(ONE)
    v.expect_digit("1")
    (tmp_path / "none.png").write_text("no picture")
    v.page.locator("input[type=file]").set_input_files(tmp_path / "none.png")
    expect(v.page.locator(".status")).to_contain_text("no picture")
    v.expect_digit("1")
    image = Image.new("L", (900, 700), 255)
    ImageDraw.Draw(image).line([(330, 150), (560, 150), (420, 600)], 0, 40)
    image.save(tmp_path / "seven.png")
    v.page.locator("input[type=file]").set_input_files(tmp_path / "seven.png")
    v.expect_digit("7")
    v.undo()
    v.expect_digit("1")


def two_and_seven(v: Visit) -> None:
    v.draw([(0.1, 0.35), (0.25, 0.25), (0.38, 0.35), (0.12, 0.72), (0.42, 0.72)])
    v.draw([(0.6, 0.3), (0.9, 0.3), (0.72, 0.75)])


def test_a_number_is_read_outlined_and_its_digits_can_be_chosen(visit):
    v = visit()
    two_and_seven(v)
    digits = v.page.locator(".verdict .digit")
    expect(digits).to_have_text(["2", "7"])
    expect(v.page.locator(".sentence")).to_have_text("I read 27")
    expect(v.page.locator(".outlines i")).to_have_count(2)
    expect(v.page.locator(".probs .top b")).to_have_text("7")  # drawn last
    digits.first.click()
    expect(v.page.locator(".probs .top b")).to_have_text("2")
    expect(v.page.locator(".outlines i").first).to_have_class("followed")


def test_a_scribble_is_no_digit_and_the_page_says_so(visit):
    v = visit()
    rng = np.random.default_rng(3)
    v.draw([tuple(point) for point in 0.15 + 0.7 * rng.random((25, 2))])
    expect(v.page.locator(".sentence")).to_contain_text("Not sure")
    v.expect_digit("?")


def test_a_correction_is_kept_by_one_tap_and_never_without(visit, tmp_path):
    path = tmp_path / "corrections.jsonl"
    with running_page(CORRECTIONS_FILE=str(path)) as url:
        v = visit(url)
        two_and_seven(v)
        expect(v.page.locator(".verdict .digit")).to_have_text(["2", "7"])
        expect(v.page.locator(".correction")).to_contain_text("Nothing is kept without it")
        assert not path.exists()
        v.page.locator(".correction").get_by_role("button", name="1").click()
        expect(v.page.locator(".outcome")).to_contain_text("kept")
    record = json.loads(path.read_text())
    assert record["label"] == 1
    assert len(record["strokes"]) == 1  # the 7, which was drawn last
    assert min(record["strokes"][0][::2]) == pytest.approx(0.6 * 280, abs=2)


def test_a_public_page_offers_no_correction(visit):
    with running_page(SPACE_ID="someone/space") as url:
        v = visit(url)
        v.draw(ONE)
        v.expect_digit("1")
        expect(v.page.locator(".correction")).to_have_count(0)


def test_a_stroke_of_a_hundred_thousand_points_is_still_read(visit):
    v = visit()
    v.page.evaluate(
        """() => {
            const pad = document.querySelector(".pad");
            const box = pad.getBoundingClientRect();
            pad.setPointerCapture = () => {};  // there is no real pointer to capture
            const send = (kind, x, y) => pad.dispatchEvent(new PointerEvent(kind, {
                pointerId: 1, clientX: box.left + x * box.width, clientY: box.top + y * box.height,
            }));
            send("pointerdown", 0.5, 0.1);
            for (let i = 0; i < 100_000; i++) {
                send("pointermove", 0.5 + 0.004 * Math.sin(i), 0.1 + 0.8 * i / 100_000);
            }
            send("pointerup", 0.5, 0.9);
        }"""
    )
    v.expect_digit("1")
    expect(v.page.locator(".status")).to_be_empty()


def test_a_random_mnist_digit_is_read_where_mnist_is(visit, mnist_dir):
    with running_page(MNIST_DIR=str(mnist_dir)) as url:
        v = visit(url)
        v.page.get_by_role("button", name="A random MNIST digit").click()
        expect(v.page.locator(".verdict .digit")).not_to_have_text("?")


def test_without_mnist_there_is_no_button_for_it(visit, tmp_path):
    with running_page(MNIST_DIR=str(tmp_path)) as url:
        v = visit(url)
        expect(v.page.locator(".mnist")).to_be_hidden()


def test_the_pad_survives_a_restart_of_the_server(visit):
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    process = start(port)
    try:
        v = visit(url)
        v.draw(SEVEN)
        v.expect_digit("7")
        stop(process)
        v.page.keyboard.press("Delete")
        v.draw(ONE)
        expect(v.page.locator(".status")).to_contain_text("does not answer")
        process = start(port)
        v.expect_digit("1")
        expect(v.page.locator(".status")).to_be_empty()
        assert v.ink() != 0
    finally:
        stop(process)
