"""A skeleton's text, explained in `skeletons`, to the curves of its strokes."""

from typing import NamedTuple

import numpy as np

DENSE = 64  # points at which a stroke's curve is computed


class Stroke(NamedTuple):
    controls: np.ndarray  # (K, 2), grid units
    sharp: np.ndarray  # (DENSE, K): `sharp @ controls` is the curve
    smooth: np.ndarray  # the same with its corners rounded


def curve(knots: np.ndarray, corner: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Matrix (len(at), K) from K control points to the curve through them at the parameters `at`.

    Cubic Hermite spans; tangents are Catmull-Rom's for uneven knots, natural at ends and corners.
    """
    h = np.diff(knots)[:, None]
    eye = np.eye(len(knots))
    secant = np.diff(eye, axis=0) / h
    arriving = np.zeros_like(eye)
    arriving[1:-1] = (secant[1:] * h[:-1] + secant[:-1] * h[1:]) / (h[1:] + h[:-1])
    leaving = arriving.copy()
    stop = corner.copy()
    stop[[0, -1]] = True
    for i in np.flatnonzero(stop[:-1]):
        leaving[i] = secant[i] if stop[i + 1] else (3 * secant[i] - arriving[i + 1]) / 2
    for i in np.flatnonzero(stop[1:]) + 1:
        arriving[i] = secant[i - 1] if stop[i - 1] else (3 * secant[i - 1] - leaving[i - 1]) / 2
    i = np.clip(np.searchsorted(knots, at, "right") - 1, 0, len(h) - 1)
    t = (at[:, None] - knots[i, None]) / h[i]
    return (
        eye[i] * (2 * t**3 - 3 * t**2 + 1)
        + leaving[i] * h[i] * (t**3 - 2 * t**2 + t)
        + eye[i + 1] * (3 * t**2 - 2 * t**3)
        + arriving[i + 1] * h[i] * (t**3 - t**2)
    )


def stroke(controls: np.ndarray, corner: np.ndarray) -> Stroke:
    """The curve through control points (K, 2), some of them corners, bool (K,)."""
    chords = np.maximum(np.linalg.norm(np.diff(controls, axis=0), axis=1), 1e-3)
    knots = np.concatenate([[0], np.cumsum(np.sqrt(chords))])  # centripetal: no cusps, no loops
    fine = np.linspace(0, knots[-1], 8 * DENSE)
    path = curve(knots, corner, fine) @ controls
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    even = np.interp(np.linspace(0, length[-1], DENSE), length, fine)
    smooth = curve(knots, np.zeros_like(corner), even)
    return Stroke(controls, curve(knots, corner, even), smooth)


def strokes_of(skeleton: str) -> list[Stroke]:
    """The strokes of a skeleton's text."""
    strokes = []
    for line in skeleton.split("|"):
        points = line.split()
        controls = np.array([[float(v) for v in p.rstrip("!").split(",")] for p in points])
        strokes.append(stroke(controls, np.array([p.endswith("!") for p in points])))
    return strokes
