"""The browser's way with a number's strokes, by the rules that images are taken apart by."""

from typing import NamedTuple

import numpy as np

from cnn.constants import CONSTANTS
from cnn.preprocess.boxes import Boxes
from cnn.preprocess.segment import group_boxes

THINNEST = CONSTANTS["boxes"]["THINNEST"]  # of the canvas: a stroke's box is at least so wide


class Group(NamedTuple):
    """Strokes that are one digit, or a mark beside digits."""

    strokes: list[int]  # indices, rising
    mark: str | None  # "." or "," or "-"; None: a digit


def group_strokes(strokes: list[np.ndarray], canvas: float) -> list[Group]:
    """strokes: float (N, 2), canvas pixels -> the digits and marks, left to right.

    canvas: the canvas's side in pixels; a stroke without points belongs to no group.
    """
    inked = [i for i, stroke in enumerate(strokes) if len(stroke)]
    if not inked:
        return []
    points = np.concatenate([strokes[i] for i in inked])
    starts = np.cumsum([0, *(len(strokes[i]) for i in inked[:-1])])
    edges = np.hstack([f.reduceat(points, starts) for f in (np.minimum, np.maximum)])

    def between(i: int, top: float, bottom: float) -> tuple[float, float]:
        return line_between(strokes[inked[i]], top, bottom)

    groups = group_boxes(Boxes(edges, canvas * THINNEST, between))
    return [Group([inked[i] for i in parts], mark) for parts, mark in groups]


def line_between(stroke: np.ndarray, top: float, bottom: float) -> tuple[float, float]:
    """Stroke float (N, 2) -> left and right of its line between two heights, or inf and -inf."""
    x, y = stroke.T.astype(float)
    found = [x[(y >= top) & (y <= bottom)]]
    for level in top, bottom:
        crossing = np.flatnonzero((y[:-1] < level) != (y[1:] < level))
        a, b = x[crossing], x[crossing + 1]
        share = (level - y[crossing]) / (y[crossing + 1] - y[crossing])
        found.append(a + share * (b - a))
    found = np.concatenate(found)
    return (found.min(), found.max()) if len(found) else (np.inf, -np.inf)
