"""From probabilities to what the page says: a digit, the runner-up, or "not sure"."""

from dataclasses import dataclass

CLEAR = 0.9  # probability from which no runner-up is named
RUNNER_UP = 0.05  # probability from which a runner-up is worth its name


@dataclass(frozen=True)
class Verdict:
    """What to say of one digit: the best guess, whether to stand by it, and what else it may be."""

    digit: int
    confident: bool
    runner_up: int | None


def verdict(probs: list[float], confidence: float, threshold: float) -> Verdict:
    """What to say of one digit.

    probs: ten probabilities. confidence: as of `cnn.model.confidence`. threshold: the least
    confidence at which the page stands by its answer.
    """
    digit, second = sorted(range(10), key=probs.__getitem__, reverse=True)[:2]
    runner_up = second if probs[digit] < CLEAR and probs[second] >= RUNNER_UP else None
    return Verdict(digit, confidence >= threshold, runner_up)
