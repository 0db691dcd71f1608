"""The frame of the lesson: opened, walked through, left and come back to, linked, translated."""

import re

import pytest
from axe import violations
from playwright.sync_api import expect
from steps_page import THREE
from test_words import LANGUAGES

STEPS = [
    "sees",
    "convolution",
    "size",
    "channels",
    "relu",
    "pooling",
    "parts",
    "dropout",
    "neuron",
    "costs",
    "softmax",
    "flatten",
    "code",
    "gradient",
    "history",
    "yourself",
    "by-heart",
]
HAS_INK = """canvas => new Set(canvas.getContext("2d").getImageData(0, 0, 28, 28).data).size > 9"""


def title(v) -> str:
    return v.page.locator(".lesson h2").inner_text()


def test_the_lesson_takes_the_networks_place_and_gives_it_back(visit):
    v = visit()
    v.page.get_by_role("button", name="Learn").click()
    expect(v.page.locator(".lesson h2")).to_be_focused()
    expect(v.page.locator(".network-part")).to_be_hidden()
    expect(v.page.locator(".pad")).to_be_visible()
    expect(v.page.locator(".answer")).to_be_visible()
    v.page.get_by_role("button", name="Next: Convolution").click()
    assert title(v) == "Convolution"
    v.press("Escape")
    expect(v.page.locator(".network-part")).to_be_visible()
    expect(v.page.locator(".lesson")).to_be_hidden()
    expect(v.page.get_by_role("button", name="Learn")).to_be_focused()
    v.press("Enter")
    assert title(v) == "Convolution"


def test_nothing_of_the_lesson_is_fetched_before_it_is_opened(visit):
    v = visit()
    v.page.wait_for_load_state("networkidle")
    assert [url for url in v.requested if "/lesson/" in url] == []
    v.page.get_by_role("button", name="Learn").click()
    v.page.locator(".lesson h2").wait_for()
    assert [url for url in v.requested if "/lesson/lesson.js" in url] != []


def test_a_link_brings_the_drawing_and_the_step(visit_static):
    v = visit_static(alone=True)
    v.page.evaluate("navigator.clipboard.writeText = async (text) => globalThis.copied = text")
    v.page.get_by_role("button", name="Learn").click()
    v.page.get_by_role("button", name="Size", exact=False).first.click()
    v.draw(THREE)
    v.button("Copy a link")
    link = v.page.wait_for_function("globalThis.copied").json_value()
    seen = v.answer()["seen"]
    page = v.context.new_page()
    page.goto(link)
    expect(page.locator(".lesson h2")).to_have_text("Size")
    page.wait_for_function("globalThis.answer?.blank === false")
    assert page.evaluate("Array.from(answer.seen)") == seen
    assert page.evaluate("location.hash") == "#step=size"


def test_a_step_that_does_not_exist_opens_the_first(visit_static):
    v = visit_static()
    v.page.evaluate("location.hash = 'step=nothing'")
    expect(v.page.locator(".lesson h2")).to_have_text("What it sees")
    assert v.page.evaluate("location.hash") == "#step=sees"


def test_every_step_can_be_walked_to_by_keyboard(visit_static):
    v = visit_static()
    v.page.get_by_role("button", name="Learn").focus()
    v.press("Enter")
    v.page.locator(".lesson h2").wait_for()
    for step in STEPS:
        v.page.locator(f".step-{step}").wait_for()
        assert v.page.evaluate("location.hash") == f"#step={step}"
        current = v.page.locator(".contents [aria-current=step]")
        expect(current).to_contain_text(title(v))
        v.page.locator(".lesson .next").focus()
        v.press("Enter")
    expect(v.page.locator(".network-part")).to_be_visible()


def test_the_titles_of_all_steps_are_whole_on_a_wide_screen(open_step):
    v = open_step(STEPS[0], drawn=False, size=(1440, 900))
    cut = {}
    for step in STEPS:
        v.page.evaluate("(step) => location.hash = `step=${step}`", step)
        v.page.locator(f".step-{step}").wait_for()
        for language in LANGUAGES:
            v.speak(language)
            row = v.page.locator(".contents ol")
            over = row.evaluate("(row) => row.scrollWidth - row.clientWidth")
            if over > 0:
                cut[step, language] = over
    assert cut == {}


def test_each_stage_that_a_step_names_is_lit(open_step):
    v = open_step("size", drawn=False)
    assert v.page.locator(".stage-row .lit").all_inner_texts() == [
        "conv1",
        "pool1",
        "conv2",
        "pool2",
    ]


def test_the_row_of_stages_takes_the_colours_of_the_theme_that_is_chosen(open_step):
    v = open_step("size")
    paper = "canvas => [...canvas.getContext('2d').getImageData(0, 0, 1, 1).data]"
    first = v.page.locator(".stage-row canvas").first
    light = first.evaluate(paper)
    v.page.evaluate("document.body.classList.add('dark')")
    v.page.wait_for_function(
        """(light) => {
            const context = document.querySelector(".stage-row canvas").getContext("2d");
            return context.getImageData(0, 0, 1, 1).data[0] < light[0] / 2;
        }""",
        arg=light,
    )


def test_a_blank_pad_asks_for_a_digit_and_the_step_is_shown_all_the_same(open_step):
    v = open_step("sees", drawn=False)
    expect(v.page.locator(".lesson .hint")).to_have_text(
        "Draw a digit on the pad: this step works on it."
    )
    expect(v.exhibit.locator("canvas").first).to_be_visible()
    v.draw(THREE)
    expect(v.page.locator(".lesson .hint")).to_be_hidden()


@pytest.mark.parametrize(
    ("ask", "shown"), [(".ask-why", "[role=dialog]"), (".ask-trace", ".traced")]
)
def test_what_the_network_is_asked_for_brings_it_back_with_the_drawing_in_it(open_step, ask, shown):
    v = open_step("size")
    v.page.locator(ask).click()
    expect(v.page.locator(".lesson")).to_be_hidden()
    expect(v.page.locator(f".network {shown}")).to_be_visible()
    assert v.page.locator("[data-layer=input] canvas").evaluate(HAS_INK)
    v.press("Escape")
    expect(v.page.locator(ask)).to_be_focused()


def test_a_switch_of_the_language_keeps_what_was_chosen(open_step):
    v = open_step("convolution")
    v.answer_question(0)
    v.page.get_by_role("radio", name="blur").check()
    v.speak("zh")
    expect(v.page.locator(".lesson h2")).to_have_text("卷积")
    expect(v.question.locator(".because")).to_contain_text("它的权重加起来约为")
    assert not re.search("[A-Za-z]{2}", v.question.inner_text())
    expect(v.page.get_by_role("radio", name="模糊")).to_be_checked()


# All that a step says, aloud too, and what its controls hold.
SAID = """() => [...document.querySelectorAll(".lesson *")].flatMap((element) => [
    ...[...element.childNodes].filter(({ nodeType }) => nodeType === 3)
        .map(({ textContent }) => textContent),
    element.ariaLabel, element.title, element.ariaValueText, element.value,
]).map((text) => text && `${text}`.trim()).filter(Boolean)"""


@pytest.mark.parametrize("step", STEPS)
def test_a_step_says_after_a_switch_of_the_language_what_it_says_in_it_from_the_first(
    open_step, step
):
    v = open_step(step, locale="es-ES")
    v.answer_question(0)
    spanish = v.page.evaluate(SAID)
    v = open_step(step)
    v.answer_question(0)
    v.speak("es")
    assert v.page.evaluate(SAID) == spanish


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1440, 900), (1280, 720)])
@pytest.mark.parametrize("step", STEPS[:3])
def test_no_step_is_wider_than_the_screen(open_step, step, size):
    v = open_step(step, size=size)
    assert v.page.evaluate("document.documentElement.scrollWidth") == size[0]
    wide = "(e) => e.scrollWidth > e.clientWidth"
    assert not v.page.locator(".lesson .body").evaluate(wide)


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_axe_finds_nothing_wrong_in_the_steps_whose_tests_do_not_ask_it(open_step, size):
    for step in STEPS[:3]:
        v = open_step(step, size=size)
        v.options().first.click()
        assert violations(v.page, ".page") == [], step
