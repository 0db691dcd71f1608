"""Points, commas and minus signs beside digits.

Each is a small part that touches no other: a point or a comma at the foot of the line, a minus sign
halfway up. Lengths are shares of the nearest digit's height, its top 0, its foot 1.
"""

import numpy as np

from cnn.preprocess.boxes import Boxes, digits_of

POINT_SIDE = 0.24  # a point is no wider, no higher
COMMA_WIDTH, COMMA_HEIGHT = 0.3, 0.45  # nor a comma
SLENDER = 1.3  # times its width: a comma is at least so high
COMMA_LEAST = 0.13, 0.2  # and so high: where its foot lies below DEEP, and elsewhere
DEEP = 1.04
FOOT = 0.68, 1.05  # where the top of a point or a comma lies
LOW = 0.8  # below this lies its foot
MINUS_WIDTH = 0.18, 0.9
MINUS_HEIGHT = 0.25
FLAT = 1.6  # times its height: a minus sign is at least so wide
HALFWAY = 0.22, 0.75  # where its middle lies
MINUS_COVERED = 0.5  # of its width: more of it above or under a digit, and it is that digit's bar
CLEAR = 0.03  # to the ink of any other part
BAND = 0.1  # how far above and below a mark the other parts' ink is looked at


def find_marks(boxes: Boxes) -> dict[int, str]:
    """The parts that are marks beside digits: part -> "." or "," or "-"."""
    tallest = boxes.height.max()
    flat = (boxes.height <= MINUS_HEIGHT * tallest) & (boxes.width >= FLAT * boxes.height)
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


def line_between(stroke: np.ndarray, top: float, bottom: float) -> tuple[float, float]:
    """Stroke float (N, 2) -> left and right of its line between two heights, or inf and -inf."""
    x, y = stroke.T.astype(float)
    found = [x[(y >= top) & (y <= bottom)]]
    for level in top, bottom:
        crossing = np.flatnonzero((y[:-1] < level) != (y[1:] < level))
        a, b = x[crossing], x[crossing + 1]
        share = (level - y[crossing]) / (y[crossing + 1] - y[crossing])
        found.append(a + share * (b - a))
    found = np.concatenate(found)
    return (found.min(), found.max()) if len(found) else (np.inf, -np.inf)


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
        and width >= FLAT * height
        and HALFWAY[0] <= centre <= HALFWAY[1]
    ):
        return "-"
    if not FOOT[0] <= top <= FOOT[1] or bottom < LOW:
        return None
    least = COMMA_LEAST[0 if bottom > DEEP else 1]
    if least <= height <= COMMA_HEIGHT and SLENDER * width <= height and width <= COMMA_WIDTH:
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
