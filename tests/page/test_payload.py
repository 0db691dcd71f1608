"""What a browser may send: everything else is refused by name, before it costs anything."""

import base64
import io
import itertools
import json
import math
import re
import struct
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cnn.page import corrections, payload, predictor
from cnn.page.errors import Refusal
from cnn.page.html import BROWSER
from cnn.page.payload import image_from_file, image_from_url, strokes_from


def url_of(image: Image.Image, kind: str = "PNG") -> str:
    file = io.BytesIO()
    image.save(file, kind)
    content = base64.b64encode(file.getvalue()).decode()
    return f"data:image/{kind.lower()};base64,{content}"


def bomb(width: int, height: int) -> bytes:
    """A valid PNG of width x height black pixels in a few kilobytes (PNG specification, 1 bit)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_strokes_arrive_as_the_points_that_were_sent():
    strokes, canvas = strokes_from({"strokes": [[1, 2, 3.5, 4], [], [5, 6]], "canvas": 280})
    assert canvas == 280.0
    assert [s.tolist() for s in strokes] == [[[1, 2], [3.5, 4]], [[5, 6]]]
    assert {s.dtype for s in strokes} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (None, "bad_request"),
        ([], "bad_request"),
        ("strokes", "bad_request"),
        ({"canvas": 280}, "bad_request"),
        ({"canvas": 280, "strokes": {"0": [1, 2]}}, "bad_request"),
        ({"canvas": 280, "strokes": [1, 2]}, "bad_request"),
        ({"canvas": 280, "strokes": [[1]]}, "bad_points"),
        ({"canvas": 280, "strokes": [["1", "2"]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[None, 1]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[True, False]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[[1, 2], [3, 4]]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[[1], [2, 3]]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[math.nan, 1]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[math.inf, 1]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[1e30, 1]]}, "bad_points"),
        ({"canvas": 280, "strokes": [[10**400, 1]]}, "bad_points"),
        ({"canvas": 0, "strokes": []}, "bad_canvas"),
        ({"canvas": math.nan, "strokes": []}, "bad_canvas"),
        ({"canvas": "280", "strokes": []}, "bad_canvas"),
        ({"canvas": True, "strokes": []}, "bad_canvas"),
        ({"canvas": 280, "strokes": [[0] * 2_000_000]}, "too_many_points"),
        ({"canvas": 280, "strokes": [[1, 1]] * 1000}, "too_many_points"),
    ],
)
def test_bad_strokes_are_refused_by_name(sent, name):
    with pytest.raises(Refusal) as refused:
        strokes_from(sent)
    assert refused.value.name == name


def test_one_long_text_among_the_numbers_costs_no_memory():
    tracemalloc.start()
    with pytest.raises(Refusal):
        strokes_from({"canvas": 280, "strokes": [["x" * 10_000, *[1] * 39_999]]})
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_a_picture_arrives_as_its_pixels(kind):
    grey = Image.fromarray(np.repeat(np.uint8([[40, 200]]), 16, axis=1).repeat(32, axis=0))
    drawing = image_from_url(url_of(grey.convert("RGB"), kind))
    assert drawing.shape == (32, 32, 4)
    assert np.abs(drawing[16, [4, 27], 0].astype(int) - [40, 200]).max() <= 8
    assert (drawing[..., 3] == 255).all()


def test_transparency_survives():
    assert (image_from_url(url_of(Image.new("RGBA", (8, 8), (9, 9, 9, 77))))[..., 3] == 77).all()


def test_a_large_picture_is_reduced_and_a_turned_one_is_turned_back():
    exif = Image.Exif()
    exif[274] = 6  # orientation: turn by 90 degrees (EXIF 2.32, tag 0x0112)
    file = io.BytesIO()
    Image.new("RGB", (4000, 1000)).save(file, "JPEG", exif=exif)
    assert image_from_file(file).shape == (payload.PICTURE_SIDE, payload.PICTURE_SIDE // 4, 4)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        "",
        "https://example.org/7.png",
        "data:image/png;base64,",
        "data:image/png;base64,%%%%",
        "data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode(),
        "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\nbroken").decode(),
        url_of(Image.new("L", (64, 64)))[:-40],
    ],
)
def test_what_is_no_picture_is_refused(sent):
    with pytest.raises(Refusal) as refused:
        image_from_url(sent)
    assert refused.value.name == "bad_picture"


@pytest.mark.parametrize("side", [5000, 20_000])
def test_a_bomb_is_refused_before_a_pixel_is_decoded(side, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda _: pytest.fail("pixels were decoded"))
    with pytest.raises(Refusal) as refused:
        image_from_file(io.BytesIO(bomb(side, side)))
    assert refused.value.name == "too_many_pixels"


@pytest.mark.parametrize(
    ("kind", "mode", "size", "is_taken"),
    [
        ("JPEG", "RGB", (6000, 4000), True),  # decoded at a quarter of its scale
        ("PNG", "L", (6000, 4000), True),
        ("PNG", "RGB", (5000, 3900), True),
        ("PNG", "RGB", (6000, 4000), False),
        ("PNG", "RGBA", (2900, 3000), True),
        ("PNG", "RGBA", (4000, 4000), False),
        ("PNG", "P", (4000, 4000), False),
        ("WEBP", "RGB", (4000, 4000), False),
    ],
)
def test_a_picture_whose_decoding_takes_too_much_memory_is_refused(kind, mode, size, is_taken):
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    if is_taken:
        assert max(image_from_file(file).shape) == payload.PICTURE_SIDE
        return
    with pytest.raises(Refusal) as refused:
        image_from_file(file)
    assert refused.value.name == "too_many_pixels"


def test_a_progressive_photograph_counts_with_all_its_coefficients():
    file = io.BytesIO()
    Image.new("RGB", (4000, 4000)).save(file, "JPEG", progressive=True)
    with pytest.raises(Refusal, match="million pixels"):
        image_from_file(file)


def test_every_refusal_has_words_on_the_page():
    code = "".join(Path(part.__file__).read_text() for part in (corrections, payload, predictor))
    names = re.findall(r'Refusal\("(\w+)"|"error": "(\w+)"', code)
    words = json.loads((BROWSER / "words" / "en" / "page.json").read_text(encoding="utf-8"))
    assert {f"error.{name}" for name in filter(None, itertools.chain(*names))} <= words.keys()
