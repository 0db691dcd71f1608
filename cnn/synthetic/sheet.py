"""The contact sheet: every style, neat and by several writers.

python -m cnn.synthetic.sheet OUT.png
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from cnn.synthetic.handwriting import neat, write
from cnn.synthetic.splines import splines_of
from cnn.synthetic.styles import STYLES

PAPER, INK, FAINT, RED = (252, 251, 248), (28, 38, 74), (132, 138, 160), (196, 60, 48)
SCALE = 2  # image pixels for each of a plain screen's, for sharp screens
FIT = 0.74  # of a thumbnail's side: the longer side of its strokes
RADIUS = 0.028  # of a thumbnail's side: the pen's radius


def sheet(writers: int = 4, columns: int = 6, cell: int = 44) -> Image.Image:
    """Every style on one image: its name, who uses it, its path in red, and `writers` writers' own.

    cell: the side of one drawing in pixels of a plain screen.
    """
    cell *= SCALE
    wide, tall = cell * (writers + 2), cell * 2
    rng = np.random.default_rng(1)
    bands = [[s for s in STYLES if s.digit == digit] for digit in range(10)]
    rows = sum(-(-len(band) // columns) for band in bands)
    page = Image.new("RGB", (2 * cell + columns * wide, rows * tall + 11 * cell // 2), PAPER)
    pen = ImageDraw.Draw(page)
    name, note, big = (ImageFont.load_default(SCALE * size) for size in (11, 9, 40))
    top = cell // 2
    for digit, band in enumerate(bands):
        pen.text((cell * 0.6, top + cell * 0.2), str(digit), INK, big)
        for k, style in enumerate(band):
            x = int(1.6 * cell) + k % columns * wide
            y = top + k // columns * tall
            pen.text((x + 4 * SCALE, y), style.name, INK, name)
            pen.text((x + 4 * SCALE, y + 14 * SCALE), style.source, FAINT, note)
            drawn = [neat(style.path), *write(splines_of(style.path), writers, rng)]
            for i, strokes in enumerate(drawn):
                small = thumbnail(strokes, cell, INK if i else RED)
                page.paste(small, (x + i * cell, y + 26 * SCALE))
        top += -(-len(band) // columns) * tall + cell // 2
    return page.quantize(24, dither=Image.Dither.NONE)  # a fifth of the file


def thumbnail(strokes: list[np.ndarray], side: int, colour: tuple[int, int, int]) -> Image.Image:
    """Strokes in a square of `side` px, fitted and centred, round pen."""
    big = 3 * side
    points = np.concatenate(strokes)
    low, high = points.min(0), points.max(0)
    scale = FIT * big / (high - low).max()
    image = Image.new("RGB", (big, big), PAPER)
    pen, r = ImageDraw.Draw(image), RADIUS * big
    for stroke in strokes:
        line = [tuple(p) for p in (stroke - (low + high) / 2) * scale + big / 2]
        pen.line(line, colour, round(2 * r), joint="curve")
        for x, y in (line[0], line[-1]):
            pen.ellipse((x - r, y - r, x + r, y + r), colour)
    return image.resize((side, side), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m cnn.synthetic.sheet OUT.png")
    sheet().save(Path(sys.argv[1]))
