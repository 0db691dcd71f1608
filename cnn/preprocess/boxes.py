"""The boxes of a number's parts -> which parts are one digit.

Parts of one digit lie above each other: the bar of a 7, the slash of a 0, the two strokes of a 4.
So parts belong to one digit if they overlap in x, or if a part that is not a whole digit only just
misses one, as a 5's top bar or a 9's stem may.
"""

from collections.abc import Callable

import numpy as np

from cnn.constants import CONSTANTS

_SHARED = CONSTANTS["boxes"]
OVERLAP = _SHARED["OVERLAP"]  # of the narrower part's width: two whole digits never overlap by more
SMALL = _SHARED["SMALL"]  # of the other digit's height: a part at least this high is a digit itself
# Of the same: a small part this high, whose foot is this near the other digit's, is a digit, too.
STANDING_HEIGHT, STANDING_FOOT = _SHARED["STANDING_HEIGHT"], _SHARED["STANDING_FOOT"]
MISS = _SHARED["MISS"]  # of the same: by how much a part that is not a whole digit may miss it
# Of the same: a part that ends this far above its foot, is no wider than this, and begins to its
# left may miss it by HANGING_MISS, as the arm of an open 4 and the hook of a 7 do.
HANGING_FOOT, HANGING_WIDTH = _SHARED["HANGING_FOOT"], _SHARED["HANGING_WIDTH"]
HANGING_MISS = _SHARED["HANGING_MISS"]
SPECK = _SHARED["SPECK"]  # of the tallest part's height: a smaller part is not a digit of its own


class Boxes:
    """The parts' boxes: left, top, right, bottom, width, height float (N,), all of one unit.

    edges: (N, 4), left, top, right, bottom. thinnest: a narrower or flatter part counts as this
    wide or high. between: part, top, bottom -> left and right of its ink between these heights, inf
    and -inf where it has none there.
    """

    def __init__(
        self,
        edges: np.ndarray,
        thinnest: float,
        between: Callable[[int, float, float], tuple[float, float]],
    ) -> None:
        left, self.top, right, self.bottom = edges.T.astype(float)
        self.width = np.maximum(right - left, thinnest)
        self.height = np.maximum(self.bottom - self.top, thinnest)
        middle = (left + right) / 2
        self.left, self.right = middle - self.width / 2, middle + self.width / 2
        self.middle, self.centre = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        self.between = between


def digits_of(boxes: Boxes, which: list[int]) -> list[list[int]]:
    """The parts `which`, grouped by digit; the digits are in no particular order."""
    if len(which) < 2:
        return [which] * len(which)
    width, height = boxes.width[which], boxes.height[which]
    joined = _shared(boxes.left[which], boxes.right[which]) >= OVERLAP * np.minimum(
        width, width[:, None]
    )
    _join_specks(joined, boxes, which)
    groups = _connected(joined)
    if len(groups) > 1 and height.min() < SMALL * height.max():
        groups = _join_missed(groups, boxes, which)
    return [sorted(which[i] for i in group) for group in groups]


def _shared(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """By how much each pair overlaps in x, (N, N); below 0: the gap between them."""
    return np.minimum(right, right[:, None]) - np.maximum(left, left[:, None])


def _join_specks(joined: np.ndarray, boxes: Boxes, which: list[int]) -> None:
    """Join each speck to the nearest part that is not a speck."""
    height = boxes.height[which]
    speck = np.maximum(height, boxes.width[which]) < SPECK * height.max()
    for i in np.flatnonzero(speck).tolist():
        x, y = boxes.middle[which[i]], boxes.centre[which[i]]
        aside = np.maximum(boxes.left[which] - x, x - boxes.right[which]).clip(0)
        away = np.maximum(boxes.top[which] - y, y - boxes.bottom[which]).clip(0)
        nearest = np.where(speck, np.inf, aside * aside + away * away).argmin()
        joined[i, nearest] = joined[nearest, i] = True


def _join_missed(groups: list[np.ndarray], boxes: Boxes, which: list[int]) -> list[np.ndarray]:
    """The groups, those that are not a whole digit joined to the digit that they only just miss."""
    order = np.array(which)[np.concatenate(groups)]
    starts = np.cumsum([0, *map(len, groups[:-1])])
    left, top = (np.minimum.reduceat(edge[order], starts) for edge in (boxes.left, boxes.top))
    right, bottom, height = (
        np.maximum.reduceat(edge[order], starts)
        for edge in (boxes.right, boxes.bottom, boxes.height)
    )
    height = np.maximum(bottom - top, height)
    shared = _shared(left, right)
    hanging = (
        (bottom[:, None] <= bottom - HANGING_FOOT * height)
        & ((right - left)[:, None] <= HANGING_WIDTH * height)
        & (left[:, None] < left)
    )
    miss = np.where(hanging, HANGING_MISS, MISS)
    missed = (height[:, None] < SMALL * height) & (shared >= -miss * height)
    standing = (height[:, None] >= STANDING_HEIGHT * height) & (
        np.abs(bottom[:, None] - bottom) <= STANDING_FOOT * height
    )
    missed &= ~standing
    if not missed.any():
        return groups
    joined = np.eye(len(groups), dtype=bool)
    for i in np.flatnonzero(missed.any(1)):
        nearest = np.where(missed[i], shared[i], -np.inf).argmax()
        joined[i, nearest] = joined[nearest, i] = True
    return [np.concatenate([groups[g] for g in group]) for group in _connected(joined)]


def _connected(joined: np.ndarray) -> list[np.ndarray]:
    """bool (N, N), symmetric -> groups joined by a chain of Trues: ascending indices for each."""
    joined, before = joined | np.eye(len(joined), dtype=bool), None
    while not np.array_equal(joined, before):
        ways = joined.astype(np.float32)  # whose product is ten times as fast as that of bools
        joined, before = ways @ ways > 0, joined
    firsts = np.flatnonzero(joined.argmax(1) == np.arange(len(joined)))
    return [np.flatnonzero(joined[first]) for first in firsts]
