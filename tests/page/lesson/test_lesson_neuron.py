"""The step on a neuron: what it weighs, adds up and costs is what torch says, on fifty drawings."""

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from steps_page import PHONE, close, numbers, through
from torch import nn

from cnn.model import ConvNet, load
from cnn.preprocess.strokes import flatten
from cnn.synthetic.generate import drawings

STEP = "neuron"
COUNT = 50
STRONGEST = 7
BEFORE = {"fc1": "dropout", "fc2": "relu3"}  # the stages that the layers are given
# Read each drawing, show a neuron of one layer and then of the other, and say what stands there.
SHOWN = """async (all) => {
    const { Reader } = await import("./browser/engine/reader.js");
    const { answerOf } = await import("./browser/shared/answer.js");
    const { store } = await import("./browser/shared/store.js");
    const { network, card } = store.get("network");
    const reader = new Reader(network, card.threshold);
    const exhibit = document.querySelector(".step-neuron");
    const seen = (selector) => [...exhibit.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility());
    return all.map((strokes, i) => {
        const reading = reader.readStrokes(strokes, 280, { follow: null, before: null });
        store.set("answer", answerOf(reading, false));
        exhibit.querySelectorAll(".choice input")[i % 2].click();
        const [slider] = seen("input[type=range]");
        if (i > 5) { // of the first, the neuron that is shown by itself
            slider.value = 1 + 31 * i % slider.max;
            slider.dispatchEvent(new Event("input"));
        }
        return {
            seen: [...reading.seen], neuron: slider.value - 1,
            product: seen(".product")[0].innerText, then: seen(".then")[0].innerText,
            parts: seen(".parts .value").map(({ innerText }) => innerText),
            names: seen(".parts small").map(({ innerText }) => innerText),
            sum: seen(".sum-rows dd").map(({ innerText }) => innerText),
        };
    });
}"""


def contributions(shown: dict, layer: str) -> tuple[torch.Tensor, torch.Tensor]:
    """What the neuron that is shown was given and its weights, by torch."""
    seen = torch.tensor(shown["seen"]).reshape(1, 1, 28, 28)
    weight = load().get_submodule(layer).weight.detach()
    return through(seen, BEFORE[layer]).flatten(), weight[shown["neuron"]]


def check_product(shown: dict, given: torch.Tensor, weights: torch.Tensor) -> None:
    """It is that of the place that contributes most, and says which place it is."""
    *place, value, weight, product = numbers(shown["product"])
    strongest = int((given * weights).abs().argmax())
    shape = (16, 7, 7) if len(given) == 784 else (128,)
    assert [int(number) - 1 for number in place[: len(shape)]] == [
        int(index) for index in np.unravel_index(strongest, shape)
    ]
    assert value == close(given[strongest])
    assert weight == close(weights[strongest], 3)
    assert product == close(given[strongest] * weights[strongest], 3)


def test_what_a_neuron_weighs_and_gives_is_what_torch_says_on_fifty_drawings(open_step):
    v = open_step(STEP)
    v.answer_question(0)
    digits = [[flatten(stroke) for stroke in digit] for digit in drawings(COUNT, seed=17)[0]]
    model = load()
    for i, shown in enumerate(v.page.evaluate(SHOWN, digits)):
        layer = ["fc1", "fc2"][i % 2]
        given, weights = contributions(shown, layer)
        with torch.no_grad():
            sums = model.get_submodule(layer)(given)
        if i <= 5:
            assert shown["neuron"] == int(sums.argmax())
        value = sums[shown["neuron"]]
        bias = model.get_submodule(layer).bias[shown["neuron"]].detach()
        check_product(shown, given, weights)
        products = given * weights
        parts = [numbers(text)[0] for text in shown["parts"]]
        if layer == "fc1":
            assert parts == [close(part) for part in products.reshape(16, 49).sum(1)]
            assert shown["names"] == [f"{number + 1}" for number in range(16)]
            assert numbers(shown["then"])[-2:] == [close(value), close(value.relu())]
        else:
            order = products.abs().argsort(descending=True)
            assert parts[:-1] == [close(products[at]) for at in order[:STRONGEST]]
            assert parts[-1] == close(products[order[STRONGEST:]].sum())
            assert shown["then"].startswith(f"This is the logit of {shown['neuron']}.")
        all_parts, shown_bias, *_, total = (numbers(text)[0] for text in shown["sum"])
        assert all_parts == pytest.approx(sum(parts))
        assert shown_bias == close(bias)
        assert total == close(value)


def test_the_parameters_with_and_without_pooling_are_what_torch_counts(open_step):
    v = open_step(STEP, drawn=False)
    model = ConvNet()
    counted = sum(tensor.numel() for tensor in model.fc1.parameters())
    x = torch.zeros(1, 1, 28, 28)
    for stage in (model.conv1, model.conv2):  # without pooling in between or after
        x = stage(x)
    unpooled = nn.Linear(x.numel(), 128)
    cost = v.exhibit.locator(".cost").first
    expect(cost).to_contain_text(f"= {counted:,} of the {load().card['parameters']:,} parameters")
    expect(cost).to_contain_text(f"{100 * counted / load().card['parameters']:.0f}%")
    without = sum(tensor.numel() for tensor in unpooled.parameters())
    assert without == 1_605_760  # the article's
    expect(cost).to_contain_text(f"= {without:,} parameters")


def test_any_place_and_any_neuron_are_chosen_by_keyboard_and_by_pointer(open_step):
    v = open_step(STEP)
    v.answer_question(1)
    product = v.exhibit.locator(".product").first
    weights = v.exhibit.get_by_label("The neuron’s weights").first
    weights.focus()
    v.press("ArrowUp", "ArrowLeft")  # from the middle, the first place of map 11
    expect(product).to_contain_text("Map 6, row 7, column 7:")
    box = weights.bounding_box()
    v.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 2)
    expect(product).to_contain_text("Map 4, row 1, column 7:")
    v.slide("Neuron of fc1", 3)
    weight = load().fc1.weight[2].detach()
    strongest = int((v.maps("dropout")[0] * weight).abs().argmax())
    assert numbers(product.inner_text())[-2] == close(weight[strongest], 3)
    v.page.get_by_role("radio", name="fc2").check()
    expect(v.exhibit.locator(".product:visible")).to_contain_text("of relu3:")


@pytest.mark.parametrize(("option", "verdict"), [(0, "Right."), (1, "Not quite.")])
def test_the_question_counts_the_zeros_that_torch_counts(open_step, option, verdict):
    v = open_step(STEP)
    zeros = int((v.maps("pool2") == 0).sum())
    expect(v.question).to_contain_text(f"{zeros} are 0 on your digit")
    for hidden in (".product", ".added-up"):
        expect(v.exhibit.locator(hidden).first).to_be_hidden()
    said = v.answer_question(option)
    assert said.startswith(verdict)
    assert f"{784 - zeros} of the 784 weights count" in said
    expect(v.exhibit.locator(".added-up").first).to_be_visible()


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
