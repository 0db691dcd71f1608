"""The step on pooling: what it keeps is what torch keeps, and the push is measured."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect
from steps_page import PHONE, close, numbers, shown, through

from cnn.model import load
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS

STEP = "pooling"
POOLS = {"MaxPool2d": F.max_pool2d, "AvgPool2d": F.avg_pool2d}
POOLED = """({ pool }, { kind, shape, side, values }) => {
    const { shape: pooled, run } = pool(kind, shape, side);
    return [pooled, [...run(Float32Array.from(values))]];
}"""
CHANGED = """({ change, pushed }, { digit, right, down }) => {
    const before = Float32Array.from(digit);
    const after = pushed(before, right, down);
    return [[...after], change(before, after), change(new Float32Array(4), new Float32Array(4))];
}"""


def moved(digit: np.ndarray, right: int, down: int) -> np.ndarray:
    """(28, 28) moved, with paper where nothing came from."""
    padded = np.pad(digit, 8)
    return padded[8 - down : 36 - down, 8 - right : 36 - right]


def change(before: torch.Tensor, after: torch.Tensor) -> float:
    return ((after - before).abs().sum() / before.abs().sum()).item()


def changes(seen: np.ndarray, push: int, side: int) -> list[float]:
    """The share of relu1 that a push changes, of its maximum and of its average."""
    both = np.stack([seen, moved(seen, push, 0)])[:, None]
    maps = through(torch.from_numpy(both), "relu1")
    pooled = [maps, F.max_pool2d(maps, side), F.avg_pool2d(maps, side)]
    return [change(*each) for each in pooled]


def seen(visit) -> np.ndarray:
    return np.array(visit.answer()["seen"], np.float32).reshape(28, 28)


@pytest.mark.parametrize("side", [2, 3, 4])
@pytest.mark.parametrize("kind", POOLS)
def test_a_window_keeps_what_torch_keeps(open_step, kind, side):
    maps = torch.randn(3, 14, 28, generator=torch.Generator().manual_seed(0))
    argument = {"kind": kind, "shape": [*maps.shape], "side": side}
    argument["values"] = maps.flatten().tolist()
    shape, values = open_step(STEP, drawn=False).pure("pooling/windows.js", POOLED, argument)
    expected = POOLS[kind](maps, side)
    assert shape == [*expected.shape]
    assert torch.allclose(torch.tensor(values), expected.flatten(), atol=1e-6)


@pytest.mark.parametrize(("right", "down"), [(1, 0), (-3, 2), (0, -8), (0, 0)])
def test_a_push_moves_and_its_change_is_a_share_of_all_values(open_step, right, down):
    digit = np.random.default_rng(0).random((28, 28), np.float32)
    argument = {"digit": digit.ravel().tolist(), "right": right, "down": down}
    found, share, nothing = open_step(STEP, drawn=False).pure(
        "pooling/windows.js", CHANGED, argument
    )
    expected = moved(digit, right, down)
    assert np.allclose(found, expected.ravel())
    assert share == pytest.approx(abs(expected - digit).sum() / digit.sum(), rel=1e-5)
    assert nothing == 0


@pytest.mark.parametrize("side", [2, 4])
def test_the_bars_show_the_measured_change(open_step, side):
    visit = open_step(STEP)
    visit.answer_question(0)
    visit.page.get_by_role("radio", name=f"{side} × {side}").check()
    visit.slide("Push the digit", 2)
    expected = [f"{round(100 * share)}%" for share in changes(seen(visit), 2, side)]
    expect(visit.exhibit.locator(".changes .value")).to_have_text(expected)
    visit.slide("Push the digit", 0)
    expect(visit.exhibit.locator(".changes .value")).to_have_text(["0%"] * 3)


@pytest.mark.parametrize("side", [2, 4])
def test_the_window_shows_its_values_and_what_is_kept(open_step, side):
    visit = open_step(STEP)
    visit.page.get_by_role("radio", name=f"{side} × {side}").check()
    visit.page.get_by_role("radio", name="3", exact=True).check()
    visit.exhibit.get_by_label("The map after max pooling").focus()
    visit.press("ArrowUp")  # from the middle
    row, column = 28 // side // 2 - 1, 28 // side // 2
    cells = visit.maps("relu1")[0, 2].unfold(0, side, side).unfold(1, side, side)[row, column]
    table = visit.exhibit.locator(".window td")
    assert [numbers(text) for text in table.all_inner_texts()] == [
        [close(value)] for value in cells.flatten()
    ]
    expect(visit.exhibit.locator(".window .note")).to_have_text(
        f"The largest, {shown(cells.max())}, or the mean, about {shown(cells.mean())}, is kept."
    )


def parameters(side: int) -> int:
    """Of fc1, were every pooling of the ConvNet one of side x side windows; 1: of none."""
    net = load()
    maps = F.max_pool2d(net.conv1(torch.zeros(1, 1, 28, 28)), side)
    flat = F.max_pool2d(net.conv2(maps), side).flatten(1)
    layer = torch.nn.Linear(flat.shape[1], net.fc1.out_features)
    return sum(each.numel() for each in layer.parameters())


def test_the_numbers_and_the_parameters_that_are_left_are_those_of_torch(open_step):
    visit = open_step(STEP, drawn=False)
    cells = visit.exhibit.locator(".left td:not(:empty)")
    maps, photo = torch.zeros(8, 28, 28), 3840 * 2160 * 3
    for side in (2, 4):
        visit.page.get_by_role("radio", name=f"{side} × {side}").check()
        left = F.max_pool2d(maps, side).numel()
        counts = [maps.numel(), left, photo, photo // side**2, parameters(1), parameters(side)]
        expect(cells).to_have_text([f"{count:,}" for count in counts])


@pytest.mark.parametrize(
    ("option", "verdict"), [(1, "Right."), (0, "Not quite."), (2, "Not quite.")]
)
def test_the_question_is_answered_by_the_reader_s_digit(open_step, option, verdict):
    visit = open_step(STEP)
    before, after, _ = (round(100 * share) for share in changes(seen(visit), 1, 2))
    assert after < before
    expect(visit.question).to_contain_text(f"relu1 changes by {before}%")
    expect(visit.options()).to_have_text([f"As much: {before}%", f"Less: {after}%", "Nothing"])
    said = visit.answer_question(option)
    assert said.startswith(verdict)
    assert f"{before}% before, {after}% after." in said
    # and the push is made
    expect(visit.exhibit.locator(".changes .value").nth(1)).to_have_text(f"{after}%")


def test_a_small_shift_changes_less_after_pooling_and_a_long_one_of_some_digits_more():
    """As the step says, of 200 digits."""
    drawn, _, _ = drawings(200, seed=17)
    digits = [digit_from_strokes(strokes, CANVAS).reshape(28, 28) for strokes in drawn]
    small, long = (np.array([changes(digit, push, 2) for digit in digits]) for push in (1, 4))
    assert (small[:, 1] < small[:, 0]).all()
    assert 0 < (long[:, 1] > long[:, 0]).mean() < 0.5


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
