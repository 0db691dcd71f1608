"""Strokes -> digit: the pen's path at MNIST's size, place and pen width.

Strokes travel and are stored flat, [x, y, x, y, ...], in tenths of a pixel: `flatten`, `unflatten`.
"""

from collections.abc import Sequence

import numpy as np

from cnn.constants import CONSTANTS
from cnn.preprocess.frame import PEN, SIDE, ink_centred

_SHARED = CONSTANTS["strokes"]
SMALLEST = _SHARED["SMALLEST"]  # 1 / 12 of the canvas: smaller strokes do not fill the 20 px
GRID = _SHARED["GRID"]  # steps per px: points are rounded to it, so float32's rounding cannot show
STEP = _SHARED["STEP"]  # px between the dots of a line: a quarter of the pen, so it is even
MAX_DOTS = _SHARED["MAX_DOTS"]  # of all strokes; what is too long for these covers the frame anyway
SLACK = _SHARED["SLACK"]  # of a dot: the sum of a stroke's lengths may be rounded up by this much
LARGEST = float(np.finfo(np.float32).max)


def digit_from_strokes(strokes: list[np.ndarray], canvas: float) -> np.ndarray | None:
    """Ink the strokes at MNIST's size, place and pen width.

    strokes: list of float (N, 2), x right, y down, canvas pixels; one point is a dot.
    canvas: the canvas's side in pixels.
    Returns float32 (28, 28), ink 1, paper 0; None when there is no point at all.
    Raises ValueError when a coordinate or the canvas is not a finite float32, the canvas is not
    above zero, or a stroke is not (N, 2).
    """
    strokes = [np.asarray(s, np.float64) for s in strokes if len(s)]
    if not strokes:
        return None
    if any(s.ndim != 2 or s.shape[1] != 2 for s in strokes):
        raise ValueError("a stroke must be an array of points (N, 2): x, y")
    points = np.concatenate(strokes)
    if not (np.abs(points) <= LARGEST).all():  # NaN fails this, too
        raise ValueError("a stroke has a coordinate that is not a finite number")
    if not 0 < canvas <= LARGEST:
        raise ValueError("the canvas's side is not a finite number above zero")
    points -= points.min(0)
    extent = max(points.max(), canvas * SMALLEST)
    points = np.round(points * ((SIDE - PEN) / extent * GRID)) / GRID
    return ink_centred([(_dots(points, np.cumsum([len(s) for s in strokes])), PEN / 2)])


def flatten(stroke: np.ndarray) -> list[float]:
    """float (N, 2) -> [x, y, x, y, ...], rounded to tenths of a pixel."""
    return np.asarray(stroke, np.float64).round(1).ravel().tolist()


def unflatten(flat: Sequence[float]) -> np.ndarray:
    """[x, y, x, y, ...] -> float32 (N, 2). Raises ValueError for an odd count or non-numbers."""
    return np.array(flat, np.float32).reshape(-1, 2)


def _dots(points: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Points (N, 2), index after each stroke's last -> dots (M, 2) evenly along each stroke."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    lengths[ends[:-1] - 1] = 1  # pen up; not 0, so that no stroke ends where the next begins
    along = np.concatenate([[0], np.cumsum(lengths)])
    start = along[np.concatenate([[0], ends[:-1]])]
    length = along[ends - 1] - start
    step = max(STEP, length.sum() / MAX_DOTS)
    parts = np.ceil(length / step - SLACK)
    stroke = np.repeat(np.arange(len(ends)), parts.astype(int) + 1)
    part = np.arange(len(stroke)) - np.searchsorted(stroke, stroke)
    at = start[stroke] + (length / np.maximum(parts, 1))[stroke] * part
    return np.stack([np.interp(at, along, axis) for axis in points.T], 1)
