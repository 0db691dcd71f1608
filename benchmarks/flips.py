"""How often the page changes its mind while a digit is drawn, and how far it lags behind.

python benchmarks/flips.py [--quick | --choose]    needs Chromium and playwright

Synthetic digits are played point by point, a reading at each, through the page's engine in headless
Chromium, and read once more at each pen-up, when the page shows the likeliest digit. A flip is a
change from one digit to another: of the likeliest digit, or of what the page shows (`hold`,
cnn/page/browser/engine/reader.js). Each drawing is read as one digit; at 6 readings in 1,000 the
page would see two in it, half-drawn as it is.

A page that never changed would never flip, so the lag is given beside the flips. In every stroke
the likeliest digit settles at some reading: from there until the pen is lifted it stays the same.
The lag is the number of readings from that one to the first at which the page shows that digit too;
lifting the pen ends it. Strokes during which the likeliest digit never changes leave nothing to lag
behind, and do not count.

--choose prints flips and lag for a grid of SMOOTHING and SWITCH_MARGIN, on other drawings than the
report is made on: the two constants of `hold` are chosen from it. Exits 1 if the page flips more
than FLIPS times a drawing, or lags by more than LAG readings on average.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from browser import ask, flat, open_engine
from harness import hold_at_most, parser

from cnn.synthetic.generate import drawings

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLIPS = 2.1  # a drawing, of what the page shows
LAG = 3.5  # readings, mean
READING_MS = 1000 / 60  # the page reads once a frame
SEED, CHOOSING_SEED = 7, 8
CHOOSING = 300  # drawings
GRID = (0.2, 0.3, 0.4, 0.5, 1), (0, 0.2, 0.4, 0.5, 0.6)  # of SMOOTHING, of SWITCH_MARGIN

# Keeps what the network says at each reading of each stroke of each drawing.
READ = """(drawings) => {
    window.readings = drawings.map((strokes) => strokes.map((stroke, s) =>
        Array.from({ length: stroke.length / 2 }, (_, point) => {
            const drawn = [...strokes.slice(0, s), stroke.slice(0, 2 * point + 2)];
            const stages = network.run(engine.digitFromStrokes(drawn, CANVAS));
            return Array.from(stages.at(-1), (log) => Math.fround(Math.exp(log)));
        })
    ));
    return readings.length;
}"""
# Of each reading the likeliest digit, and the one that the page shows before the pen is lifted.
PLAY = """(steadiness) => readings.map((strokes) => strokes.map((stroke) => {
    let held = null;
    return stroke.map((probs) => {
        held = engine.hold(probs, held, steadiness);
        return [engine.verdict(probs, 0).digit, held.digit];
    });
}))"""


class Stroke(NamedTuple):
    """A digit for each reading of one stroke."""

    likeliest: list[int]
    shown: list[int]


def read(page: "Page", drawn: list[list[np.ndarray]]) -> None:
    """Have the network read the drawings; `played` says what came of it."""
    ask(page, READ, [flat(strokes) for strokes in drawn])


def played(page: "Page", **steadiness: float) -> list[list[Stroke]]:
    """The strokes of each drawing; steadiness: smoothing and margin, by default the page's own."""
    return [
        [Stroke(*map(list, zip(*stroke, strict=True))) for stroke in strokes]
        for strokes in ask(page, PLAY, steadiness)
    ]


def flips(digits: Iterable[int]) -> int:
    return sum(a != b for a, b in pairwise(digits))


def lag(stroke: Stroke) -> int | None:
    """Readings by which the page lags in one stroke; None where there is nothing to lag behind."""
    likeliest, shown = stroke
    if not flips(likeliest):
        return None
    settled = max(i + 1 for i, (a, b) in enumerate(pairwise(likeliest)) if a != b)
    late = [digit == likeliest[-1] for digit in shown[settled:]] + [True]  # the pen is lifted
    return late.index(True)


def measure(seen: list[list[Stroke]]) -> tuple[float, float, np.ndarray]:
    """Flips a drawing of the likeliest digit, and of what the page shows; each stroke's lag."""
    raw = [flips(digit for stroke in strokes for digit in stroke.likeliest) for strokes in seen]
    page = [
        flips(digit for stroke in strokes for digit in [*stroke.shown, stroke.likeliest[-1]])
        for strokes in seen
    ]
    lags = [lag(stroke) for strokes in seen for stroke in strokes]
    return np.mean(raw), np.mean(page), np.array([late for late in lags if late is not None])


def choose(page: "Page") -> None:
    """Print flips a drawing, and the mean lag in readings, for every pair of the grid."""
    read(page, drawings(CHOOSING, CHOOSING_SEED)[0])
    smoothings, margins = GRID
    print("flips / lag  margin" + "".join(f"{margin:>10}         " for margin in margins))
    for smoothing in smoothings:
        print(f"smoothing {smoothing:<8}", end="")
        for margin in margins:
            _, shown, lags = measure(played(page, smoothing=smoothing, margin=margin))
            print(f"{shown:8.2f} / {lags.mean():4.2f}    ", end="", flush=True)
        print()


def main() -> None:
    flags = parser(__doc__, "50 drawings instead of 1,000")
    flags.add_argument("--choose", action="store_true", help="print the grid; claims nothing")
    args = flags.parse_args()
    n = 50 if args.quick else 1000
    drawn, labels, _ = drawings(n, SEED)
    with open_engine() as page:
        if args.choose:
            choose(page)
            return
        read(page, drawn)
        seen = played(page)
    right = np.mean(
        [strokes[-1].likeliest[-1] == label for strokes, label in zip(seen, labels, strict=True)]
    )
    raw, shown, lags = measure(seen)
    mean, p95 = lags.mean(), np.percentile(lags, 95)
    print(f"{n} drawings, {100 * right:.1f} % read right in the end")
    print(
        f"lag: mean {mean:.1f}, 95th percentile {p95:.0f} readings, "
        f"{mean * READING_MS:.0f} and {p95 * READING_MS:.0f} ms ({len(lags)} strokes)"
    )
    print(f"flips a drawing: {raw:.2f} of the likeliest digit, {shown:.2f} of what the page shows")
    hold_at_most(
        {"flips a drawing": (shown, FLIPS), "readings of mean lag": (mean, LAG)}, args.quick
    )


if __name__ == "__main__":
    main()
