"""What `train.py` trains on and measures on: MNIST, synthetic digits, non-digits.

All as uint8 on the CPU.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from cnn.model import CLASSES
from cnn.synthetic.generate import non_digits, pictured_digits, synthetic_digits
from cnn.training.mnist import mnist

NON_DIGIT = len(CLASSES)  # the label of what is not a digit
SYNTHETIC, PICTURED, NON_DIGITS = 20_000, 4_000, 11_000  # trained on, besides MNIST's
HELD_OUT = 3_000  # MNIST's last training digits; as many synthetic ones, and as many more to test

Examples = tuple[Tensor, Tensor]  # digits uint8 (N, 1, 28, 28), labels int64 (N,)


class Datasets(NamedTuple):
    """Which digits are used for what. A run bases no choice on digits that its card reports."""

    train: Examples  # labels 0 to 9, or NON_DIGIT
    scored: Examples  # MNIST digits from all over `train`, HELD_OUT or some more
    held_out: Examples  # MNIST's training digits that are not in `train`
    synthetic_held_out: Examples  # temperature and threshold are chosen by them
    synthetic_test: Examples  # reported in the card
    test: Examples  # MNIST's own, reported in the card
    counts: dict[str, int]  # how many of `train` are of which kind


def prepare(data_dir: str | Path | None = None, limit: int = 60_000) -> Datasets:
    """Read MNIST and draw the rest, the same in every run; train on at most `limit` of each kind.

    Raises DataError where MNIST cannot be read.
    """
    digits, labels = mnist(train=True, data_dir=data_dir)
    test = mnist(train=False, data_dir=data_dir)
    synthetic = _examples(synthetic_digits(min(limit, SYNTHETIC), seed=1))
    pictured = _examples(pictured_digits(min(limit, PICTURED), seed=5))
    others = torch.from_numpy(non_digits(min(limit, NON_DIGITS), seed=2)).unsqueeze(1)
    non_digit = torch.full((len(others),), NON_DIGIT)
    count = min(limit, len(digits) - HELD_OUT)
    some, spread = slice(count), slice(0, count, max(1, count // HELD_OUT))
    return Datasets(
        train=(
            torch.cat([digits[some], synthetic[0], pictured[0], others]),
            torch.cat([labels[some], synthetic[1], pictured[1], non_digit]),
        ),
        scored=(digits[spread], labels[spread]),
        held_out=(digits[-HELD_OUT:], labels[-HELD_OUT:]),
        synthetic_held_out=_examples(synthetic_digits(min(limit, HELD_OUT), seed=3)),
        synthetic_test=_examples(synthetic_digits(min(limit, HELD_OUT), seed=4)),
        test=test,
        counts={
            "mnist": count,
            "synthetic": len(synthetic[0]) + len(pictured[0]),
            "non_digits": len(others),
        },
    )


def _examples(drawn: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Examples:
    """Digits uint8 (n, 28, 28) and labels as tensors; their styles are left out."""
    digits, labels, _ = drawn
    return torch.from_numpy(digits).unsqueeze(1), torch.from_numpy(labels).long()
