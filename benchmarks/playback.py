"""A drawing as the page sends it: again after each of its points, in the page's own payload."""

import harness  # noqa: F401, puts the project on the path
import numpy as np

from cnn.preprocess.strokes import flatten
from cnn.synthetic.handwriting import CANVAS


def played_back(strokes: list[np.ndarray]) -> list[list[list[np.ndarray]]]:
    """For each stroke, the drawing after each of its points."""
    return [
        [[*strokes[:s], stroke[: n + 1]] for n in range(len(stroke))]
        for s, stroke in enumerate(strokes)
    ]


def payload(strokes: list[np.ndarray]) -> dict:
    """What the browser sends for the strokes."""
    return {"canvas": CANVAS, "strokes": [flatten(stroke) for stroke in strokes]}
