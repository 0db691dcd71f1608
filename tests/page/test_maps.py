"""The maps: painted with the values of their stage in its colours, and enlarged with numbers."""

import json
from decimal import ROUND_CEILING, Decimal

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from visit import SEVEN, stages_of

from cnn.activations import activations
from cnn.model import describe, load
from cnn.page.html import BROWSER
from cnn.preprocess import digit_from_strokes
from cnn.preprocess.strokes import unflatten

CANVAS = 280
LIFT = 0.8  # the power by which faint values are lifted off the paper
ROUNDED = 0.75  # of a colour's 256 steps: rounded, and half a step of the colours' table
MAX_BARS = 16  # values that are bars, not a picture
COLOURS = {
    "light": [(24, 94, 168), (250, 248, 243), (214, 84, 0)],
    "dark": [(88, 176, 255), (22, 25, 31), (255, 166, 64)],
}
PAINTED = """JSON.stringify([...document.querySelectorAll(".map")].map((map) => {
    const canvas = map.querySelector("canvas:not(.kernel)");
    if (!canvas) return [map.dataset.layer, null];
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return [map.dataset.layer, Array.from(data.filter((_, i) => i % 4 < 3))];
}))"""


@pytest.fixture(scope="module")
def model():
    return load()


@pytest.fixture(scope="module")
def scales(model) -> list[float]:
    """For each stage the largest |value| that the page's own examples excite, rounded up."""
    examples = json.loads((BROWSER / "shared" / "examples.json").read_text())
    digits = [
        digit_from_strokes([unflatten(points) for points in example["strokes"]], CANVAS)
        for example in examples
    ]
    maps = activations(model, torch.from_numpy(np.stack(digits))[:, None])
    return [rounded_up(values.abs().max().item()) for values in maps.values()]


def rounded_up(value: float) -> float:
    """To two digits: what is named is where the colours end."""
    unit = Decimal(1).scaleb(Decimal(value).adjusted() - 1)
    return float(Decimal(value).quantize(unit, ROUND_CEILING))


def colours(values: np.ndarray, scale: float, theme: str) -> np.ndarray:
    """What the values look like: (N, 3), 0 to 255."""
    below, zero, above = np.array(COLOURS[theme], float)
    end = max(scale, rounded_up(float(np.abs(values).max())))  # no value is cut off
    share = values[:, None] / end
    return zero + (np.where(share < 0, below, above) - zero) * np.abs(share) ** LIFT


def assert_painted(v, stages: list[np.ndarray], scales: list[float], theme: str) -> None:
    """Every map has the colours of its values."""
    painted = json.loads(v.page.evaluate(PAINTED))
    for stage, values, scale in zip(describe(load()), stages, scales, strict=True):
        mine = [pixels for layer, pixels in painted if layer == stage["name"]]
        if values.size <= MAX_BARS:
            assert mine == [None]
            continue
        assert len(mine) == (stage["shape"][0] if len(stage["shape"]) == 3 else 1)
        got = np.concatenate(mine).reshape(-1, 3)
        np.testing.assert_allclose(got, colours(values, scale, theme), atol=ROUNDED)


def test_every_map_is_painted_with_its_values_in_its_layers_colours(visit, scales):
    v = visit()
    v.draw(SEVEN)
    v.expect_digits("7")
    stages = stages_of(v.answer())
    assert_painted(v, stages, scales, "light")
    v.page.locator(".theme").click()
    assert_painted(v, stages, scales, "dark")


def test_an_empty_pad_shows_what_the_network_makes_of_paper(visit_static, model, scales):
    v = visit_static()
    paper = activations(model, torch.zeros(1, 1, 28, 28))
    stages = [values.numpy().ravel() for values in paper.values()]
    assert_painted(v, stages, scales, "light")
    v.draw(SEVEN)
    v.press("Delete")
    assert_painted(v, stages, scales, "light")


def shown(value: float, decimals: int) -> str:
    text = f"{abs(value):.{decimals}f}"
    return f"−{text}" if value < 0 and float(text) else text


@pytest.mark.parametrize(
    ("layer", "map_", "words"),
    [
        ("conv1", 2, "row 1, column 1: "),
        ("pool2", 16, "row 1, column 1: "),
        ("flatten", 1, "value 1, of map 1: "),
        ("fc1", 1, "neuron 1: "),
    ],
)
def test_what_is_pointed_at_is_counted_from_one_and_has_its_value(seven, layer, map_, words):
    v = seven
    v.page.locator(f"[data-layer={layer}][data-map='{map_}']").click()
    v.page.locator(".card .picture").hover(position={"x": 1, "y": 1})
    index = [stage["name"] for stage in describe(load())].index(layer)
    values = stages_of(v.answer())[index]
    maps = len(v.page.locator(f"[data-layer={layer}][data-map]").all())
    value = values.reshape(maps, -1)[map_ - 1, 0]
    expect(v.page.locator(".card .value")).to_have_text(words + shown(value, 3))


@pytest.mark.parametrize(("layer", "map_"), [("conv1", 3), ("conv2", 16)])
def test_an_enlarged_map_has_the_numbers_of_its_kernel(seven, model, layer, map_):
    v = seven
    v.page.locator(f"[data-layer={layer}][data-map='{map_}']").click()
    card = v.page.get_by_role("dialog", name=f"{layer}, map {map_}")
    weights = model.state_dict()
    kernel = weights[f"{layer}.weight"][map_ - 1].flatten().tolist()
    numbers = card.locator(".channel span").all_inner_texts()
    assert numbers == [shown(weight, 2) for weight in kernel]
    bias = weights[f"{layer}.bias"][map_ - 1].item()
    expect(card).to_contain_text(f"Its bias: {shown(bias, 3)}")


def test_an_enlarged_map_stays_until_it_is_closed_and_another_takes_its_place(seven):
    v = seven
    dialog = v.page.get_by_role("dialog")
    v.page.locator("[data-layer=relu1][data-map='3']").click()
    expect(dialog).to_contain_text("relu1, map 3")
    v.page.locator("h1").hover()
    v.page.locator("[data-layer=conv2][data-map='1']").press("Enter")
    expect(dialog).to_have_count(1)
    expect(dialog).to_contain_text("conv2, map 1")
    v.press("Escape")
    expect(dialog).to_have_count(0)
    v.page.locator(".stage .about").first.click()
    expect(dialog).to_contain_text("What the network sees")
    v.button("Close")
    expect(dialog).to_have_count(0)
