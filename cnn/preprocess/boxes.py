"""The boxes of a number's parts -> which parts are one digit.

Parts of one digit lie above each other: the bar of a 7, the slash of a 0, the two strokes of a 4.
So parts belong to one digit where they overlap in x, and where what is no whole digit only just
misses one, as a 5's roof or a 9's stem may.
"""

from collections.abc import Callable

import numpy as np

from cnn.constants import CONSTANTS

_SHARED = CONSTANTS["boxes"]
OVERLAP = _SHARED["OVERLAP"]  # of the narrower part's width: two whole digits never overlap so much
SMALL = _SHARED["SMALL"]  # of the other digit's height: what is not so small is a digit beside it
# Of the same: a small part that is so high, and whose foot is so near the other's, is a digit.
STANDING_HEIGHT, STANDING_FOOT = _SHARED["STANDING_HEIGHT"], _SHARED["STANDING_FOOT"]
MISS = _SHARED["MISS"]  # of the same: how far what is not a whole digit may miss it
# Of the same: what ends so far above its foot, is no wider, and begins to its left may miss it by
# so much, as the arm of an open 4 and the hook of a 7 do.
HANGING_FOOT, HANGING_WIDTH = _SHARED["HANGING_FOOT"], _SHARED["HANGING_WIDTH"]
HANGING_MISS = _SHARED["HANGING_MISS"]
SPECK = _SHARED["SPECK"]  # of the tallest part's height: a smaller part is not a digit of its own


class Boxes:
    """The parts' boxes: left, top, right, bottom, width, height float (N,), all of one unit.

    edges: (N, 4), left, top, right, bottom. thinnest: a narrower or flatter part counts as so wide
    or high. between: part, top, bottom -> left and right of its ink between these heights, inf and
    -inf where it has none there.
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
    """The parts of each digit, of the parts `which`; the digits in no order."""
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
    """How much each two share in x, (N, N); less than 0: the gap between them."""
    return np.minimum(right, right[:, None]) - np.maximum(left, left[:, None])


def _join_specks(joined: np.ndarray, boxes: Boxes, which: list[int]) -> None:
    """A speck joins the nearest part that is none."""
    height = boxes.height[which]
    speck = np.maximum(height, boxes.width[which]) < SPECK * height.max()
    for i in np.flatnonzero(speck).tolist():
        x, y = boxes.middle[which[i]], boxes.centre[which[i]]
        aside = np.maximum(boxes.left[which] - x, x - boxes.right[which]).clip(0)
        away = np.maximum(boxes.top[which] - y, y - boxes.bottom[which]).clip(0)
        nearest = np.where(speck, np.inf, aside * aside + away * away).argmin()
        joined[i, nearest] = joined[nearest, i] = True


def _join_missed(groups: list[np.ndarray], boxes: Boxes, which: list[int]) -> list[np.ndarray]:
    """The groups, those that are no whole digit joined with the digit that they only just miss."""
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
    """bool (N, N), symmetric -> what a chain of Trues joins: indices, rising, for each group."""
    joined, before = joined | np.eye(len(joined), dtype=bool), None
    while not np.array_equal(joined, before):
        ways = joined.astype(np.float32)  # whose product is ten times as fast as that of bools
        joined, before = ways @ ways > 0, joined
    firsts = np.flatnonzero(joined.argmax(1) == np.arange(len(joined)))
    return [np.flatnonzero(joined[first]) for first in firsts]
