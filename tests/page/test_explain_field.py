"""Pointing at a value lights what of the drawing it depends on, as autograd finds it."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect

from cnn.model import describe, load

FIELD = """(layer) => {
    const map = document.querySelector(`[data-layer=${layer}].on`);
    const at = map.querySelector(".ring").getBoundingClientRect();
    const all = map.querySelector("canvas").getBoundingClientRect();
    const side = map.querySelector("canvas").width;
    return [at.top - all.top, at.left - all.left, at.bottom - all.top, at.right - all.left].map(
        (px) => Math.round(px / all.width * side));
}"""


def seen_by(layer: str, map_: int, row: int, column: int) -> list[int]:
    """[top, left, bottom, right] of the pixels that a value depends on, by autograd."""
    digit = torch.rand(1, 1, 28, 28, requires_grad=True)
    x = digit
    torch.manual_seed(1)
    # Every weight 1, average pooling: no pixel is left out because its weight or cell happened to.
    for stage in describe(load())[1:]:
        if stage["kind"] == "Conv2d":
            x = F.conv2d(x, torch.ones(stage["shape"][0], x.shape[1], 3, 3), padding=1)
        elif stage["kind"] == "MaxPool2d":
            x = F.avg_pool2d(x, 2)
        if stage["name"] == layer:
            break
    x[0, map_ - 1, row, column].backward()
    rows, columns = np.nonzero(digit.grad[0, 0].numpy())
    return [rows.min(), columns.min(), rows.max() + 1, columns.max() + 1]


@pytest.mark.parametrize(
    ("layer", "side", "row", "column"),
    [("conv1", 28, 0, 9), ("conv2", 14, 6, 8), ("pool2", 7, 3, 6)],
)
def test_pointing_lights_the_receptive_field_that_autograd_finds(seven, layer, side, row, column):
    v = seven
    canvas = v.page.locator(f"[data-layer={layer}][data-map='2'] canvas").first
    box = canvas.bounding_box()
    v.page.mouse.move(
        box["x"] + (column + 0.5) / side * box["width"],
        box["y"] + (row + 0.5) / side * box["height"],
    )
    assert v.page.evaluate(FIELD, "input") == seen_by(layer, 2, row, column)
    expect(v.page.locator(".pad .lit .field")).to_be_visible()
    expect(v.page.locator(".tooltip")).to_contain_text(f"{layer}, map 2")
    v.page.locator("h1").hover()
    expect(v.page.locator(".pad .lit")).to_be_hidden()
