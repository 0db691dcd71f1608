"""The step on flattening: what both networks read of a moved digit is what torch reads."""

import json
import re

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from scipy import ndimage
from steps_page import PHONE, networks

from cnn.page.html import BROWSER
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.handwriting import CANVAS

STEP = "flatten"
MOST = 6  # px, of the question
REACH = 8  # px, of the curves
CENTRE = 14  # px
MOVED = """async ({ moved }, { digit, move }) => Array.from(moved(new Float32Array(digit), move))"""
PERCENT = re.compile(r"([\d.]+)%")
MOVES = [
    {"right": 0, "down": 0, "turn": 0, "scale": 1},
    {"right": -3, "down": 5, "turn": 0, "scale": 1},
    {"right": 8, "down": -8, "turn": 0.6, "scale": 0.6},
    {"right": 1, "down": 0, "turn": -1.0, "scale": 1.4},
]


def moved(digit: np.ndarray, right=0, down=0, turn=0.0, scale=1.0) -> np.ndarray:
    """(28, 28) -> the same, by scipy and the inverse of the matrix that moves a point."""
    cos, sin = scale * np.cos(turn), scale * np.sin(turn)
    forward = np.array([[cos, sin], [-sin, cos]])  # of (row, column), clockwise as y points down
    back = np.linalg.inv(forward)
    offset = CENTRE - back @ (np.array([down, right]) + CENTRE)
    return ndimage.affine_transform(digit, back, offset, order=1, mode="grid-constant")


def probs_of(model: torch.nn.Module, digit: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        return model(torch.from_numpy(digit).float().view(1, 1, 28, 28)).exp()[0].numpy()


def seen_of(visit) -> np.ndarray:
    return np.array(visit.answer()["seen"], np.float32).reshape(28, 28)


def bars_of(visit, name: str) -> list[float]:
    """The ten probabilities that a reader shows, percent."""
    rows = visit.exhibit.locator(f".reader.{name} .bars .value").all_inner_texts()
    return [float(PERCENT.fullmatch(text)[1]) for text in rows]


def close_to(probs: np.ndarray):
    """As the bars say them: a decimal below 9.95 %, none above."""
    return pytest.approx(100 * probs, abs=0.56)


@pytest.mark.parametrize("move", MOVES)
def test_a_moved_digit_is_what_scipy_makes_of_it(open_step, move):
    digit = np.random.default_rng(3).random((28, 28), np.float32)
    argument = {"digit": digit.ravel().tolist(), "move": move}
    found = open_step(STEP, drawn=False).pure("mlp-or-cnn/exhibit.js", MOVED, argument)
    assert np.allclose(found, moved(digit, **move).ravel(), atol=1e-5)


def test_rows_of_digits_that_look_alike_differ_as_numpy_counts_and_the_reader_s_own_when_moved(
    open_step,
):
    visit = open_step(STEP)
    drawn = {
        each["name"]: digit_from_strokes([np.reshape(s, (-1, 2)) for s in each["strokes"]], CANVAS)
        for each in json.loads((BROWSER / "shared" / "examples.json").read_text())
    }
    own = seen_of(visit)
    pairs = [(drawn["1"], drawn["7"]), (drawn["8"], drawn["0"]), (own, moved(own, right=2))]
    counts = [f"{(abs(one - other) > 0.5).sum()}" for one, other in pairs]
    expect(visit.exhibit.locator(".pair .count")).to_have_text(counts)
    # what the step says of them: an 8 is nearer to a 0 than the reader's digit to itself, moved
    assert int(counts[1]) < int(counts[2])
    names = visit.exhibit.locator(".pair span:not(.count)")
    expect(names).to_have_text(["1", "7", "8", "0", "yours", "2 px on"])


def test_a_quarter_turn_clockwise_brings_the_right_down(open_step):
    digit = np.zeros((28, 28), np.float32)
    digit[CENTRE, CENTRE + 5] = 1
    argument = {"digit": digit.ravel().tolist(), "move": MOVES[0] | {"turn": np.pi / 2}}
    found = open_step(STEP, drawn=False).pure("mlp-or-cnn/exhibit.js", MOVED, argument)
    assert np.argmax(found) == (CENTRE + 5) * 28 + CENTRE


def test_both_read_the_moved_digit_as_torch_does(open_step):
    visit = open_step(STEP)
    seen = seen_of(visit)
    grid = visit.exhibit.get_by_role("application")
    for key, times in (("ArrowRight", 4), ("ArrowUp", 2)):
        for _ in range(times):
            grid.press(key)
    visit.slide("Turn", 10)
    visit.slide("Size", 90)
    expect(visit.exhibit.locator(".held .note")).to_have_text("right 4 px, up 2 px")
    visit.page.wait_for_function("!document.querySelector('.step-flatten .plain').disabled")
    digit = moved(seen, 4, -2, np.radians(10), 0.9)
    for name, model in zip(("convnet", "mlp"), networks(), strict=True):
        probs = probs_of(model, digit)
        reader = visit.exhibit.locator(f".reader.{name}")
        expect(reader.locator(".digit")).to_have_text(str(probs.argmax()))
        expect(reader.locator(".bars li.top b")).to_have_text(str(probs.argmax()))
        assert bars_of(visit, name) == close_to(probs)


def test_the_curves_are_the_right_digit_s_probability_by_torch(open_step):
    visit = open_step(STEP)
    seen = seen_of(visit)
    for name, model in zip(("convnet", "mlp"), networks(), strict=True):
        path = visit.exhibit.locator(f".plot path.{name}").get_attribute("d")
        points = [tuple(map(float, point.split())) for point in path[1:].split("L")]
        label = probs_of(networks()[0], seen).argmax()
        shifts = range(-REACH, REACH + 1)
        expected = [probs_of(model, moved(seen, right))[label] for right in shifts]
        assert [1 - y / 100 for _, y in points] == pytest.approx(expected, abs=1e-4)
        assert [x for x, _ in points] == pytest.approx([100 * i / 16 for i in range(17)])


def test_a_drag_moves_it_by_whole_pixels_and_back_it_goes(open_step):
    visit = open_step(STEP)
    box = visit.exhibit.get_by_role("application").bounding_box()
    x, y, px = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"] / 28
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x - 3.2 * px, y + 1.9 * px, steps=4)
    place = visit.exhibit.locator(".held .note")
    expect(place).to_have_text("left 3 px, down 2 px")
    visit.page.mouse.move(x + 20 * px, y)
    visit.page.mouse.up()
    expect(place).to_have_text(f"right {REACH} px")
    visit.button("Put back")
    expect(place).to_have_text("Drag it, or use arrows.")


def test_a_click_on_the_curves_moves_the_digit_there(open_step):
    visit = open_step(STEP)
    visit.options().first.click()
    area = visit.exhibit.locator(".plot .area")
    box = area.bounding_box()
    area.click(position={"x": box["width"] * (REACH + 5) / (2 * REACH), "y": box["height"] / 2})
    expect(visit.exhibit.locator(".held .note")).to_have_text("right 5 px")


def falls(seen: np.ndarray) -> list[int | None]:
    """Where the MLP and the ConvNet no longer read it; None: they always do, up to MOST."""
    convnet, mlp = networks()
    label = probs_of(convnet, seen).argmax()
    return [
        next(
            (r for r in range(MOST + 1) if probs_of(model, moved(seen, r)).argmax() != label), None
        )
        for model in (mlp, convnet)
    ]


def right_option(seen: np.ndarray) -> int:
    mlp, convnet = (MOST + 1 if fall is None else fall for fall in falls(seen))
    if mlp == convnet:
        return 3 if mlp > MOST else 2
    return 0 if mlp < convnet else 1


@pytest.mark.parametrize("offset", [0, 1])
def test_the_question_is_answered_from_the_reader_s_own_digit(open_step, offset):
    visit = open_step(STEP)
    seen = seen_of(visit)
    right = right_option(seen)
    expect(visit.exhibit.locator(".plot")).to_be_hidden()
    option = visit.options().nth(right).inner_text()
    said = visit.answer_question((right + offset) % 4)
    assert said.startswith(f"Not quite. “{option}” is right." if offset else "Right.")
    expect(visit.exhibit.locator(".plot")).to_be_visible()
    for fall in falls(seen):
        assert str(MOST if fall is None else fall) in re.findall(r"\d+", said)


def test_without_the_mlp_the_convnet_goes_on_and_a_retry_brings_it(open_step):
    missing = "**/mlp.safetensors"
    visit = open_step(
        STEP,
        drawn=False,
        prepare=lambda context: context.route(missing, lambda route: route.fulfill(status=404)),
    )
    visit.draw([(0.5, 0.15), (0.5, 0.5), (0.5, 0.85)])
    expect(visit.exhibit.get_by_text("The MLP could not be loaded")).to_be_visible()
    expect(visit.exhibit.locator(".reader.convnet .digit")).to_have_text("1")
    expect(visit.exhibit.locator(".reader.mlp .digit")).to_have_text("–")
    expect(visit.question).to_be_hidden()
    visit.context.unroute(missing)
    visit.button("Try again")
    expect(visit.exhibit.locator(".reader.mlp .digit")).to_have_text("1")
    expect(visit.question).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, (1440, 900)])
def test_everybody_can_use_it(open_step, size):
    visit = open_step(STEP, size=size)
    visit.options().first.click()
    visit.exhibit.locator("table").first.wait_for()
    visit.check_everybody_can_use_it()
