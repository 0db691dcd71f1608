"""Digits that touch in an image -> separate parts.

With a recognizer, if there is one: cuts.py. By geometry, without one or where it found nothing: two
digits that touch are wider than one digit usually is, and a line between them crosses the ink
once. In a single digit that wide, such a line crosses the ink twice, as in a 0, or leaves pieces of
which one is low, such as a 7's bar or a 2's foot, or which are both bare lines, as in an open 4.
"""

import numpy as np

from cnn.preprocess.crossings import line, runs
from cnn.preprocess.cuts import MAX_READ, Recognizer, cut_by_reading

LOW = 0.5  # of the tallest part's height: a lower part is not two digits
WIDE = 1.05  # heights: a narrower part is one digit
LEANS = 0, -0.2, 0.2  # px to the right for each px down: the cuts that are tried
AWAY = 0.2  # of the width: a cut stays this far from either side
CROSSED = 0.45  # of the height: where a cut crosses more ink than this, digits do not touch
OFF_MIDDLE = 0.5  # the cost of a cut one width from the middle, in heights of ink on the cut
TALL = 0.8  # of the height: each piece is at least this high
INK = 0.2  # of the ink: each piece has at least this much
TWICE = 0.3, 1.1  # share of columns crossed at least twice: least of each piece, of both summed
ROOF = 0.4  # of the height: where digits touch above this, as two 7s do, they may be bare lines


def cut_touching(
    parts: np.ndarray, ink: np.ndarray, recognizer: Recognizer | None = None
) -> np.ndarray:
    """Labels int (h, w), 0 on paper -> the same, touching digits with labels of their own.

    ink: float32 (h, w), as returned by `find_ink`.
    """
    from scipy import ndimage

    parts = parts.copy()
    boxes = {i: box for i, box in enumerate(ndimage.find_objects(parts), 1) if box}
    tallest = max((rows.stop - rows.start for rows, _ in boxes.values()), default=0)
    waiting = [i for i, (rows, _) in boxes.items() if rows.stop - rows.start >= LOW * tallest]
    if recognizer and 0 < len(waiting) <= MAX_READ:
        waiting = cut_by_reading(parts, {i: boxes[i] for i in waiting}, ink, recognizer)
    last = parts.max(initial=0)
    while waiting:
        label = waiting.pop()
        right = _right_piece(parts[boxes[label]] == label)
        if right is None:
            continue
        last += 1
        parts[boxes[label]][right] = last
        for piece in label, last:
            (boxes[piece],) = ndimage.find_objects((parts == piece).astype(int))
            waiting.append(piece)
    return parts


def _right_piece(mask: np.ndarray) -> np.ndarray | None:
    """bool (h, w), a part in its box -> the right one of two digits; None where it is one."""
    height, width = mask.shape
    if width < WIDE * height:
        return None
    x = np.arange(width)
    for _, lean, place, lowest in sorted(_cuts(mask)):
        right = mask & (x >= place + line(height, lean))
        if _are_digits(mask & ~right, right, bare=lowest < ROOF * height):
            return right
    return None


def _cuts(mask: np.ndarray) -> list[tuple[float, float, int, int]]:
    """The lines that cross the ink once: cost, lean, place, and the row below the crossing."""
    height, width = mask.shape
    places = np.arange(round(AWAY * width), round((1 - AWAY) * width) + 1)
    cuts = []
    for lean in LEANS:
        columns = places + line(height, lean)
        inside = (columns >= 0) & (columns < width)
        crossed = mask[np.arange(height)[:, None], columns.clip(0, width - 1)] & inside
        ink = crossed.sum(0) / height
        cost = ink + OFF_MIDDLE * np.abs(places / width - 0.5)
        lowest = height - crossed[::-1].argmax(0)
        for k in np.flatnonzero((runs(crossed) == 1) & (ink <= CROSSED)):
            cuts.append((cost[k], lean, places[k], lowest[k]))
    return cuts


def _are_digits(left: np.ndarray, right: np.ndarray, bare: bool) -> bool:
    """bool (h, w) each: could both pieces be digits? bare: they may be bare lines."""
    height, ink = len(left), left.sum() + right.sum()
    twice = []
    for piece in left, right:
        rows = np.flatnonzero(piece.any(1))
        if not len(rows) or rows[-1] + 1 - rows[0] < TALL * height or piece.sum() < INK * ink:
            return False
        crossed = runs(piece)
        twice.append((crossed > 1).sum() / (crossed > 0).sum())
    return bare or (min(twice) >= TWICE[0] and sum(twice) >= TWICE[1])
