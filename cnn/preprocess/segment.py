"""An image of a number -> its digits and marks from left to right.

A part is a connected part of the ink. Which parts are one digit: boxes.py. Which part is a point, a
comma or a minus sign: marks.py. Where digits touch: touching.py. The browser does the same with
strokes, in browser/engine/segment.js; tests/grouped.py checks that it keeps to these rules.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from cnn.preprocess.boxes import Boxes, digits_of
from cnn.preprocess.cuts import Recognizer
from cnn.preprocess.image import digit_from_ink
from cnn.preprocess.ink import DUST, find_ink
from cnn.preprocess.marks import find_marks
from cnn.preprocess.touching import cut_touching

POINT = 0.01  # of the largest part's area: a smaller part is dust, not a point


class Part(NamedTuple):
    """A digit in an image, or a mark beside digits."""

    box: tuple[int, int, int, int]  # left, top, right, bottom in the image's pixels
    digit: np.ndarray | None  # float32 (28, 28); None: a mark
    mark: str | None  # "." or "," or "-"; None: a digit


def split_image(image: np.ndarray, recognizer: Recognizer | None = None) -> Iterator[Part]:
    """Image -> its digits and marks, left to right.

    image: as `digit_from_image` takes it. recognizer: to find where digits touch; None: geometry
    alone decides. Raises ValueError when the array is not an image.
    """
    from scipy import ndimage

    ink, parts, corner, shrunk = find_ink(image, dust=POINT)
    parts = cut_touching(parts, ink, recognizer)
    areas = np.bincount(parts.ravel())[1:]
    labels = np.flatnonzero(areas) + 1
    if not len(labels):
        return
    dust = np.flatnonzero(areas[labels - 1] < DUST * areas.max()).tolist()
    edges = np.array([_edges(box) for box in ndimage.find_objects(parts) if box])

    def between(i: int, top: float, bottom: float) -> tuple[float, float]:
        rows = parts[max(int(top), 0) : max(int(bottom), 0) + 1]
        columns = np.flatnonzero((rows == labels[i]).any(0))
        return (columns[0], columns[-1] + 1) if len(columns) else (np.inf, -np.inf)

    for group, mark in group_boxes(Boxes(edges, 1, between), dust):
        box = np.concatenate([edges[group, :2].min(0), edges[group, 2:].max(0)])
        box = tuple((np.tile(corner[::-1], 2) + shrunk * box).tolist())
        mine = np.isin(parts, labels[group])
        yield Part(box, None if mark else digit_from_ink(np.where(mine, ink, 0)), mark)


def group_boxes(boxes: Boxes, dust: Sequence[int] = ()) -> list[tuple[list[int], str | None]]:
    """The parts' boxes -> the parts of each digit and of each mark, left to right.

    dust: parts that may be marks, but not parts of a digit.
    """
    marks = find_marks(boxes)
    rest = [i for i in range(len(boxes.left)) if i not in marks and i not in dust]
    groups = [(group, None) for group in digits_of(boxes, rest)]
    groups += [([i], mark) for i, mark in marks.items()]
    groups.sort(key=lambda group: boxes.left[group[0]].min() + boxes.right[group[0]].max())
    return groups


def _edges(box: tuple[slice, slice]) -> tuple[int, int, int, int]:
    """Rows and columns -> left, top, right, bottom."""
    rows, columns = box
    return columns.start, rows.start, columns.stop, rows.stop
