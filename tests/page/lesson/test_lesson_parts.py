"""The step on parts: what each layer sees, and the patterns that one value adds up, by torch."""

import json

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect
from steps_page import PHONE, close, numbers, shown, through
from torch import nn

from cnn.model import load

STEP = "parts"
SHOWN = ["input", "conv1", "pool1", "conv2", "pool2", "fc1"]
# For each drawing, of a map of its own: what its largest value adds up, and where the strongest
# pattern was found.
ADDED = """({ addedTo, strongestAt }, text, { store }) => {
    const loaded = store.get("network");
    const { network } = loaded;
    const [first, second] = ["conv1", "conv2"].map((name) =>
        network.stages.findIndex((stage) => stage.name === name));
    const area = 14 * 14;
    return JSON.stringify(JSON.parse(text).map((values, i) => {
        const all = network.run(Float32Array.from(values));
        const map = i % 16;
        const own = all[second].subarray(map * area, (map + 1) * area);
        const index = map * area + own.indexOf(Math.max(...own));
        const { patches, bias, value } = addedTo(network, all, second, index);
        const strongest = strongestAt(loaded, all, { first, second, index });
        return { index, sums: patches.map(({ sum }) => sum), bias, value, strongest };
    }));
}"""


def seen_by(name: str, row: int, column: int) -> tuple[int, int]:
    """How many rows and columns of the digit a value of the stage depends on: where the gradient is
    not zero, with every weight 1 and means for maxima, so that none is zero by chance."""
    x = torch.zeros(1, 1, 28, 28, requires_grad=True)
    y = x
    for each, stage in load().stages():
        if isinstance(stage, nn.Conv2d):
            y = F.conv2d(y, torch.ones_like(stage.weight), padding=stage.padding)
        elif isinstance(stage, nn.MaxPool2d):
            y = F.avg_pool2d(y, stage.kernel_size)
        elif isinstance(stage, nn.Linear):
            y = F.linear(y.flatten(1), torch.ones_like(stage.weight))
        if each == name:
            break
    (y[0, 0, row, column] if y.ndim == 4 else y[0, 0]).backward()
    rows, columns = x.grad[0, 0].nonzero().T
    return int(rows.max() - rows.min()) + 1, int(columns.max() - columns.min()) + 1


def test_what_is_added_up_is_conv2_s_own_on_fifty_drawings(open_step, digits):
    model = load()
    pooled, relu1, conv2 = (through(digits, name) for name in ("pool1", "relu1", "conv2"))
    text = json.dumps(digits.flatten(1).tolist())
    visit = open_step(STEP, drawn=False)
    for i, found in enumerate(json.loads(visit.pure("parts/patterns.js", ADDED, text))):
        number, row, column = np.unravel_index(found["index"], (16, 14, 14))
        assert number == i % 16
        weight = model.conv2.weight[number].detach()
        patch = F.pad(pooled[i], (1, 1, 1, 1))[:, row : row + 3, column : column + 3]
        products = patch * weight
        sums = products.sum((1, 2))
        assert torch.allclose(torch.tensor(found["sums"]), sums, atol=1e-4), i
        assert found["value"] == pytest.approx(conv2[i, number, row, column].item(), abs=1e-4)
        total = sums.sum() + found["bias"]
        assert found["value"] == pytest.approx(total.item(), abs=1e-4)
        strongest = int(sums.argmax())
        best = int(products[strongest].argmax())
        if products[strongest].max() <= 0:
            assert found["strongest"] is None
            continue
        assert found["strongest"]["pattern"] == strongest
        top, left = 2 * (row + best // 3 - 1), 2 * (column + best % 3 - 1)
        window = relu1[i, strongest, top : top + 2, left : left + 2]
        at = int(window.argmax())
        cell = found["strongest"]["cell"]
        assert (cell["row"], cell["column"]) == (top + at // 2, left + at % 2), i


def test_the_exhibit_says_what_each_layer_sees_and_what_a_map_adds_up(open_step):
    visit = open_step(STEP)
    conv2 = visit.maps("conv2")[0]
    number, row, column = map(int, torch.unravel_index(conv2.argmax(), conv2.shape))
    levels = visit.exhibit.locator(".levels li")
    names = levels.locator("b")
    expect(names).to_have_text(SHOWN)
    expect(levels.nth(1)).to_contain_text("8 maps, 28 × 28")
    expect(levels.nth(3)).to_contain_text("channels: 8 in, 16 out")
    expect(levels.nth(5)).to_contain_text("128 numbers")
    for asked in (3, 4):
        expect(levels.nth(asked).locator("span").first).to_be_hidden()
        expect(levels.nth(asked).locator(".grid")).to_be_hidden()
    expect(visit.options()).to_have_text(["3 × 3 pixels", "8 × 8 pixels", "All 28 × 28"])
    said = visit.answer_question(1)
    assert said.startswith("Right.")
    assert "9 values of each map of pool1" in said
    check_levels(levels, 2 * row + 1, 2 * column + 1)
    check_sums(visit, conv2, number, row, column)
    visit.slide("Map of conv2", 4)
    visit.exhibit.get_by_label("what a value of conv1 sees").focus()
    visit.press("ArrowUp", "ArrowLeft")  # from the middle: to (13, 13)
    check_levels(levels, 13, 13)
    check_sums(visit, conv2, 3, 6, 6)


def check_levels(levels, row: int, column: int) -> None:
    """What each says that it sees over this pixel."""
    sides = {"input": 28, "conv1": 28, "pool1": 14, "conv2": 14, "pool2": 7, "fc1": 1}
    for level, name in zip(levels.all(), SHOWN, strict=True):
        cell = [int((at + 0.5) * sides[name] / 28) for at in (row, column)]
        rows, columns = seen_by(name, *cell) if name != "input" else (1, 1)
        expect(level).to_contain_text(f"sees {rows} × {columns}")


def check_sums(visit, conv2: torch.Tensor, number: int, row: int, column: int) -> None:
    """The list of patterns and its sum, for a value of conv2."""
    weight = load().conv2.weight[number].detach()
    patch = F.pad(visit.maps("pool1")[0], (1, 1, 1, 1))[:, row : row + 3, column : column + 3]
    sums = (patch * weight).sum((1, 2)).tolist()
    found = visit.exhibit.locator(".patterns .value").all_inner_texts()
    assert [numbers(text) for text in found] == [[close(value)] for value in sums]
    expect(visit.exhibit.locator(".patterns h3")).to_contain_text(f"map {number + 1} of conv2")
    total = visit.exhibit.locator(".sum-rows .total dd")
    expect(total).to_have_text(f"= {shown(conv2[number, row, column])}")


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
