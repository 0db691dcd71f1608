"""A pupil's calculator on fifty drawings: what the later steps print adds up as it is printed."""

import pytest
from adds_up import check_sums

from cnn.synthetic.generate import drawings

COUNT = 50
LEAST = {"dropout": 2, "softmax": 5, "flatten": 0, "history": 0}  # sums in each, by drawing
# Read the strokes, ask anew, and answer: the words of the answer have sums, too.
SHOW = """async (strokes) => {
    const { Reader } = await import("./browser/engine/reader.js");
    const { answerOf } = await import("./browser/shared/answer.js");
    const { store } = await import("./browser/shared/store.js");
    const { network, card } = store.get("network");
    globalThis.ownReader ??= new Reader(network, card.threshold);
    const reading = ownReader.readStrokes(strokes, 280, { follow: null, before: null });
    document.querySelector(".question .again:not([hidden])")?.click();
    store.set("answer", answerOf(reading, false));
    document.querySelector(".question .options button").click();
}"""


@pytest.fixture(scope="module")
def drawn() -> list[list[list[float]]]:
    """Strokes of fifty digits, each x, y, x, y, ... in px of the pad."""
    return [[s.ravel().tolist() for s in digit] for digit in drawings(COUNT, seed=17)[0]]


def test_what_a_step_prints_adds_up_with_the_digits_shown(open_step, drawn):
    v = open_step("dropout", alone=True)
    for step, least in LEAST.items():
        v.page.evaluate("(step) => location.hash = `step=${step}`", step)
        v.page.locator(f".step-{step}").wait_for()
        v.question.wait_for()
        for strokes in drawn:
            v.page.evaluate(SHOW, strokes)
            assert check_sums(v.page) >= least
    v.page.evaluate("location.hash = 'step=softmax'")
    v.page.get_by_label("Temperature").wait_for()
    for temperature in (0.5, 2, 5):
        v.slide("Temperature", temperature)
        for strokes in drawn[:5]:
            v.page.evaluate(SHOW, strokes)
            assert check_sums(v.page) >= LEAST["softmax"]
