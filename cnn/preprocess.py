"""Strokes or drawing -> digit, in MNIST's own frame.

The ink's longer side becomes 20 px and its grey-weighted centre of mass pixel (14, 14), as in
MNIST (LeCun, Cortes, Burges: "size normalized to fit in a 20x20 pixel box", "centered ... by
computing the center of mass"). Both roads end in dots that a round pen inks: strokes give the
dots along the pen's path, a drawing gives the dots along the middle of its ink.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image, ImageFilter

SIDE = 20.0  # px, the ink's longer side
CENTRE = 14.0  # px, where the ink's centre of mass goes
PEN = 2.4  # px, and
SOFT = 1.0  # px, how far its edge fades: both as the median of MNIST's 60,000 training digits
PENS = 1.8, 3.0  # px, a drawing's own pen becomes one of these if it is thinner or thicker
SMALLEST = 1 / 12  # of the canvas: strokes smaller than this are not enlarged to the whole 20 px
GRID = 8  # steps per px: points are rounded to this, so float32's own rounding cannot show
STEP = 0.6  # px between the dots that make a line
MOST_DOTS = 1000  # a scribble too long for these at STEP is solid ink anyway

WORK = 480  # px, the longer side that a larger drawing is shrunk to
COPY = 48  # px, the longer side of the copy that the paper is estimated on
FINE = 4  # steps per px where the middle of the ink is sought
FAINTEST = 0.1  # of what ink could differ from paper: anything fainter is paper
NOISY = 0.02  # of the same: paper that varies more is smoothed first
SMOOTH = 1 / 320  # of its longer side: by so much
SPECK = 1e-4, 0.04  # of the drawing's area, of the largest part's: less ink than this is dust


def digit_from_strokes(strokes: list[np.ndarray], canvas: float) -> np.ndarray | None:
    """Ink the strokes at MNIST's size, place and pen width.

    strokes: list of float (N, 2), x right, y down, canvas pixels; one point is a dot.
    canvas: the canvas's side in pixels.
    Returns float32 (28, 28), ink 1, paper 0; None when there is no point at all.
    Raises ValueError when a coordinate is not finite or a stroke is not (N, 2).
    """
    strokes = [np.asarray(s, np.float64) for s in strokes if len(s)]
    if not strokes:
        return None
    if any(s.ndim != 2 or s.shape[1] != 2 for s in strokes):
        raise ValueError("a stroke must be an array of points (N, 2): x, y")
    points = np.concatenate(strokes)
    if not np.isfinite(points).all():
        raise ValueError("a stroke has a coordinate that is not a finite number")
    points -= points.min(0)
    extent = max(points.max(), canvas * SMALLEST)
    points = np.round(points * ((SIDE - PEN) / extent * GRID)) / GRID
    return _centred([(_dots(points, np.cumsum([len(s) for s in strokes])), PEN / 2)])


def digit_from_image(image: np.ndarray) -> np.ndarray | None:
    """Find the ink on the paper and bring it to MNIST's size and place, its pen near MNIST's.

    image: uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA; any ink on any paper that differs
    from it, clean, noisy or unevenly lit.
    Returns float32 (28, 28), ink 1, paper 0; None when there is nothing but paper.
    Raises ValueError when the array is none of these.
    """
    ink, parts, _, _ = find_ink(image)
    return digit_from_ink(ink) if parts.any() else None


def find_ink(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Where a drawing's ink is: see `digit_from_image` for image and errors.

    Returns ink, float32 (h, w), 0 on paper, over 0.5 on ink, about 1 where it is strongest;
    its connected parts, int (h, w), 0 on paper; and how (h, w) lies in (H, W): pixel (y, x) at
    corner + shrunk * (y, x), with corner int (2,).
    """
    if (
        not isinstance(image, np.ndarray)
        or image.dtype != np.uint8
        or image.ndim < 2
        or image.shape[2:] not in ((), (3,), (4,))
        or 0 in image.shape
    ):
        raise ValueError("an image must be a uint8 array (H, W), (H, W, 3) or (H, W, 4)")
    shrunk = -(-max(image.shape[:2]) // WORK)
    ink = _ink_level(image, shrunk)
    parts, count = components(ink > 0.5)
    no_ink = _dust_or_shadow(ink, parts, count)[parts]
    ink[no_ink], parts[no_ink] = 0, 0
    places = np.argwhere(parts)
    if len(places):
        low, high = places.min(0), places.max(0) + 1
        side = (high - low).max()
        if 3 * side * shrunk <= WORK * (shrunk - 1):  # then it need not be shrunk as much
            start, stop = np.maximum(low - side, 0) * shrunk, (high + side) * shrunk
            nearer = image[start[0] : stop[0], start[1] : stop[1]]
            ink, parts, corner, shrunk = find_ink(nearer)
            return ink, parts, corner + start, shrunk
    return ink, parts, np.zeros(2, int), shrunk


def components(mask: np.ndarray) -> tuple[np.ndarray, int]:
    """bool (H, W) -> what hangs together, corners too: labels int (H, W), 0 where False; count."""
    width = mask.shape[1] + 1
    flat = np.pad(mask, ((0, 0), (0, 1))).ravel()
    start, end = np.flatnonzero(np.diff(flat, prepend=False, append=False)).reshape(-1, 2).T
    # run i touches the runs of the next row from first[i] on, as many as touching[i]
    first = np.searchsorted(end, start + width)
    touching = np.maximum(np.searchsorted(start, end + width, "right") - first, 0)
    above = np.repeat(np.arange(len(start)), touching)
    below = np.arange(len(above)) + np.repeat(first - np.cumsum(touching) + touching, touching)
    root = np.arange(len(start))
    while (root[above] != root[below]).any():
        low = np.minimum(root[above], root[below])
        np.minimum.at(root, root[above], low)
        np.minimum.at(root, root[below], low)
        root = root[root]
    names, name = np.unique(root, return_inverse=True)
    labels = np.zeros(len(flat), int)
    labels[flat] = np.repeat(name + 1, end - start)
    return labels.reshape(len(mask), width)[:, :-1], len(names)


def digit_from_ink(ink: np.ndarray) -> np.ndarray:
    """Ink float32 (h, w), over 0.5 somewhere -> digit float32 (28, 28).

    The middle of the ink and its depth there (Blum's medial axis) are dots and their pens.
    """
    y, x = np.nonzero(ink > 0.5)
    ink = np.pad(ink, 1)[y.min() : y.max() + 3, x.min() : x.max() + 3]
    fine = SIDE * FINE / (max(ink.shape) - 2)
    size = [max(3, round(n * fine)) for n in ink.shape[::-1]]
    ink = Image.fromarray(np.clip(ink, 0, 1)).resize(size, Image.Resampling.BICUBIC)
    ink = np.asarray(ink)
    depth = _depth(
        np.pad(ink > min(ink.max(), 1) / 2, 1)
    )  # a hairline is paler now, but no less a line
    around = sliding_window_view(np.pad(depth, 1), (3, 3)).mean((2, 3))
    ridge = depth - around > 0.3  # 0.67 along a straight one, 0 on its slopes
    radii = depth[ridge] - 0.5
    spot = np.pi * radii.max() ** 2 > 0.7 * (depth > 0).sum()  # one disc, no line
    radius = radii.max() if spot else np.quantile(radii, 0.3)  # more of it, and a loop is filled
    scale = SIDE / (1 + np.ptp(np.nonzero(depth), axis=1).max())
    pen = 2 * scale * radius
    wanted = np.clip(pen, *PENS)
    stretch = wanted / pen if spot else (SIDE - wanted) / max(SIDE - pen, SIDE / 2)
    if pen > wanted and not spot:  # no pen goes deeper than its radius: it went round what is deep
        ridge = (ridge | (depth >= radius + 0.5)) & (depth < radius + 1.5)
        radii = np.minimum(depth[ridge] - 0.5, radius)
    radii = radii * scale * min(wanted / pen, 1) + max(wanted - pen, 0) / 2
    radii = np.round(radii * 16) / 16  # few pens, few inkings
    dots = np.argwhere(ridge)[:, ::-1] * (scale * stretch)
    return _centred([(dots[radii == r], r) for r in np.unique(radii).tolist()])


def _ink_level(image, shrunk):
    """Drawing -> ink as `find_ink` returns it, or all 0 where there is none."""
    picture = Image.fromarray(image)
    if picture.mode == "RGBA":
        picture = picture.convert("RGBa")  # so that what is transparent lends no colour
    picture = picture.reduce(shrunk)
    ink, noise = _contrast(picture)
    if noise > NOISY:
        ink, noise = _contrast(picture.filter(ImageFilter.GaussianBlur(max(picture.size) * SMOOTH)))
    ink[ink < 3 * noise] = 0
    square = ink * ink
    strongest = (square * ink).sum() / max(square.sum(), 1e-9)  # a mean in which strong ink weighs
    return ink / strongest if strongest > max(5 * noise, FAINTEST) else np.zeros_like(ink)


def _contrast(picture):
    """Picture -> how each pixel differs from the paper there, in the way in which ink does, as a
    share of the most that it could, float32 (h, w); and the standard deviation that paper has.
    """
    copy = _colours(picture.reduce(-(-max(picture.size) // COPY)))
    apart = copy - _windowed(copy, np.mean)
    towards_ink = ((apart**2).sum(-1, keepdims=True) * apart).sum((0, 1))  # the farthest say most
    towards_ink /= np.linalg.norm(towards_ink) or 1
    paper = Image.fromarray(_without_ink(copy @ towards_ink))
    paper = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR))
    # in a shadow ink and paper differ less, but so do the most and the least that they could
    most = np.maximum(towards_ink, 0).sum() - paper
    contrast = (_colours(picture) @ towards_ink - paper) / np.maximum(most, 0.1)
    contrast -= np.median(contrast)
    return contrast, 1.4826 * np.median(np.abs(contrast))  # of a normal distribution


def _colours(picture):
    """Picture in mode L, RGB or RGBa -> float32 (h, w, 1 or 3) in 0..1 with paper behind it."""
    pixels = np.asarray(picture, np.float32) / 255
    if picture.mode != "RGBa":
        return pixels.reshape(*pixels.shape[:2], -1)
    colour, opaque = pixels[..., :3], pixels[..., 3:]
    if np.median(opaque) > 0.5:
        paper = np.median(colour[opaque[..., 0] > 0.5], 0)
    else:
        paper = float(
            colour.mean() < opaque.mean() / 2
        )  # white behind dark ink, black behind light
    return colour + (1 - opaque) * paper


def _without_ink(copy):
    """Wipe off a copy (h, w) what is above, and narrower than a window: it leaves the paper."""
    y, x = np.indices(copy.shape, np.float32).reshape(2, -1)
    slope = np.stack([np.ones_like(x), x, y], 1)
    slope = (slope @ np.linalg.lstsq(slope, copy.ravel())[0]).reshape(copy.shape)
    return np.maximum(
        *(light + _windowed(_windowed(copy - light, np.min), np.max) for light in (0, slope))
    )


def _windowed(copy, summary):
    """A summary (np.min, np.mean, ...) of the window, a third of the copy, around each pixel."""
    reach = -(-max(copy.shape) // 6)
    for axis in 0, 1:
        pad = [(reach, reach) if a == axis else (0, 0) for a in range(copy.ndim)]
        around = sliding_window_view(np.pad(copy, pad, "symmetric"), 2 * reach + 1, axis)
        copy = summary(around, -1)
    return copy


def _dust_or_shadow(ink, parts, count):
    """bool (count + 1,): parts too small for ink, or pale and cut by the border as shadows are."""
    area = np.bincount(parts.ravel(), minlength=count + 1)
    level = np.bincount(parts.ravel(), ink.ravel(), count + 1) / np.maximum(area, 1)
    area[0], level[0] = 0, 0
    border = np.zeros(count + 1, bool)
    border[parts[[0, -1]]] = border[parts[:, [0, -1]]] = True
    pale = border & (level < 0.75 * level.max())
    return pale | (area < max(SPECK[0] * ink.size, SPECK[1] * area[~pale].max()))


def _depth(mask):
    """bool (h, w) -> float32 (h, w): the distance to the nearest False, which the border is."""
    far = np.where(mask, np.float32(1e6), np.float32(0))
    for _ in 0, 1:  # the squares of the distances along each axis add up
        n = np.arange(len(far), dtype=np.float32)
        far = (far[None] + ((n[:, None] - n) ** 2)[:, :, None]).min(1).T
    return np.sqrt(far)


def _dots(points, ends):
    """Points (N, 2), index after each stroke's last -> dots (M, 2) evenly along each stroke."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    lengths[ends[:-1] - 1] = 1  # pen up; not 0, so that no stroke ends where the next begins
    along = np.concatenate([[0], np.cumsum(lengths)])
    start = along[np.concatenate([[0], ends[:-1]])]
    length = along[ends - 1] - start
    step = max(STEP, length.sum() / MOST_DOTS)
    parts = np.ceil(length / step)
    stroke = np.repeat(np.arange(len(ends)), parts.astype(int) + 1)
    part = np.arange(len(stroke)) - np.searchsorted(stroke, stroke)
    at = start[stroke] + (length / np.maximum(parts, 1))[stroke] * part
    return np.stack([np.interp(at, along, axis) for axis in points.T], 1)


def _centred(pens):
    """[(dots (M, 2), radius)] -> digit, inked twice: to find its centre of mass, then around it.

    A second inking keeps the edges as sharp as the first has them; moving its pixels would not.
    """
    dots = np.concatenate([dots for dots, _ in pens])
    move = CENTRE - (dots.min(0) + dots.max(0)) / 2
    place = np.arange(28)
    for _ in 0, 1:
        ink = np.max([_ink(dots + move, radius) for dots, radius in pens], axis=0)
        move += CENTRE - np.array([ink.sum(0) @ place, ink.sum(1) @ place]) / ink.sum()
    return ink


def _ink(dots, radius):
    """Dots (M, 2) in pixel indices -> float32 (28, 28): round ink with a soft edge."""
    x, y = (dots.astype(np.float32).T[:, :, None] - np.arange(28, dtype=np.float32)) ** 2
    distance = np.sqrt((y[:, :, None] + x[:, None, :]).min(0))
    return np.clip(0.5 + (radius - distance) / SOFT, 0, 1)
