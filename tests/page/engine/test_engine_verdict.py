"""The browser says of ten probabilities what Python says, and holds the digit under the pen."""

from itertools import pairwise

import numpy as np
import pytest

from cnn.page.predictor import CLEAR, RUNNER_UP, verdict

SMOOTHING, SWITCH_MARGIN = 0.3, 0.5  # as in reader.js

VERDICTS = """async ([all, threshold]) => {
  const { verdict } = await import("/engine/reader.js");
  return all.map((probs) => {
    const { digit, confident, runnerUp } = verdict(probs, threshold);
    return [digit, confident, runnerUp];
  });
}"""
HELD = """async (looks) => {
  const { hold } = await import("/engine/reader.js");
  let held = null;
  return looks.map((probs) => {
    held = hold(probs, held);
    return [held.digit, held.probs];
  });
}"""


def shared(**shares: float) -> list[float]:
    """Ten probabilities: d7=0.6 and so on; the rest is shared by the others."""
    given = {int(name[1]): share for name, share in shares.items()}
    rest = (1 - sum(given.values())) / (10 - len(given))
    return [given.get(digit, rest) for digit in range(10)]


def random_probs(n: int) -> list[list[float]]:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, rng.uniform(0, 6, (n, 1)), (n, 10))
    probs = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    return probs.astype(np.float32).astype(float).tolist()


@pytest.mark.parametrize("threshold", [0, 0.5, 0.8308, 1])
def test_a_verdict_is_pythons(engine, threshold):
    edges = [
        [0.1] * 10,
        shared(d3=CLEAR),
        shared(d3=CLEAR - 1e-9, d4=RUNNER_UP),
        shared(d3=0.6, d4=RUNNER_UP - 1e-9),
        shared(d7=0.4, d2=0.4),
        shared(d9=threshold),
        shared(d0=1),
    ]
    probs = edges + random_probs(2000)
    pythons = [verdict(each, max(each), threshold) for each in probs]
    expected = [[said.digit, said.confident, said.runner_up] for said in pythons]
    assert engine.evaluate(VERDICTS, [probs, threshold]) == expected


def test_the_held_probabilities_are_the_exponential_average(engine):
    looks = random_probs(50)
    weights = SMOOTHING * (1 - SMOOTHING) ** np.arange(49)[::-1]
    average = (1 - SMOOTHING) ** 49 * np.array(looks[0]) + weights @ np.array(looks[1:])
    assert engine.evaluate(HELD, looks)[-1][1] == pytest.approx(average.tolist())


def test_another_digit_is_shown_as_soon_as_its_average_leads_by_the_margin(engine):
    looks = [probs for probs in random_probs(200) for _ in range(8)]
    shown, changes = None, 0
    for digit, average in engine.evaluate(HELD, looks):
        leads = shown is None or max(average) - average[shown] >= SWITCH_MARGIN
        assert digit == (int(np.argmax(average)) if leads else shown)
        changes += shown is not None and digit != shown
        shown = digit
    assert changes > 20


def test_the_first_look_shows_the_likeliest(engine):
    probs = shared(d7=0.5)
    assert engine.evaluate(HELD, [probs]) == [[7, probs]]


def test_one_odd_look_does_not_change_the_digit_and_many_do(engine):
    looks = [shared(d1=0.99)] + [shared(d7=0.99)] * 12
    said = [digit for digit, _ in engine.evaluate(HELD, looks)]
    assert said[1] == 1
    assert said[-1] == 7
    assert sum(a != b for a, b in pairwise(said)) == 1


def test_a_digit_that_flickers_under_the_pen_is_held(engine):
    looks = [shared(d1=0.4, d7=0.6), shared(d1=0.6, d7=0.4)] * 20
    assert {digit for digit, _ in engine.evaluate(HELD, looks)} == {7}
