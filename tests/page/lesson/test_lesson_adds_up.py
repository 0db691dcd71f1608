"""A pupil's calculator on the lesson: fifty drawings, and each step adds up in the digits shown."""

import re
from decimal import Decimal

from adds_up import check_sums
from steps_page import numbers

from cnn.preprocess.strokes import flatten
from cnn.synthetic.generate import drawings

STEPS = ["sees", "convolution", "size", "channels", "costs", "pooling"]
COUNT = 50
# Put a drawing on the pad, move what the step has to be moved, and answer its question anew; the
# text of the step in both languages.
SHOWN = """async ([strokes, i]) => {
    const { store } = await import("./browser/shared/store.js");
    const drawn = strokes.map((points) => ({ points, width: 22 }));
    store.set("drawing", { strokes: drawn, picture: null });
    const step = document.querySelector(".card-of-step");
    const choices = step.querySelectorAll(":is(.kernels, .tiles) :is(input, button)");
    if (choices.length) choices[i % choices.length].click();
    step.querySelectorAll(".exhibit input[type=range]").forEach((slider, at) => {
        const { min, max, step } = slider;
        slider.value = +min + (7 * i + 3 * at) * (step || 1) % (max - min + 1);
        slider.dispatchEvent(new Event("input"));
    });
    const again = step.querySelector(".again");
    if (!again.hidden) again.click();
    step.querySelector(".options button")?.click();
    const texts = {};
    for (const language of ["zh", "en"]) {
        store.set("language", language);
        texts[language] = step.innerText;
    }
    return texts;
}"""
FORMULA = re.compile(r"⌊\((\d+) − (\d+) \+ 2 × (\d+)\) ÷ (\d+)⌋ \+ 1 = ⌊(−?[\d.]+)⌋ \+ 1 = (\d+)")


def cells(v, place: str) -> list[Decimal]:
    texts = v.exhibit.locator(place).all_inner_texts()
    return [Decimal(text.replace("−", "-").replace(",", "")) for text in texts]


def check_parts(v, place: str) -> None:
    """What stands there comes to the first line of the sum below."""
    assert sum(cells(v, place)) == cells(v, ".sum-rows .term:first-child dd")[0]


def check_step(v, step: str, text: str) -> None:
    """What is no line of arithmetic and no sum in rows, but adds up all the same."""
    if step == "convolution":
        check_parts(v, ".arithmetic > div:nth-of-type(3) td")
    if step == "channels":
        check_parts(v, ".parts .value")
    if step == "costs":
        for column in (2, 3):
            parts = cells(v, f"tbody td:nth-child({column}) b")
            assert sum(parts) == cells(v, f"tfoot tr:first-child td:nth-child({column})")[0]
    for width, kernel, padding, stride, steps, out in FORMULA.findall(text):
        exact = (int(width) - int(kernel) + 2 * int(padding)) / int(stride)
        assert float(steps.replace("−", "-")) == round(exact, 2)
        assert int(out) == int(exact // 1) + 1


def test_fifty_drawings_add_up_in_every_step_and_alike_in_both_languages(open_step):
    v = open_step(STEPS[0], alone=True)
    drawn, _, _ = drawings(COUNT, seed=17)
    checked = dict.fromkeys(STEPS, 0)
    for step in STEPS:
        v.page.evaluate("(step) => location.hash = `step=${step}`", step)
        v.exhibit = v.page.locator(f".step-{step}")
        v.question.wait_for()
        for i, strokes in enumerate(drawn):
            flat = [flatten(stroke) for stroke in strokes]
            texts = v.page.evaluate(SHOWN, [flat, i])
            assert {*numbers(texts["en"])} == {*numbers(texts["zh"])}, (step, i)
            checked[step] += check_sums(v.page)
            check_step(v, step, texts["en"])
    assert checked["convolution"] >= 2 * COUNT  # the sum in rows, and the one on blank paper
    assert checked["channels"] >= 2 * COUNT
    assert checked["costs"] >= COUNT
