"""CPU time of one look: strokes to digits, forward pass, every map encoded.

python benchmarks/look.py [--quick]
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import torch
from several import written

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cnn.model import load  # noqa: E402
from cnn.page.looker import Looker  # noqa: E402
from cnn.page.payload import strokes_from  # noqa: E402
from cnn.preprocess import digit_from_strokes  # noqa: E402
from cnn.strokes import CANVAS, drawings  # noqa: E402


def cpu_ms(function, arguments: list) -> np.ndarray:
    """Milliseconds of this process's CPU time that each call takes."""
    times = []
    for argument in arguments:
        began = time.process_time_ns()
        function(argument)
        times.append((time.process_time_ns() - began) / 1e6)
    return np.array(times)


def payloads_of(drawn: list[list[np.ndarray]]) -> list[dict]:
    """What the browser sends for each drawing."""
    return [
        {"canvas": CANVAS, "strokes": [s.astype(float).round(1).ravel().tolist() for s in strokes]}
        for strokes in drawn
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="200 looks instead of 4,000")
    n = 200 if parser.parse_args().quick else 4000

    torch.set_num_threads(1)  # as app.py does
    drawn, _, _ = drawings(n, seed=0)
    rng = np.random.default_rng(0)
    numbers = [written(drawn[i : i + 8], rng) for i in range(0, n, 8)]
    digits = np.stack([digit_from_strokes(strokes, CANVAS) for strokes in drawn[:12]])
    looker = Looker(load(), torch.from_numpy(digits)[:, None])
    payloads, eights = map(payloads_of, (drawn, numbers))
    cpu_ms(looker.look, payloads[:100])  # warm
    strokes = [strokes_from(payload) for payload in payloads]
    measured = {
        "check the payload": cpu_ms(strokes_from, payloads),
        "strokes to digit": cpu_ms(lambda drawn: digit_from_strokes(*drawn), strokes),
        "eight digits": cpu_ms(looker.look, eights),
        "one digit": cpu_ms(looker.look, payloads),
    }
    for name, times in measured.items():
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name:17} mean {times.mean():.3f}  p50 {p50:.3f}  p95 {p95:.3f} ms of CPU")
    one, eight = measured["one digit"].mean(), measured["eight digits"].mean()
    print(f"a look {one:.2f} ms of CPU; each further digit {(eight - one) / 7:.2f} ms")


if __name__ == "__main__":
    main()
