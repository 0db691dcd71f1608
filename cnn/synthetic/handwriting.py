"""How handwriting varies: the splines of a style, written by as many writers as you like.

The constants below were set by eye and by what they gave on people's drawings (see
benchmarks/README.md). A standard deviation is called SD; grid units are the styles', a digit being
10 high.
"""

import numpy as np

from cnn.constants import CONSTANTS
from cnn.synthetic.splines import SAMPLES, Spline, splines_of

CANVAS = CONSTANTS["canvas"]["CANVAS"]  # px, the side of the page's pad
POINTS = 48  # points a stroke is sampled at, before slow and fast writers get different numbers

# One stroke: `write_stroke`
CARE, CARE_SD = 0.26, 0.11  # grid units by which a writer's control points stray
ROUNDNESS = -0.4, 1.2  # how round corners become, clipped to [0, 1]: a quarter keep them sharp
STROKE_SIZE_SD = 0.06  # of the logarithm of a stroke's width and height
STROKE_SHIFT_SD = 0.8  # of CARE: how far a whole stroke lies from its place
END_SD, END_MAX = 0.026, 0.08  # of a stroke's length: by which it is cut short or overshoots
SPEED = 0.8  # how unevenly the points lie along a stroke: 0 even, 1 with a standstill
RETRACE_SHARE, RETRACE_LENGTH = 0.02, (0.2, 1)  # of the writers go back along a stroke; how far
RETRACE_DRIFT_SD = 0.85  # grid units by which the way back has drifted where it ends
HOOK_SHARE, HOOK_SD, HOOK_REACH = 0.3, 0.42, 2.5  # of the ends have one; grid units; points

# The whole digit: `bend`
WAVE_SD, WAVE_FREQUENCY = 0.03, (2, 5)  # of its longer side; radians along it
TAPER_SD = 0.1  # by which the head, or a side, is larger than the other
SLANT, SLANT_SD = 0.06, 0.145  # of the height; a positive slant leans to the right
TURN_SD = 0.076  # radians
STRETCH_SD = 0.136  # of the logarithm of the width

# On the canvas: `place`
SIZE = 0.2, 0.92  # of the canvas, the longer side
FINGER_SHARE = 0.4  # of the writers: a finger rolls where a mouse jerks
TREMOR = 0.3  # px, mean, on a digit of 100 px
TREMOR_SIZE_MAX = 1.5  # times 100 px: larger digits tremble no more
GRAIN_SHARE, GRAIN = 0.3, 0.02  # of the writers have a coarse mouse or screen; of the size, mean

# The pen: `write`
SPARSEST = 8  # points on the longest stroke of the fastest writer
FEWEST = 4  # points of any stroke
DRAG_SHARE = 0.03  # of the strokes after the first: the pen was not lifted before


def neat(
    path: str, size: float = 0.7, centre: tuple[float, float] = (0.5, 0.5)
) -> list[np.ndarray]:
    """A path's strokes, written carefully; longer side and centre are shares of the canvas."""
    curves = [sharp @ controls for controls, sharp, _ in splines_of(path)]
    points = np.concatenate(curves)
    low, high = points.min(0), points.max(0)
    scale = CANVAS * size / (high - low).max()
    offset = CANVAS * np.array(centre) - scale * (low + high) / 2
    return [(curve * scale + offset).astype(np.float32) for curve in curves]


def write(strokes: list[Spline], n: int, rng: np.random.Generator) -> list[list[np.ndarray]]:
    """The same strokes by n writers: n lists of float32 (N, 2), canvas pixels, wholly on it."""
    care = np.abs(rng.normal(CARE, CARE_SD, (n, 1, 1)))
    roundness = np.clip(rng.uniform(*ROUNDNESS, (n, 1, 1)), 0, 1)
    retrace = rng.random(n) < RETRACE_SHARE
    path = np.stack([write_stroke(s, care, roundness, retrace, rng) for s in strokes], 1)
    shape = path.shape  # n, S, POINTS, 2
    path = place(bend(path.reshape(n, -1, 2), rng), rng).reshape(shape)

    length = np.linalg.norm(np.diff(path, axis=2), axis=3).sum(2)
    density = rng.uniform(SPARSEST, POINTS, (n, 1))  # points on the longest stroke: the pen's speed
    count = np.ceil(density * length / length.max(1, keepdims=True)).clip(FEWEST, POINTS)
    pick = [np.linspace(0, POINTS - 1, k).astype(int) for k in range(POINTS + 1)]
    drag = rng.random((n, shape[1])) < DRAG_SHARE
    written = []
    for i in range(n):
        one = []
        for s in range(shape[1]):
            points = path[i, s, pick[int(count[i, s])]]
            if s and drag[i, s]:
                one[-1] = np.concatenate([one[-1], points])
            else:
                one.append(points)
        written.append(one)
    return written


def write_stroke(
    stroke: Spline,
    care: np.ndarray,
    roundness: np.ndarray,
    retrace: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """One stroke by n writers, (n, POINTS, 2) in grid units.

    care, roundness: float (n, 1, 1). retrace: bool (n,), who goes back along the stroke.
    """
    controls, sharp, smooth = stroke
    n = len(care)
    strayed = controls + care * rng.normal(size=(n, *controls.shape))
    middle = strayed.mean(1, keepdims=True)
    strayed = middle + (strayed - middle) * rng.lognormal(0, STROKE_SIZE_SD, (n, 1, 2))
    strayed += care * rng.normal(0, STROKE_SHIFT_SD, (n, 1, 2))
    dense = (1 - roundness) * (sharp @ strayed) + roundness * (smooth @ strayed)

    start, stop = rng.normal(0, END_SD, (2, n, 1)).clip(-END_MAX, END_MAX)
    stop = 1 + stop
    t = np.linspace(0, 1, POINTS)
    t = t + rng.uniform(-SPEED, SPEED, (n, 1)) * np.sin(2 * np.pi * t) / (2 * np.pi)
    t = start + (stop - start + (retrace * rng.uniform(*RETRACE_LENGTH, n))[:, None]) * t
    back = np.maximum(t - stop, 0)[..., None]  # how far the pen has come back on its own line
    t = stop - np.abs(stop - t)
    i = np.clip((t * (SAMPLES - 1)).astype(int), 0, SAMPLES - 2)
    f = (t * (SAMPLES - 1) - i)[..., None]
    a, b = (np.take_along_axis(dense, k[..., None], 1) for k in (i, i + 1))
    path = a + f * (b - a) + back * rng.normal(0, RETRACE_DRIFT_SD, (n, 1, 2))

    near = np.exp(-np.arange(POINTS) / HOOK_REACH)[:, None]
    for end in (near, near[::-1]):  # hooks at pen-down and pen-up
        path += end * rng.normal(0, HOOK_SD, (n, 1, 2)) * (rng.random((n, 1, 1)) < HOOK_SHARE)
    return path


def bend(path: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Warp (n, P, 2) smoothly, then slant, turn and stretch each of the n its own way."""
    n = len(path)
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    path = (path - (low + high) / 2) / (high - low).max(2, keepdims=True)  # longer side 1, centre 0
    wave = rng.uniform(*WAVE_FREQUENCY, (n, 1, 2)), rng.uniform(0, 2 * np.pi, (n, 1, 2))
    path = path + rng.normal(0, WAVE_SD, (n, 1, 2)) * np.sin(path[..., ::-1] * wave[0] + wave[1])
    path = path * (1 + rng.normal(0, TAPER_SD, (n, 1, 2)) * path[..., ::-1])
    slant, turn = rng.normal(SLANT, SLANT_SD, n), rng.normal(0, TURN_SD, n)
    stretch = rng.lognormal(0, STRETCH_SD, n)
    c, s, zero, one = np.cos(turn), np.sin(turn), np.zeros(n), np.ones(n)
    slanted = np.array([[stretch, -slant], [zero, one]])
    turned = np.array([[c, -s], [s, c]])
    return np.einsum("abn,bcn,npc->npa", turned, slanted, path, optimize=True)


def place(path: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Put (n, P, 2) anywhere on the canvas in any size, with a tremor of pen, finger or mouse."""
    n = len(path)
    size = CANVAS * rng.uniform(*SIZE, (n, 1, 1))
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    path = (path - low) * (size / (high - low).max(2, keepdims=True))
    tremor = rng.normal(size=path.shape)
    finger = rng.random(n) < FINGER_SHARE
    for _ in range(3):
        tremor[finger, 1:-1] = (tremor[finger, :-2] + tremor[finger, 1:-1] + tremor[finger, 2:]) / 2
    path = path + tremor * rng.exponential(TREMOR, (n, 1, 1)) * np.minimum(
        size / 100, TREMOR_SIZE_MAX
    )
    grain = np.maximum(1, size * rng.exponential(GRAIN, (n, 1, 1)))
    grain = np.where(rng.random((n, 1, 1)) < GRAIN_SHARE, grain, 1e-3)  # px, too fine to see
    path = np.round(path / grain) * grain
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    room = np.maximum(CANVAS - (high - low), 0)
    path = path - low + np.floor(room * rng.random((n, 1, 2)))
    return path.clip(0, CANVAS).astype(np.float32)
