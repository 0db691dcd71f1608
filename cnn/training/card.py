"""The card: where weights come from and what they score, true in every field."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import torch
from torch import Tensor

from cnn.metrics import accuracy, log_probabilities
from cnn.model import Network, confidence
from cnn.training.datasets import Datasets
from cnn.training.held_out import held_out_scores
from cnn.training.trainer import LABEL_SMOOTHING

CONFIDENT_SHARE = 0.985  # of the held-out synthetic digits reach the threshold


def make_card(model: Network, datasets: Datasets, **facts: object) -> dict:
    """The card of a calibrated network: its scores on the test sets, its threshold, and the facts.

    mnist, synthetic: percent read right. held_out_mnist, held_out_synthetic: the same for the
    digits that choices are based on, see `held_out_scores`. threshold: the least confidence at
    which the page stands by its answer. training_set: how many digits of each kind an epoch learns
    from. facts: what only the run knows, as the card's fields.
    """
    held_out = held_out_scores(model, datasets)
    scores = {
        name: round(accuracy(log_probabilities(model, digits), labels), 2)
        for name, (digits, labels) in (
            ("mnist", datasets.test),
            ("synthetic", datasets.synthetic_test),
        )
    }
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "command": " ".join(["python", "train.py", *sys.argv[1:]]),
        "torch": torch.__version__,
        "training_set": datasets.counts,
        "label_smoothing": LABEL_SMOOTHING,
        **facts,
        **scores,
        **{f"held_out_{kind}": round(percent, 2) for kind, percent in held_out.items()},
        "threshold": threshold(model, datasets.synthetic_held_out[0]),
    }


def threshold(model: Network, digits: Tensor) -> float:
    """The confidence that CONFIDENT_SHARE of the digits, uint8 (N, 1, 28, 28), reach."""
    reached = confidence(log_probabilities(model, digits))
    return round(reached.quantile(1 - CONFIDENT_SHARE).item(), 4)


def commit() -> str:
    """The commit of this code, with " (changed)" if it was changed since; "unknown" without git."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", Path(__file__).parents[2], *words],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!weights")
        return git("rev-parse", "HEAD") + (" (changed)" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
