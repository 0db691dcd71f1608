"""A path's text, explained in `styles`, to the smooth curves of its strokes.

Cubic Hermite splines (de Boor, "A Practical Guide to Splines", 1978, chapter IV) with Catmull-Rom
tangents at centripetal knots: no cusps and no loops between points (Yuksel, Schaefer and Keyser,
"Parameterization and applications of Catmull-Rom curves", 2011).
"""

from typing import NamedTuple

import numpy as np

SAMPLES = 64  # points at which a stroke's curve is computed


class Spline(NamedTuple):
    controls: np.ndarray  # (K, 2), grid units
    sharp: np.ndarray  # (SAMPLES, K): `sharp @ controls` is the curve at evenly spaced points
    smooth: np.ndarray  # the same with its corners rounded


def hermite_matrix(knots: np.ndarray, corner: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Matrix (len(at), K) from K control points to the curve through them at the parameters `at`.

    knots: float (K,), rising. corner: bool (K,), where the curve may turn sharply. At its ends and
    at corners the curve is natural: its second derivative is 0 there.
    """
    h = np.diff(knots)[:, None]
    eye = np.eye(len(knots))
    secant = np.diff(eye, axis=0) / h
    arriving = np.zeros_like(eye)  # tangents, as rows of weights of the control points
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


def spline(controls: np.ndarray, corner: np.ndarray) -> Spline:
    """The curve through control points (K, 2), some of them corners, bool (K,)."""
    chords = np.maximum(np.linalg.norm(np.diff(controls, axis=0), axis=1), 1e-3)
    knots = np.concatenate([[0], np.cumsum(np.sqrt(chords))])  # the root is what centripetal means
    fine = np.linspace(0, knots[-1], 8 * SAMPLES)
    path = hermite_matrix(knots, corner, fine) @ controls
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    even = np.interp(np.linspace(0, length[-1], SAMPLES), length, fine)
    smooth = hermite_matrix(knots, np.zeros_like(corner), even)
    return Spline(controls, hermite_matrix(knots, corner, even), smooth)


def splines_of(path: str) -> list[Spline]:
    """The strokes of a path's text."""
    strokes = []
    for line in path.split("|"):
        points = line.split()
        controls = np.array([[float(v) for v in p.rstrip("!").split(",")] for p in points])
        strokes.append(spline(controls, np.array([p.endswith("!") for p in points])))
    return strokes
