"""The step on costs: it counts what torch counts."""

import pytest
import torch
from playwright.sync_api import expect
from steps_page import PHONE
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cnn.model import ConvNet, Network, load

STEP = "costs"
SIZES = [(8, 16, 3), (1, 1, 1), (64, 2, 7), (5, 33, 5)]
COUNTED = """async ({ resized, sizesOf }, { channels, kernel }, { store }) => {
    const { layersOf } = await import("./browser/shared/costs.js");
    const { stages } = store.get("network").network;
    const own = sizesOf(stages);
    return { own, layers: layersOf(resized(stages, { channels, kernel })) };
}"""


def sized(first: int, second: int, kernel: int) -> Network:
    """The ConvNet with other numbers of maps and other kernels."""
    pad = kernel // 2
    return Network(
        conv1=nn.Conv2d(1, first, kernel, padding=pad),
        pool1=nn.MaxPool2d(2),
        conv2=nn.Conv2d(first, second, kernel, padding=pad),
        pool2=nn.MaxPool2d(2),
        flatten=nn.Flatten(),
        fc1=nn.Linear(second * 49, 128),
        fc2=nn.Linear(128, 10),
    )


def counted(model: Network) -> dict[str, tuple[int, int]]:
    """{layer: (parameters, multiplications)}, as torch counts them."""
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(1, 1, 28, 28))
    flops = counter.get_flop_counts()  # two for each multiplication: the other one adds
    return {
        name: (
            sum(tensor.numel() for tensor in layer.parameters()),
            sum(flops[f"{type(model).__name__}.{name}"].values()) // 2,
        )
        for name, layer in model.stages()
        if list(layer.parameters())
    }


@pytest.mark.parametrize("size", SIZES)
def test_parameters_and_multiplications_are_what_torch_counts(open_step, size):
    *channels, kernel = size
    visit = open_step(STEP, drawn=False)
    found = visit.pure("costs/step.js", COUNTED, {"channels": channels, "kernel": kernel})
    assert found["own"] == {"channels": [8, 16], "kernel": 3}
    layers = {
        each["name"]: (each["parameters"], each["multiplications"]) for each in found["layers"]
    }
    assert layers == counted(sized(*size))


def test_the_costs_are_this_network_s_until_the_sliders_say_otherwise(open_step):
    visit = open_step(STEP, drawn=False)
    totals = visit.exhibit.locator("tfoot tr:first-child td")
    layers = counted(ConvNet())
    assert sum(parameters for parameters, _ in layers.values()) == load().card["parameters"]
    for column in (0, 1):
        total = sum(each[column] for each in layers.values())
        expect(totals.nth(column)).to_have_text(f"{total:,}")
    expect(visit.exhibit.locator("tbody tr").nth(1)).to_contain_text("16 × (8 × 3 × 3 + 1)")
    expect(visit.exhibit.locator("tfoot tr").nth(1)).to_contain_text("fc1: 98%")
    visit.slide("Maps of conv1", 32)
    visit.slide("Kernel side", 5)
    layers = counted(sized(32, 16, 5))
    for column in (0, 1):
        total = sum(each[column] for each in layers.values())
        expect(totals.nth(column)).to_have_text(f"{total:,}")
    visit.button("As trained")
    expect(totals.first).to_have_text(f"{load().card['parameters']:,}")


@pytest.mark.parametrize("option", range(4))
def test_the_question_is_answered_by_what_torch_counts(open_step, option):
    """Until then no multiplication is shown."""
    visit = open_step(STEP, drawn=False)
    layers = counted(ConvNet())
    names = [*layers]
    expect(visit.options()).to_have_text(names)
    products = visit.exhibit.locator("tbody td:last-child b")
    for product in products.all():
        expect(product).to_be_hidden()
    said = visit.answer_question(option)
    busiest = max(names, key=lambda name: layers[name][1])
    assert said.startswith("Right." if names[option] == busiest else "Not quite.")
    assert f"= {layers[busiest][1]:,}." in said
    expect(products).to_have_text([f"{product:,}" for _, product in layers.values()])


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
