"""A pupil's calculator on fifty drawings: what a step prints adds up, in the digits shown."""

import re
from decimal import Decimal

import pytest
from adds_up import SUMS, as_english, check_shown
from steps_page import numbers
from test_lesson_frame import STEPS
from test_words import LANGUAGES

from cnn.preprocess.strokes import flatten
from cnn.synthetic.generate import drawings

COUNT = 50
LEAST = {  # sums and lines of arithmetic in each, over all drawings
    "convolution": 2 * COUNT,
    "size": 4 * COUNT,
    "channels": 2 * COUNT,
    "parts": 2 * COUNT,
    "costs": 2 * COUNT,
    "dropout": 2 * COUNT,
    "neuron": 6 * COUNT,
    "gradient": 3 * COUNT,
    "softmax": 8 * COUNT,
}
WORDED = ["flatten", "history", "dropout", "softmax"]  # a number may be a word in one language
IN_PYTHON = ["code"]  # its numbers are Python's in every language
PARTS = {  # what comes to the first line of the sum below
    "convolution": ".arithmetic > div:nth-of-type(3) td",
    "channels": ".parts .value",
    "parts": ".patterns .value",
}
FIRST = ".sum-rows .term:first-child dd"
COLUMNS = [
    (f"tbody td:nth-child({column}) b", f"tfoot tr:first-child td:nth-child({column})")
    for column in (2, 3)
]
FORMULA = re.compile(r"⌊\((\d+) − (\d+) \+ 2 × (\d+)\) ÷ (\d+)⌋ \+ 1 = ⌊(−?[\d.]+)⌋ \+ 1 = (\d+)")
# Read each drawing, move what the step has to be moved, ask anew and answer; what it then shows:
# its text and its sums in each language, and what stands at the places.
SHOWN = """async ([all, places]) => {
    const { Reader } = await import("./browser/engine/reader.js");
    const { answerOf } = await import("./browser/shared/answer.js");
    const { store } = await import("./browser/shared/store.js");
    const { chooseLanguage } = await import("./browser/shared/i18n.js");
    const sums = SUMS;
    for (const language of LANGUAGES) await chooseLanguage(language); // fetched from here on
    const { network, card } = store.get("network");
    const reader = new Reader(network, card.threshold);
    const step = document.querySelector(".card-of-step");
    const within = (place) => [...step.querySelectorAll(`.exhibit :is(${place})`)];

    const move = (i) => {
        const choices = within(".kernels input, .tiles :is(input, button)");
        if (choices.length) choices[i % choices.length].click();
        within("input[type=range]").forEach((slider, at) => {
            const { min, max, step } = slider;
            slider.value = +min + (7 * i + 3 * at) * (step || 1) % (max - min + 1);
            slider.dispatchEvent(new Event("input"));
        });
        within("input[type=checkbox]").forEach((box, at) => {
            if (i >> at & 1) box.click();
        });
    };

    return all.map((strokes, i) => {
        store.set("drawing", {
            strokes: strokes.map((points) => ({ points, width: 22 })),
            picture: null,
        });
        const reading = reader.readStrokes(strokes, 280, { follow: null, before: null });
        store.set("answer", answerOf(reading, false));
        move(i);
        step.querySelector(".again:not([hidden])")?.click();
        step.querySelector(".options button")?.click();
        const shown = { numbers: places.map((p) => within(p).map((cell) => cell.innerText)) };
        // In the language that is spoken, then in the next: a switch costs as much as all else.
        for (const at of [i, i + 1]) {
            const language = LANGUAGES[at % LANGUAGES.length];
            store.set("language", language);
            shown[language] = { text: step.innerText, sums: sums() };
        }
        return shown;
    });
}""".replace("SUMS", SUMS).replace("LANGUAGES", f"{LANGUAGES}")


@pytest.fixture(scope="module")
def drawn() -> list[list[list[float]]]:
    """Strokes of fifty digits, each x, y, x, y, ... in px of the pad."""
    return [[flatten(stroke) for stroke in digit] for digit in drawings(COUNT, seed=17)[0]]


def amounts(texts: list[str], language: str) -> list[Decimal]:
    english = [as_english(text, language).replace("−", "-") for text in texts]
    return [Decimal(text.replace(",", "")) for text in english]


def check_formulas(text: str) -> None:
    """Of a map's size: floored, which no line of arithmetic is."""
    for width, kernel, padding, stride, steps, out in FORMULA.findall(text):
        exact = (int(width) - int(kernel) + 2 * int(padding)) / int(stride)
        assert float(steps.replace("−", "-")) == round(exact, 2)
        assert int(out) == int(exact // 1) + 1


@pytest.mark.parametrize("step", STEPS)
def test_what_a_step_prints_adds_up_on_fifty_drawings_each_in_two_languages(open_step, drawn, step):
    v = open_step(step)
    pairs = [(PARTS[step], FIRST)] if step in PARTS else COLUMNS if step == "costs" else []
    places = [place for pair in pairs for place in pair]
    checked = 0
    for i, shown in enumerate(v.page.evaluate(SHOWN, [drawn, places])):
        spoken = [language for language in LANGUAGES if language in shown]
        assert len(spoken) == 2
        for language in spoken:
            text = shown[language]["text"]
            checked += check_shown(shown[language]["sums"], text, language)
            check_formulas(as_english(text, language))
        if step not in WORDED + IN_PYTHON:
            texts = [as_english(shown[each]["text"], each) for each in spoken]
            found = [{*numbers(text)} for text in texts]
            assert found[0] == found[1], i
        for parts, total in zip(shown["numbers"][::2], shown["numbers"][1::2], strict=True):
            language = LANGUAGES[i % len(LANGUAGES)]
            assert sum(amounts(parts, language)) == amounts(total, language)[0], i
    assert checked >= LEAST.get(step, 0)
