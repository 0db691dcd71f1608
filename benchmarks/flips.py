"""How often the answer changes its mind while a digit is being drawn.

python benchmarks/flips.py [--quick]

The project's pen digits are played back point by point, as the page sends them, and once more at
each pen-up. A flip is a change from one digit to another. Counted twice: the likeliest digit of
every look, and what the page says, which leans and does not flicker (cnn/page/verdict.py). Exits 1
if the page changes its mind more than GOAL times a drawing.
"""

import argparse
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cnn.model import load  # noqa: E402
from cnn.page.verdict import lean  # noqa: E402
from cnn.preprocess import digit_from_strokes  # noqa: E402
from cnn.strokes import CANVAS, drawings  # noqa: E402

GOAL = 2.5  # flips a drawing of what the page says


def played_back(strokes: list[np.ndarray]) -> list[list[list[np.ndarray]]]:
    """For each stroke the drawing after each of its points."""
    return [
        [[*strokes[:s], stroke[: n + 1]] for n in range(len(stroke))]
        for s, stroke in enumerate(strokes)
    ]


def likeliest(odds: list[float]) -> int:
    return int(np.argmax(odds))


def said_of(stroke: list[list[float]]) -> list[int]:
    """What the page says at each look of one stroke, and once the pen is lifted."""
    said, before = [], None
    for odds in stroke:
        before = lean(odds, before)
        said.append(before.digit)
    return [*said, likeliest(stroke[-1])]


def flips(said: list[int]) -> int:
    return sum(a != b for a, b in pairwise(said))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="50 drawings instead of 1,000")
    n = 50 if parser.parse_args().quick else 1000

    model = load()
    drawn, labels, _ = drawings(n, seed=7)
    every_look, page, right = [], [], []
    for strokes, label in zip(drawn, labels, strict=True):
        looks = []  # for each stroke the odds of each look
        for stroke in played_back(strokes):
            digits = np.stack([digit_from_strokes(so_far, CANVAS) for so_far in stroke])
            with torch.inference_mode():
                looks.append(model(torch.from_numpy(digits)[:, None]).exp().tolist())
        every_look.append(flips([likeliest(odds) for stroke in looks for odds in stroke]))
        page.append(flips([digit for stroke in looks for digit in said_of(stroke)]))
        right.append(likeliest(looks[-1][-1]) == label)
    print(f"{n} drawings, {100 * np.mean(right):.1f} % read right in the end")
    print(
        f"flips a drawing: {np.mean(every_look):.2f} of the likeliest digit, "
        f"{np.mean(page):.2f} of what the page says"
    )
    if np.mean(page) > GOAL:
        sys.exit(f"more than {GOAL}")


if __name__ == "__main__":
    main()
