"""Strokes become the same digit in the browser as in Python."""

import json

import numpy as np
import pytest
from engine_fixture import floats, odd_drawings
from safetensors.numpy import load_file

from cnn.preprocess import digit_from_strokes

CLOSE = 1e-5  # of full ink

DIGITS = """async (kind) => {
  const { digitFromStrokes } = await import("/engine/strokes.js");
  const { canvas, [kind]: drawn } = await (await fetch("/drawings.json")).json();
  const all = Object.values(drawn).map((strokes) => digitFromStrokes(strokes, canvas));
  return base64(joined(all));
}"""
OF = """async ([strokes, canvas]) => {
  const { digitFromStrokes } = await import("/engine/strokes.js");
  const digit = digitFromStrokes(strokes, canvas);
  return digit && base64(digit);
}"""


@pytest.fixture(scope="module")
def expected(fixture_folder):
    return load_file(fixture_folder / "digits.safetensors")


@pytest.fixture(scope="module")
def odd(engine):
    names = list(odd_drawings())
    digits = floats(engine.evaluate(DIGITS, "odd"), len(names), 28, 28)
    return dict(zip(names, digits, strict=True))


def test_two_thousand_drawings_are_pythons_digits(engine, expected):
    digits = floats(engine.evaluate(DIGITS, "drawings"), -1, 28, 28)
    assert np.abs(digits - expected["drawings"]).max() <= CLOSE


@pytest.mark.parametrize("name", odd_drawings())
def test_an_odd_drawing_is_pythons_digit(odd, expected, name):
    assert np.abs(odd[name] - expected[name]).max() <= CLOSE


def test_the_fixture_holds_the_drawings_bit_for_bit(fixture_folder, expected):
    fixture = json.loads((fixture_folder / "drawings.json").read_text())
    for strokes, digit in zip(fixture["drawings"][:50], expected["drawings"], strict=False):
        points = [np.array(stroke).reshape(-1, 2) for stroke in strokes]
        assert np.array_equal(digit_from_strokes(points, fixture["canvas"]), digit)


@pytest.mark.parametrize("strokes", [[], [[]], [[], []]])
def test_without_a_point_there_is_no_digit(engine, strokes):
    assert engine.evaluate(OF, [strokes, 280]) is None
    assert digit_from_strokes([np.zeros((0, 2)) for _ in strokes], 280) is None


def test_a_small_drawing_after_a_large_one_is_not_touched_by_it(engine):
    dot = [[140.0, 140.0]]
    alone = engine.evaluate(OF, [dot, 280])
    rng = np.random.default_rng(0)
    engine.evaluate(OF, [[rng.uniform(0, 280, 20_000).tolist()], 280])
    assert engine.evaluate(OF, [dot, 280]) == alone


@pytest.mark.parametrize(
    "stroke", ["[1, NaN]", "[1, 2, Infinity, 3]", "[1, 2, 3]", "[1, 2, undefined, 4]"]
)
def test_what_is_no_list_of_points_is_refused(engine, stroke):
    refused = engine.evaluate(
        f"""async () => {{
          const {{ digitFromStrokes }} = await import("/engine/strokes.js");
          try {{ digitFromStrokes([[5, 5], {stroke}], 280); }}
          catch (error) {{ return error.name; }}
        }}"""
    )
    assert refused == "RangeError"
