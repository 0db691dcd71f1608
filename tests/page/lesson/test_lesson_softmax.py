"""The step on log-softmax: its shares are torch's, at any temperature, with ReLU and without."""

import math

import pytest
import torch
from playwright.sync_api import expect
from steps_page import PHONE, numbers, shown

from cnn.model import load

STEP = "softmax"
LOGITS = {
    "usual": [-2.4, -3.0, -4.2, 5.7, -1.9, -3.6, -2.6, -2.8, -4.6, -2.8],
    "far apart": [-900, 800, 799, 0, 0, 0, 0, 0, 0, -1000],
    "equal": [7.0] * 10,
}
SHARES = """async (_, { logits, temperature }) => {
    const { probsOf } = await import("./browser/lesson/probs.js");
    return probsOf(logits, temperature);
}"""
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
POWERS = "({ power }, logits) => logits.map(power)"


def percent(prob: float) -> str:
    tenths = f"{100 * prob:.1f}%"
    return ">99.9%" if prob < 1 and tenths == "100.0%" else tenths


@pytest.mark.parametrize("temperature", [0.25, 1, 5])
@pytest.mark.parametrize("logits", LOGITS.values(), ids=LOGITS)
def test_the_shares_are_those_of_torch(open_step, logits, temperature):
    visit = open_step(STEP, drawn=False)
    argument = {"logits": logits, "temperature": temperature}
    found = visit.pure("softmax/share.js", SHARES, argument)
    expected = torch.softmax(torch.tensor(logits, dtype=torch.float64) / temperature, 0)
    assert found == pytest.approx(expected.tolist(), abs=1e-12)


def test_powers_of_any_size_are_readable(open_step):
    logits = [-5.0, 0.0, 3.0, 5.7, 9.0, 22.8]
    found = open_step(STEP, drawn=False).pure("softmax/fraction.js", POWERS, logits)
    assert found == ["0.007", "1.00", "20.09", "298.9", "8,103", "8.0 × 10⁹"]
    assert math.exp(22.8) == pytest.approx(8.0e9, rel=0.01)


def table(visit) -> list[list[str]]:
    """[logit, exp, probability] of each row."""
    rows = visit.exhibit.locator(".logits tbody tr")
    return [row.locator(".value").all_inner_texts() for row in rows.all()]


def check_table(visit, given: torch.Tensor) -> None:
    probs = torch.softmax(given.double(), 0)
    for row, logit, prob in zip(table(visit), given.tolist(), probs.tolist(), strict=True):
        assert numbers(row[0]) == [pytest.approx(logit, abs=0.006)]
        factor, _, tens = row[1].partition(" × 10")  # as in 4.3 × 10¹⁰
        power = numbers(factor)[0] * 10 ** int(tens.translate(RAISED) or 0)
        assert power == pytest.approx(math.exp(logit), rel=0.05, abs=6e-4)
        assert row[2] == percent(prob)


def test_the_fraction_has_the_reader_s_numbers_in_it(open_step):
    visit = open_step(STEP)
    logits = visit.maps("fc2")[0]
    check_table(visit, logits)
    digit = logits.argmax().item()
    for chosen in (digit, (digit + 1) % 10):
        visit.exhibit.get_by_role("radio", name=f"{chosen}", exact=True).check()
        above, *below = visit.exhibit.locator(".fraction .terms sup").all_inner_texts()
        assert above == shown(logits[chosen])
        assert below == [shown(logit) for logit in logits]
        prob = visit.exhibit.locator(".fraction .formula").first.locator(".out")
        expected = torch.softmax(logits.double(), 0)[chosen].item()
        digits = max(4, math.ceil(-math.log10(expected)) + 1)  # a tiny one keeps two
        expect(prob).to_have_text(f"{expected:.{digits}f}")
        log = visit.exhibit.locator(".fraction .formula").last.inner_text()
        assert numbers(log)[-1] == pytest.approx(
            torch.log_softmax(logits, 0)[chosen].item(), abs=6e-5
        )


def test_relu_makes_all_negative_logits_equal(open_step):
    visit = open_step(STEP)
    logits = visit.maps("fc2")[0]
    below = (logits < 0).sum().item()
    note = visit.exhibit.locator("p[role=status]")
    expect(note).to_contain_text(f"ReLU would make {below} of these ten logits 0.")
    visit.page.get_by_label("ReLU before it").check()
    check_table(visit, logits.relu())
    expect(note).to_contain_text(f"{below} logits below zero have become 0")


@pytest.mark.parametrize("temperature", [0.25, 3])
def test_a_temperature_divides_the_logits(open_step, temperature):
    visit = open_step(STEP)
    visit.slide("Temperature", temperature)
    check_table(visit, visit.maps("fc2")[0] / temperature)


def test_the_network_s_own_temperature_is_its_card_s(open_step):
    visit = open_step(STEP, drawn=False)
    own = shown(load().card["temperature"])
    expect(visit.exhibit).to_contain_text(f"last layer was divided by {own}")


@pytest.mark.parametrize(
    ("option", "verdict"), [(2, "Right."), (0, "Not quite."), (1, "Not quite.")]
)
def test_the_question_is_answered_by_the_ratio_of_the_probabilities(open_step, option, verdict):
    visit = open_step(STEP)
    logits = visit.maps("fc2")[0]
    (high, low), (first, second) = logits.topk(2)
    asked = visit.question.locator("p").first
    expect(asked).to_contain_text(f"{first} has {shown(high)}, the next is {second}")
    ratio = (torch.softmax(logits, 0)[first] / torch.softmax(logits, 0)[second]).item()
    assert numbers(visit.options().nth(2).inner_text())[0] == pytest.approx(ratio, rel=0.06)
    said = visit.answer_question(option)
    assert said.startswith(verdict)
    assert numbers(said)[:3] == pytest.approx(
        [high.item(), low.item(), (high - low).item()], abs=0.011
    )


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
