"""Drawings painted with a round pen, then read as the ink of an uploaded picture is.

The paper is known here, so nothing has to be found: `digit_from_ink`, not `digit_from_image`.
"""

import numpy as np
from PIL import Image, ImageDraw

from cnn.preprocess.image import digit_from_ink

SIDE = 80  # px, the longer side of the strokes, without the pen's width
PENS = 0.15, 0.34  # of SIDE: the thinnest pen and the thickest; a thicker one makes blobs
SUPERSAMPLING = 2  # pixels are painted this much finer, then averaged, for soft edges


def digits_from_pictures(drawn: list[list[np.ndarray]], rng: np.random.Generator) -> np.ndarray:
    """Drawings, each painted with a pen of its own width -> uint8 (n, 28, 28), ink 255."""
    digits = np.zeros((len(drawn), 28, 28), np.uint8)
    for i, strokes in enumerate(drawn):
        ink = paint(strokes, SIDE * rng.uniform(*PENS))
        digits[i] = np.round(255 * digit_from_ink(ink))
    return digits


def paint(strokes: list[np.ndarray], pen: float) -> np.ndarray:
    """Strokes, their longer side made SIDE px, by a pen `pen` px wide -> float32 (h, w), ink 1."""
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    fine = SUPERSAMPLING
    scale = fine * SIDE / max((high - low).max(), 1)
    width, height = np.ceil((high - low) * scale + 2 * fine * pen).astype(int).tolist()
    image = Image.new("L", (width, height))
    draw, r = ImageDraw.Draw(image), fine * pen / 2
    for stroke in strokes:
        line = [tuple(p) for p in (stroke - low) * scale + fine * pen]
        draw.line(line, 255, round(2 * r), joint="curve")
        for x, y in (line[0], line[-1]):
            draw.ellipse((x - r, y - r, x + r, y + r), 255)
    return np.asarray(image.reduce(fine), np.float32) / 255
