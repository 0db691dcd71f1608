"""Filled shapes: discs, polygons and blobs, filled by a pen with a spiral, hatching or a scrawl.

A network that was not trained on them takes a filled disc for a 0, and is sure of it.
"""

import numpy as np

# Sizes are in units of half a shape's side; SD is a standard deviation.
AROUND = 120  # points of an outline
TREMBLE_SD = 0.02
OUTLINED_SHARE = 0.3  # of the shapes have their outline drawn, too
POWER = 2.5, 10  # of a superellipse (Lame's curve): 2 is a circle, more is nearer to a square
WAVE_SD = 0.22  # over k: of the wave in a blob's radius that comes k times around
NARROWEST = 0.35  # the smallest radius of a blob
STRETCH_SD = 0.11  # of the logarithm of the width
STRETCH_RANGE = 0.78, 1.3  # to which the width is clipped
LINE_REACH = 1.2  # of the distance between hatching lines: edge points nearer than this end a line
LINE_REACH_MIN = 0.12  # the same, at least


def filled_shape(rng: np.random.Generator) -> list[np.ndarray]:
    """Strokes, float (N, 2), about 2 units across, with the middle at 0."""
    edge = _outline(rng)
    fill = (_spiral, _hatching, _scrawl)[rng.integers(3)](edge, rng)
    strokes = [fill + rng.normal(0, TREMBLE_SD, fill.shape)]
    if rng.random() < OUTLINED_SHARE:
        strokes.append(np.concatenate([edge, edge[:1]]))
    return strokes


def _outline(rng: np.random.Generator) -> np.ndarray:
    """(AROUND, 2): a disc, polygon, rounded square or blob, turned and stretched."""
    angle = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    kind = rng.integers(4)
    if kind == 0:
        radius = np.ones_like(angle)
    elif kind == 1:
        corner = 2 * np.pi / rng.integers(3, 7)
        radius = np.cos(corner / 2) / np.cos(angle % corner - corner / 2)
    elif kind == 2:
        power = rng.uniform(*POWER)
        radius = (abs(np.cos(angle)) ** power + abs(np.sin(angle)) ** power) ** (-1 / power)
    else:
        waves = [
            rng.normal(0, WAVE_SD / k) * np.cos(k * angle + rng.uniform(0, 6.3))  # any phase
            for k in range(2, 6)
        ]
        radius = np.maximum(1 + sum(waves), NARROWEST)
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1) @ _turn(rng)
    stretch = np.exp(rng.normal(0, STRETCH_SD)).clip(*STRETCH_RANGE)
    return points * [stretch, 1 / stretch]


def _turn(rng: np.random.Generator) -> np.ndarray:
    """Matrix (2, 2) that turns by 0, 45 or 90 degrees, or, once in four, by any angle."""
    angle = rng.choice([0, np.pi / 4, np.pi / 2, rng.uniform(0, 2 * np.pi)])
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def _spiral(edge: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """From the middle to the edge or back, in 5 to 24 turns: float (N, 2)."""
    step = np.arange(24 * rng.integers(5, 25))
    share = (step / len(step)) ** rng.uniform(0.5, 1)
    return edge[5 * step % AROUND] * share[:: rng.choice([-1, 1]), None]


def _hatching(edge: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """To and fro between the edges, in 7 to 39 lines: float (N, 2)."""
    turn = _turn(rng)
    x, y = (edge @ turn).T
    lines = np.linspace(y.min(), y.max(), rng.integers(7, 40) + 2)[1:-1]
    points = []
    for i, line in enumerate(lines):
        near = x[abs(y - line) < max(LINE_REACH * (lines[1] - lines[0]), LINE_REACH_MIN)]
        points += [(near.min(), line), (near.max(), line)][:: 1 if i % 2 else -1]
    return np.array(points) @ turn.T


def _scrawl(edge: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Straight lines through 30 to 119 places within the edge: float (N, 2)."""
    n = rng.integers(30, 120)
    return edge[rng.integers(AROUND, size=n)] * np.sqrt(rng.random((n, 1)))
