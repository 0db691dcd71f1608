"""Digits that touch in an image, separated by a recognizer (`Recognizer`), which is the network.

A part that it is not sure of is cut along lines with little ink, and whatever lies between two of
the cuts is read. Of all sequences of such pieces that make up the part, the one whose largest
probabilities have the largest product is taken, if that product falls short of 1 by little compared
with the whole part's probability. This is the over-segmentation of LeCun, Bottou, Bengio and
Haffner (1998), with a network that has learnt to be unsure of what is not a digit. See
`_doubt_allowed` for how the two are weighed.
"""

from collections.abc import Callable
from itertools import combinations

import numpy as np

from cnn.preprocess.crossings import line, runs
from cnn.preprocess.image import digit_from_ink

Recognizer = Callable[[np.ndarray], np.ndarray]  # digits float32 (B, 28, 28) -> probs (B, classes)

MAX_READ = 16  # parts: a picture with more is not a number, and would take long to read
PIECES = 64  # read in one picture at most, those of the least certain parts first
CUTS = 8  # in one part at most
SLOPES = 0, -0.2, 0.2, -0.4, 0.4  # px to the right for each px down: the lines that are tried
STEP = 1 / 40  # of the height, from one line to the next
THICK = 0.7  # of the height: where a line crosses more ink than this, digits do not touch
CROSSING = 0.25  # the cost of a second crossing in heights of ink; a third rules the line out
SAME = 0.08  # of a digit's ink: two lines with less than this between them count as one
HIGH, HEAVY = 0.6, 0.1  # of the height, and of a digit's ink: the least that a piece may have
BREADTH = 0.1, 1.5  # heights: a piece's width
DOUBT, STEEP, POWER = 0.03, 3, 0.7  # see `_doubt_allowed`
NO_DOUBT = 1e-3  # a part whose pieces are allowed less doubt than this is not even tried
SURE = 0.9  # a whole part of which the recognizer is this sure is not cut by geometry either


def cut_by_reading(
    parts: np.ndarray,
    boxes: dict[int, tuple[slice, slice]],
    ink: np.ndarray,
    recognizer: Recognizer,
) -> list[int]:
    """Cut, in place, the parts that are likelier several digits; returns those left in doubt."""
    masks = {i: parts[box] == i for i, box in boxes.items()}
    wholes = np.stack([_digit(masks[i], ink[boxes[i]]) for i in boxes])
    whole = dict(zip(boxes, recognizer(wholes).max(1).tolist(), strict=True))
    tried, digits = [], []
    for i in sorted(boxes, key=whole.get):
        height, width = masks[i].shape
        allowed = _doubt_allowed(whole[i], width / height)
        if allowed < NO_DOUBT:
            continue
        cuts = _lines(masks[i])
        pieces = _pieces(masks[i], cuts)
        if len(digits) + len(pieces) > PIECES:
            break
        tried.append((i, allowed, cuts, list(pieces)))
        digits += [_digit(piece, ink[boxes[i]]) for piece in pieces.values()]
    read = iter(recognizer(np.stack(digits)).max(1).tolist() if digits else [])
    done = set()
    for i, allowed, cuts, places in tried:
        likely, row = _likeliest_row({place: next(read) for place in places}, len(cuts) + 1)
        if 1 - likely >= allowed:
            continue
        done.add(i)
        for k in row:
            right = np.arange(masks[i].shape[1]) >= cuts[k - 1][:, None]
            parts[boxes[i]][masks[i] & right] = parts.max() + 1
    return [i for i in boxes if i not in done and whole[i] < SURE]


def _digit(mask: np.ndarray, ink: np.ndarray) -> np.ndarray:
    return digit_from_ink(np.where(mask, ink, 0))


def _doubt_allowed(whole: float, breadth: float) -> float:
    """How far a row's product may fall short of 1; whole: the whole part's probability.

    A less likely whole allows more, and so does a wider one (breadth is its width / height): a
    narrow part is nearly always one digit. A logistic regression on touching pairs and single
    digits found that the whole's doubt counts less than the pieces', hence POWER.
    """
    return DOUBT * breadth**STEEP * (1 - whole) ** POWER


def _lines(mask: np.ndarray) -> list[np.ndarray]:
    """bool (h, w) -> cuts from left to right, each int (h,): where in each row the right begins."""
    height, width = mask.shape
    until = np.pad(mask.cumsum(1), ((0, 0), (1, 0)))  # ink in a row to the left of a column
    places = np.arange(0, width + 1, max(1, round(STEP * height)))
    columns = np.hstack([places + line(height, slope) for slope in SLOPES])
    inside = (columns >= 0) & (columns < width)
    crossed = mask[np.arange(height)[:, None], columns.clip(0, width - 1)] & inside
    columns = columns.clip(0, width)
    left = np.take_along_axis(until, columns, 1)
    thick, times = crossed.sum(0) / height, runs(crossed)
    high = np.minimum(_extent(left > 0), _extent(left < until[:, -1:])) >= HIGH * height
    cost = np.where(high & (thick <= THICK) & (times <= 2), thick + CROSSING * (times - 1), np.inf)
    digit = mask.sum() / max(width / height, 1)  # the ink of one digit, about
    chosen = []
    while len(chosen) < CUTS and cost.size and np.isfinite(cost.min()):
        chosen.append(cost.argmin())
        cost[np.abs(left - left[:, chosen[-1:]]).sum(0) <= SAME * digit] = np.inf
    return [columns[:, k] for k in sorted(chosen, key=lambda k: left[:, k].sum())]


def _pieces(mask: np.ndarray, cuts: list[np.ndarray]) -> dict[tuple[int, int], np.ndarray]:
    """What lies between any two cuts, 0 being the left side, and could be a digit: bool (h, w)."""
    height, width = mask.shape
    digit = mask.sum() / max(width / height, 1)
    cuts = [np.zeros(height, int), *cuts, np.full(height, width)]
    right_of = [np.arange(width) >= cut[:, None] for cut in cuts]
    pieces = {}
    for i, j in combinations(range(len(cuts)), 2):
        piece = mask & right_of[i] & ~right_of[j]
        breadth = _extent(piece.any(0)[:, None])[0] / height
        high = _extent(piece.any(1)[:, None])[0] >= HIGH * height
        if high and piece.sum() >= HEAVY * digit and BREADTH[0] <= breadth <= BREADTH[1]:
            pieces[i, j] = piece
    pieces.pop((0, len(cuts) - 1), None)  # the whole
    return pieces


def _likeliest_row(read: dict[tuple[int, int], float], end: int) -> tuple[float, list[int]]:
    """Each piece's probability -> the largest product of a row from 0 to `end`, and its cuts."""
    best = {0: (1.0, [])}
    for j in range(1, end + 1):
        ways = [(best[i][0] * read[i, j], [*best[i][1], j]) for i in best if (i, j) in read]
        if ways:
            best[j] = max(ways)
    likely, row = best.get(end, (0.0, []))
    return likely, row[:-1]


def _extent(mask: np.ndarray) -> np.ndarray:
    """bool (h, w) -> from the first to the last True of each column, int (w,)."""
    return np.where(mask.any(0), len(mask) - mask[::-1].argmax(0) - mask.argmax(0), 0)
