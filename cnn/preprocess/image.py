"""Image -> digit: the middle of the ink, retraced with a pen about as wide as MNIST's.

The middle of the ink and its depth there are Blum's medial axis (1967): the centres and radii of
the discs that fill the ink. Drawn with those discs, a digit keeps its own pen; one much thicker
or thinner than MNIST's is brought near to it.
"""

import numpy as np
from PIL import Image

from cnn.preprocess.frame import SIDE, ink_centred
from cnn.preprocess.ink import INK_FROM, find_ink

FINE = 4  # steps per px of the frame, in which the medial axis is sought
RIDGE = 0.3  # steps by which depth exceeds its neighbours' mean: 0.67 on an axis, 0 beside it
PEN_QUANTILE = 0.3  # of the radii along the axis: the pen's; larger ones are where strokes meet
DISC_SHARE = 0.7  # of the ink: if the largest disc holds more, the ink is a dot, not a line
PEN_RANGE = 1.8, 3.0  # px: a thinner or thicker pen is drawn as one of these
RADIUS_STEP = 1 / 16  # px, to which radii are rounded, so that few sizes of pen have to be inked


def digit_from_image(image: np.ndarray) -> np.ndarray | None:
    """Find the ink on the paper and bring it to MNIST's size and place, its pen near MNIST's.

    image: uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA; any ink on any paper that differs
    from it, clean, noisy or unevenly lit; or a sheet of such paper on a darker desk.
    Returns float32 (28, 28), ink 1, paper 0; None when there is nothing but paper.
    Raises ValueError when the array is none of these.
    """
    ink, parts, _, _ = find_ink(image)
    return digit_from_ink(ink) if parts.any() else None


def digit_from_ink(ink: np.ndarray) -> np.ndarray:
    """Ink float32 (h, w), over INK_FROM somewhere -> digit float32 (28, 28)."""
    depth = _depth(ink)
    ridge = depth - _mean_of_9(depth) > RIDGE
    radii = depth[ridge] - 0.5
    area = (depth > 0).sum()
    dot = np.pi * radii.max() ** 2 > DISC_SHARE * area
    radius = radii.max() if dot else np.quantile(radii, PEN_QUANTILE)
    scale = SIDE / (1 + np.ptp(np.nonzero(depth), axis=1).max())  # px per step
    pen = 2 * scale * radius
    wanted = np.clip(pen, *PEN_RANGE)
    # The axis is as long as the ink less the pen, and must be as long as 20 px less the wanted pen.
    # A dot is as large as its pen; specks that are thinner stay where they are, within 20 px.
    stretch = min(wanted / pen, 1) if dot else (SIDE - wanted) / max(SIDE - pen, SIDE / 2)
    if pen > wanted and not dot:
        # No pen goes deeper than its radius: where ink is deeper, the pen went round a loop that
        # its own width has filled. There the axis is the line at the pen's radius from the border.
        ridge = (ridge | (depth >= radius + 0.5)) & (depth < radius + 1.5)
        radii = np.minimum(depth[ridge] - 0.5, radius)
    radii = radii * scale * min(wanted / pen, 1) + max(wanted - pen, 0) / 2
    radii = np.round(radii / RADIUS_STEP) * RADIUS_STEP
    dots = np.argwhere(ridge)[:, ::-1] * (scale * stretch)
    return ink_centred([(dots[radii == r], r) for r in np.unique(radii).tolist()])


def _depth(ink: np.ndarray) -> np.ndarray:
    """Ink (h, w) -> float (h', w') in steps: distance from paper, 0 on it; cropped to ink."""
    from scipy import ndimage

    y, x = np.nonzero(ink > INK_FROM)
    ink = np.pad(ink, 1)[y.min() : y.max() + 3, x.min() : x.max() + 3]
    steps = SIDE * FINE / (max(ink.shape) - 2)
    size = [max(3, round(n * steps)) for n in ink.shape[::-1]]
    ink = np.asarray(Image.fromarray(np.clip(ink, 0, 1)).resize(size, Image.Resampling.BICUBIC))
    inked = ink > min(ink.max(), 1) / 2  # shrinking made a hairline paler, but no less a line
    return ndimage.distance_transform_edt(np.pad(inked, 1)).astype(np.float32)


def _mean_of_9(depth: np.ndarray) -> np.ndarray:
    """The mean of each 3 x 3 neighbourhood, 0 beyond the border."""
    from scipy import ndimage

    return ndimage.uniform_filter(depth, 3, mode="constant")
