"""What the page says: the likeliest digit, steadily, and honestly."""

from itertools import pairwise

import pytest

from cnn.page.verdict import CLEAR, FRESH, PERHAPS, Lean, lean, verdict


def odds(**shares: float) -> list[float]:
    """Ten odds: d7=0.6 and so on; the rest is shared by the others."""
    given = {int(name[1]): share for name, share in shares.items()}
    rest = (1 - sum(given.values())) / (10 - len(given))
    return [given.get(digit, rest) for digit in range(10)]


def test_a_clear_digit_has_no_runner_up_and_a_doubtful_one_has():
    assert verdict(odds(d7=CLEAR + 0.01), 1, 0.5).perhaps is None
    said = verdict(odds(d7=0.6, d1=0.3), 1, 0.5)
    assert (said.digit, said.perhaps) == (7, 1)


def test_a_runner_up_that_is_hardly_likely_is_not_named():
    spread = odds(d7=CLEAR - 0.05)
    assert max(spread[:7]) < PERHAPS
    assert verdict(spread, 1, 0.5).perhaps is None


@pytest.mark.parametrize(("certainty", "sure"), [(0.49, False), (0.5, True)])
def test_it_is_sure_from_the_threshold_on(certainty, sure):
    assert verdict(odds(d7=0.99), certainty, 0.5).sure is sure


def test_the_first_look_leans_to_the_likeliest():
    assert lean(odds(d7=0.5), None) == Lean(7, odds(d7=0.5))


def test_one_odd_look_does_not_change_the_answer_and_many_do():
    leaning = lean(odds(d1=0.99), None)
    said = []
    for _ in range(12):
        leaning = lean(odds(d7=0.99), leaning)
        said.append(leaning.digit)
    assert said[0] == 1
    assert said[-1] == 7
    assert sum(a != b for a, b in pairwise(said)) == 1


def test_the_odds_leant_on_remain_odds():
    leaning = lean(odds(d3=0.7), lean(odds(d1=0.99), None))
    assert sum(leaning.odds) == pytest.approx(1)
    assert leaning.odds[3] == pytest.approx(FRESH * 0.7 + (1 - FRESH) * 0.01 / 9)


def test_a_digit_that_flickers_under_the_pen_is_held():
    leaning, said = None, []
    for i in range(40):
        leaning = lean(odds(d1=0.6, d7=0.4) if i % 2 else odds(d1=0.4, d7=0.6), leaning)
        said.append(leaning.digit)
    assert set(said) == {7}
