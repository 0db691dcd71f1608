"""What a browser may send, bounded and checked: strokes, or one picture.

Anything else raises `Refusal`.
"""

import base64
import binascii
import contextlib
import io
import threading
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from cnn.constants import CONSTANTS
from cnn.page.errors import Refusal
from cnn.preprocess.strokes import unflatten

MAX_STROKES = CONSTANTS["canvas"]["MAX_STROKES"]
MAX_POINTS = CONSTANTS["canvas"]["MAX_POINTS"]
MAX_PIXELS = 24_000_000  # a phone's photograph has 12 to 24 million
# The page itself sends no larger picture: a square of this side.
PAGE_PIXELS = CONSTANTS["picture"]["SIDE"] ** 2
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
PICTURE_SIDE = 1024  # longer side in pixels that a picture is reduced to: a digit needs no more
DECODE_BYTES = 80_000_000  # that decoding one picture may take, judging by its header
# Bytes a pixel while Pillow decodes and reduces a picture: it stores RGB in four, and premultiplies
# a copy of a transparent picture.
PIXEL_BYTES = {"1": 2, "L": 1, "RGB": 4}
OTHER_PIXEL_BYTES = 9
WEBP_BYTES = 4  # more: libwebp decodes into a buffer of its own
PROGRESSIVE_BYTES = 6  # a pixel: libjpeg keeps every coefficient of such a file
DECODINGS = threading.BoundedSemaphore(2)  # at a time, whichever routes they come by
LARGE_DECODING = threading.Lock()  # of two that take more than half of DECODE_BYTES, one waits
DECODING_S = 20.0  # to wait for one of them


def strokes_from(payload: object) -> tuple[list[np.ndarray], float]:
    """{"strokes": [[x, y, x, y, ...], ...], "canvas": size} -> (strokes, canvas size in pixels)."""
    if not isinstance(payload, dict):
        raise Refusal("bad_request")
    canvas, flat = payload.get("canvas"), payload.get("strokes")
    if isinstance(canvas, bool) or not isinstance(canvas, int | float) or not 1 <= canvas <= 1e4:
        raise Refusal("bad_canvas")
    if not isinstance(flat, list) or not all(isinstance(stroke, list) for stroke in flat):
        raise Refusal("bad_request")
    if len(flat) > MAX_STROKES or sum(map(len, flat)) > 2 * MAX_POINTS:
        raise Refusal("too_many_points", strokes=MAX_STROKES, points=MAX_POINTS)
    return [_points(stroke, canvas) for stroke in flat if stroke], float(canvas)


def label_from(payload: dict, classes: int) -> int:
    """The payload's "label": one of this many classes, counted from 0."""
    label = payload.get("label")
    if type(label) is not int or not 0 <= label < classes:
        raise Refusal("bad_request")
    return label


def picture_from(payload: object) -> object:
    """{"picture": data URL} -> the data URL, still to be checked."""
    if not isinstance(payload, dict):
        raise Refusal("bad_request")
    return payload.get("picture")


def _points(stroke: list, canvas: float) -> np.ndarray:
    """[x, y, x, y, ...] -> float32 (N, 2)."""
    # Before numpy sees it: one long string would make every element of an array that long.
    if len(stroke) % 2 or not all(type(value) in (int, float) for value in stroke):
        raise Refusal("bad_points")
    if not all(-10 * canvas <= value <= 10 * canvas for value in stroke):  # nor NaN, nor infinity
        raise Refusal("bad_points")
    return unflatten(stroke)


def image_from_url(url: object, most_pixels: int = MAX_PIXELS) -> np.ndarray:
    """A data URL with a picture -> image, uint8 (H, W, 4)."""
    if not isinstance(url, str) or not url.startswith("data:image/") or "," not in url:
        raise Refusal("bad_picture")
    try:
        content = base64.b64decode(url.split(",", 1)[1], validate=True)
    except (binascii.Error, ValueError):
        raise Refusal("bad_picture") from None
    return image_from_file(io.BytesIO(content), most_pixels)


def image_from_file(file: io.BytesIO | str | Path, most_pixels: int = MAX_PIXELS) -> np.ndarray:
    """A picture file -> image, uint8 (H, W, 4), its longer side PICTURE_SIDE at most.

    Its size is checked before a pixel is decoded, and few pictures are decoded at the same time.
    """
    if not DECODINGS.acquire(timeout=DECODING_S):
        raise Refusal("busy")
    try:
        with Image.open(file, formats=FORMATS) as picture:
            return _decoded(picture, most_pixels)
    except Refusal:
        raise
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (OSError, SyntaxError, ValueError, EOFError, TypeError):  # what Pillow raises on junk
        raise Refusal("bad_picture") from None
    finally:
        DECODINGS.release()


def _decoded(picture: Image.Image, most_pixels: int) -> np.ndarray:
    if picture.width * picture.height > most_pixels:
        raise _too_many_pixels()
    whole = picture.size
    picture.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))  # JPEG: decoded at a smaller scale
    taken = _decoding_bytes(picture, whole)
    if taken > DECODE_BYTES:
        raise _too_many_pixels()
    with LARGE_DECODING if taken > DECODE_BYTES / 2 else contextlib.nullcontext():
        picture.load()
        if picture.mode == "1":
            picture = picture.convert("L")
        if picture.mode not in PIXEL_BYTES:
            picture = picture.convert("RGBA")
        picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), reducing_gap=2.0)
    return np.asarray(ImageOps.exif_transpose(picture).convert("RGBA"))


def _too_many_pixels() -> Refusal:
    photograph, picture = MAX_PIXELS // 1_000_000, DECODE_BYTES // OTHER_PIXEL_BYTES // 1_000_000
    return Refusal("too_many_pixels", photograph=photograph, picture=picture)


def _decoding_bytes(picture: Image.Image, whole: tuple[int, int]) -> int:
    """Bytes needed to decode and reduce it; whole: its size before `draft` made it smaller."""
    pixels = picture.width * picture.height
    taken = pixels * PIXEL_BYTES.get(picture.mode, OTHER_PIXEL_BYTES)
    if picture.format == "WEBP":
        taken += pixels * WEBP_BYTES
    if "progression" in picture.info or "progressive" in picture.info:
        taken += whole[0] * whole[1] * PROGRESSIVE_BYTES
    return taken
