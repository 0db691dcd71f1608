"""The step on log-softmax: its shares are torch's, at any temperature, with ReLU and without."""

import math

import pytest
import torch
from adds_up import check_sums
from playwright.sync_api import expect
from steps_page import PHONE, numbers, shown

from cnn.model import load
from cnn.training.trainer import _targets

STEP = "softmax"
DECIMALS = "({ decimalsFor }, sums) => sums.map(decimalsFor)"
ASKED = """({ softmax }, logits) => {
    const loaded = { network: { stages: [{ kind: "Linear" }], classes: [..."0123456789"] } };
    const asked = softmax.question({ answer: { blank: false, maps: [logits] }, loaded });
    for (const { values } of asked ? [...asked.options, asked.because, asked] : []) {
        for (const [name, value] of Object.entries(values)) {
            if (typeof value === "function") values[name] = value();
        }
    }
    return asked;
}"""


def test_powers_of_any_size_have_digits_to_read(open_step):
    sums = [0.00061, 0.061, 1, 12.5, 999.9, 6437.0, 24_000, 4.2e7, 5e12]
    found = open_step(STEP, drawn=False).pure("softmax/step.js", DECIMALS, sums)
    assert found == [7, 5, 3, 3, 3, 2, 1, 0, 0]


def table(visit) -> list[list[str]]:
    """[logit, power, probability] of each row."""
    rows = visit.exhibit.locator(".logits tbody tr")
    return [row.locator(".value").all_inner_texts() for row in rows.all()]


def check_table(visit, given: torch.Tensor) -> None:
    probs = torch.softmax(given.double(), 0)
    for row, logit, prob in zip(table(visit), given.tolist(), probs.tolist(), strict=True):
        for text, expected in zip(row, (logit, math.exp(logit), prob), strict=True):
            last = 10 ** -len(text.partition(".")[2])  # what the last digit is worth
            assert numbers(text) == [pytest.approx(expected, rel=1e-4, abs=0.51 * last)]
    check_sums(visit.page)


def test_the_fraction_has_the_reader_s_numbers_in_it(open_step):
    visit = open_step(STEP)
    visit.options().first.click()
    logits = visit.maps("fc2")[0]
    check_table(visit, logits)
    digit = logits.argmax().item()
    for chosen in (digit, (digit + 1) % 10):
        visit.exhibit.get_by_role("radio", name=f"{chosen}", exact=True).check()
        share, log = visit.exhibit.locator(".fraction .formula").all_inner_texts()
        power, total = logits[chosen].exp().item(), logits.exp().sum().item()
        assert numbers(share)[:2] == pytest.approx([power, total], rel=0.01)
        assert numbers(share)[2] == pytest.approx(power / total, rel=0.05, abs=5.1e-5)
        assert numbers(log)[-1] == pytest.approx(math.log(power / total), rel=0.05)
        check_sums(visit.page)


def test_relu_makes_all_negative_logits_equal(open_step):
    visit = open_step(STEP)
    visit.options().first.click()
    logits = visit.maps("fc2")[0]
    below = (logits < 0).sum().item()
    note = visit.exhibit.locator(".notes > :visible")
    visit.page.get_by_label("ReLU first").check()
    check_table(visit, logits.relu())
    expect(note.first).to_contain_text(f"{below} logits below zero have become 0")
    expect(note.last).to_have_text("The thin lines: what the network really answers.")


@pytest.mark.parametrize("temperature", [0.5, 3])
def test_a_temperature_divides_the_logits(open_step, temperature):
    visit = open_step(STEP)
    visit.options().first.click()
    visit.slide("Temperature", temperature)
    check_table(visit, visit.maps("fc2")[0] / temperature)
    expect(visit.exhibit.locator(".notes")).to_contain_text(f"divided by {shown(temperature)}")


def test_what_training_asks_for_and_the_network_s_own_temperature_are_said(open_step):
    right, wrong = _targets()[0, :2].tolist()
    note = open_step(STEP, drawn=False).exhibit.locator(".notes")
    expect(note).to_contain_text(f"{right:.3f} for the right digit and {wrong:.3f} for each of")
    expect(note).to_contain_text(f"all logits were divided by {load().card['temperature']},")


@pytest.mark.parametrize("option", [0, 1, 2])
def test_the_question_is_answered_by_the_ratio_of_the_probabilities(open_step, option):
    visit = open_step(STEP)
    logits = visit.maps("fc2")[0]
    values, order = (found.tolist() for found in logits.sort(descending=True))
    high, low, first, last = values[1], values[-1], order[1], order[-1]
    asked = visit.question.locator("p").first
    expect(asked).to_contain_text(f"{first} has the logit {shown(high)}, {last} has {shown(low)}.")
    for secret in (".logits tbody .secret", ".fraction"):
        expect(visit.exhibit.locator(secret).first).to_be_hidden()
    ratio = math.exp(high - low)
    assert numbers(visit.options().nth(2).inner_text())[0] == pytest.approx(ratio, rel=0.05)
    said = visit.answer_question(option)
    assert said.startswith("Right." if option == 2 else "Not quite.")
    assert numbers(said)[-5:-2] == pytest.approx([high, low, high - low], abs=0.011)
    check_sums(visit.page)
    expect(visit.exhibit.locator(".fraction")).to_be_visible()


@pytest.mark.parametrize(
    ("logits", "first"), [([3.0, 1.5, 0.5, *[0.0] * 7], 1), ([3.0, 0.02, *[0.0] * 8], 0)]
)
def test_the_options_of_the_question_differ_as_they_are_shown(open_step, logits, first):
    asked = open_step(STEP, drawn=False).pure("softmax/step.js", ASKED, logits)
    assert asked["values"]["first"] == str(first)
    options = [option["values"]["value"] for option in asked["options"]]
    assert len(set(options)) == 3
    assert asked["right"] == 2
    assert numbers(options[2])[0] == pytest.approx(math.exp(logits[first] - min(logits)), rel=0.05)


def test_of_logits_as_good_as_equal_nothing_is_asked(open_step):
    visit = open_step(STEP, drawn=False)
    for logits in ([7.0] * 10, [1.0, *[0.9] * 9]):
        assert visit.pure("softmax/step.js", ASKED, logits) is None


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
