"""The step on what the network sees: each part of the preparation, and what it is worth."""

import itertools
import re

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from steps_page import NOTHING_KNOWN

from cnn.model import load
from cnn.preprocess import digit_from_strokes
from cnn.training.datasets import HELD_OUT, NON_DIGITS, PICTURED, SYNTHETIC

CANVAS, PEN, EDGE = 280, 2.4, 1.0
INK_WIDTH = 16  # of the pad's pen
PREPARED = """async ([strokes, parts]) => {
    const { prepared } = await import("./browser/lesson/steps/input/prepared.js");
    return [...prepared(strokes, 280, parts)];
}"""
STROKES = [
    [(60, 70), (200, 60), (150, 130), (190, 200), (80, 230)],
    [(90, 150), (170, 150)],
]
PARTS = [
    dict(zip(("crop", "twenty", "mass"), on, strict=True))
    for on in itertools.product([True, False], repeat=3)
]


def inked(strokes: list[np.ndarray]) -> np.ndarray:
    """Strokes (N, 2) in px -> (28, 28), by each pixel's distance from each straight part."""
    pixels = np.stack(np.meshgrid(np.arange(28), np.arange(28)), -1).astype(float)
    nearest = np.full((28, 28), np.inf)
    for stroke in strokes:
        for a, b in itertools.pairwise(stroke):
            way = b - a
            share = np.clip((pixels - a) @ way / max(way @ way, 1e-12), 0, 1)[..., None]
            nearest = np.minimum(nearest, np.linalg.norm(pixels - a - share * way, axis=-1))
    return np.clip((PEN / 2 + EDGE / 2 - nearest) / EDGE, 0, 1)


def expected(strokes: list[np.ndarray], crop: bool, twenty: bool, mass: bool) -> np.ndarray:
    points = np.concatenate(strokes)
    low, high = (points.min(0), points.max(0)) if crop else (np.zeros(2), np.full(2, CANVAS))
    scale = ((20 if twenty else 28) - PEN * crop) / (high - low).max()
    placed = [(stroke - (low + high) / 2) * scale + 14 for stroke in strokes]
    digit = inked(placed)
    if not mass:
        return digit
    rows, columns = np.mgrid[:28, :28]
    middle = np.array([(digit * columns).sum(), (digit * rows).sum()]) / digit.sum()
    return inked([stroke + 14 - middle for stroke in placed])


@pytest.mark.parametrize("parts", PARTS, ids=str)
def test_every_part_can_be_left_out_and_numpy_makes_the_same_pixels(open_step, parts):
    v = open_step("sees", drawn=False)
    flat = [np.ravel(stroke).tolist() for stroke in STROKES]
    made = np.array(v.page.evaluate(PREPARED, [flat, parts])).reshape(28, 28)
    if all(parts.values()):
        ours = digit_from_strokes([np.float32(stroke) for stroke in STROKES], CANVAS)
        np.testing.assert_allclose(made, ours.reshape(28, 28), atol=1e-5)
    else:
        strokes = [np.array(stroke, float) for stroke in STROKES]
        # Dots 0.3 px apart stand for the line: from between two, an edge is a little farther off.
        np.testing.assert_allclose(made, expected(strokes, **parts), atol=0.03)


def rows_of(v) -> dict[str, tuple[int, float]]:
    """{way: (digit, percent)} of the table, once the question is answered."""
    rows = v.exhibit.locator(".worth li")
    return {
        row.get_attribute("class"): (
            int(row.locator(".reads").inner_text()[-1]),
            float(row.locator("b").inner_text().rstrip("%")),
        )
        for row in rows.all()
        if row.is_visible()
    }


def strokes_on(v) -> list[np.ndarray]:
    drawing = v.page.evaluate("JSON.parse(sessionStorage['draw-a-digit.drawing'])")
    return [np.array(stroke["points"]).reshape(-1, 2) for stroke in drawing["strokes"]]


def read(digit: np.ndarray, normalises: bool = True) -> tuple[int, float]:
    """What torch makes of it: the digit and its percent."""
    model = load()
    x = torch.tensor(digit, dtype=torch.float32).reshape(1, 1, 28, 28)
    if normalises:
        x = model.normalise(x)
    with torch.no_grad():
        for _, module in model.stages():
            x = module(x)
    probs = x.exp()[0]
    return int(probs.argmax()), float(100 * probs.max())


def test_the_table_says_what_torch_reads_in_each_way(open_step):
    v = open_step("sees")
    v.answer_question(0)
    drawn = np.concatenate(strokes := strokes_on(v))
    small = [0.06 * CANVAS + 0.35 * (stroke - drawn.min(0)) for stroke in strokes]
    found = rows_of(v)
    for name, (crop, mass) in {"raw": (0, 0), "box": (1, 0), "mass": (1, 1)}.items():
        digit, percent = read(expected(small, bool(crop), bool(crop), bool(mass)))
        assert found[name][0] == digit
        assert found[name][1] == pytest.approx(percent, abs=4)  # an edge is off by 0.03 at most
    assert found["yours"] == found["mass"]


def test_without_normalising_the_answer_is_that_of_bare_pixels(open_step):
    v = open_step("sees")
    v.answer_question(0)
    v.page.get_by_role("radio", name="as you drew it").check()
    v.page.get_by_label("Normalise").uncheck()
    digit, percent = read(expected(strokes_on(v), True, True, True), normalises=False)
    assert rows_of(v)["yours"] == (digit, pytest.approx(percent, abs=4))
    expect(v.exhibit).to_contain_text("off: ink 1, paper 0")


@pytest.mark.parametrize("option", [0, 1])
def test_the_question_is_answered_by_the_same_reading_and_then_shown(open_step, option):
    v = open_step("sees")
    said = v.answer_question(option)
    expect(v.page.get_by_role("radio", name="small, in a corner")).to_be_checked()
    rows = rows_of(v)
    is_same = rows["raw"][0] == rows["mass"][0]
    assert said.startswith("Right." if (option == 0) == is_same else "Not quite.")
    assert f"it reads {rows['raw'][0]} (" in said
    assert f"centred, {rows['mass'][0]} (" in said


def test_the_step_opens_with_a_digit_on_which_a_part_makes_a_difference(open_step):
    """Small and in a corner: as drawn, large and in the middle, all ways read the same."""
    v = open_step("sees")
    yours = v.exhibit.locator(".worth .yours")
    before = yours.inner_text()
    v.page.get_by_label("Crop").uncheck()
    expect(yours).not_to_have_text(before)


def test_the_way_that_the_question_asks_about_is_not_read_until_it_is_answered(open_step):
    v = open_step("sees")
    yours, raw = v.exhibit.locator(".yours .reads"), v.exhibit.locator(".raw .reads")
    expect(raw).to_be_hidden()
    for part in ("Crop", "Scale", "Centre"):
        expect(yours).to_be_visible()
        v.page.get_by_label(part).uncheck()
    expect(yours).to_be_hidden()
    v.answer_question(1)
    expect(raw).to_be_visible()
    expect(yours).to_have_text(raw.inner_text())


def test_a_way_in_which_no_neuron_fires_reads_nothing(open_step):
    v = open_step("sees", drawn=False)
    for stroke in NOTHING_KNOWN:
        v.draw(stroke)
    assert v.answer()["silent"]
    expect(v.exhibit.locator(".mass")).to_have_text(re.compile("nothing$"))
    expect(v.exhibit.locator(".mass b")).to_be_empty()


def test_the_pens_width_is_part_of_the_box_and_of_the_twenty_pixels(open_step):
    v = open_step("sees")
    v.page.get_by_role("radio", name="as you drew it").check()
    drawn = np.concatenate(strokes := strokes_on(v))
    width, height = sides = (drawn.max(0) - drawn.min(0)).round().astype(int)
    longer = sides.max()
    cropped, note = (v.exhibit.locator(".preparation .note").nth(i) for i in range(2))
    boxed = f"{width + INK_WIDTH} × {height + INK_WIDTH}"
    expect(cropped).to_have_text(f"{boxed}; without the pen, {width} × {height}")
    frame = v.exhibit.locator(".preparation .outline.in").evaluate(
        "({ style }) => [style.top, style.height].map((share) => 0.28 * parseFloat(share))"
    )
    inked = np.flatnonzero(expected(strokes, True, True, False).max(1) > 0.45)
    # half of the first row and half of the last: there the ink's soft edge is at a half
    assert frame == pytest.approx([inked[0] + 0.5, inked[-1] - inked[0]], abs=0.01)
    expect(note).to_have_text(f"{longer} become {20 - PEN} px, pen adds {PEN} px")
    v.page.get_by_label("Crop").uncheck()
    expect(note).to_have_text(f"{CANVAS} become 20 px")


def test_how_many_pictures_it_learned_from_is_what_training_prepares(open_step):
    mnist = 60_000 - HELD_OUT
    total = mnist + SYNTHETIC + PICTURED + NON_DIGITS
    v = open_step("sees", drawn=False)
    idea = v.page.locator(".lesson .idea")
    learned = f"Of the {total:,} pictures that it learned from, {mnist:,} are from"
    expect(idea).to_contain_text(learned)
    v.speak("zh")
    expect(idea).to_contain_text(f"{total:,} 张图片，其中 {mnist:,} 张来自")


MIDDLE = """(canvas) =>
    canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3]"""


def test_a_dot_is_ink_in_the_first_picture_too(open_step):
    visit = open_step("sees", drawn=False)
    picture = visit.exhibit.locator(".ink canvas").first
    assert picture.evaluate(MIDDLE) == 0
    visit.draw([(0.5, 0.5)])
    visit.page.get_by_role("radio", name="as you drew it").check()
    assert picture.evaluate(MIDDLE) == 255
