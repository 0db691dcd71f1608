"""One reading in the browser's engine: strokes to digit, every stage of the network, the verdict.

python benchmarks/reading.py [--quick]    needs Chromium and playwright

Whole synthetic digits, one after another, in headless Chromium. Numbers of DIGITS digits show what
each further digit costs; many strokes, what grouping them costs. Before every BATCH drawings the
reference loop runs in the same page (reference.py). Exits 1 if the median reading of one digit
takes more than LOOPS such loops, or grouping STROKES strokes more than GROUP_LOOPS.
"""

import numpy as np
from browser import ask, flat, open_engine
from harness import hold_at_most, parser, percentiles
from reference import IN_BROWSER
from several import written

from cnn.synthetic.generate import drawings

LOOPS, GROUP_LOOPS = 1, 3  # of the reference, in the median
STROKES, POINTS = 200, 30  # strokes to be grouped, side by side and overlapping; points of each
DIGITS = 8  # of the numbers that show what each further digit costs
WARM = 200  # readings until the browser has compiled what it will
BATCH = 50

STEPS = {
    "strokes to digit": "(strokes) => engine.digitFromStrokes(strokes, CANVAS)",
    "all stages": "(strokes, digit) => network.run(digit)",
    "one digit": "(strokes) => reader.readStrokes(strokes, CANVAS)",
    "eight digits": "(strokes) => reader.readStrokes(strokes, CANVAS)",
    "grouping": "(strokes) => engine.groupStrokes(strokes, CANVAS)",
}
# For each drawing, the milliseconds that the step takes, once its digit is made; for each batch,
# those of the reference.
TIMES = """(drawings) => {
    const times = [], references = [];
    drawings.forEach((strokes, i) => {
        if (i % BATCH === 0) references.push(reference());
        const digit = engine.digitFromStrokes(strokes, CANVAS);
        const began = performance.now();
        step(strokes, digit);
        times.push(performance.now() - began);
    });
    return [times, references];
}"""


def many_strokes() -> list[np.ndarray]:
    """STROKES strokes, float (POINTS, 2)."""
    k = np.arange(POINTS)
    return [np.stack([7 * i % 270 + k / 9, 100 + k * i % 70], 1) for i in range(STROKES)]


def main() -> None:
    quick = parser(__doc__, "400 readings instead of 4,000").parse_args().quick
    n = 400 if quick else 4000
    drawn, _, _ = drawings(n, seed=0)
    rng = np.random.default_rng(0)
    numbers = [flat(written(drawn[i : i + DIGITS], rng)) for i in range(0, n, DIGITS)]
    digits = [flat(strokes) for strokes in drawn]
    many = [flat(many_strokes())] * (n // 40)
    inputs = dict.fromkeys(STEPS, digits) | {"eight digits": numbers, "grouping": many}
    medians, references = {}, []
    with open_engine() as page:
        page.evaluate(IN_BROWSER)
        for name, drawn_ones in inputs.items():
            timed = TIMES.replace("step(", f"({STEPS[name]})(").replace("BATCH", f"{BATCH}")
            ask(page, timed, drawn_ones[:WARM])
            times, loops = ask(page, timed, drawn_ones)
            medians[name] = np.median(times)
            references += loops
            print(f"{name:17} mean {np.mean(times):6.2f}  {percentiles(times)}")
    one, loop = medians["one digit"], np.median(references)
    grouping = medians["grouping"] / loop
    further = (medians["eight digits"] - one) / (DIGITS - 1)
    print(f"reference loop {loop:.2f} ms; each further digit {further:.2f} ms (medians)")
    print(f"{STROKES} strokes are grouped in {grouping:.2f} reference loops")
    print(f"a reading {one:.2f} ms, {one / loop:.2f} reference loops")
    bounds = {
        "reference loops a reading": (one / loop, LOOPS),
        f"reference loops to group {STROKES} strokes": (grouping, GROUP_LOOPS),
    }
    hold_at_most(bounds, quick)


if __name__ == "__main__":
    main()
