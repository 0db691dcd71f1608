"""From odds to what the page says: a digit, the runner-up, or "not sure"."""

from dataclasses import dataclass

FRESH = 0.3  # share of a look's own odds in the odds that the page leans on under the pen
LEAD = 0.5  # of those odds: by so much another digit must lead to take over
CLEAR = 0.9  # odds from which no runner-up is named
PERHAPS = 0.05  # odds from which a runner-up is worth its name


@dataclass(frozen=True)
class Lean:
    """What the page leans to while the pen is down: a digit, and ten odds that move slowly."""

    digit: int
    odds: list[float]


@dataclass(frozen=True)
class Verdict:
    """What to say of one digit: the best guess, whether to stand by it, and what else it may be."""

    digit: int
    sure: bool
    perhaps: int | None


def lean(odds: list[float], before: Lean | None) -> Lean:
    """What to lean to after a look that gave `odds`; before: after the look before it, or None.

    A half-drawn 7 is a fair 1: under the pen the answer may lean, but it does not flicker. How
    often it changes is measured by benchmarks/flips.py, and FRESH and LEAD are chosen by it: less
    of either saves flips, and lets the page lag more looks behind.
    """
    likeliest = max(range(10), key=odds.__getitem__)
    if before is None:
        return Lean(likeliest, odds)
    odds = [FRESH * new + (1 - FRESH) * old for new, old in zip(odds, before.odds, strict=True)]
    likeliest = max(range(10), key=odds.__getitem__)
    leads = odds[likeliest] - odds[before.digit] >= LEAD
    return Lean(likeliest if leads else before.digit, odds)


def verdict(odds: list[float], certainty: float, sure_from: float) -> Verdict:
    """odds: ten probabilities; certainty: of its being a digit; sure_from: the least to be sure."""
    digit, second = sorted(range(10), key=odds.__getitem__, reverse=True)[:2]
    perhaps = second if odds[digit] < CLEAR and odds[second] >= PERHAPS else None
    return Verdict(digit, certainty >= sure_from, perhaps)
