"""A light sheet of paper on a darker desk -> the sheet alone, as if it had no edge.

Without this the sheet itself would be the ink, and what is written on it holes.
"""

import numpy as np
from PIL import Image

COPY_SIDE = 240  # px, the longer side of the copy on which the sheet is sought
DESK = 0.95  # of the border: at least this much of it is desk
CONTRAST = 0.2  # of the brightness range: the least between the means of sheet and desk
AREA = 0.1, 0.97  # of the picture: the smallest and the largest sheet
RECTANGULAR = 0.87  # of the smallest rectangle around it: a disc fills 0.79, a tilted sheet 0.9
TURNS = 45  # in a quarter turn: the rectangles that are tried
EDGE = 1 / 80  # of the copy's side: the width of the sheet's blurred edge, which is left out
INKED = 0.002, 0.25  # of the sheet: with less, nothing is written; with more, it is a thick O


def find_sheet(image: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """image: uint8 (H, W), (H, W, 3) or (H, W, 4) -> the sheet's part of it, and where that begins.

    The part is uint8 of the same kind, the desk in it painted as paper; where it begins, int (2,):
    row, column. None when there is no such sheet with ink.
    """
    if image.shape[2:] == (4,) and image[..., 3].min() < 255:
        return None
    shrunk = -(-max(image.shape[:2]) // COPY_SIDE)
    copy = Image.fromarray(image).reduce(shrunk)
    inner = _inner(np.asarray(copy.convert("L"), np.float32) / 255)
    if inner is None:
        return None
    rows, columns = np.flatnonzero(inner.any(1)), np.flatnonzero(inner.any(0))
    start = np.array([rows[0], columns[0]]) * shrunk
    stop = np.minimum(np.array([rows[-1] + 1, columns[-1] + 1]) * shrunk, image.shape[:2])
    window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    part = image[start[0] : stop[0], start[1] : stop[1]]
    size = part.shape[1::-1]
    paper = Image.fromarray(_spread(np.asarray(copy), inner)[window])
    paper = np.asarray(paper.resize(size, Image.Resampling.BILINEAR))
    sheet = np.asarray(Image.fromarray(inner[window]).resize(size, Image.Resampling.NEAREST))
    sheet = sheet.reshape(*sheet.shape, *[1] * (image.ndim - 2))
    return np.where(sheet, part, paper), start


def _inner(grey: np.ndarray) -> np.ndarray | None:
    """Brightness float32 (h, w) in [0, 1] -> the sheet less its edge, bool; None without one."""
    from scipy import ndimage

    light = grey > _threshold(grey)
    border = np.concatenate([light[[0, -1]].ravel(), light[:, [0, -1]].ravel()])
    if border.mean() > 1 - DESK or light.all() or not light.any():
        return None
    if grey[light].mean() - grey[~light].mean() < CONTRAST:
        return None
    parts, _ = ndimage.label(light)
    sheet = ndimage.binary_fill_holes(parts == np.bincount(parts[light]).argmax())
    if not AREA[0] <= sheet.mean() <= AREA[1] or not _rectangular(sheet):
        return None
    inner = ndimage.binary_erosion(sheet, iterations=max(1, round(EDGE * max(grey.shape))))
    if not inner.any():
        return None
    middle = (np.median(grey[inner]) + grey[~light].mean()) / 2
    inked = (grey[inner] < middle).mean()
    return inner if INKED[0] <= inked <= INKED[1] else None


def _threshold(grey: np.ndarray) -> float:
    """The brightness that best separates light from dark (Otsu 1979)."""
    count, edges = np.histogram(grey, 64, (0, 1))
    level = (edges[1:] + edges[:-1]) / 2
    dark, total = np.cumsum(count), count.sum()
    below, whole = np.cumsum(count * level), (count * level).sum()
    apart = (whole * dark - total * below) ** 2 / np.maximum(dark * (total - dark), 1)
    return float(edges[1:][apart.argmax()])


def _rectangular(sheet: np.ndarray) -> bool:
    """bool (h, w): does it fill the smallest rectangle around it, at whatever angle?"""
    y, x = np.nonzero(sheet)
    turn = np.arange(TURNS) * (np.pi / 2 / TURNS)
    turned = np.stack([np.cos(turn), np.sin(turn)], 1) @ np.stack([x, y]).astype(np.float32)
    across = np.stack([-np.sin(turn), np.cos(turn)], 1) @ np.stack([x, y]).astype(np.float32)
    least = ((np.ptp(turned, axis=1) + 1) * (np.ptp(across, axis=1) + 1)).min()
    return len(x) >= RECTANGULAR * least


def _spread(copy: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """The copy, uint8 (h, w, ...), each pixel outside `inner` replaced by the nearest within."""
    from scipy import ndimage

    rows, columns = ndimage.distance_transform_edt(
        ~inner, return_distances=False, return_indices=True
    )
    return copy[rows, columns]
