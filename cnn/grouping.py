"""A number's strokes, or a drawing of one, -> its digits from left to right.

Parts of one digit lie above each other: the bar of a 7, the slash of a 0, the two strokes of a 4.
So strokes, or pieces of ink in a drawing, that overlap in x belong together; a small part that only
just misses the rest, as a 5's roof or a 9's stem may, does too.
"""

from collections.abc import Iterator

import numpy as np

from cnn.preprocess import digit_from_ink, find_ink

OVERLAP = 0.45  # of the narrower part's width: by so much two whole digits never overlap
SMALL = 0.78  # of the other's height: a part this small is no digit beside it
MISS = 0.06  # of the taller part's height: by so much a small part may miss the rest
SPECK = 0.16  # of the tallest part's height: smaller parts are no digits of their own


def group_strokes(strokes: list[np.ndarray], canvas: float) -> list[list[int]]:
    """strokes: float (N, 2), canvas pixels -> the indices of each digit's strokes, left to right.

    canvas: the canvas's side in pixels; a stroke without points belongs to no digit.
    """
    inked = [i for i, stroke in enumerate(strokes) if len(stroke)]
    if not inked:
        return []
    boxes = np.array([[*strokes[i].min(0), *strokes[i].max(0)] for i in inked])
    thinnest = canvas / 50  # an upright line has a width too: that of a pen
    return [[inked[i] for i in group] for group in group_boxes(boxes, thinnest)]


def split_image(image: np.ndarray) -> Iterator[tuple[tuple[int, int, int, int], np.ndarray]]:
    """Drawing -> for each digit, left to right, its box and the digit float32 (28, 28).

    image: as of `digit_from_image`. A box is left, top, right, bottom in the drawing's pixels.
    Raises ValueError when the array is no image.
    """
    ink, parts, corner, shrunk = find_ink(image)
    names = np.unique(parts[parts > 0])
    if not len(names):
        return
    boxes = np.array([_box(parts == name) for name in names])
    for group in group_boxes(boxes, thinnest=1):
        mine = np.isin(parts, names[group])
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
    for i in np.flatnonzero(speck):  # to the nearest part that is none
        aside = np.maximum(left - middle[i], middle[i] - right).clip(0)
        away = np.maximum(top - centre[i], centre[i] - bottom).clip(0)
        nearest = np.where(speck, np.inf, np.hypot(aside, away)).argmin()
        joined[i, nearest] = joined[nearest, i] = True
    name, before = np.arange(len(boxes)), None
    while not np.array_equal(name, before):  # the smallest name goes round what hangs together
        name, before = np.where(joined, name, len(name)).min(1), name
    groups = [np.flatnonzero(name == n) for n in np.unique(name)]
    groups.sort(key=lambda group: left[group].min() + right[group].max())
    return [group.tolist() for group in groups]


def _box(mask):
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
