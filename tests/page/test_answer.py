"""What the page answers: of one look and the same, as the network computed it, said once."""

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from visit import ONE, SEVEN, SEVEN_RIGHT, TWO_LEFT, stages_of

from cnn.activations import activations
from cnn.model import describe, load

CLOSE = 1e-5  # where values are of order 1; of larger ones a share, as float32's own steps are
PAINTED = 1e-4  # of a bar's length: CSS keeps six digits


def percentages(texts) -> np.ndarray:
    assert all(text.endswith("%") for text in texts)
    return np.array([float(text.strip(">%")) for text in texts]) / 100


@pytest.fixture(scope="module")
def torchs():
    """What PyTorch gives for what an answer's network saw: {stage: flat float32}."""
    model = load()

    def of(answer: dict) -> dict[str, np.ndarray]:
        digit = torch.tensor(answer["seen"]).reshape(1, 1, 28, 28)
        return {name: maps.numpy().ravel() for name, maps in activations(model, digit).items()}

    return of


def assert_of_one_look(answer: dict, expected: dict[str, np.ndarray]) -> None:
    """Maps and probabilities of the answer are what PyTorch gives."""
    assert len(answer["maps"]) == len(expected)
    for values, torch_values in zip(stages_of(answer), expected.values(), strict=True):
        differ = np.abs(values - torch_values)
        assert (differ <= CLOSE * np.maximum(1, np.abs(torch_values))).all()
    probs = answer["digits"][answer["followed"]]["probs"]
    np.testing.assert_allclose(probs, np.exp(expected["log_softmax"]), atol=CLOSE)


def test_seen_maps_and_bars_are_those_of_one_look_and_what_torch_gives(cleared, torchs):
    v = cleared
    v.record_looks()
    v.press_and_draw(SEVEN)
    v.expect_digits("7")
    v.page.mouse.up()
    v.draw([(0.42, 0.55), (0.65, 0.55)])
    looks = v.looks()
    assert [*torchs(looks[0])] == [stage["name"] for stage in describe(load())]
    assert len(looks) > 10
    for look in looks:
        assert_of_one_look(look, torchs(look))
        lengths, texts = zip(*look["bars"], strict=True)
        probs = look["digits"][0]["probs"]
        np.testing.assert_allclose(lengths, probs, atol=PAINTED)
        np.testing.assert_allclose(percentages(texts), probs, atol=0.00101)  # >99.9% may be all


PERCENT = """async (probs) => {
    const { percent } = await import(new URL("browser/shared/numbers.js", document.baseURI));
    return probs.map(percent);
}"""
SHOWN = {
    0: "0.0%", 0.0004: "0.0%", 0.094: "9.4%", 0.0999: "10.0%", 0.5: "50.0%", 0.99449: "99.4%",
    0.9949: "99.5%", 0.99949: "99.9%", 0.9996: ">99.9%", 0.9999999: ">99.9%", 1: "100.0%",
}  # fmt: skip


def test_no_probability_below_one_is_shown_as_all(visit_at, loose_url):
    v = visit_at(loose_url)
    assert v.page.evaluate(PERCENT, [*SHOWN]) == [*SHOWN.values()]
    v.draw(SEVEN)
    v.expect_digits("7")
    [prob] = [prob for prob in v.answer()["digits"][0]["probs"] if prob > 0.5]
    shown = v.page.locator(".probs .top .value").inner_text()
    assert [shown] == v.page.evaluate(PERCENT, [prob])


def test_while_the_pen_is_down_the_sentence_says_perhaps_and_names_no_percentage(cleared):
    v = cleared
    v.record_looks()
    v.draw(SEVEN)
    *drawing, last = v.looks()
    assert len(drawing) > 3
    for look in drawing:
        assert look["drawing"]
        assert look["sentence"] == f"Perhaps {look['digits'][0]['shown']} …"
    assert "I read 7" in last["sentence"]
    assert not last["drawing"]


# What a screen reader says of the sentence: its changes, while it is live.
LISTEN = """() => {
    globalThis.heard = [];
    const sentence = document.querySelector(".sentence");
    new MutationObserver(() => {
        if (sentence.ariaLive !== "off") heard.push(sentence.textContent);
    }).observe(sentence, { childList: true, characterData: true, subtree: true });
}"""


def test_the_answer_is_announced_once_and_only_after_the_pen_lifts(cleared):
    v = cleared
    v.page.evaluate(LISTEN)
    v.press_and_draw(SEVEN)
    v.expect_digits("7")
    assert v.page.evaluate("heard") == []
    v.page.mouse.up()
    sentence = v.page.locator(".sentence").inner_text()
    assert v.page.evaluate("heard") == [sentence]
    v.draw([(0.4, 0.52), (0.65, 0.52)])  # another answer
    assert len(v.page.evaluate("heard")) == 2


def test_a_number_is_read_outlined_and_each_of_its_digits_can_be_looked_at(cleared, torchs):
    v = cleared
    v.draw(TWO_LEFT)
    v.draw(SEVEN_RIGHT)
    v.expect_digits("27")
    expect(v.page.locator(".sentence")).to_have_text("I read 27")
    outlines, top = v.page.locator(".outlines i"), v.page.locator(".probs .top b")
    expect(outlines).to_have_count(2)
    expect(top).to_have_text("7")  # drawn last
    seven = v.answer()
    assert_of_one_look(seven, torchs(seven))
    before = v.ink()
    v.page.locator(".verdict .digit").first.click()
    expect(top).to_have_text("2")
    expect(outlines.first).to_have_class("followed")
    two = v.answer()
    assert_of_one_look(two, torchs(two))
    assert two["seen"] != seven["seen"]
    v.page.mouse.click(*v.place(0.75, 0.3))  # on the ink of the 7
    expect(top).to_have_text("7")
    assert v.answer()["seen"] == seven["seen"]
    assert v.ink() == before
    v.expect_digits("27")


def test_a_point_between_digits_is_shown_as_such_and_cannot_be_looked_at(cleared):
    v = cleared
    v.draw([(0.1, 0.3), (0.33, 0.3), (0.2, 0.48), (0.33, 0.6), (0.25, 0.75), (0.1, 0.75)])
    v.draw([(0.45, 0.75), (0.455, 0.755)])
    v.draw([(0.7, 0.25), (0.7, 0.75)])
    v.expect_digits("3.1")
    expect(v.page.locator(".sentence")).to_have_text("I read 3.1")
    digits = v.page.locator(".verdict .digit")
    expect(digits.nth(1)).to_be_disabled()
    expect(digits.nth(2)).to_have_attribute("aria-pressed", "true")


def test_eight_digits_fit_beside_each_other_on_a_phone_and_a_ninth_leaves_them(visit):
    v = visit(size=(390, 844))
    for i in range(8):
        x = 0.06 + 0.125 * i
        v.draw([(x, 0.4), (x, 0.6)])
    v.expect_digits("1" * 8)
    card = v.page.locator(".answer").bounding_box()
    last = v.page.locator(".verdict .digit").last.bounding_box()
    assert last["x"] + last["width"] <= card["x"] + card["width"]
    v.draw([(0.99, 0.4), (0.99, 0.6)])
    expect(v.page.locator(".status")).to_contain_text("At most eight")
    v.expect_digits("1" * 8)


def test_an_empty_pad_has_no_probabilities_and_says_so(cleared):
    v = cleared
    v.draw(ONE)
    v.press("Backspace")
    expect(v.page.locator(".sentence")).to_have_text("nothing drawn yet")
    expect(v.page.locator(".probs .value")).to_have_text([""] * 10)
    expect(v.page.locator(".probs .top")).to_have_count(0)
