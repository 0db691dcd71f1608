"""The question of a step: asked, answered, asked again, and what it keeps hidden meanwhile."""

import re

import pytest
from playwright.sync_api import expect
from steps_page import NOTHING_KNOWN, THREE

KEPT = [".remember", ".mistake"]


def test_an_answered_question_is_ticked_and_stays_so(open_step):
    v = open_step("size", alone=True, drawn=False)
    v.options().first.click()
    expect(v.page.locator(".contents .answered")).to_have_count(1)
    v.page.reload()
    expect(v.page.locator(".contents .answered")).to_have_text(re.compile("Size"))
    expect(v.page.locator(".because")).to_be_empty()


def test_what_was_answered_stays_while_the_drawing_changes_and_can_be_asked_again(open_step):
    v = open_step("sees")
    said = v.answer_question(0)
    v.draw([(0.2, 0.2), (0.2, 0.8)])
    assert v.question.locator(".because").inner_text() == said
    v.button("Try again")
    expect(v.question.locator(".because")).to_be_empty()
    expect(v.options().first).to_be_focused()


def test_the_words_of_a_question_wait_until_the_pen_is_lifted(open_step):
    v = open_step("softmax")
    asked = v.question.inner_text()
    v.press_and_draw([(0.2, 0.5), (0.8, 0.55)])
    assert v.answer()["drawing"]
    assert v.question.inner_text() == asked
    v.page.mouse.up()
    expect(v.question).not_to_have_text(asked)


def test_what_gives_the_answer_away_takes_the_place_of_the_options(open_step):
    v = open_step("size", drawn=False)
    for kept in KEPT:
        expect(v.page.locator(kept)).to_be_hidden()
    v.options().filter(has_text="26").click()
    expect(v.options().first).to_be_hidden()
    because = v.question.locator(".because")
    expect(because).to_be_focused()  # so it is read aloud, and Tab goes on from there
    expect(because).to_contain_text("Not quite. “13” is right.")
    for kept in KEPT:
        expect(v.page.locator(kept)).to_be_visible()
    v.button("Try again")
    for kept in KEPT:
        expect(v.page.locator(kept)).to_be_hidden()


def test_what_the_question_asks_for_is_hidden_until_it_is_answered(open_step):
    """Under the pen, too, before there are words for the question; keyboard and screen reader pass
    over what is not visible."""
    v = open_step("pooling", drawn=False)
    row = v.exhibit.locator(".changes li").nth(1)
    secret = row.locator(".value")
    v.press_and_draw(THREE)
    v.slide("Push the digit", 1)
    expect(secret).to_be_hidden()
    v.page.mouse.up()
    v.question.wait_for()
    expect(secret).to_be_hidden()
    assert secret.text_content() not in row.aria_snapshot()
    said = v.answer_question(0)
    expect(secret).to_be_visible()
    assert secret.inner_text() in said
    assert secret.inner_text() in row.aria_snapshot()
    v.button("Try again")
    expect(secret).to_be_hidden()


def test_where_no_neuron_fired_a_step_about_the_reading_says_so_and_waits(open_step):
    v = open_step("sees", drawn=False)
    hint = v.page.locator(".lesson .hint")
    for stroke in NOTHING_KNOWN:
        v.draw(stroke)
    assert v.answer()["silent"]
    expect(v.question).to_be_hidden()
    expect(hint).to_contain_text("No neuron before the last layer fired")
    v.page.evaluate("location.hash = 'step=convolution'")  # its question is about pixels
    expect(v.question).to_be_visible()
    expect(hint).to_be_hidden()


@pytest.mark.parametrize("step", ["dropout", "softmax", "flatten", "history"])
def test_a_step_about_the_reading_waits_with_its_exhibit_there(open_step, step):
    v = open_step(step, drawn=False)
    for stroke in NOTHING_KNOWN:
        v.draw(stroke)
    expect(v.page.locator(".lesson .hint")).to_contain_text("No neuron before the last layer fired")
    expect(v.question).to_be_hidden()
    expect(v.exhibit.locator(":is(.fraction, .passes, .tables, .charts)")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "right", "down", "words"),
    [
        ("en", -1.04, 3, "left 1.0 px, down 3.0 px"),
        ("en", 0.04, -0.26, "up 0.3 px"),
        ("en", 0, 0, "not moved"),
        ("zh", -1, 0, "左移 1.0 像素"),
        ("zh", 2, -3.5, "右移 2.0 像素，上移 3.5 像素"),
    ],
)
def test_no_move_is_a_negative_number(open_step, language, right, down, words):
    v = open_step("sees", drawn=False)
    moved = """async ([language, right, down]) => {
        const at = (path) => import(`./browser/${path}`);
        const { movedText } = await at("lesson/blocks/part.js");
        const { chooseLanguage, wordsOf } = await at("shared/i18n.js");
        await chooseLanguage(language);
        return movedText(wordsOf("lesson"), right, down, 1);
    }"""
    assert v.page.evaluate(moved, [language, right, down]) == words
