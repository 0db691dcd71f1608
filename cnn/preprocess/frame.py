"""MNIST's frame, and the round pen that inks it: what strokes and images share.

MNIST's digits are "size normalized to fit in a 20x20 pixel box" and "centered ... by computing the
center of mass" (LeCun, Cortes, Burges). Strokes and images both end up as dots: strokes give the
dots along the pen's path, an image those along the middle of its ink. A round pen inks the dots.
"""

import numpy as np

from cnn.constants import CONSTANTS

_SHARED = CONSTANTS["frame"]
PIXELS = _SHARED["PIXELS"]  # along each side of the frame
SIDE = _SHARED["SIDE"]  # px, the longer side of the ink
CENTRE = _SHARED["CENTRE"]  # px, where the ink's centre of mass goes: pixel (14, 14) of 0 to 27
PEN = _SHARED["PEN"]  # px, the pen's width: the median of MNIST's 60,000 training digits
EDGE = _SHARED["EDGE"]  # px, how far the pen's edge fades from ink to paper: the same median


def ink_centred(pens: list[tuple[np.ndarray, float]]) -> np.ndarray:
    """[(dots float (M, 2), pen's radius in px)] -> digit float32 (28, 28), its mass centred.

    The dots are inked once to find the centre of mass and a second time around it: a second inking
    keeps the edges as sharp as the first has them, where moving its pixels would blur them.
    """
    dots = np.concatenate([dots for dots, _ in pens])
    move = CENTRE - (dots.min(0) + dots.max(0)) / 2
    place = np.arange(PIXELS)
    for _ in range(2):
        ink = np.max([_ink(dots + move, radius) for dots, radius in pens], axis=0)
        move += CENTRE - np.array([ink.sum(0) @ place, ink.sum(1) @ place]) / ink.sum()
    return ink


def _ink(dots: np.ndarray, radius: float) -> np.ndarray:
    """Dots (M, 2) in px -> float32 (28, 28): round ink with a soft edge."""
    x, y = (dots.astype(np.float32).T[:, :, None] - np.arange(PIXELS, dtype=np.float32)) ** 2
    distance = np.sqrt((y[:, :, None] + x[:, None, :]).min(0))
    return np.clip(0.5 + (radius - distance) / EDGE, 0, 1)
