"""What `train.py` learns from: MNIST, pen digits, and what is no digit, as uint8 on the CPU."""

from pathlib import Path

import torch
from torch import Tensor

from cnn.data import mnist
from cnn.strokes import not_digits, pen_digits
from cnn.training import NO_DIGIT

PEN_DIGITS, NOT_DIGITS = 30_000, 10_000
HELD_OUT = 3_000  # of MNIST's training digits, the last ones, and as many pen digits
Examples = tuple[Tensor, Tensor]  # digits uint8 (N, 1, 28, 28), labels int64 (N,)


def prepare(data_dir: str | Path | None = None, limit: int = 60_000) -> dict[str, Examples]:
    """ "learn": at most `limit` of each kind; "mnist" and "pen": held out; "test": MNIST's own.

    The drawings are the same in every run, whatever its seed.
    """
    digits, labels = mnist(train=True, data_dir=data_dir)
    test = mnist(train=False, data_dir=data_dir)
    pen = pens(min(limit, PEN_DIGITS), seed=1)
    strange = torch.from_numpy(not_digits(min(limit, NOT_DIGITS), seed=2)).unsqueeze(1)
    learnt = slice(min(limit, len(digits) - HELD_OUT))
    return {
        "learn": (
            torch.cat([digits[learnt], pen[0], strange]),
            torch.cat([labels[learnt], pen[1], torch.full((len(strange),), NO_DIGIT)]),
        ),
        "mnist": (digits[-HELD_OUT:], labels[-HELD_OUT:]),
        "pen": pens(min(limit, HELD_OUT), seed=3),
        "test": test,
    }


def pens(n: int, seed: int) -> Examples:
    """Pen digits uint8 (n, 1, 28, 28) and their labels."""
    digits, labels, _ = pen_digits(n, seed)
    return torch.from_numpy(digits).unsqueeze(1), torch.from_numpy(labels).long()
