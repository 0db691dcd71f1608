"""CPU time of one look: strokes to digits, forward pass, every map encoded.

python benchmarks/look.py [--quick]

Exits 1 if a look at one digit takes more than LOOK_MS of CPU in the mean.
"""

import time
from collections.abc import Callable

import numpy as np
import torch
from harness import hold_at_most, parser, percentiles
from playback import payload
from several import written

from cnn.model import load
from cnn.page.payload import strokes_from
from cnn.page.predictor import Predictor
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS

LOOK_MS = 1.2  # of CPU, mean
DIGITS = 8  # of the numbers that show what each further digit costs


def cpu_ms(function: Callable, arguments: list) -> np.ndarray:
    """Milliseconds of this process's CPU time that each call takes."""
    times = []
    for argument in arguments:
        began = time.process_time_ns()
        function(argument)
        times.append((time.process_time_ns() - began) / 1e6)
    return np.array(times)


def main() -> None:
    quick = parser(__doc__, "200 looks instead of 4,000").parse_args().quick
    n = 200 if quick else 4000

    torch.set_num_threads(1)  # as app.py does
    drawn, _, _ = drawings(n, seed=0)
    rng = np.random.default_rng(0)
    numbers = [payload(written(drawn[i : i + DIGITS], rng)) for i in range(0, n, DIGITS)]
    digits = np.stack([digit_from_strokes(strokes, CANVAS) for strokes in drawn[:12]])
    predictor = Predictor(load(), torch.from_numpy(digits)[:, None])
    payloads = [payload(strokes) for strokes in drawn]
    cpu_ms(predictor.predict_strokes, payloads[:100])  # warm
    measured = {
        "check the payload": cpu_ms(strokes_from, payloads),
        "strokes to digit": cpu_ms(lambda s: digit_from_strokes(s, CANVAS), drawn),
        "eight digits": cpu_ms(predictor.predict_strokes, numbers),
        "one digit": cpu_ms(predictor.predict_strokes, payloads),
    }
    for name, times in measured.items():
        print(f"{name:17} mean {times.mean():6.2f}  {percentiles(times, 'ms of CPU')}")
    one, eight = measured["one digit"].mean(), measured["eight digits"].mean()
    further = (eight - one) / (DIGITS - 1)
    print(f"a look {one:.2f} ms of CPU; each further digit {further:.2f} ms")
    hold_at_most({"ms of CPU": (one, LOOK_MS)}, quick)


if __name__ == "__main__":
    main()
