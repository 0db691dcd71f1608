"""A number's strokes, or an image of one -> its digits from left to right.

Parts of one digit lie above each other: the bar of a 7, the slash of a 0, the two strokes of a 4.
So strokes, or connected parts of the ink, belong to one digit where they overlap in x, and where a
small part only just misses the rest, as a 5's roof or a 9's stem may.
"""

from collections.abc import Iterator

import numpy as np

from cnn.preprocess.image import digit_from_ink
from cnn.preprocess.ink import find_ink

OVERLAP = 0.45  # of the narrower part's width: two whole digits side by side never overlap so much
SMALL = 0.78  # of the other part's height: a part this small is no digit beside it
MISS = 0.06  # of the taller part's height: how far a small part may miss the rest
SPECK = 0.16  # of the tallest part's height: a smaller part is no digit of its own
PEN = 1 / 50  # of the canvas: the least width of a stroke's box, as an upright line has a pen's


def group_strokes(strokes: list[np.ndarray], canvas: float) -> list[list[int]]:
    """strokes: float (N, 2), canvas pixels -> the indices of each digit's strokes, left to right.

    canvas: the canvas's side in pixels; a stroke without points belongs to no digit.
    """
    inked = [i for i, stroke in enumerate(strokes) if len(stroke)]
    if not inked:
        return []
    boxes = np.array([[*strokes[i].min(0), *strokes[i].max(0)] for i in inked])
    return [[inked[i] for i in group] for group in group_boxes(boxes, thinnest=canvas * PEN)]


def split_image(image: np.ndarray) -> Iterator[tuple[tuple[int, int, int, int], np.ndarray]]:
    """Image -> for each digit, left to right, its box and the digit float32 (28, 28).

    image: as of `digit_from_image`. A box is left, top, right, bottom in the image's pixels.
    Raises ValueError when the array is no image.
    """
    ink, parts, corner, shrunk = find_ink(image)
    labels = np.unique(parts[parts > 0])
    if not len(labels):
        return
    boxes = np.array([_box(parts == label) for label in labels])
    for group in group_boxes(boxes, thinnest=1):
        mine = np.isin(parts, labels[group])
        box = np.concatenate([boxes[group, :2].min(0), boxes[group, 2:].max(0)])
        box = np.tile(corner[::-1], 2) + shrunk * box
        yield tuple(box.tolist()), digit_from_ink(np.where(mine, ink, 0))


def group_boxes(boxes: np.ndarray, thinnest: float) -> list[list[int]]:
    """Boxes (N, 4): left, top, right, bottom -> the indices of each digit's, left to right."""
    left, top, right, bottom = boxes.T.astype(float)
    middle, width = (left + right) / 2, np.maximum(right - left, thinnest)
    left, right = middle - width / 2, middle + width / 2
    height = np.maximum(bottom - top, thinnest)
    shared = np.minimum(right, right[:, None]) - np.maximum(left, left[:, None])
    taller = np.maximum(height, height[:, None])
    small = np.minimum(height, height[:, None]) < SMALL * taller
    joined = shared >= OVERLAP * np.minimum(width, width[:, None])
    joined |= small & (shared >= -MISS * taller)
    speck = np.maximum(height, width) < SPECK * height.max()
    centre = (top + bottom) / 2
    for i in np.flatnonzero(speck):  # a speck joins the nearest part that is none
        aside = np.maximum(left - middle[i], middle[i] - right).clip(0)
        away = np.maximum(top - centre[i], centre[i] - bottom).clip(0)
        nearest = np.where(speck, np.inf, np.hypot(aside, away)).argmin()
        joined[i, nearest] = joined[nearest, i] = True
    groups = [np.flatnonzero(row) for row in np.unique(_connected(joined), axis=0)]
    groups.sort(key=lambda group: left[group].min() + right[group].max())
    return [group.tolist() for group in groups]


def _connected(joined: np.ndarray) -> np.ndarray:
    """bool (N, N), symmetric -> the same with everything joined that a chain of parts joins."""
    joined, before = joined | np.eye(len(joined), dtype=bool), None
    while not np.array_equal(joined, before):
        joined, before = joined @ joined, joined
    return joined


def _box(mask: np.ndarray) -> tuple[int, int, int, int]:
    """bool (h, w), True somewhere -> left, top, right, bottom of what is True."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
