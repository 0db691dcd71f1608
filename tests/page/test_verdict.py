"""What the page says: the likeliest digit, steadily, and honestly."""

from itertools import pairwise

import pytest

from cnn.page.verdict import CLEAR, RUNNER_UP, SMOOTHING, Smoothed, smooth, verdict


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


def test_the_first_look_shows_the_likeliest():
    assert smooth(probs(d7=0.5), None) == Smoothed(7, probs(d7=0.5))


def test_one_odd_look_does_not_change_the_answer_and_many_do():
    shown = smooth(probs(d1=0.99), None)
    said = []
    for _ in range(12):
        shown = smooth(probs(d7=0.99), shown)
        said.append(shown.digit)
    assert said[0] == 1
    assert said[-1] == 7
    assert sum(a != b for a, b in pairwise(said)) == 1


def test_the_average_of_probabilities_sums_to_1():
    shown = smooth(probs(d3=0.7), smooth(probs(d1=0.99), None))
    assert sum(shown.probs) == pytest.approx(1)
    assert shown.probs[3] == pytest.approx(SMOOTHING * 0.7 + (1 - SMOOTHING) * 0.01 / 9)


def test_a_digit_that_flickers_under_the_pen_is_held():
    shown, said = None, []
    for i in range(40):
        shown = smooth(probs(d1=0.6, d7=0.4) if i % 2 else probs(d1=0.4, d7=0.6), shown)
        said.append(shown.digit)
    assert set(said) == {7}
