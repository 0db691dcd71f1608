"""Points, commas and minus signs beside digits.

Each is a small part that touches no other: a point or a comma at the foot of the line, a minus sign
halfway up. Lengths are shares of the nearest digit's height, its top 0, its foot 1.
"""

import numpy as np

from cnn.constants import CONSTANTS
from cnn.preprocess.boxes import Boxes, digits_of

_SHARED = CONSTANTS["marks"]
POINT_SIDE = _SHARED["POINT_SIDE"]  # a point is no wider or higher than this
COMMA_WIDTH, COMMA_HEIGHT = _SHARED["COMMA_WIDTH"], _SHARED["COMMA_HEIGHT"]  # a comma, than these
COMMA_SLENDER = _SHARED["COMMA_SLENDER"]  # times its width: a comma is at least this high
COMMA_LEAST = _SHARED["COMMA_LEAST"]  # and at least this high
COMMA_LEAST_DEEP = _SHARED["COMMA_LEAST_DEEP"]  # or this, if its foot lies below COMMA_DEEP
COMMA_DEEP = _SHARED["COMMA_DEEP"]
FOOT_TOP = _SHARED["FOOT_TOP"]  # from, to: where the top of a point or a comma lies
FOOT_LOW = _SHARED["FOOT_LOW"]  # below this lies its foot
MINUS_WIDTH = _SHARED["MINUS_WIDTH"]  # from, to
MINUS_HEIGHT = _SHARED["MINUS_HEIGHT"]
MINUS_FLAT = _SHARED["MINUS_FLAT"]  # times its height: a minus sign is at least this wide
MINUS_HALFWAY = _SHARED["MINUS_HALFWAY"]  # from, to: where its middle lies
# Of its width: if more of it is above or below a digit, it is that digit's bar.
MINUS_COVERED = _SHARED["MINUS_COVERED"]
CLEAR = _SHARED["CLEAR"]  # the least distance to the ink of any other part
BAND = _SHARED["BAND"]  # how far above and below a mark the other parts' ink is looked at


def find_marks(boxes: Boxes) -> dict[int, str]:
    """The parts that are marks beside digits: part -> "." or "," or "-"."""
    tallest = boxes.height.max()
    flat = (boxes.height <= MINUS_HEIGHT * tallest) & (boxes.width >= MINUS_FLAT * boxes.height)
    little = (boxes.height <= COMMA_HEIGHT * tallest) & (boxes.width <= COMMA_WIDTH * tallest)
    small = flat | little
    if not small.any():
        return {}
    others = np.flatnonzero(~small).tolist()
    groups = digits_of(boxes, list(range(len(small))))
    digits = [group for group in groups if not small[group].all()]
    marks = {}
    for i in np.flatnonzero(small).tolist():
        mark = _mark(boxes, i, [_edges(boxes, [j for j in d if j != i]) for d in digits])
        if mark and _clear(boxes, i, mark, others):
            marks[i] = mark
    return marks


def _edges(boxes: Boxes, parts: list[int]) -> tuple[float, float, float, float]:
    """left, top, right, bottom around these parts."""
    return (
        boxes.left[parts].min(),
        boxes.top[parts].min(),
        boxes.right[parts].max(),
        boxes.bottom[parts].max(),
    )


def _mark(boxes: Boxes, i: int, digits: list[tuple[float, ...]]) -> str | None:
    """What part i looks like beside the nearest digit, by its size and its height on the line."""
    x = boxes.middle[i]
    _, head, _, foot = min(digits, key=lambda digit: max(digit[0] - x, x - digit[2], 0))
    line = foot - head
    width, height = boxes.width[i] / line, boxes.height[i] / line
    top = (boxes.top[i] - head) / line
    bottom = (boxes.bottom[i] - head) / line
    centre = (top + bottom) / 2
    if (
        MINUS_WIDTH[0] <= width <= MINUS_WIDTH[1]
        and height <= MINUS_HEIGHT
        and width >= MINUS_FLAT * height
        and MINUS_HALFWAY[0] <= centre <= MINUS_HALFWAY[1]
    ):
        return "-"
    if not FOOT_TOP[0] <= top <= FOOT_TOP[1] or bottom < FOOT_LOW:
        return None
    least = COMMA_LEAST_DEEP if bottom > COMMA_DEEP else COMMA_LEAST
    if least <= height <= COMMA_HEIGHT and COMMA_SLENDER * width <= height and width <= COMMA_WIDTH:
        return ","
    return "." if max(width, height) <= POINT_SIDE else None


def _clear(boxes: Boxes, i: int, mark: str, others: list[int]) -> bool:
    """Does part i, at its own height, keep away from the ink of all others?"""
    for j in others:
        clear = CLEAR * boxes.height[j]
        if boxes.left[j] - clear > boxes.right[i] or boxes.right[j] + clear < boxes.left[i]:
            continue
        covered = min(boxes.right[j], boxes.right[i]) - max(boxes.left[j], boxes.left[i])
        if mark == "-" and covered > MINUS_COVERED * boxes.width[i]:
            return False
        around = BAND * boxes.height[j]
        left, right = boxes.between(j, boxes.top[i] - around, boxes.bottom[i] + around)
        if left - clear <= boxes.right[i] and right + clear >= boxes.left[i]:
            return False
    return True
