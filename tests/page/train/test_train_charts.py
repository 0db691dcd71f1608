"""What training shows: curves, misread digits, mistakes and two answers, on an empty page."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page

WIDTH = 230  # px of the strip beside the network on a screen of 1280 x 720
START = """async (width) => {
    const { needWords, startWords } = await import("/browser/shared/i18n.js");
    const styles = ["shared/page.css", "shared/elements.css", "train/charts.css"].map((path) => {
        const link = Object.assign(document.createElement("link"), { rel: "stylesheet" });
        link.href = `/browser/${path}`;
        document.head.append(link);
        return new Promise((done) => link.addEventListener("load", done));
    });
    document.body.innerHTML = `<div class="page mounted" style="display: block">
        <div class="part" style="width: ${width}px"></div></div>`;
    await Promise.all([startWords(new URL("/browser/words/", location)), ...styles]);
    await needWords(["train/charts"]);
    globalThis.names = [..."0123456789"];
}"""
CURVES = """async () => {
    const { curvesOf } = await import("/browser/train/curves.js");
    globalThis.made = curvesOf();
    document.querySelector(".part").replaceChildren(made.element);
}"""
PAINT = """async (runs) => {
    globalThis.runs = runs;
    made.paint(runs);
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame); // its size is known then
}"""
# What each chart shows: [(x, y) of each line], the numbers on its axes with their places, and the
# marks at the ends of lines; in px of the lines' place.
SHOWN = """() => [...document.querySelectorAll(".chart")].map((chart) => {
    const inside = chart.querySelector(".lines");
    const [left, top] = ["x", "y"].map((name) => Number(inside.getAttribute(name)));
    const middle = (text) => {
        const { y, height } = text.getBBox();
        return y + height / 2 - top;
    };
    const feet = [...chart.querySelectorAll(".foot")].map((foot) => foot.getAttribute("d"));
    return {
        height: Number(inside.getAttribute("height")),
        paths: [...inside.querySelectorAll("path:not(.cursor)")].map((p) => p.getAttribute("d")),
        y: [...chart.querySelectorAll("text.y")].map((text) => [text.textContent, middle(text)]),
        x: [...chart.querySelectorAll("text.x")].map((text) => text.textContent),
        feet: feet.filter((d) => d.includes("v3")).map((d) => parseFloat(d.slice(1)) - left),
        ends: [...chart.querySelectorAll(".ends g")].map((end) => [
            end.textContent, ...end.getAttribute("transform").match(/[\\d.]+/g).map(Number),
        ]),
    };
})"""
TEXT = "(selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent)"


@pytest.fixture(scope="module")
def bare(modules: Page) -> Page:
    modules.evaluate(START, WIDTH)
    return modules


def run(name: str, color: int, end: int, best: float, points: int = 40) -> dict:
    """A run that comes to this accuracy; its losses fall with its errors."""
    seen = np.linspace(0, end, points + 1).round()
    error = 1 - best + (best - 0.1) * (1 + seen / 500) ** -2
    trained = np.minimum(1.3 * error, 0.9)
    columns = seen, seen / 2000, 2.5 * trained, 1 - trained, 1 - error, 2.3 * error
    names = "seen", "seconds", "loss", "trained", "heldOut", "heldOutLoss"
    rows = [dict(zip(names, map(float, row), strict=True)) for row in zip(*columns, strict=True)]
    rows[0] |= {"loss": None, "trained": None}  # nothing has been learned from yet
    return {"name": name, "color": color, "points": rows}


def number(text: str) -> float:
    return float(text.replace(",", ""))


def read_off(px: np.ndarray, places: list[float], numbers: list[float], log: bool) -> np.ndarray:
    """The values at places of an axis, by two of the numbers that stand on it."""
    ends = np.log10([numbers[0], numbers[-1]]) if log else np.array([numbers[0], numbers[-1]])
    values = ends[0] + (px - places[0]) * (ends[1] - ends[0]) / (places[-1] - places[0])
    return 10**values if log else values


def points_of(path: str) -> np.ndarray:
    """(N, 2): the points of one line, in px."""
    return np.array([pair.split() for pair in re.findall(r"[\d.]+ -?[\d.]+", path)], float)


@pytest.mark.parametrize("spacing", ["even", "log"])
def test_the_numbers_on_the_axes_say_what_the_points_are(bare, spacing):
    bare.evaluate(CURVES)
    runs = [run("MLP", 1, 20_000, 0.95), run("ConvNet", 0, 40_000, 0.985)]
    bare.evaluate(PAINT, runs)
    bare.get_by_role("radio", name=spacing).click(force=True)
    keys = [("loss", "heldOutLoss"), ("trained", "heldOut")]
    for chart, pair, log in zip(bare.evaluate(SHOWN), keys, (True, False), strict=True):
        xs = [number(text) for text in chart["x"]]
        ys = [number(text) / (1 if log else 100) for text, _ in chart["y"]]
        lines = [(run, key) for run in runs for key in pair]
        for path, (of, key) in zip(chart["paths"], lines, strict=True):
            told = [
                p for p in of["points"] if p[key] is not None and (spacing == "even" or p["seen"])
            ]
            px = points_of(path)
            seen = read_off(px[:, 0], chart["feet"], xs, spacing == "log")
            values = read_off(px[:, 1], [y for _, y in chart["y"]], ys, log)
            assert len(px) == len(told)
            wanted = np.array([[p["seen"], p[key]] for p in told])
            inside = (px[:, 1] >= 0) & (px[:, 1] <= chart["height"])  # the rest is cut off
            assert inside.sum() > 10
            np.testing.assert_allclose(seen, wanted[:, 0], rtol=0.02, atol=0.005 * xs[-1])
            np.testing.assert_allclose(
                values[inside], wanted[inside, 1], rtol=0.04 if log else 0, atol=0.01
            )
        assert [mark for mark, *_ in chart["ends"]] in (["1", "2"], ["2", "1"])


def test_95_and_98_5_percent_are_far_apart_and_what_is_drawn_stays_until_there_is_more(bare):
    bare.evaluate(CURVES)
    runs = [run("MLP", 1, 40_000, 0.95), run("ConvNet", 0, 40_000, 0.985)]
    bare.evaluate(PAINT, runs)
    accuracy = bare.evaluate(SHOWN)[1]
    heights = {mark: y for mark, _, y in accuracy["ends"]}
    assert heights["1"] - heights["2"] > 20
    assert accuracy["y"][0][0] == "90"
    assert bare.evaluate(TEXT, "figcaption > span:first-child") == [
        "Loss, log scale",
        "Accuracy, 90–100%",
    ]
    last = runs[1]["points"][-1]
    assert bare.evaluate(TEXT, "figure p") == [
        f"Loss: {last['heldOutLoss']:.3f} on held-out digits, "
        f"{last['loss']:.3f} on training digits.",
        f"Accuracy: {100 * last['heldOut']:.1f}% on held-out digits, "
        f"{100 * last['trained']:.1f}% on training digits.",
    ]
    changes = """async (more) => {
        const watch = new MutationObserver(() => {});
        watch.observe(document.body, {
            attributes: true, characterData: true, childList: true, subtree: true,
        });
        if (more) runs[1].points.push({ ...runs[1].points.at(-1), seen: 40500 });
        made.paint(runs.map((run) => ({ ...run })));
        return watch.takeRecords().length;
    }"""
    assert bare.evaluate(changes, False) == 0
    assert bare.evaluate(changes, True) > 0
    assert [len(points_of(path)) for path in bare.evaluate(SHOWN)[0]["paths"]] == [40, 41, 41, 42]


def test_the_keyboard_looks_back_along_the_curves(bare):
    bare.evaluate(CURVES)
    one = run("ConvNet", 0, 40_000, 0.985)
    bare.evaluate(PAINT, [one])
    slider = bare.get_by_role("slider", name="Look back along the curves")
    slider.focus()
    bare.keyboard.press("ArrowLeft")
    before = one["points"][-2]
    said = slider.get_attribute("aria-valuetext")
    assert said.startswith(
        f"Digits seen: {before['seen']:,.0f}. Loss: {before['heldOutLoss']:.3f} on"
    )
    assert bare.evaluate(TEXT, ".curves .seen") == [f"Digits seen: {before['seen']:,.0f}"]
    slider.blur()
    assert bare.evaluate(TEXT, ".curves .seen") == ["Digits seen: 40,000"]
    assert not bare.locator("[aria-live], [role=status]").count()


def test_a_loss_that_grows_without_end_leaves_the_chart_at_its_top_and_leaves_room_below(bare):
    runs = [run("ConvNet", 0, 40_000, 0.985), run("a rate too high", 1, 3000, 0.9)]
    lost = runs[1]["points"]
    for i, point in enumerate(lost[5:]):
        point |= {"loss": 10.0**i, "heldOutLoss": 10.0**i, "trained": 0.1, "heldOut": 0.1}
    lost[-1] |= {"loss": None, "trained": None}  # no number any more
    bare.evaluate(CURVES)
    bare.evaluate(PAINT, runs)
    loss = bare.evaluate(SHOWN)[0]
    good, bad = (next(y for mark, _, y in loss["ends"] if mark == name) for name in "12")
    assert (bad, loss["y"][-1][0]) == (0, "1,000")
    assert good > 0.8 * loss["height"]
    assert bare.evaluate(TEXT, ".loss .values .kind") == [">1,000", "–"]


def test_a_misread_digit_opens_and_stays_in_its_place_while_it_is_misread(bare):
    bare.evaluate(
        """async () => {
            const { misreadOf } = await import("/browser/train/misread.js");
            globalThis.opened = [];
            globalThis.made = misreadOf({ onOpen: (misread) => opened.push(misread) });
            document.querySelector(".part").replaceChildren(made.element);
            globalThis.wrong = [4, 7, 2].map((label, i) => {
                const pixels = Float32Array.from({ length: 784 }, (_, at) => at === 30 + i ? 1 : 0);
                return { pixels, label, read: 9 };
            });
            made.paint(wrong, 13);
        }"""
    )
    names = "() => [...document.querySelectorAll('button')].filter((b) => b.checkVisibility())"
    names += ".map((b) => [b.ariaLabel, b.textContent])"
    four, seven, two = [
        [f"A {label}, read as 9: open it on the pad", f"{label} → 9"] for label in (4, 7, 2)
    ]
    assert bare.evaluate(names) == [four, seven, two]
    bare.get_by_role("button", name=seven[0]).click()
    assert bare.evaluate("opened.map((misread) => wrong.indexOf(misread))") == [1]
    assert bare.evaluate(TEXT, ".misread h3") == ["13 held-out digits misread"]
    inked = """() => [...document.querySelectorAll("button canvas")].slice(0, 3).map((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, 28, 28);
        const ink = Array.from({ length: 784 }, (_, at) => data[4 * at + 2]); // none has least blue
        return ink.indexOf(Math.min(...ink));
    })"""
    assert bare.evaluate(inked) == [30, 31, 32]
    bare.evaluate("made.paint([wrong[2], wrong[1]], 2)")  # the four is read correctly now
    assert bare.evaluate(names) == [seven, two] or bare.evaluate(names) == [two, seven]
    assert bare.evaluate("made.element.querySelectorAll('li')[1].textContent") == "7 → 9"
    bare.evaluate("made.paint([], 0)")
    assert bare.evaluate(names) == []


def test_the_confusion_matrix_has_its_sums_and_names_the_most_frequent_mistake(bare):
    matrix = np.random.default_rng(0).integers(0, 9, (10, 10)) + 90 * np.eye(10, dtype=int)
    matrix[3, 8] = 31
    matrix[5, 5] = 0
    bare.evaluate(
        """async (matrix) => {
            const { confusionOf } = await import("/browser/train/confusion.js");
            globalThis.made = confusionOf();
            document.querySelector(".part").replaceChildren(made.element);
            made.paint([], names);
            globalThis.said = made.element.querySelector("p").textContent;
            made.paint(matrix, names);
        }""",
        matrix.tolist(),
    )
    assert bare.evaluate("said") == "The held-out digits have not been read yet."
    table = bare.evaluate(
        """() => [...document.querySelectorAll("tbody tr, tfoot tr")].map((row) =>
            [...row.querySelectorAll("td")].map((cell) => cell.textContent))"""
    )
    counts = [[number(text or "0") for text in row] for row in table]
    sums = np.vstack([np.c_[matrix, matrix.sum(1)], [*matrix.sum(0), matrix.sum()]])
    np.testing.assert_array_equal(counts, sums)
    sentence = bare.locator(".confusion p")
    most = f"31 of {matrix[3].sum()} digits that are a 3 were read as 8."
    assert sentence.text_content() == f"The most frequent mistake: {most}"
    bare.locator("tbody tr").nth(3).locator("td").nth(5).hover()
    assert sentence.text_content().endswith("digits that are a 3 were read as 5.")
    bare.evaluate("made.paint(names.map((_, i) => names.map((_, j) => i === j ? 9 : 0)), names)")
    bare.mouse.move(0, 0)
    assert sentence.text_content() == "All held-out digits were read correctly."


def test_two_networks_answer_side_by_side_and_say_whether_they_agree(bare):
    bare.evaluate(
        """async () => {
            const { sideBySide } = await import("/browser/train/side-by-side.js");
            globalThis.made = sideBySide();
            document.querySelector(".part").replaceChildren(made.element);
            globalThis.answers = (...all) => made.paint(["MLP", "ConvNet"].map((name, i) => {
                const probs = all[i] === undefined ? null
                    : names.map((digit) => digit === all[i] ? 0.91 : 0.01);
                return { name, probs };
            }), names);
        }"""
    )
    shown = [".side-by-side h3", ".read", ".side-by-side > p", ".side-by-side .top .value"]

    def told(*answers: str) -> list:
        bare.evaluate("(all) => answers(...all)", answers)
        return [bare.evaluate(TEXT, each) for each in shown]

    names = ["MLP", "ConvNet"]
    assert told("7", "1") == [names, ["7", "1"], ["They disagree"], ["91.0%", "91.0%"]]
    assert told("7", "7") == [names, ["7", "7"], ["They agree: 7"], ["91.0%", "91.0%"]]
    assert told() == [names, ["–", "–"], ["Draw a digit: each of them reads it"], []]
