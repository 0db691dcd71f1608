"""How hands vary: the curves of a skeleton, drawn by as many hands as you like."""

import numpy as np

from cnn.curves import DENSE, Stroke, strokes_of

CANVAS = 280  # px, the side of the page's sketchpad
POINTS = 48  # points a stroke is sampled at, before slow hands and fast ones part


def neat(
    skeleton: str, size: float = 0.7, centre: tuple[float, float] = (0.5, 0.5)
) -> list[np.ndarray]:
    """Strokes of a careful hand; the longer side and the centre are shares of the canvas."""
    paths = [sharp @ controls for controls, sharp, _ in strokes_of(skeleton)]
    points = np.concatenate(paths)
    low, high = points.min(0), points.max(0)
    scale = CANVAS * size / (high - low).max()
    offset = CANVAS * np.array(centre) - scale * (low + high) / 2
    return [(path * scale + offset).astype(np.float32) for path in paths]


def vary(strokes: list[Stroke], n: int, rng: np.random.Generator) -> list[list[np.ndarray]]:
    """The same strokes by n hands: n lists of float32 (N, 2), canvas pixels, wholly on it."""
    care = np.abs(rng.normal(0.26, 0.11, (n, 1, 1)))  # control points stray so far, grid units
    roundness = np.clip(rng.uniform(-0.4, 1.2, (n, 1, 1)), 0, 1)
    retrace = rng.random(n) < 0.02
    path = np.stack([trace(s, care, roundness, retrace, rng) for s in strokes], 1)
    shape = path.shape  # n, S, POINTS, 2
    path = place(bend(path.reshape(n, -1, 2), rng), rng).reshape(shape)

    length = np.linalg.norm(np.diff(path, axis=2), axis=3).sum(2)
    density = rng.uniform(8, POINTS, (n, 1))  # points on the longest stroke: the pen's speed
    count = np.ceil(density * length / length.max(1, keepdims=True)).clip(4, POINTS).astype(int)
    pick = [np.linspace(0, POINTS - 1, k).astype(int) for k in range(POINTS + 1)]
    drag = rng.random((n, shape[1])) < 0.03  # the pen isn't lifted before this stroke
    drawn = []
    for i in range(n):
        one = []
        for s in range(shape[1]):
            points = path[i, s, pick[count[i, s]]]
            if s and drag[i, s]:
                one[-1] = np.concatenate([one[-1], points])
            else:
                one.append(points)
        drawn.append(one)
    return drawn


def trace(stroke: Stroke, care, roundness, retrace, rng: np.random.Generator) -> np.ndarray:
    """One stroke by n hands, (n, POINTS, 2): strayed, cut or overshot, retraced, hooked."""
    controls, sharp, smooth = stroke
    n = len(care)
    strayed = controls + care * rng.normal(size=(n, *controls.shape))
    middle = strayed.mean(1, keepdims=True)
    strayed = middle + (strayed - middle) * rng.lognormal(0, 0.06, (n, 1, 2))
    strayed += care * rng.normal(0, 0.8, (n, 1, 2))
    dense = (1 - roundness) * (sharp @ strayed) + roundness * (smooth @ strayed)

    start, stop = rng.normal(0, 0.026, (2, n, 1)).clip(-0.08, 0.08)
    stop = 1 + stop
    t = np.linspace(0, 1, POINTS)
    t = t + rng.uniform(-0.8, 0.8, (n, 1)) * np.sin(2 * np.pi * t) / (2 * np.pi)  # speed
    t = start + (stop - start + (retrace * rng.uniform(0.2, 1, n))[:, None]) * t
    back = np.maximum(t - stop, 0)[..., None]  # how far the pen has come back on its own line
    t = stop - np.abs(stop - t)
    i = np.clip((t * (DENSE - 1)).astype(int), 0, DENSE - 2)
    f = (t * (DENSE - 1) - i)[..., None]
    a, b = (np.take_along_axis(dense, k[..., None], 1) for k in (i, i + 1))
    path = a + f * (b - a) + back * rng.normal(0, 0.85, (n, 1, 2))

    near = np.exp(-np.arange(POINTS) / 2.5)[:, None]
    for end in (near, near[::-1]):  # hooks at pen-down and pen-up
        path += end * rng.normal(0, 0.42, (n, 1, 2)) * (rng.random((n, 1, 1)) < 0.3)
    return path


def bend(path: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Warp (n, P, 2) smoothly, then slant, turn and stretch each of the n its own way."""
    n = len(path)
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    path = (path - (low + high) / 2) / (high - low).max(2, keepdims=True)  # longer side 1, centre 0
    wave = rng.uniform(2, 5, (n, 1, 2)), rng.uniform(0, 2 * np.pi, (n, 1, 2))
    path = path + rng.normal(0, 0.03, (n, 1, 2)) * np.sin(path[..., ::-1] * wave[0] + wave[1])
    path = path * (1 + rng.normal(0, 0.1, (n, 1, 2)) * path[..., ::-1])  # a head or a side larger
    slant, turn = rng.normal(0.06, 0.145, n), rng.normal(0, 0.076, n)
    stretch = rng.lognormal(0, 0.136, n)
    c, s, zero, one = np.cos(turn), np.sin(turn), np.zeros(n), np.ones(n)
    slanted = np.array([[stretch, -slant], [zero, one]])
    turned = np.array([[c, -s], [s, c]])
    return np.einsum("abn,bcn,npc->npa", turned, slanted, path, optimize=True)


def place(path: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Put (n, P, 2) anywhere on the canvas in any size, with a tremor of pen, finger or mouse."""
    n = len(path)
    size = CANVAS * rng.uniform(0.2, 0.92, (n, 1, 1))
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    path = (path - low) * (size / (high - low).max(2, keepdims=True))
    tremor = rng.normal(size=path.shape)
    finger = rng.random(n) < 0.4
    for _ in range(3):  # a finger rolls where a mouse jerks
        tremor[finger, 1:-1] = (tremor[finger, :-2] + tremor[finger, 1:-1] + tremor[finger, 2:]) / 2
    path = path + tremor * rng.exponential(0.3, (n, 1, 1)) * np.minimum(size / 100, 1.5)
    grain = np.maximum(1, size * rng.exponential(0.02, (n, 1, 1)))  # of a mouse or a coarse screen
    grain = np.where(rng.random((n, 1, 1)) < 0.3, grain, 1e-3)
    path = np.round(path / grain) * grain
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    room = np.maximum(CANVAS - (high - low), 0)
    path = path - low + np.floor(room * rng.random((n, 1, 2)))
    return path.clip(0, CANVAS).astype(np.float32)
