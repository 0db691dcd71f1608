"""What `train.py` trains on: MNIST, synthetic digits and non-digits, as uint8 on the CPU."""

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from cnn.synthetic.generate import non_digits, synthetic_digits
from cnn.training.mnist import mnist

NON_DIGIT = 10  # the label of what is no digit
SYNTHETIC, NON_DIGITS = 30_000, 10_000  # trained on, besides MNIST's
HELD_OUT = 3_000  # of MNIST's training digits, the last ones; and of synthetic digits, twice

Examples = tuple[Tensor, Tensor]  # digits uint8 (N, 1, 28, 28), labels int64 (N,)


class Datasets(NamedTuple):
    """Who is used for what. Nothing is reported on digits that something was chosen by."""

    train: Examples  # labels 0 to 9, or NON_DIGIT
    scored: Examples  # of MNIST's digits in it, as many as are held out: to compare accuracies
    held_out: Examples  # of MNIST's training digits: a correction is kept or refused by them
    synthetic_held_out: Examples  # temperature and threshold are chosen by them
    synthetic_test: Examples  # reported in the card
    test: Examples  # MNIST's own, reported in the card


def prepare(data_dir: str | Path | None = None, limit: int = 60_000) -> Datasets:
    """Read MNIST and draw the rest, the same in every run; train on at most `limit` of each kind.

    Raises DataError where MNIST cannot be read.
    """
    digits, labels = mnist(train=True, data_dir=data_dir)
    test = mnist(train=False, data_dir=data_dir)
    synthetic = _synthetic(min(limit, SYNTHETIC), seed=1)
    others = torch.from_numpy(non_digits(min(limit, NON_DIGITS), seed=2)).unsqueeze(1)
    some = slice(min(limit, len(digits) - HELD_OUT))
    return Datasets(
        train=(
            torch.cat([digits[some], synthetic[0], others]),
            torch.cat([labels[some], synthetic[1], torch.full((len(others),), NON_DIGIT)]),
        ),
        scored=(digits[some][:HELD_OUT], labels[some][:HELD_OUT]),
        held_out=(digits[-HELD_OUT:], labels[-HELD_OUT:]),
        synthetic_held_out=_synthetic(min(limit, HELD_OUT), seed=3),
        synthetic_test=_synthetic(min(limit, HELD_OUT), seed=4),
        test=test,
    )


def _synthetic(n: int, seed: int) -> Examples:
    """Synthetic digits uint8 (n, 1, 28, 28) and their labels."""
    digits, labels, _ = synthetic_digits(n, seed)
    return torch.from_numpy(digits).unsqueeze(1), torch.from_numpy(labels).long()
