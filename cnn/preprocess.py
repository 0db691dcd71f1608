"""Strokes or drawing -> digit, in MNIST's own frame.

The ink's longer side becomes 20 px and its grey-weighted centre of mass pixel (14, 14), as in
MNIST (LeCun, Cortes, Burges: "size normalized to fit in a 20x20 pixel box", "centered ... by
computing the center of mass").
"""

import numpy as np
from PIL import Image

SIDE = 20.0  # px, the ink's longer side
CENTRE = 14.0  # px, where the ink's centre of mass goes
PEN = 2.4  # px, the pen's width in the digit
SOFT = 1.0  # px, how far the edge of the ink fades
SMALLEST = 1 / 12  # of the canvas: ink smaller than this is not enlarged to the full 20 px
GRID = 16  # steps per px: points are rounded to this, so float32's own rounding cannot show
STEP = 0.5  # px between the dots that make a line


def digit_from_strokes(strokes, canvas: float) -> np.ndarray | None:
    """Ink the strokes at MNIST's size, place and pen width.

    strokes: list of float (N, 2), x right, y down, canvas pixels; one point is a dot.
    canvas: the canvas's side in pixels.
    Returns float32 (28, 28), ink 1, paper 0; None when there is no point at all.
    Raises ValueError when a coordinate is not finite or a stroke is not (N, 2).
    """
    strokes = [np.asarray(s, np.float64) for s in strokes if len(s)]
    if not strokes:
        return None
    if any(s.ndim != 2 or s.shape[1] != 2 for s in strokes):
        raise ValueError("a stroke must be an array of points (N, 2): x, y")
    points = np.concatenate(strokes)
    if not np.isfinite(points).all():
        raise ValueError("a stroke has a coordinate that is not a finite number")
    points = points - points.min(0)
    extent = max(points.max(), canvas * SMALLEST)
    points = np.round(points * ((SIDE - PEN) / extent * GRID)) / GRID
    ends = np.cumsum([len(s) for s in strokes]) - 1
    return _centred(_dots(points, ends), PEN / 2)


def digit_from_image(image: np.ndarray) -> np.ndarray | None:
    """First version: light on dark or dark on light, without noise."""
    image = np.asarray(Image.fromarray(image).convert("L"), np.float32) / 255
    image = np.abs(image - np.median(image))
    rows, cols = np.flatnonzero(image.max(1) > 0.3), np.flatnonzero(image.max(0) > 0.3)
    if not len(rows):
        return None
    ink = image[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    scale = SIDE / max(ink.shape)
    y, x = np.nonzero(ink > 0.5)
    dots = np.unique(np.round(np.stack([x, y], 1) * scale * 4), axis=0) / 4
    return _centred(dots, 0.3)


def _dots(points, ends):
    """Points (N, 2), index of each stroke's last -> dots (M, 2) along them, at most STEP apart."""
    leap = np.zeros_like(points)
    leap[:-1] = points[1:] - points[:-1]
    leap[ends] = 0
    parts = np.maximum(np.ceil(np.hypot(*leap.T) / STEP), 1).astype(int)
    which = np.repeat(np.arange(len(points)), parts)
    part = np.arange(len(which)) - np.repeat(np.cumsum(parts) - parts, parts)
    return points[which] + leap[which] * (part / parts[which])[:, None]


def _centred(dots, radius):
    """Ink the dots twice: once to find the centre of mass, once with it at CENTRE."""
    dots = dots + (CENTRE - dots.min(0) - np.ptp(dots, axis=0) / 2)
    ink = _ink(dots, radius)
    place = np.arange(28)
    centre = np.array([ink.sum(0) @ place, ink.sum(1) @ place]) / ink.sum()
    return _ink(dots + CENTRE - centre, radius)


def _ink(dots, radius):
    """Dots (M, 2) in pixel indices -> float32 (28, 28): round ink with a soft edge."""
    x, y = ((dots.astype(np.float32).T[:, :, None]) - np.arange(28, dtype=np.float32)) ** 2
    distance = np.sqrt((y[:, :, None] + x[:, None, :]).min(0))
    return np.clip(0.5 + (radius - distance) / SOFT, 0, 1)
