"""A step on one screen: at 1280 x 720 nothing of it is scrolled to, and nothing is cut off."""

import pytest
from test_lesson_frame import STEPS
from test_words import LANGUAGES

SIZE = 1280, 720
# What of the step is not whole, in any language: it lies beyond the edges of what is seen of
# it, or is cut off by what it lies in. Before the question is answered; with each of the reasons
# that an answer may be given, at its longest, after a right choice and a wrong one; and with each
# control of the exhibit at its ends. What only a screen reader is told is 1 px wide.
CUT = """async (name) => {
    const { STEPS } = await import("./browser/lesson/lesson.js");
    const { store } = await import("./browser/shared/store.js");
    const { percent } = await import("./browser/shared/numbers.js");
    const { chooseLanguage } = await import("./browser/shared/i18n.js");
    const step = STEPS.find((each) => each.name === name);
    const words = await (await fetch(`./browser/words/en/steps/${step.words}.json`)).json();
    const LONGEST = { percent: () => percent(0.99999), moment: { step: 300, epoch: 40, other: 8 } };
    const body = document.querySelector(".lesson .body");
    const again = body.querySelector(".again");
    const found = [];

    const look = (when) => {
        const { top, left, right } = body.getBoundingClientRect();
        const bottom = body.querySelector("footer").getBoundingClientRect().top;
        const say = (what) => found.push(`${store.get("language")}, ${when}: ${what}`);
        const tell = (element, what) => say(`${what}: ${element.outerHTML.slice(0, 99)}`);
        const over = body.scrollHeight - body.clientHeight;
        if (over > 0) say(`scrolled by ${over} px`);
        for (const element of body.querySelectorAll(":is(article, .exhibit) *")) {
            const box = element.getBoundingClientRect();
            if (!element.checkVisibility() || box.width <= 1) continue;
            const isBeyond = box.top < top - 1 || box.bottom > bottom + 1 || box.left < left ||
                box.right > right;
            if (isBeyond) tell(element, `beyond by ${box.bottom - bottom} px`);
            if (getComputedStyle(element).overflow === "visible") continue;
            const isCut = element.scrollWidth > element.clientWidth + 1 ||
                element.scrollHeight > element.clientHeight + 1;
            if (isCut) tell(element, "cut");
        }
    };

    const moveEach = () => {
        const controls = ".exhibit :is(input:not([type=text]), button:not(.icon))";
        for (const control of body.querySelectorAll(controls)) {
            if (control.disabled || !control.checkVisibility()) continue;
            if (control.type === "range") {
                for (const end of ["max", "min"]) {
                    control.value = control[end];
                    control.dispatchEvent(new Event("input"));
                    look(`${control.closest("label")?.innerText} ${end}`);
                }
            } else {
                control.click();
                look(control.ariaLabel || control.closest("label, button").innerText);
            }
        }
    };

    const { question } = step;
    const plain = (value) => typeof value === "function" ? value() : value;
    const answer = store.get("answer");
    const asked = question({ answer, loaded: store.get("network") });
    const lengths = asked.options.map(({ word, values = {} }) =>
        JSON.stringify([word, Object.values(values).map(plain)]).length);
    const longest = lengths.indexOf(Math.max(...lengths));
    const percents = Object.entries(asked.because.values ?? {})
        .filter(([, value]) => `${plain(value)}`.endsWith("%"))
        .map(([key]) => [key, LONGEST.percent]);
    const values = {
        ...LONGEST.moment, otherSure: LONGEST.percent,
        ...asked.because.values, ...Object.fromEntries(percents),
    };
    const reasons = Object.keys(words).filter((word) => /^because/.test(word));
    for (const language of LANGUAGES) {
        await chooseLanguage(language);
        look("before");
        for (const word of reasons) {
            step.question = () => ({ ...asked, right: longest, because: { word, values } });
            store.set("answer", { ...answer });
            const options = [...body.querySelectorAll(".options button")];
            for (const chosen of [longest, (longest + 1) % options.length]) {
                options[chosen].click();
                look(`${word}, ${chosen === longest ? "right" : "wrong"}`);
                again.click();
            }
        }
        step.question = question;
        store.set("answer", answer);
        moveEach();
        body.querySelector(".options button").click();
        moveEach();
        again.click();
    }
    return found;
}""".replace("LANGUAGES", f"{LANGUAGES}")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_whole_on_a_low_screen_in_every_language(open_step, step):
    v = open_step(step, size=SIZE)
    assert v.page.evaluate(CUT, step) == []
