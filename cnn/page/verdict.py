"""From probabilities to what the page says: a digit, the runner-up, or "not sure"."""

from dataclasses import dataclass

SMOOTHING = 0.3  # weight of a look's own probabilities in the exponential average under the pen
SWITCH_MARGIN = 0.5  # by so much another digit's average must lead before it is shown instead
CLEAR = 0.9  # probability from which no runner-up is named
RUNNER_UP = 0.05  # probability from which a runner-up is worth its name


@dataclass(frozen=True)
class Smoothed:
    """What the page shows while the pen is down: a digit, and the average of ten probabilities."""

    digit: int
    probs: list[float]


@dataclass(frozen=True)
class Verdict:
    """What to say of one digit: the best guess, whether to stand by it, and what else it may be."""

    digit: int
    confident: bool
    runner_up: int | None


def smooth(probs: list[float], before: Smoothed | None) -> Smoothed:
    """What to show after a look that gave `probs`; before: after the look before it, or None.

    A half-drawn 7 is a fair 1: under the pen the big digit may lag, but it does not flicker. How
    often it changes and how far it lags is measured by benchmarks/flips.py, and SMOOTHING and
    SWITCH_MARGIN are chosen by it, on drawings that it does not report.
    """
    likeliest = max(range(10), key=probs.__getitem__)
    if before is None:
        return Smoothed(likeliest, probs)
    average = [
        SMOOTHING * new + (1 - SMOOTHING) * old
        for new, old in zip(probs, before.probs, strict=True)
    ]
    likeliest = max(range(10), key=average.__getitem__)
    leads = average[likeliest] - average[before.digit] >= SWITCH_MARGIN
    return Smoothed(likeliest if leads else before.digit, average)


def verdict(probs: list[float], confidence: float, threshold: float) -> Verdict:
    """What to say of one digit.

    probs: ten probabilities. confidence: as of `cnn.model.confidence`. threshold: the least
    confidence at which the page stands by its answer.
    """
    digit, second = sorted(range(10), key=probs.__getitem__, reverse=True)[:2]
    runner_up = second if probs[digit] < CLEAR and probs[second] >= RUNNER_UP else None
    return Verdict(digit, confidence >= threshold, runner_up)
