"""Synthetic pen digits in the world's styles, as strokes and as digits; non-digits as digits."""

import numpy as np

from cnn.preprocess import digit_from_strokes
from cnn.synthetic import negatives
from cnn.synthetic.filled import filled_shape
from cnn.synthetic.handwriting import CANVAS, write
from cnn.synthetic.pictures import digits_from_pictures
from cnn.synthetic.splines import splines_of
from cnn.synthetic.styles import STYLES

SPECK_SHARE = 0.03  # of the non-digits are shrunk to specks
SPECK_SIZE = 0.03  # of their size before, at most
FILLED_SHARE = 0.09  # of the non-digits are filled shapes
FILLED_SIZE = 0.07, 0.43  # of the canvas: half the side of a filled shape


def drawings(n: int, seed: int) -> tuple[list[list[np.ndarray]], np.ndarray, np.ndarray]:
    """n digits drawn by n writers, the ten digits equally often: strokes, labels and styles.

    Strokes are lists of float32 (N, 2) in pixels of a 280 px canvas, labels uint8 (n,), styles
    uint16 (n,), indices into STYLES. The same n and seed give the same bits.
    """
    rng = np.random.default_rng(seed)
    digit = np.array([s.digit for s in STYLES])
    weight = np.array([s.weight for s in STYLES])
    share = weight / np.bincount(digit, weight)[digit] / 10
    styles = rng.choice(len(STYLES), n, p=share).astype(np.uint16)
    strokes = write_each([STYLES[s].path for s in styles], rng)
    return strokes, digit[styles].astype(np.uint8), styles


def write_each(paths: list[str], rng: np.random.Generator) -> list[list[np.ndarray]]:
    """One writer for each path, in their order; equal paths are written together, for speed."""
    written = [None] * len(paths)
    where = {}
    for i, path in enumerate(paths):
        where.setdefault(path, []).append(i)
    for path, places in where.items():
        for i, strokes in zip(places, write(splines_of(path), len(places), rng), strict=True):
            written[i] = strokes
    return written


def synthetic_digits(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`drawings` as the network sees them: uint8 (n, 28, 28), with their labels and styles."""
    strokes, labels, styles = drawings(n, seed)
    return to_digits(strokes), labels, styles


def pictured_digits(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same as `synthetic_digits`, but painted with thick pens and read from the painting."""
    strokes, labels, styles = drawings(n, seed)
    pens = np.random.default_rng([seed, 1])  # not the numbers that chose the digits, or pens would
    return digits_from_pictures(strokes, pens), labels, styles  # be as thick as their digit is high


def non_digits(n: int, seed: int) -> np.ndarray:
    """Letters, shapes, scribbles, specks and filled shapes as the network sees them.

    uint8 (n, 28, 28), ink 255. The same n and seed give the same bits.
    """
    rng = np.random.default_rng(seed)
    drawn = write_each(negatives.paths(n, rng), rng)
    for i in np.flatnonzero(rng.random(n) < SPECK_SHARE):
        shrink = rng.uniform(0, SPECK_SIZE)
        drawn[i] = [CANVAS / 2 + shrink * (stroke - CANVAS / 2) for stroke in drawn[i]]
    for i in np.flatnonzero(rng.random(n) < FILLED_SHARE):
        half = CANVAS * rng.uniform(*FILLED_SIZE)
        drawn[i] = [CANVAS / 2 + half * stroke for stroke in filled_shape(rng)]
    return to_digits(drawn)


def to_digits(drawn: list[list[np.ndarray]]) -> np.ndarray:
    """Drawings, each a list of strokes -> uint8 (n, 28, 28), ink 255, made as on the page."""
    digits = np.zeros((len(drawn), 28, 28), np.uint8)
    for i, strokes in enumerate(drawn):
        digits[i] = np.round(255 * digit_from_strokes(strokes, CANVAS))
    return digits
