"""The browser reads a whole drawing as Python's functions do, one after the other."""

import json

import numpy as np
import pytest
import torch
from engine_fixture import floats
from grouped import group_strokes

from cnn.activations import activations
from cnn.model import load
from cnn.page.predictor import verdict
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.handwriting import CANVAS

CLOSE = 1e-5

# A reader that the test keeps, and what it reads in a form that travels.
SET_UP = """async (threshold) => {
  const { Reader } = await import("/engine/reader.js");
  const network = await loaded("/convnet.safetensors");
  window.reader = new Reader(network, threshold ?? undefined);
  window.told = (reading) => reading &&
    { ...reading, seen: base64(reading.seen), maps: base64(joined(reading.maps)) };
}"""
READ = "([strokes, options]) => told(reader.readStrokes(strokes, 280, options))"
READ_DIGITS = """([digits, options]) => {
  const arrays = digits.map((digit) => digit && Float32Array.from(digit));
  return told(reader.readDigits(arrays, digits.map(() => [0, 0, 1, 1]), options));
}"""


@pytest.fixture(scope="module")
def model():
    return load()


@pytest.fixture
def reader(engine):
    engine.evaluate(SET_UP, None)
    return engine


@pytest.fixture(scope="module")
def drawn(fixture_folder):
    """Synthetic drawings as the page has them: flat strokes."""
    return json.loads((fixture_folder / "drawings.json").read_text())["drawings"]


def row(drawings: list, height: float = 60) -> list[list[float]]:
    """The drawings beside each other on one canvas, all equally high, with room between them."""
    strokes = []
    for i, drawing in enumerate(drawings):
        points = np.concatenate([np.reshape(stroke, (-1, 2)) for stroke in drawing])
        low, size = points.min(0), np.ptp(points, 0)
        scale = height / max(size[1], 1)
        scale = min(scale, 22 / max(size[0], 1))
        corner = np.array([8 + 34 * i, 100])
        for stroke in drawing:
            strokes.append(((np.reshape(stroke, (-1, 2)) - low) * scale + corner).ravel().tolist())
    return strokes


def arrays(strokes: list[list[float]]) -> list[np.ndarray]:
    return [np.reshape(stroke, (-1, 2)) for stroke in strokes]


def pythons(model, strokes: list[list[float]]):
    """(group, digit, stages' maps, probabilities) of every digit in the strokes."""
    for group in group_strokes(arrays(strokes), CANVAS):
        mine = [arrays(strokes)[i] for i in group.strokes]
        digit = digit_from_strokes(mine, CANVAS)
        maps = activations(model, torch.from_numpy(digit)[None, None])
        yield group, digit, maps, list(maps.values())[-1][0].exp().tolist()


@pytest.mark.parametrize("i", range(10))
def test_one_digit_is_read_as_python_reads_it(reader, model, drawn, i):
    reading = reader.evaluate(READ, [drawn[i], {}])
    points = np.concatenate(arrays(drawn[i]))
    digit = digit_from_strokes(arrays(drawn[i]), CANVAS)
    maps = activations(model, torch.from_numpy(digit)[None, None])
    probs = list(maps.values())[-1][0].exp().tolist()
    [said] = reading["digits"]
    expected = verdict(probs, max(probs), 0.75)
    assert (said["digit"], said["confident"], said["runnerUp"]) == tuple(vars(expected).values())
    assert said["probs"] == pytest.approx(probs, abs=CLOSE)
    assert said["box"] == pytest.approx([*(points.min(0) / 280), *(points.max(0) / 280)])
    assert said["mark"] is None
    assert reading["held"] == {"digit": said["digit"], "probs": said["probs"]}
    assert (reading["followed"], reading["tooMany"]) == (0, False)
    assert floats(reading["seen"], 28, 28) == pytest.approx(digit, abs=CLOSE)
    torchs = torch.cat([values.flatten() for values in maps.values()]).numpy()
    differ = np.abs(floats(reading["maps"]) - torchs)
    assert (differ <= 10 * CLOSE * np.maximum(1, np.abs(torchs))).all()  # the digit differs too


def test_where_no_neuron_fires_the_reading_says_that_it_is_of_no_drawing(reader, model, drawn):
    """Then fc2 gives its biases alone, whatever was drawn."""
    assert [reader.evaluate(READ, [strokes, {}])["silent"] for strokes in drawn[:3]] == [False] * 3
    relu3 = [name for name, _ in model.stages()].index("relu3") + 1  # the input is stage 0
    reader.evaluate("(stage) => reader.mute(new Map([[stage, new Set(Array(128).keys())]]))", relu3)
    readings = [reader.evaluate(READ, [strokes, {}]) for strokes in drawn[:3]]
    biases = model.fc2.bias.softmax(0).tolist()
    for reading in readings:
        assert reading["silent"]
        assert reading["digits"][0]["probs"] == pytest.approx(biases, abs=CLOSE)


def test_a_number_is_read_from_left_to_right_and_the_digit_drawn_last_is_followed(
    reader, model, drawn
):
    strokes = row(drawn[:5])
    strokes = strokes[2:] + strokes[:2]  # the leftmost digit, or its end, drawn last
    reading = reader.evaluate(READ, [strokes, {}])
    expected = list(pythons(model, strokes))
    assert len(reading["digits"]) == len(expected) > 1
    for said, (group, _, _, probs) in zip(reading["digits"], expected, strict=True):
        assert said["strokes"] == group.strokes
        assert said["probs"] == pytest.approx(probs, abs=CLOSE)
    newest = max(range(len(expected)), key=lambda i: max(expected[i][0].strokes))
    assert reading["followed"] == newest
    assert floats(reading["seen"], 28, 28) == pytest.approx(expected[newest][1], abs=CLOSE)
    last = floats(reading["maps"])[-10:]
    assert np.exp(last) == pytest.approx(expected[newest][3], abs=CLOSE)


def test_another_digit_is_followed_on_demand_and_the_last_beyond_it(reader, model, drawn):
    strokes = row(drawn[:3])
    expected = list(pythons(model, strokes))
    for follow in range(len(expected) + 2):
        reading = reader.evaluate(READ, [strokes, {"follow": follow}])
        followed = min(follow, len(expected) - 1)
        assert reading["followed"] == followed
        assert floats(reading["seen"], 28, 28) == pytest.approx(expected[followed][1], abs=CLOSE)


def test_what_is_read_does_not_depend_on_what_was_read_before(reader, engine, drawn):
    numbers = [row(drawn[i : i + 4]) for i in (0, 4, 1, 0)]
    together = [reader.evaluate(READ, [strokes, {}]) for strokes in numbers]
    for strokes, reading in zip(numbers, together, strict=True):
        engine.evaluate(SET_UP, None)
        assert reader.evaluate(READ, [strokes, {}]) == reading


def test_under_the_pen_the_digit_is_held_and_nothing_else(reader, drawn):
    before = {"digit": 9, "probs": [0.0] * 9 + [1.0]}
    held = reader.evaluate(READ, [drawn[0], {"before": before}])
    free = reader.evaluate(READ, [drawn[0], {}])
    assert held["held"]["digit"] == 9
    average = 0.3 * np.array(free["digits"][0]["probs"]) + 0.7 * np.array(before["probs"])
    assert held["held"]["probs"] == pytest.approx(average.tolist())
    assert {**held, "held": None} == {**free, "held": None}


def test_from_the_cards_threshold_on_the_page_stands_by_its_answer(engine, drawn):
    said = []
    for threshold in (0, 1.1):
        engine.evaluate(SET_UP, threshold)
        said.append(engine.evaluate(READ, [drawn[0], {}])["digits"][0]["confident"])
    assert said == [True, False]


@pytest.mark.parametrize("strokes", [[], [[]]])
def test_nothing_drawn_is_nothing_read(reader, strokes):
    assert reader.evaluate(READ, [strokes, {}]) is None
    assert reader.evaluate(READ_DIGITS, [[], {}]) is None


def test_a_mark_is_no_digit_and_is_never_followed(reader):
    three = [20, 60, 60, 60, 40, 110, 65, 130, 60, 180, 20, 180]
    five = [200, 60, 150, 60, 148, 110, 190, 120, 195, 160, 150, 180]
    point = [105, 180, 106, 181]
    reading = reader.evaluate(READ, [[three, five, point], {}])
    assert [each["mark"] for each in reading["digits"]] == [None, ".", None]
    assert reading["digits"][1]["digit"] is None
    assert reading["followed"] == 2
    assert reader.evaluate(READ, [[three, five, point], {"follow": 1}])["followed"] == 2


def test_a_ninth_digit_leaves_those_that_were_drawn_first(reader):
    ones = [[10 + 30 * i, 100, 10 + 30 * i, 160] for i in (8, 0, 1, 2, 3, 4, 5, 6, 7)]
    eight = reader.evaluate(READ, [ones[:8], {}])
    nine = reader.evaluate(READ, [ones, {}])
    assert (eight["tooMany"], nine["tooMany"]) == (False, True)
    assert nine["digits"] == eight["digits"]
    assert nine["followed"] == eight["followed"]


def test_the_digits_of_a_picture_are_read_and_the_first_is_followed(reader, model, drawn):
    digits = [digit_from_strokes(arrays(drawn[i]), CANVAS) for i in range(3)]
    sent = [None, *(digit.ravel().tolist() for digit in digits)]
    reading = reader.evaluate(READ_DIGITS, [sent, {"marks": ["-", None, None, None]}])
    probs = model(torch.from_numpy(np.stack(digits))[:, None]).exp().tolist()
    for said, expected in zip(reading["digits"][1:], probs, strict=True):
        assert said["probs"] == pytest.approx(expected, abs=CLOSE)
    assert reading["digits"][0]["mark"] == "-"
    assert reading["followed"] == 1
    assert floats(reading["seen"], 28, 28) == pytest.approx(digits[0])
    assert reader.evaluate(READ_DIGITS, [sent, {"follow": 3}])["followed"] == 3


def test_of_more_than_eight_digits_of_a_picture_the_first_are_read(reader):
    sent = [np.full(784, i / 10).tolist() for i in range(10)]
    assert len(reader.evaluate(READ_DIGITS, [sent[:8], {}])["digits"]) == 8
    reading = reader.evaluate(READ_DIGITS, [sent, {}])
    assert (len(reading["digits"]), reading["tooMany"]) == (8, True)
