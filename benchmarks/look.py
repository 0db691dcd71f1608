"""One look in the browser's engine: strokes to digit, every stage of the network, the verdict.

python benchmarks/look.py [--quick]    needs Chromium and playwright

Whole synthetic digits, one after another, in headless Chromium; numbers of DIGITS digits show what
each further digit costs. Exits 1 if the median look at one digit takes more than LOOK_MS.
"""

import numpy as np
from browser import ask, flat, open_engine
from harness import hold_at_most, parser, percentiles
from several import written

from cnn.synthetic.generate import drawings

LOOK_MS = 1.0  # median
DIGITS = 8  # of the numbers that show what each further digit costs
WARM = 200  # looks until the browser has compiled what it will

STEPS = {
    "strokes to digit": "(strokes) => engine.digitFromStrokes(strokes, CANVAS)",
    "all stages": "(strokes, digit) => network.run(digit)",
    "one digit": "(strokes) => reader.readStrokes(strokes, CANVAS)",
}
# Of each drawing the milliseconds that the step takes; its digit is made before.
TIMES = """(drawings) => drawings.map((strokes) => {
    const digit = engine.digitFromStrokes(strokes, CANVAS);
    const began = performance.now();
    step(strokes, digit);
    return performance.now() - began;
})"""


def main() -> None:
    quick = parser(__doc__, "400 looks instead of 4,000").parse_args().quick
    n = 400 if quick else 4000
    drawn, _, _ = drawings(n, seed=0)
    rng = np.random.default_rng(0)
    numbers = [flat(written(drawn[i : i + DIGITS], rng)) for i in range(0, n, DIGITS)]
    digits = [flat(strokes) for strokes in drawn]
    inputs = dict.fromkeys(STEPS, digits) | {"eight digits": numbers}
    medians = {}
    with open_engine() as page:
        for name, drawn_ones in inputs.items():
            step = STEPS.get(name, STEPS["one digit"])
            timed = TIMES.replace("step(", f"({step})(")
            ask(page, timed, drawn_ones[:WARM])
            times = ask(page, timed, drawn_ones)
            medians[name] = np.median(times)
            print(f"{name:17} mean {np.mean(times):6.2f}  {percentiles(times)}")
    one = medians["one digit"]
    further = (medians["eight digits"] - one) / (DIGITS - 1)
    print(f"a look {one:.2f} ms; each further digit {further:.2f} ms (medians)")
    hold_at_most({"ms a look": (one, LOOK_MS)}, quick)


if __name__ == "__main__":
    main()
