"""A sheet of the digits that a network misreads, each 28 x 28 as the network sees it.

python benchmarks/misread.py OUT.png [--data FILE.npz] [--weights FILE] [--limit N]

Reads MNIST's test digits, or drawings by their strokes from an .npz file of these arrays:

points         (P, 2), x right, y down, each drawing's longer side 1000
stroke_start   (S + 1,), the index of each stroke's first point; last, the number of points
drawing_start  (D + 1,), the index of each drawing's first stroke; last, the number of strokes
label          (D,), 0 to 9

On the sheet, sorted by label: the label, what was read instead, and the probability of that.
"""

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from harness import parser
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from cnn.metrics import log_probabilities
from cnn.model import WEIGHTS, WeightsError, load
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.sheet import FAINT, INK, PAPER, RED, SCALE
from cnn.training.mnist import DataError, mnist

DRAWING = 1000  # longer side of a drawing in an .npz file
COLUMNS = 16
CELL, GAP, CAPTION = 56, 8, 16  # px of a plain screen


def drawn(path: Path, limit: int | None) -> tuple[Tensor, Tensor]:
    """The first drawings of an .npz file: digits uint8 (N, 1, 28, 28), labels int64 (N,)."""
    with np.load(path) as file:
        points, labels = file["points"].astype(np.float32), file["label"][:limit]
        starts, drawings = file["stroke_start"], file["drawing_start"]
    strokes = np.split(points, starts[1:-1])
    digits = [
        digit_from_strokes(strokes[first:last], DRAWING)
        for first, last in pairwise(drawings[: len(labels) + 1])
    ]
    images = torch.from_numpy(np.stack(digits)).mul(255).round().byte()
    return images.unsqueeze(1), torch.from_numpy(labels.astype(np.int64))


def sheet(images: Tensor, labels: list[int], read: list[int], probs: list[float]) -> Image.Image:
    """Misread digits, uint8 (N, 1, 28, 28), in their order, each label beginning a new row."""
    rows = [
        indices[i : i + COLUMNS]
        for label in range(10)
        if (indices := [k for k, meant in enumerate(labels) if meant == label])
        for i in range(0, len(indices), COLUMNS)
    ]
    wide, tall = SCALE * (CELL + GAP), SCALE * (CELL + GAP + CAPTION)
    page = Image.new("RGB", (COLUMNS * wide, max(1, len(rows)) * tall), PAPER)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(SCALE * 11)
    for y, row in enumerate(rows):
        for x, k in enumerate(row):
            left, top = x * wide + SCALE * GAP // 2, y * tall
            digit = Image.fromarray(255 - images[k, 0].numpy())
            page.paste(digit.resize([SCALE * CELL] * 2, Image.Resampling.NEAREST), (left, top))
            below = top + SCALE * CELL
            pen.text((left, below), str(labels[k]), INK, font)
            pen.text((left + SCALE * 14, below), str(read[k]), RED, font)
            pen.text((left + SCALE * 28, below), f"{100 * probs[k]:.0f}%", FAINT, font)
    return page


def main() -> None:
    flags = parser(__doc__)
    flags.add_argument("out", type=Path, metavar="OUT.png")
    flags.add_argument("--data", type=Path, metavar="FILE.npz", help="default: MNIST's test digits")
    flags.add_argument("--weights", default=WEIGHTS, help="default: %(default)s")
    flags.add_argument("--limit", type=int, metavar="N", help="read only the first N digits")
    flags.add_argument("--data-dir", help="holds MNIST/raw; default: MNIST_DIR, or data/")
    args = flags.parse_args()
    try:
        model = load(args.weights)
        if args.data:
            images, labels = drawn(args.data, args.limit)
        else:
            images, labels = (t[: args.limit] for t in mnist(False, args.data_dir))
    except (WeightsError, DataError, OSError, KeyError) as error:
        sys.exit(str(error))

    probs, read = log_probabilities(model, images).exp().max(1)
    wrong = (read != labels).nonzero().flatten().tolist()
    wrong.sort(key=lambda i: (labels[i], read[i], -probs[i]))
    found = [tensor[wrong].tolist() for tensor in (labels, read, probs)]
    sheet(images[wrong], *found).save(args.out)
    print("label read  digits")
    for (label, other), count in Counter(zip(*found[:2], strict=True)).most_common():
        print(f"{label:5d} {other:4d} {count:7d}")
    share = 100 * len(wrong) / len(labels)
    print(f"{args.out}: {len(wrong)} of {len(labels)} misread, {share:.2f} %")


if __name__ == "__main__":
    main()
