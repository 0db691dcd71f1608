"""What the page says: the likeliest digit, and honestly."""

import pytest

from cnn.page.predictor import CLEAR, RUNNER_UP, verdict


def probs(**shares: float) -> list[float]:
    """Ten probabilities: d7=0.6 and so on; the rest is shared by the others."""
    given = {int(name[1]): share for name, share in shares.items()}
    rest = (1 - sum(given.values())) / (10 - len(given))
    return [given.get(digit, rest) for digit in range(10)]


def test_a_clear_digit_has_no_runner_up_and_a_doubtful_one_has():
    assert verdict(probs(d7=CLEAR + 0.01), 1, 0.5).runner_up is None
    said = verdict(probs(d7=0.6, d1=0.3), 1, 0.5)
    assert (said.digit, said.runner_up) == (7, 1)


def test_a_runner_up_that_is_hardly_likely_is_not_named():
    spread = probs(d7=CLEAR - 0.05)
    assert max(spread[:7]) < RUNNER_UP
    assert verdict(spread, 1, 0.5).runner_up is None


@pytest.mark.parametrize(("confidence", "confident"), [(0.49, False), (0.5, True)])
def test_it_is_confident_from_the_threshold_on(confidence, confident):
    assert verdict(probs(d7=0.99), confidence, 0.5).confident is confident
