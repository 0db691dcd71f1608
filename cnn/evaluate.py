"""How often a network reads a digit right: python -m cnn.evaluate, exits 1 below --at-least.

MNIST's test digits; the same, redrawn large on a page; pen digits, each style on its own line.
"""

import argparse
import sys
from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from cnn.data import DataError, mnist
from cnn.model import WEIGHTS, Network, WeightsError, load
from cnn.preprocess import digit_from_image
from cnn.strokes import STYLES, pen_digits

SEED = 20_000  # of the pen digits measured on; no training run draws with it


@torch.no_grad()
def log_odds(model: Network, digits: Tensor) -> Tensor:
    """Log-probabilities (N, 10), on the CPU, of digits uint8 (N, 1, 28, 28)."""
    device = next(model.parameters()).device
    return torch.cat([model(some.to(device).float() / 255).cpu() for some in digits.split(1000)])


def accuracy(log_odds: Tensor, labels: Tensor) -> float:
    """Percent of the rows whose largest value is at the label."""
    return 100 * (log_odds.argmax(1) == labels).float().mean().item()


def confusion(log_odds: Tensor, labels: Tensor) -> Tensor:
    """int64 (10, 10): how many of each label (row) were read as each digit (column)."""
    return torch.bincount(labels * 10 + log_odds.argmax(1), minlength=100).view(10, 10)


def redrawn(digits: Tensor, side: int = 160, page: int = 280) -> Tensor:
    """MNIST's digits as dark ink, enlarged, off the middle of a white page, and read from there.

    uint8 (N, 1, 28, 28) -> the same; a digit that is not found stays empty.
    """
    found = torch.zeros_like(digits)
    for i, digit in enumerate(digits[:, 0].numpy()):
        ink = np.asarray(Image.fromarray(digit).resize((side, side), Image.Resampling.BICUBIC))
        drawing = np.full((page, page), 255, np.uint8)
        left, top = (i * 37) % (page - side), (i * 53) % (page - side)
        drawing[top : top + side, left : left + side] -= ink
        read = digit_from_image(drawing)
        if read is not None:
            found[i, 0] = torch.from_numpy(np.round(255 * read).astype(np.uint8))
    return found


def main() -> None:
    args = _arguments()
    try:
        model, (digits, labels) = load(args.weights), mnist(train=False, data_dir=args.data_dir)
    except (WeightsError, DataError) as error:
        sys.exit(str(error))
    reached = {"mnist": _report("mnist", log_odds(model, digits), labels, labels, range(10))}

    some = slice(None, None, max(1, len(digits) // args.redrawn))
    odds, labels = log_odds(model, redrawn(digits[some])), labels[some]
    reached["redrawn"] = _report("redrawn", odds, labels, labels, range(10))

    pen, labels, styles = (torch.from_numpy(a).long() for a in pen_digits(args.pen, SEED))
    names = [f"{style.digit} {style.name}" for style in STYLES]
    odds = log_odds(model, pen.unsqueeze(1).to(torch.uint8))
    reached["pen"] = _report("pen", odds, labels, styles, names)

    print(", ".join(f"{name} {percent:.2f} %" for name, percent in reached.items()))
    low = [
        f"{k} is below {args.at_least[k]} %" for k in args.at_least if reached[k] < args.at_least[k]
    ]
    if low:
        sys.exit("; ".join(low))


def _report(kind: str, odds: Tensor, labels: Tensor, groups: Tensor, names: Sequence) -> float:
    """Print a line for each group and one for all; the percent read right in all."""
    for group, name in enumerate(names):
        members = groups == group
        if members.any():
            right = accuracy(odds[members], labels[members])
            print(f"{kind:8s} {name!s:36s} {right:7.2f} % of {int(members.sum())}")
    right = accuracy(odds, labels)
    print(f"{kind:8s} {'all':36s} {right:7.2f} % of {len(labels)}")
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
        help="exit 1 below: 99.3, or mnist=99.3 redrawn=98 pen=97",
    )
    parser.add_argument("--redrawn", type=int, default=2000, help="how many; default: %(default)s")
    parser.add_argument("--pen", type=int, default=10000, help="how many; default: %(default)s")
    args = parser.parse_args()
    args.at_least = dict(args.at_least)
    return args


def _bound(text: str) -> tuple[str, float]:
    kind, percent = text.split("=") if "=" in text else ("mnist", text)
    if kind not in ("mnist", "redrawn", "pen"):
        raise argparse.ArgumentTypeError(f"{kind} is none of mnist, redrawn, pen")
    return kind, float(percent)


if __name__ == "__main__":
    main()
