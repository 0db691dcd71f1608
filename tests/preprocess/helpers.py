"""Drawings for the tests of preprocess, and what is measured of a digit."""

import numpy as np
from PIL import Image, ImageDraw

PLACE = np.arange(28)


def paint(strokes, pen=16, side=280, wide=2):
    """Black ink on white by a round pen, as Pillow draws it: uint8 (side, side)."""
    image = Image.new("L", (side * wide, side * wide), 255)
    draw, r = ImageDraw.Draw(image), pen * wide / 2
    for stroke in strokes:
        points = [tuple(p) for p in np.asarray(stroke, float) * wide]
        if len(points) > 1:
            draw.line(points, fill=0, width=round(2 * r))
        for x, y in points:
            draw.ellipse([x - r, y - r, x + r, y + r], fill=0)
    return np.asarray(image.resize((side, side), Image.Resampling.BOX))


def placed(strokes, size, centre=(0.5, 0.5), canvas=280):
    """The strokes with their longer side `size` of the canvas, around `centre`."""
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    scale = size * canvas / (high - low).max()
    middle = canvas * np.array(centre, np.float32)
    return [((s - (low + high) / 2) * scale + middle).astype(np.float32) for s in strokes]


def moved(strokes, x, y=100.0, size=60.0):
    """The strokes with their box's top left at (x, y), `size` high."""
    points = np.concatenate(strokes)
    scale = size / max(np.ptp(points[:, 1]), 1)
    return [((s - points.min(0)) * scale + [x, y]).astype(np.float32) for s in strokes]


def row(drawn, gap=14.0):
    """Drawings side by side: the strokes, and how many each has."""
    strokes, counts, x = [], [], 4.0
    for drawing in drawn:
        placed = moved(drawing, x)
        strokes += placed
        counts.append(len(placed))
        x = np.concatenate(placed)[:, 0].max() + gap
    return strokes, counts


def painted(strokes, pen=6, side=560, paper=255, ink=0):
    image = Image.new("L", (side, side), paper)
    for stroke in strokes:
        points = [tuple(point) for point in (stroke * side / 280).tolist()]
        ImageDraw.Draw(image).line(points, ink, pen, joint="curve")
    return np.asarray(image)


def correlation(a, b):
    return 0.0 if a is None else np.corrcoef(a.ravel(), b.ravel())[0, 1]


def centre_of_mass(digit):
    return np.array([digit.sum(0) @ PLACE, digit.sum(1) @ PLACE]) / digit.sum()


def extent(digit):
    """How far apart the outermost places of half ink are, in px, along x and y."""
    sides = []
    for profile in digit.max(0), digit.max(1):
        fine = np.interp(np.arange(0, 27, 0.01), PLACE, profile)
        inked = np.flatnonzero(fine >= 0.5)
        sides.append((inked[-1] - inked[0]) * 0.01)
    return np.array(sides)


def pen_width(digits):
    """Area over half the edge's length, where the edge's length is the sum of the slopes."""
    y, x = np.gradient(np.pad(digits, ((0, 0), (1, 1), (1, 1))), axis=(1, 2))
    return 2 * digits.sum((1, 2)) / np.hypot(x, y).sum((1, 2))
