"""Whatever comes in, out comes a digit, nothing, or a named error; with little work, never NaN."""

import base64
import io
import itertools
import json
import math
import sys
import tracemalloc

import numpy as np
import scipy.ndimage  # noqa: F401, so is its import, which pictures bring about
from grouped import group_strokes
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from cnn.model import load
from cnn.page.api import checked_call
from cnn.page.errors import ERRORS, Refusal
from cnn.page.payload import strokes_from
from cnn.page.predictor import Predictor
from cnn.preprocess import digit_from_image, digit_from_strokes

# Of one input: what Python calls, in its own code and in numpy, and the most that it holds.
MAX_CALLS, MAX_BYTES = 50_000, 50_000_000

predictor = Predictor(load())
Image.init()  # Pillow's readers are imported once, too

numbers = st.one_of(
    st.floats(), st.integers(), st.sampled_from([1e308, -1e308, 5e-324, 0.0, math.nan, math.inf])
)
points = arrays(np.float64, st.tuples(st.integers(0, 30), st.just(2)), elements=st.floats())
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)
payloads = st.one_of(
    values,
    st.fixed_dictionaries(
        {}, optional={"strokes": values, "canvas": numbers, "label": values, "key": values}
    ),
    st.fixed_dictionaries(
        {"strokes": st.lists(st.lists(numbers, max_size=12), max_size=6), "canvas": numbers}
    ),
)
images = st.one_of(st.tuples(st.integers(1, 60), st.integers(1, 60)), st.just((1, 3000))).flatmap(
    lambda shape: st.sampled_from([shape, (*shape, 3), (*shape, 4)]).flatmap(
        lambda shape: arrays(np.uint8, shape, elements=st.integers(0, 255))
    )
)
inputs = settings(max_examples=80, deadline=None, database=None)


def is_digit(digit: np.ndarray | None) -> bool:
    return digit is None or bool(
        digit.shape == (28, 28)
        and digit.dtype == np.float32
        and ((digit >= 0) & (digit <= 1)).all()
    )


def outcome(function, *arguments) -> tuple[object, Exception | None]:
    """What the function gives, or the error that it names; with as little work as is allowed."""
    found, error, calls = None, None, itertools.count()
    tracemalloc.start()
    sys.setprofile(lambda _, event, __: next(calls) if event.endswith("call") else None)
    try:
        found = function(*arguments)
    except (ValueError, Refusal) as raised:
        error = raised
    finally:
        sys.setprofile(None)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert next(calls) < MAX_CALLS
    assert most < MAX_BYTES
    return found, error


@inputs
@given(st.lists(points, max_size=6), numbers)
def test_any_strokes_give_a_digit_or_nothing_or_a_sentence(strokes, canvas):
    digit, error = outcome(digit_from_strokes, strokes, canvas)
    assert is_digit(digit)
    assert error is None or "finite number" in str(error)


@inputs
@given(payloads)
def test_any_payload_gives_strokes_that_are_read_or_a_named_error(payload):
    parsed, error = outcome(strokes_from, payload)
    if error:
        assert error.name in ERRORS
        return
    digit, error = outcome(digit_from_strokes, *parsed)
    assert is_digit(digit)
    assert error is None
    grouped = [i for group in group_strokes(*parsed) for i in group.strokes]
    assert sorted(grouped) == list(range(len(parsed[0])))


@inputs
@given(images)
def test_any_image_gives_a_digit_or_nothing(image):
    digit, error = outcome(digit_from_image, image)
    assert is_digit(digit)
    assert error is None


def url_of(image: np.ndarray, kind: str) -> str:
    file = io.BytesIO()
    Image.fromarray(image).save(file, kind)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


@inputs
@given(images, st.sampled_from(["PNG", "GIF", "BMP"]), st.data())
def test_any_picture_even_a_damaged_one_is_taken_apart_or_refused_by_name(image, kind, data):
    url = url_of(image, kind)
    at = data.draw(st.integers(0, len(url)))
    damage = data.draw(st.text(max_size=4))
    for sent in (url, url[:at] + damage + url[at:], url[:at]):
        answer, error = outcome(predictor.split_picture, {"picture": sent})
        assert error is None
        if "error" in answer:
            assert answer["error"] in ERRORS
            continue
        for digit in filter(None, answer["digits"]):
            read = np.frombuffer(base64.b64decode(digit), "<f4").reshape(28, 28)
            assert is_digit(read.astype(np.float32))
        assert all(0 <= share <= 1 for box in answer["boxes"] for share in box)


@inputs
@given(st.one_of(st.binary(), payloads.map(lambda value: json.dumps(value).encode())))
def test_any_body_is_a_call_or_refused_by_name(body):
    _, error = outcome(checked_call, body)
    assert error.name in ERRORS if error else isinstance(json.loads(body), dict)
