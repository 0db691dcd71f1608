"""How often the networks read MNIST's test digits right when these are off-centre.

The lesson's step "why not flatten?" shows this table; `python -m cnn.evaluate --shifts` writes it.
"""

import json
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from cnn.files import write_files
from cnn.metrics import accuracy, log_probabilities
from cnn.model import NETWORKS, Network, load

SHIFTS = range(7)  # px
WAYS = (1, 0), (-1, 0), (0, 1), (0, -1)  # right, left, down, up, as steps (right, down)
NAME = "shifts.json"  # beside the weights


def shifted(digits: Tensor, right: int, down: int) -> Tensor:
    """Digits (N, 1, 28, 28), moved this many px right and down; either may be negative.

    Paper, 0, fills the gap; what leaves the frame is lost.
    """
    return F.pad(digits, (right, -right, down, -down))


def over_shifts(model: Network, digits: Tensor, labels: Tensor) -> list[float]:
    """Percent read right after each of SHIFTS: the mean over the four WAYS.

    digits uint8 (N, 1, 28, 28), labels int64 (N,).
    """
    right = []
    for px in SHIFTS:
        moved = [shifted(digits, px * x, px * y) for x, y in WAYS[: 4 if px else 1]]
        log_probs = log_probabilities(model, torch.cat(moved))
        right.append(accuracy(log_probs, labels.repeat(len(moved))))
    return right


def ink_left(digits: Tensor) -> list[float]:
    """Percent of the ink that is still in the frame after each of SHIFTS, averaged as above."""
    ink = digits.sum(dtype=torch.long).item()
    left = [
        [shifted(digits, px * x, px * y).sum(dtype=torch.long) for x, y in WAYS] for px in SHIFTS
    ]
    return [100 * sum(ways).item() / (len(WAYS) * ink) for ways in left]


def measure(folder: Path, digits: Tensor, labels: Tensor) -> dict:
    """The table of both networks in `folder`, as JSON; WeightsError where one cannot be loaded.

    {"command", "digits": how many, "shifts": [px], "ink": [percent left], "networks": {name:
    {"sha256": its card's, "right": [percent]}}}, percents rounded to two places.
    """
    models = {name: load(folder / f"{name}.safetensors") for name in NETWORKS}
    networks = {}
    for name, model in models.items():
        right = [round(percent, 2) for percent in over_shifts(model, digits, labels)]
        networks[name] = {"sha256": model.card["sha256"], "right": right}
    return {
        "command": "python -m cnn.evaluate --shifts",
        "digits": len(digits),
        "shifts": list(SHIFTS),
        "ink": [round(percent, 2) for percent in ink_left(digits)],
        "networks": networks,
    }


def table_of(measured: dict) -> str:
    """What `measure` gave, as lines to print."""
    names = list(measured["networks"])
    head = "shift  " + "".join(f"{name:>10s}" for name in names) + "  ink left"
    columns = [measured["networks"][name]["right"] for name in names]
    rows = zip(measured["shifts"], *columns, measured["ink"], strict=True)
    lines = [
        f"{px:2d} px  " + "".join(f"{percent:8.2f} %" for percent in percents)
        for px, *percents in rows
    ]
    return "\n".join([head, *lines])


def write_shifts(folder: Path, digits: Tensor, labels: Tensor) -> str:
    """Measure, write NAME into `folder`, and return the table to print."""
    measured = measure(folder, digits, labels)
    write_files({folder / NAME: (json.dumps(measured) + "\n").encode()})
    return table_of(measured)
