"""A step on one screen: at 1280 x 720 nothing of it is scrolled to, and nothing is cut off."""

import pytest
from steps_page import StepVisit
from test_lesson_frame import STEPS

SIZE = 1280, 720
# What of the step is not whole: it lies beyond the edges of what is seen of it, or is cut off by
# what it lies in. What only a screen reader is told is 1 px wide.
CUT = """() => {
    const body = document.querySelector(".lesson .body");
    const { top, left, right } = body.getBoundingClientRect();
    const bottom = body.querySelector("footer").getBoundingClientRect().top;
    const told = (element, what) => `${what}: ${element.outerHTML.slice(0, 99)}`;
    const cut = [];
    if (body.scrollHeight > body.clientHeight) {
        cut.push(`scrolled by ${body.scrollHeight - body.clientHeight} px`);
    }
    for (const element of body.querySelectorAll(":is(article, .exhibit) *")) {
        const box = element.getBoundingClientRect();
        if (!element.checkVisibility() || box.width <= 1) continue;
        if (box.top < top - 1 || box.bottom > bottom + 1 || box.left < left || box.right > right) {
            cut.push(told(element, `beyond by ${box.bottom - bottom} px`));
        }
        if (getComputedStyle(element).overflow === "visible") continue;
        const isCut = element.scrollWidth > element.clientWidth + 1 ||
            element.scrollHeight > element.clientHeight + 1;
        if (isCut) cut.push(told(element, "cut"));
    }
    return cut;
}"""


def cut_of(v: StepVisit) -> list[str]:
    """What is cut off before the question is answered, and after each of its answers."""
    cut = [f"before: {each}" for each in v.page.evaluate(CUT)]
    for option in range(v.options().count()):
        v.answer_question(option)
        cut += [f"after {option}: {each}" for each in v.page.evaluate(CUT)]
        v.page.locator(".again").click()
    return cut


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_whole_on_a_low_screen_in_both_languages(open_step, step):
    v = open_step(step, size=SIZE)
    english = cut_of(v)
    v.button("Switch to Chinese")
    assert english + cut_of(v) == []
