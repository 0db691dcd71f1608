"""Image -> ink: which pixels are ink, whatever the paper, the light and the colours.

scipy.ndimage is imported where it is used: only pictures need it, and the page starts without it.
"""

import numpy as np
from PIL import Image, ImageFilter

from cnn.preprocess.sheet import find_sheet

WORK_SIDE = 480  # px, the longer side that a larger image is shrunk to
PAPER_SIDE = 48  # px, the longer side of the copy on which the paper's brightness is estimated
WINDOW = 1 / 3  # of that copy: what is narrower is ink, what is wider is paper or a shadow
INK_FROM = 0.5  # of the strongest ink: from here on a pixel is ink
MIN_CONTRAST = 0.1  # of the most that ink can differ from paper: an image with less is empty
MAX_NOISE = 0.02  # of the same, standard deviation of the paper: noisier paper is blurred first
BLUR = 1 / 320  # of the longer side: the radius of that blur
NOISE_FLOOR = 3  # standard deviations of the paper: less than this is paper
NOISE_CLEAR = 5  # the same: the strongest ink must differ by more than this
PALE = 0.75  # of the darkest part: a paler part that the border cuts is a shadow
MIN_OF_IMAGE = 1e-4  # of the image's area: a smaller part is dust
DUST = 0.04  # of the largest part's area: a smaller part is dust, too
SIGMA_PER_MAD = 1.4826  # standard over median absolute deviation, in a normal distribution
MIN_RANGE = 0.1  # of all brightness, between paper and the farthest colour: never divided by less
OPAQUE = 0.5  # from here on a pixel, or a picture by its median, counts as opaque


def find_ink(
    image: np.ndarray, dust: float = DUST
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Where the ink is.

    image: uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA; any ink on any paper that differs
    from it, clean, noisy or unevenly lit; or a sheet of such paper on a darker desk.
    dust: a part of less than this share of the largest part's area is not ink.
    Returns ink, float32 (h, w), 0 on paper, over INK_FROM on ink, about 1 where it is strongest;
    its connected parts, int (h, w), 0 on paper; and how (h, w) lies in (H, W): pixel (y, x) at
    corner + shrunk * (y, x), with corner int (2,).
    Raises ValueError when the array is not an image.
    """
    if (
        not isinstance(image, np.ndarray)
        or image.dtype != np.uint8
        or image.ndim < 2
        or image.shape[2:] not in ((), (3,), (4,))
        or 0 in image.shape
    ):
        raise ValueError("an image must be a uint8 array (H, W), (H, W, 3) or (H, W, 4)")
    sheet = find_sheet(image)
    if sheet is None:
        return _find_ink(image, dust)
    ink, parts, corner, shrunk = _find_ink(sheet[0], dust)
    return ink, parts, corner + sheet[1], shrunk


def connected_parts(mask: np.ndarray, corners: bool = True) -> tuple[np.ndarray, int]:
    """bool (H, W) -> labels int32 (H, W), 0 where False; how many. corners: do they connect?"""
    from scipy import ndimage

    return ndimage.label(mask, np.ones((3, 3)) if corners else None)


def _find_ink(image: np.ndarray, dust: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """As `find_ink`, the image being nothing but ink and paper."""
    shrunk = -(-max(image.shape[:2]) // WORK_SIDE)
    ink = _ink_level(image, shrunk)
    parts, count = connected_parts(ink > INK_FROM)
    no_ink = _dust_or_shadow(ink, parts, count, dust)[parts]
    ink[no_ink], parts[no_ink] = 0, 0
    places = np.argwhere(parts)
    if len(places):
        low, high = places.min(0), places.max(0) + 1
        side = (high - low).max()
        if 3 * side * shrunk <= WORK_SIDE * (shrunk - 1):  # small: look closer, around it alone
            start, stop = np.maximum(low - side, 0) * shrunk, (high + side) * shrunk
            closer = image[start[0] : stop[0], start[1] : stop[1]]
            ink, parts, corner, shrunk = _find_ink(closer, dust)
            return ink, parts, corner + start, shrunk
    return ink, parts, np.zeros(2, int), shrunk


def _ink_level(image: np.ndarray, shrunk: int) -> np.ndarray:
    """Image -> ink as `find_ink` returns it, or all 0 where there is none."""
    picture = Image.fromarray(image)
    if picture.mode == "RGBA":
        picture = picture.convert("RGBa")  # premultiplied: transparent pixels add no colour
    picture = picture.reduce(shrunk)
    contrast, level, noise = _contrast(picture)
    if noise > MAX_NOISE:
        radius = max(picture.size) * BLUR
        contrast, level, noise = _contrast(picture.filter(ImageFilter.GaussianBlur(radius)))
    contrast[contrast < NOISE_FLOOR * noise] = 0
    square = contrast * contrast
    strongest = (square * contrast).sum() / max(square.sum(), 1e-9)  # a mean, led by strong ink
    if strongest <= max(NOISE_CLEAR * noise, MIN_CONTRAST):
        return np.zeros_like(contrast)
    return _filled(contrast / strongest, level)


def _contrast(picture: Image.Image) -> tuple[np.ndarray, np.ndarray, float]:
    """Picture -> contrast and level, float32 (h, w), and the paper's standard deviation.

    Level is how much a pixel has of the ink's colour, whatever lies around it.

    Contrast is how far a pixel lies from the paper around it towards the ink's colour, 1 being as
    far as any colour lies. In a shadow ink and paper differ less, and so does that farthest colour.
    """
    copy = _colours(picture.reduce(-(-max(picture.size) // PAPER_SIDE)))
    apart = copy - _mean_around(copy)
    to_ink = ((apart**2).sum(-1, keepdims=True) * apart).sum((0, 1))  # the farthest pixels decide
    to_ink /= np.linalg.norm(to_ink) or 1
    paper = Image.fromarray(_without_ink(copy @ to_ink))
    paper = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR))
    farthest = np.maximum(to_ink, 0).sum() - paper
    level = _colours(picture) @ to_ink
    contrast = (level - paper) / np.maximum(farthest, MIN_RANGE)
    contrast -= np.median(contrast)
    return contrast, level, SIGMA_PER_MAD * np.median(np.abs(contrast))


def _filled(ink: np.ndarray, level: np.ndarray) -> np.ndarray:
    """The ink, with holes filled whose level is nearer to the ink's than to the paper's.

    Ink wider than a window was taken for paper in its middle: a filled disc came out as a ring.
    """
    mask = ink > INK_FROM
    parts, count = connected_parts(~mask, corners=False)
    outside = np.unique(np.concatenate([parts[[0, -1]].ravel(), parts[:, [0, -1]].ravel()]))
    holes = np.setdiff1d(np.arange(1, count + 1), outside)
    paper = level[np.isin(parts, outside) & ~mask]
    if not len(holes) or not len(paper):
        return ink
    halfway = (np.median(level[mask]) + np.median(paper)) / 2
    area = np.bincount(parts.ravel(), minlength=count + 1)[holes]
    mean = np.bincount(parts.ravel(), level.ravel(), count + 1)[holes] / area
    return np.where(np.isin(parts, holes[mean > halfway]), 1, ink)


def _colours(picture: Image.Image) -> np.ndarray:
    """Picture in mode L, RGB or RGBa -> float32 (h, w, 1 or 3) in [0, 1], paper put behind it."""
    pixels = np.asarray(picture, np.float32) / 255
    if picture.mode != "RGBa":
        return pixels.reshape(*pixels.shape[:2], -1)
    colour, opaque = pixels[..., :3], pixels[..., 3:]
    if np.median(opaque) > OPAQUE:
        paper = np.median(colour[opaque[..., 0] > OPAQUE], 0)
    else:  # mostly transparent: white paper behind dark ink, black behind light
        paper = float(colour.mean() < opaque.mean() / 2)
    return colour + (1 - opaque) * paper


def _without_ink(copy: np.ndarray) -> np.ndarray:
    """Brightness towards ink (h, w) -> the paper's: what rises above it within a window is ink.

    A morphological opening removes it, both from the copy and from the copy less its slope, because
    with light from one side the bright edge would count as ink.
    """
    from scipy import ndimage

    y, x = np.indices(copy.shape, np.float32).reshape(2, -1)
    plane = np.stack([np.ones_like(x), x, y], 1)
    slope = (plane @ np.linalg.lstsq(plane, copy.ravel(), rcond=None)[0]).reshape(copy.shape)
    size = _window(copy)
    opened = [light + ndimage.grey_opening(copy - light, size) for light in (0, slope)]
    return np.maximum(*opened)


def _mean_around(copy: np.ndarray) -> np.ndarray:
    """(h, w, C) -> the mean of the window around each pixel, each channel separately."""
    from scipy import ndimage

    size = _window(copy)
    return ndimage.uniform_filter(copy, (size, size, 1))


def _window(copy: np.ndarray) -> int:
    """The side in pixels, an odd number, of a window that is about WINDOW of the longer side."""
    return 2 * -(-max(copy.shape[:2]) // round(2 / WINDOW)) + 1


def _dust_or_shadow(ink: np.ndarray, parts: np.ndarray, count: int, least: float) -> np.ndarray:
    """bool (count + 1,): parts too small for ink, or pale and cut by the border as shadows are."""
    area = np.bincount(parts.ravel(), minlength=count + 1)
    level = np.bincount(parts.ravel(), ink.ravel(), count + 1) / np.maximum(area, 1)
    area[0], level[0] = 0, 0
    border = np.zeros(count + 1, bool)
    border[parts[[0, -1]]] = border[parts[:, [0, -1]]] = True
    shadow = border & (level < PALE * level.max())
    dust = area < max(MIN_OF_IMAGE * ink.size, least * area[~shadow].max())
    return shadow | dust
