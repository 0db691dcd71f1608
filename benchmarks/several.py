"""How many four-digit numbers are read wholly right.

python benchmarks/several.py [--quick]    needs Chromium and playwright

Synthetic digits are written side by side with normal spacing: each a fifth of the pad high, give or
take a sixth of that, its foot near the line, and between two digits a gap of a tenth to a
third of their height. Each number is read as strokes, by the page's engine in headless Chromium,
and as a picture of them, taken apart as the server does. A point or a minus sign, where there is
none, is an error too. Exits 1 if fewer than GOAL percent of either are read wholly right.
"""

import numpy as np
import torch
from browser import ask, flat, open_engine
from harness import hold_at_most, parser
from PIL import Image, ImageDraw

from cnn.model import Network, load
from cnn.page.predictor import recognizer_of
from cnn.preprocess.segment import split_image
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS

HEIGHT, PEN = 60, 5  # px on a canvas of CANVAS px
HEIGHT_RANGE = 5 / 6, 7 / 6  # of HEIGHT
LINE, OFF_LINE = 170, 0.05  # px from the top; of HEIGHT, by which a foot is off the line at most
GAP = 0.1, 0.33  # of a digit's height, to the next one
MARGIN = 8  # px, left and right
WIDEST = 1.3  # heights: a digit lying down is made smaller
GOAL = 95  # percent
SEED = 10  # the rules of boxes.py and marks.py were tried out on other seeds: 9, 21 and 22

# Of each drawing the digits and marks, from left to right.
READ = """(drawings) => drawings.map((strokes) =>
    reader.readStrokes(strokes, CANVAS).digits.map(({ digit, mark }) => mark ?? digit)
)"""


def written(drawn: list[list[np.ndarray]], rng: np.random.Generator) -> list[np.ndarray]:
    """Drawings side by side on one canvas: the strokes of a number."""
    strokes, x = [], float(MARGIN)
    for drawing in drawn:
        points = np.concatenate(drawing)
        low, size = points.min(0), np.maximum(np.ptp(points, axis=0), 1)
        height = HEIGHT * rng.uniform(*HEIGHT_RANGE)
        scale = min(height / size[1], WIDEST * height / size[0])
        foot = LINE + rng.uniform(-OFF_LINE, OFF_LINE) * HEIGHT - scale * size[1]
        strokes += [((s - low) * scale + [x, foot]).astype(np.float32) for s in drawing]
        x += scale * size[0] + height * rng.uniform(*GAP) + PEN
    widest = max(1.0, x / (CANVAS - MARGIN))
    return [s / widest for s in strokes]


def picture(strokes: list[np.ndarray]) -> np.ndarray:
    """The strokes inked black on white, uint8 (560, 560)."""
    image = Image.new("L", (2 * CANVAS, 2 * CANVAS), 255)
    draw = ImageDraw.Draw(image)
    for stroke in strokes:
        points = list(map(tuple, (2 * stroke).tolist()))
        draw.line(points, 0, 2 * PEN, joint="curve")
        for x, y in points:
            draw.ellipse([x - PEN, y - PEN, x + PEN, y + PEN], 0)
    return np.asarray(image)


def read_picture(image: np.ndarray, model: Network) -> list[int | str]:
    """The digits and marks of an image, from left to right."""
    parts = list(split_image(image, recognizer_of(model)))
    digits = np.stack([part.digit for part in parts if not part.mark])
    with torch.inference_mode():
        read = iter(model(torch.from_numpy(digits)[:, None]).argmax(1).tolist())
    return [part.mark or next(read) for part in parts]


def main() -> None:
    quick = parser(__doc__, "100 numbers instead of 2,000").parse_args().quick
    n = 100 if quick else 2000

    torch.set_num_threads(1)
    model, rng = load(), np.random.default_rng(SEED)
    drawn, labels, _ = drawings(4 * n, seed=SEED)
    numbers = [written(drawn[i : i + 4], rng) for i in range(0, 4 * n, 4)]
    with open_engine() as page:
        alone = [len(parts) == 1 for parts in ask(page, READ, [flat(strokes) for strokes in drawn])]
        by_strokes = ask(page, READ, [flat(strokes) for strokes in numbers])
    read = {
        "strokes": by_strokes,
        "picture": [read_picture(picture(strokes), model) for strokes in numbers],
    }
    meant = labels.reshape(-1, 4).tolist()
    print(f"one digit is one group: {100 * np.mean(alone):.2f} % of {4 * n}")
    split = {k: 100 * np.mean([len(parts) == 4 for parts in found]) for k, found in read.items()}
    print("split into four: " + ", ".join(f"{kind} {p:.1f} %" for kind, p in split.items()))
    percent = {
        kind: 100 * np.mean([parts == number for parts, number in zip(found, meant, strict=True)])
        for kind, found in read.items()
    }
    print("wholly right: " + ", ".join(f"{kind} {p:.1f} %" for kind, p in percent.items()))
    wrong = {f"percent of {kind} wrong": (100 - p, 100 - GOAL) for kind, p in percent.items()}
    hold_at_most(wrong, quick)


if __name__ == "__main__":
    main()
