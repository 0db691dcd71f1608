"""CPU time of one look: strokes to digit, forward pass, every map encoded.

python benchmarks/look.py [--quick]
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cnn.model import load  # noqa: E402
from cnn.page.looker import Looker  # noqa: E402
from cnn.page.payload import strokes_from  # noqa: E402
from cnn.preprocess import digit_from_strokes  # noqa: E402
from cnn.strokes import drawings  # noqa: E402


def cpu_ms(function, arguments: list) -> np.ndarray:
    """Milliseconds of this process's CPU time that each call takes."""
    times = []
    for argument in arguments:
        began = time.process_time_ns()
        function(argument)
        times.append((time.process_time_ns() - began) / 1e6)
    return np.array(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="200 looks instead of 4,000")
    n = 200 if parser.parse_args().quick else 4000

    torch.set_num_threads(1)  # as app.py does
    drawn, _, _ = drawings(n, seed=0)
    digits = np.stack([digit_from_strokes(strokes, 280) for strokes in drawn[:12]])
    looker = Looker(load(), torch.from_numpy(digits)[:, None])
    payloads = [
        {"canvas": 280, "strokes": [s.astype(float).round(1).ravel().tolist() for s in strokes]}
        for strokes in drawn
    ]
    cpu_ms(looker.look, payloads[:100])  # warm
    strokes = [strokes_from(payload) for payload in payloads]
    for name, times in {
        "check the payload ": cpu_ms(strokes_from, payloads),
        "strokes to digit  ": cpu_ms(lambda drawn: digit_from_strokes(*drawn), strokes),
        "the whole look    ": cpu_ms(looker.look, payloads),
    }.items():
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name} mean {times.mean():.3f}  p50 {p50:.3f}  p95 {p95:.3f} ms of CPU")


if __name__ == "__main__":
    main()
