"""Digits as pen strokes in the styles of `skeletons`, varied as hands vary, and what is no digit.

python -m cnn.strokes OUT.png   the contact sheet: every style, neat and in several hands
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from cnn import negatives
from cnn.curves import strokes_of
from cnn.hands import CANVAS, neat, vary
from cnn.preprocess import digit_from_strokes
from cnn.skeletons import STYLES, Style

__all__ = ["CANVAS", "STYLES", "Style", "drawings", "examples", "not_digits", "pen_digits", "sheet"]

PAPER, INK, FAINT, RED = (252, 251, 248), (28, 38, 74), (132, 138, 160), (196, 60, 48)


def drawings(n: int, seed: int) -> tuple[list[list[np.ndarray]], np.ndarray, np.ndarray]:
    """n digits drawn by n hands, the ten digits equally often: strokes, labels and styles.

    Strokes are lists of float32 (N, 2) in pixels of a 280 px canvas, labels uint8 (n,), styles
    uint8 (n,), indices into STYLES. The same n and seed give the same bits.
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
    drawn = vary_each(negatives.skeletons(n, rng), rng)
    for i in np.flatnonzero(rng.random(n) < 0.03):  # whatever it was, it is a speck now
        shrink = rng.uniform(0, 0.03)
        drawn[i] = [CANVAS / 2 + shrink * (stroke - CANVAS / 2) for stroke in drawn[i]]
    return as_digits(drawn)


def as_digits(drawn: list[list[np.ndarray]]) -> np.ndarray:
    """uint8 (n, 28, 28), by the road that the page takes."""
    digits = np.zeros((len(drawn), 28, 28), np.uint8)
    for i, strokes in enumerate(drawn):
        digits[i] = np.round(255 * digit_from_strokes(strokes, CANVAS))
    return digits


def examples() -> list[dict]:
    """Drawings to begin with: dicts of "name", "digit", "strokes" in pixels of a 280 px canvas."""
    firsts = {style.digit: style.skeleton for style in reversed(STYLES)}
    drawn = [{"name": str(d), "digit": d, "strokes": neat(firsts[d])} for d in range(10)]
    drawn.append({"name": "small 7", "digit": 7, "strokes": neat(firsts[7], 0.16, (0.13, 0.13))})
    drawn.append({"name": "thin 1", "digit": 1, "strokes": neat(firsts[1], 0.8)})
    return drawn


def sheet(hands: int = 4, columns: int = 6, cell: int = 44) -> Image.Image:
    """Every style on one picture: its name, who writes so, the skeleton, and `hands` hands."""
    scale = 2  # for sharp screens
    cell *= scale
    wide, tall = cell * (hands + 2), cell * 2
    rng = np.random.default_rng(1)
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
                small = thumbnail(strokes, cell, INK if i else RED)
                page.paste(small, (x + i * cell, y + 26 * scale))
        top += -(-len(band) // columns) * tall + cell // 2
    return page.quantize(24, dither=Image.Dither.NONE)  # a fifth of the file


def thumbnail(strokes: list[np.ndarray], side: int, colour: tuple[int, int, int]) -> Image.Image:
    """Strokes in a square of `side` px, fitted and centred, round pen."""
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
