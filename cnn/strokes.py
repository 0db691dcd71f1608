"""Digits as pen strokes in the styles of `skeletons`, varied as hands vary, and what is no digit.

python -m cnn.strokes OUT.png   the contact sheet: every style, neat and in several hands
"""

import sys
from pathlib import Path

import numpy as np

from cnn import negatives
from cnn.preprocess import digit_from_strokes
from cnn.skeletons import STYLES, Style

__all__ = ["STYLES", "Style", "drawings", "examples", "neat", "not_digits", "pen_digits"]

CANVAS = 280  # px, the side of the page's sketchpad
HEIGHT = 10  # of a skeleton's grid
DENSE = 64  # points at which a stroke's curve is computed
POINTS = 48  # points a stroke is sampled at, before slow hands and fast ones part


# --- skeletons to curves


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


def stroke(controls: np.ndarray, corner: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Control points (K, 2) and the matrices (DENSE, K) of their curve, corners sharp and round."""
    chords = np.maximum(np.linalg.norm(np.diff(controls, axis=0), axis=1), 1e-3)
    knots = np.concatenate([[0], np.cumsum(np.sqrt(chords))])  # centripetal: no cusps, no loops
    fine = np.linspace(0, knots[-1], 8 * DENSE)
    path = curve(knots, corner, fine) @ controls
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    even = np.interp(np.linspace(0, length[-1], DENSE), length, fine)
    return controls, curve(knots, corner, even), curve(knots, np.zeros_like(corner), even)


def strokes_of(skeleton: str) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """A skeleton's text, see `skeletons`, as its strokes."""
    strokes = []
    for line in skeleton.split("|"):
        points = line.split()
        controls = np.array([[float(v) for v in p.rstrip("!").split(",")] for p in points])
        strokes.append(stroke(controls, np.array([p.endswith("!") for p in points])))
    return strokes


# --- curves to hands


def vary(strokes: list, n: int, rng: np.random.Generator) -> list[list[np.ndarray]]:
    """The same strokes by n hands: n lists of float32 (N, 2), canvas pixels, wholly on it."""
    care = np.abs(rng.normal(0.3, 0.15, (n, 1, 1)))  # control points stray so far, grid units
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


def trace(stroke: tuple, care, roundness, retrace, rng: np.random.Generator) -> np.ndarray:
    """One stroke by n hands, (n, POINTS, 2): strayed, cut or overshot, retraced, hooked."""
    controls, sharp, smooth = stroke
    n = len(care)
    strayed = controls + care * rng.normal(size=(n, *controls.shape))
    middle = strayed.mean(1, keepdims=True)
    strayed = middle + (strayed - middle) * rng.lognormal(0, 0.07, (n, 1, 2))
    strayed += care * rng.normal(0, 0.8, (n, 1, 2))
    dense = (1 - roundness) * (sharp @ strayed) + roundness * (smooth @ strayed)

    start, stop = rng.normal(0, 0.03, (2, n, 1)).clip(-0.08, 0.08)
    stop = 1 + stop
    t = np.linspace(0, 1, POINTS)
    t = t + rng.uniform(-0.8, 0.8, (n, 1)) * np.sin(2 * np.pi * t) / (2 * np.pi)  # speed
    t = start + (stop - start + (retrace * rng.uniform(0.2, 1, n))[:, None]) * t
    back = np.maximum(t - stop, 0)[..., None]  # how far the pen has come back on its own line
    t = stop - np.abs(stop - t)
    i = np.clip((t * (DENSE - 1)).astype(int), 0, DENSE - 2)
    f = (t * (DENSE - 1) - i)[..., None]
    a, b = (np.take_along_axis(dense, k[..., None], 1) for k in (i, i + 1))
    path = a + f * (b - a) + back * rng.normal(0, 1, (n, 1, 2))

    near = np.exp(-np.arange(POINTS) / 2.5)[:, None]
    for end in (near, near[::-1]):  # hooks at pen-down and pen-up
        path += end * rng.normal(0, 0.5, (n, 1, 2)) * (rng.random((n, 1, 1)) < 0.3)
    return path


def bend(path: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Warp (n, P, 2) smoothly, then slant, turn and stretch each of the n its own way."""
    n = len(path)
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    path = (path - (low + high) / 2) / (high - low).max(2, keepdims=True)  # longer side 1, centre 0
    wave = rng.uniform(2, 5, (n, 1, 2)), rng.uniform(0, 2 * np.pi, (n, 1, 2))
    path = path + rng.normal(0, 0.035, (n, 1, 2)) * np.sin(path[..., ::-1] * wave[0] + wave[1])
    path = path * (1 + rng.normal(0, 0.12, (n, 1, 2)) * path[..., ::-1])  # a head or a side larger
    slant, turn = rng.normal(0.06, 0.17, n), rng.normal(0, 0.09, n)
    stretch = rng.lognormal(0, 0.16, n)
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
    path = path + tremor * rng.exponential(0.35, (n, 1, 1)) * np.minimum(size / 100, 1.5)
    grain = np.maximum(1, size * rng.exponential(0.02, (n, 1, 1)))  # of a mouse or a coarse screen
    grain = np.where(rng.random((n, 1, 1)) < 0.3, grain, 1e-3)
    path = np.round(path / grain) * grain
    low, high = path.min(1, keepdims=True), path.max(1, keepdims=True)
    room = np.maximum(CANVAS - (high - low), 0)
    path = path - low + np.floor(room * rng.random((n, 1, 2)))
    return path.clip(0, CANVAS).astype(np.float32)


# --- what others call


def drawings(n: int, seed: int) -> tuple[list[list[np.ndarray]], np.ndarray, np.ndarray]:
    """n digits drawn by n hands, the ten digits equally often: strokes, labels and styles.

    Strokes are lists of float32 (N, 2) in pixels of a 280 px canvas, labels uint8 (n,), styles
    uint8 (n,), indices into STYLES.
    The same n and seed give the same bits.
    """
    rng = np.random.default_rng(seed)
    digit = np.array([s.digit for s in STYLES])
    weight = np.array([s.weight for s in STYLES])
    odds = weight / np.bincount(digit, weight)[digit] / 10
    styles = rng.choice(len(STYLES), n, p=odds).astype(np.uint8)
    strokes = vary_each([STYLES[s].skeleton for s in styles], rng)
    return strokes, digit[styles].astype(np.uint8), styles


def vary_each(skeletons: list[str], rng: np.random.Generator) -> list[list[np.ndarray]]:
    """One hand for each skeleton, in their order; equal ones are drawn together, for speed."""
    drawn = [None] * len(skeletons)
    where = {}
    for i, skeleton in enumerate(skeletons):
        where.setdefault(skeleton, []).append(i)
    for skeleton, places in where.items():
        for i, strokes in zip(places, vary(strokes_of(skeleton), len(places), rng), strict=True):
            drawn[i] = strokes
    return drawn


def pen_digits(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`drawings` as the network sees them: uint8 (n, 28, 28), with labels and styles uint8 (n,)."""
    strokes, labels, styles = drawings(n, seed)
    return as_digits(strokes), labels, styles


def not_digits(n: int, seed: int) -> np.ndarray:
    """Letters, shapes, scribbles and dots, as the network sees them: uint8 (n, 28, 28)."""
    rng = np.random.default_rng(seed)
    return as_digits(vary_each(negatives.skeletons(n, rng), rng))


def as_digits(drawn: list[list[np.ndarray]]) -> np.ndarray:
    """uint8 (n, 28, 28), by the road that the page takes."""
    digits = np.zeros((len(drawn), 28, 28), np.uint8)
    for i, strokes in enumerate(drawn):
        digits[i] = np.round(255 * digit_from_strokes(strokes, CANVAS))
    return digits


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


def examples() -> list[dict]:
    """Drawings to begin with: dicts of "name", "digit", "strokes" in pixels of a 280 px canvas."""
    firsts = {style.digit: style.skeleton for style in reversed(STYLES)}
    drawn = [{"name": str(d), "digit": d, "strokes": neat(firsts[d])} for d in range(10)]
    drawn.append({"name": "small 7", "digit": 7, "strokes": neat(firsts[7], 0.16, (0.13, 0.13))})
    drawn.append({"name": "thin 1", "digit": 1, "strokes": neat(firsts[1], 0.8)})
    return drawn


# --- the contact sheet

PAPER, INK, FAINT = (252, 251, 248), (28, 38, 74), (132, 138, 160)


def sheet(hands: int = 7, columns: int = 4, cell: int = 44, seed: int = 1):
    """Every style on one PIL image: its name, who writes so, the skeleton, and `hands` hands."""
    from PIL import Image, ImageDraw, ImageFont

    scale = 2  # for sharp screens
    cell *= scale
    wide, tall = cell * (hands + 2), cell * 2
    rng = np.random.default_rng(seed)
    bands = [[s for s in STYLES if s.digit == digit] for digit in range(10)]
    rows = sum(-(-len(band) // columns) for band in bands)
    page = Image.new("RGB", (2 * cell + columns * wide, rows * tall + 11 * cell // 2), PAPER)
    pen = ImageDraw.Draw(page)
    name, note, big = (ImageFont.load_default(scale * size) for size in (11, 9, 40))
    top = cell // 2
    for digit, band in enumerate(bands):
        pen.text((cell * 0.6, top + cell * 0.2), str(digit), INK, big)
        for k, style in enumerate(band):
            x = int(1.6 * cell) + k % columns * wide
            y = top + k // columns * tall
            pen.text((x + 4 * scale, y), style.name, INK, name)
            pen.text((x + 4 * scale, y + 14 * scale), style.source, FAINT, note)
            drawn = [neat(style.skeleton), *vary(strokes_of(style.skeleton), hands, rng)]
            for i, strokes in enumerate(drawn):
                page.paste(
                    thumbnail(strokes, cell, INK if i else (196, 60, 48)),
                    (x + i * cell, y + 26 * scale),
                )
        top += -(-len(band) // columns) * tall + cell // 2
    return page.quantize(48, dither=Image.Dither.NONE)  # a fifth of the file


def thumbnail(strokes: list[np.ndarray], side: int, colour: tuple[int, int, int]):
    """Strokes in a square of `side` px, fitted and centred, round pen."""
    from PIL import Image, ImageDraw

    big = 3 * side
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    scale = 0.74 * big / (high - low).max()
    image = Image.new("RGB", (big, big), PAPER)
    pen, r = ImageDraw.Draw(image), 0.028 * big
    for stroke in strokes:
        line = [tuple(p) for p in (stroke - (low + high) / 2) * scale + big / 2]
        pen.line(line, colour, round(2 * r), joint="curve")
        for x, y in (line[0], line[-1]):
            pen.ellipse((x - r, y - r, x + r, y + r), colour)
    return image.resize((side, side), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("where to? python -m cnn.strokes OUT.png")
    sheet().save(Path(sys.argv[1]))
