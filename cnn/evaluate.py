"""How often a network reads digits right: python -m cnn.evaluate, exits 1 below --at-least.

Reads MNIST's test digits; the same digits, redrawn large on a page and read as pictures; and
synthetic digits, each style on its own line. Also says how far its probabilities are from how often
they are right, and which maps and neurons never fire on MNIST's test digits.

A network that was trained in the browser is first measured as the page measured it: on the page's
own held-out digits.

With --shifts instead: how often both networks read MNIST's test digits right when these are moved
by 0 to 6 px; the lesson shows the file that this writes, weights/shifts.json.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from cnn.activations import dead_units
from cnn.metrics import accuracy, calibration_error, log_probabilities
from cnn.model import CLASSES, WEIGHTS, Network, WeightsError, load
from cnn.page.digits import held_out
from cnn.preprocess import digit_from_image
from cnn.shifts import write_shifts
from cnn.synthetic.generate import synthetic_digits
from cnn.synthetic.styles import STYLES
from cnn.training.mnist import DataError, mnist

SEED = 20_000  # of the synthetic digits measured on; no training run draws with it
KINDS = "mnist", "redrawn", "synthetic"


def redrawn(digits: Tensor, side: int = 160, page: int = 280) -> Tensor:
    """MNIST's digits, enlarged as dark ink somewhere on a white page and extracted from it again.

    uint8 (N, 1, 28, 28) -> the same; a digit that is not found stays empty.
    """
    found = torch.zeros_like(digits)
    for i, digit in enumerate(digits[:, 0].numpy()):
        ink = np.asarray(Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC))
        image = np.full((page, page), 255, np.uint8)
        left, top = (i * 37) % (page - side), (i * 53) % (page - side)
        image[top : top + side, left : left + side] -= ink
        read = digit_from_image(image)
        if read is not None:
            found[i, 0] = torch.from_numpy(np.round(255 * read).astype(np.uint8))
    return found


def main() -> None:
    args = _arguments()
    try:
        model = load(args.weights)
        if model.card.get("trained_in") == "browser":
            _as_on_the_page(model)
        digits, labels = mnist(train=False, data_dir=args.data_dir)
    except (WeightsError, DataError) as error:
        sys.exit(str(error))
    if args.shifts:
        return _shifts(Path(args.weights).parent, digits, labels)
    labels = _as_classes(model, labels)
    log_probs = log_probabilities(model, digits)
    reached = {"mnist": _report("mnist", log_probs, labels, labels, model.classes)}
    for name, units in dead_units(model, digits).items():
        which = ", ".join(str(unit + 1) for unit in units)  # as on the page, counted from 1
        print(f"{'mnist':9s} {'never fire in ' + name:36s} {len(units):7d} {which}")

    some = slice(None, None, max(1, len(digits) // args.redrawn))
    log_probs, labels = log_probabilities(model, redrawn(digits[some])), labels[some]
    reached["redrawn"] = _report("redrawn", log_probs, labels, labels, model.classes)

    digits, labels, styles = (
        torch.from_numpy(array.astype(np.int64)) for array in synthetic_digits(args.synthetic, SEED)
    )
    names = [f"{style.digit} {style.name}" for style in STYLES]
    labels = _as_classes(model, labels)
    log_probs = log_probabilities(model, digits.unsqueeze(1).to(torch.uint8))
    reached["synthetic"] = _report("synthetic", log_probs, labels, styles, names)

    print(", ".join(f"{name} {percent:.2f} %" for name, percent in reached.items()))
    low = [
        f"{k} is below {args.at_least[k]} %" for k in args.at_least if reached[k] < args.at_least[k]
    ]
    if low:
        sys.exit("; ".join(low))


def _as_on_the_page(model: Network) -> None:
    """Print how often it reads the page's held-out digits right, and what the page showed."""
    digits, labels = (torch.from_numpy(array.astype(np.int64)) for array in held_out())
    labels = _as_classes(model, labels)
    log_probs = log_probabilities(model, digits.unsqueeze(1).to(torch.uint8))
    _report("held out", log_probs, labels, labels, model.classes)
    if "held_out" in model.card:
        print(f"{'held out':9s} {'as the page showed it':36s} {model.card['held_out']:7.2f} %")


def _as_classes(model: Network, labels: Tensor) -> Tensor:
    """Labels 0 to 9, int64 (N,), as the network counts its classes; exits if it lacks any."""
    if not set(CLASSES) <= set(model.classes):
        sys.exit(f"it can read {', '.join(model.classes)}, but not all of {', '.join(CLASSES)}")
    return torch.tensor([model.classes.index(name) for name in CLASSES])[labels]


def _shifts(folder: Path, digits: Tensor, labels: Tensor) -> None:
    """Print the table of both networks in the folder, and write it beside them."""
    try:
        print(write_shifts(folder, digits, labels))
    except (WeightsError, OSError) as error:
        sys.exit(str(error))


def _report(kind: str, log_probs: Tensor, labels: Tensor, groups: Tensor, names: Sequence) -> float:
    """Print a line for each group and two for all digits; returns the percent of all read right."""
    for group, name in enumerate(names):
        members = groups == group
        if members.any():
            right = accuracy(log_probs[members], labels[members])
            print(f"{kind:9s} {name!s:36s} {right:7.2f} % of {int(members.sum())}")
    right = accuracy(log_probs, labels)
    print(f"{kind:9s} {'all':36s} {right:7.2f} % of {len(labels)}")
    print(f"{kind:9s} {'calibration error':36s} {calibration_error(log_probs, labels):7.2f} %")
    return right


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cnn.evaluate", description=__doc__)
    parser.add_argument("--weights", default=WEIGHTS, help="default: %(default)s")
    parser.add_argument("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    parser.add_argument(
        "--at-least",
        nargs="+",
        default=[],
        metavar="PERCENT",
        type=_bound,
        help="exit 1 below this: 99.3, or mnist=99.3 redrawn=98 synthetic=97",
    )
    parser.add_argument(
        "--redrawn", type=_positive, default=10_000, help="about how many to redraw; default: all"
    )
    parser.add_argument(
        "--synthetic", type=_positive, default=10000, help="how many to draw; default: %(default)s"
    )
    parser.add_argument(
        "--shifts",
        action="store_true",
        help="only measure both networks at shifts of 0 to 6 px; write that beside --weights",
    )
    args = parser.parse_args()
    if args.shifts and args.at_least:
        parser.error("--at-least cannot be used with --shifts, which checks no bounds")
    args.at_least = dict(args.at_least)
    return args


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _bound(text: str) -> tuple[str, float]:
    kind, percent = text.split("=") if "=" in text else ("mnist", text)
    if kind not in KINDS:
        raise argparse.ArgumentTypeError(f"{kind} is not one of {', '.join(KINDS)}")
    return kind, float(percent)


if __name__ == "__main__":
    main()
