"""How often the page changes its mind while a digit is drawn, and how far it lags behind.

python benchmarks/flips.py [--quick | --choose]

Synthetic digits are played back point by point at 60 looks a second, as the page sends them, and
once more at each pen-up, where the page says the likeliest digit. A flip is a change from one digit
to another: of the likeliest digit, or of what the page shows (`smooth`, cnn/page/verdict.py). Each
drawing is read as one digit; at 6 looks in 1,000 the page would see two in it, half-drawn as it is.

What never changes never flips, so the lag stands beside the flips. In every stroke the likeliest
digit settles at some look: from there until the pen is lifted it stays the same. The lag is the
number of looks from that one to the first at which the page shows that digit too; lifting the pen
ends it. Strokes during which the likeliest digit never changes leave nothing to lag behind, and do
not count.

--choose prints flips and lag for a grid of SMOOTHING and SWITCH_MARGIN, on other drawings than the
report is made on: the two constants in cnn/page/verdict.py are chosen from it. Exits 1 if the page
flips more than FLIPS times a drawing, or lags more than LAG looks in the mean.
"""

from collections.abc import Iterable
from itertools import pairwise
from unittest import mock

import numpy as np
import torch
from harness import hold_at_most, parser
from playback import played_back

from cnn.model import Network, load
from cnn.page import verdict
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS

FLIPS = 2.1  # a drawing, of what the page shows
LAG = 3.5  # looks, mean
LOOK_MS = 1000 / 60  # the page looks once a frame
SEED, CHOOSING_SEED = 7, 8
CHOOSING = 300  # drawings
GRID = (0.2, 0.3, 0.4, 0.5, 1), (0, 0.2, 0.4, 0.5, 0.6)  # of SMOOTHING, of SWITCH_MARGIN

Stroke = list[list[float]]  # ten probabilities for each look


def looks_of(drawn: list[list[np.ndarray]], model: Network) -> list[list[Stroke]]:
    """What the network says at each look of each stroke of each drawing."""
    seen = []
    for strokes in drawn:
        seen.append([])
        for stroke in played_back(strokes):
            digits = np.stack([digit_from_strokes(so_far, CANVAS) for so_far in stroke])
            with torch.inference_mode():
                seen[-1].append(model(torch.from_numpy(digits)[:, None]).exp().tolist())
    return seen


def likeliest(stroke: Stroke) -> list[int]:
    return np.argmax(stroke, axis=1).tolist()


def shown(stroke: Stroke) -> list[int]:
    """What the page shows at each look of one stroke, before the pen is lifted."""
    digits, before = [], None
    for probs in stroke:
        before = verdict.smooth(probs, before)
        digits.append(before.digit)
    return digits


def flips(digits: Iterable[int]) -> int:
    return sum(a != b for a, b in pairwise(digits))


def lag(stroke: Stroke) -> int | None:
    """Looks by which the page lags in one stroke; None where there is nothing to lag behind."""
    read = likeliest(stroke)
    if not flips(read):
        return None
    settled = max(i + 1 for i, (a, b) in enumerate(pairwise(read)) if a != b)
    late = [digit == read[-1] for digit in shown(stroke)[settled:]] + [True]  # the pen is lifted
    return late.index(True)


def measure(seen: list[list[Stroke]]) -> tuple[float, float, np.ndarray]:
    """Flips a drawing of the likeliest digit, and of what the page shows; each stroke's lag."""
    raw = [flips(digit for stroke in looks for digit in likeliest(stroke)) for looks in seen]
    page = [
        flips(digit for stroke in looks for digit in [*shown(stroke), likeliest(stroke)[-1]])
        for looks in seen
    ]
    lags = [lag(stroke) for looks in seen for stroke in looks]
    return np.mean(raw), np.mean(page), np.array([looks for looks in lags if looks is not None])


def choose(model: Network) -> None:
    """Print flips a drawing, and the mean lag in looks, for every pair of the grid."""
    seen = looks_of(drawings(CHOOSING, CHOOSING_SEED)[0], model)
    smoothings, margins = GRID
    print("flips / lag  margin" + "".join(f"{margin:>10}         " for margin in margins))
    for smoothing in smoothings:
        print(f"smoothing {smoothing:<8}", end="")
        for margin in margins:
            with mock.patch.multiple(verdict, SMOOTHING=smoothing, SWITCH_MARGIN=margin):
                _, page, lags = measure(seen)
            print(f"{page:8.2f} / {lags.mean():4.2f}    ", end="", flush=True)
        print()


def main() -> None:
    flags = parser(__doc__, "50 drawings instead of 1,000")
    flags.add_argument("--choose", action="store_true", help="print the grid; claims nothing")
    args = flags.parse_args()
    torch.set_num_threads(1)  # a stroke's looks are a small batch
    model = load()
    if args.choose:
        choose(model)
        return
    n = 50 if args.quick else 1000
    drawn, labels, _ = drawings(n, SEED)
    seen = looks_of(drawn, model)
    right = np.mean(
        [likeliest(looks[-1])[-1] == label for looks, label in zip(seen, labels, strict=True)]
    )
    raw, page, lags = measure(seen)
    mean, p95 = lags.mean(), np.percentile(lags, 95)
    print(f"{n} drawings, {100 * right:.1f} % read right in the end")
    print(
        f"lag: mean {mean:.1f}, 95th percentile {p95:.0f} looks, "
        f"{mean * LOOK_MS:.0f} and {p95 * LOOK_MS:.0f} ms ({len(lags)} strokes)"
    )
    print(f"flips a drawing: {raw:.2f} of the likeliest digit, {page:.2f} of what the page shows")
    hold_at_most({"flips a drawing": (page, FLIPS), "looks of mean lag": (mean, LAG)}, args.quick)


if __name__ == "__main__":
    main()
