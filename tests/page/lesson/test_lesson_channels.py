"""The step on channels: its sums are conv2's own, and it counts what torch counts."""

import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect
from steps_page import PHONE, close, numbers, shown, through
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cnn.model import ConvNet, Network, load

STEP = "channels"
SIZES = [(8, 16, 3), (1, 1, 1), (64, 2, 7), (5, 33, 5)]
COUNTED = """({ layersOf, resized, sizesOf }, { channels, kernel }, { store }) => {
    const { stages } = store.get("network").network;
    const own = sizesOf(stages);
    return { own, layers: layersOf(resized(stages, { channels, kernel })) };
}"""
PARTS = """({ partsOf, summed }, { map, middle, maps }, { store }) => {
    const { tensors, network: { stages } } = store.get("network");
    const index = stages.findIndex(({ name }) => name === "conv2");
    const before = stages[index - 1].shape;
    const { run, bias } = partsOf(stages[index], before, tensors, map, middle);
    const parts = run(Float32Array.from(maps));
    return [parts.map((part) => [...part]), [...summed(parts, bias)]];
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


@pytest.fixture(scope="module")
def maps() -> torch.Tensor:
    """What pool1 gives for noise, (1, 8, 14, 14)."""
    torch.manual_seed(0)
    return through(torch.rand(1, 1, 28, 28), "pool1")


@pytest.mark.parametrize("size", SIZES)
def test_parameters_and_multiplications_are_what_torch_counts(open_step, size):
    *channels, kernel = size
    visit = open_step(STEP, drawn=False)
    found = visit.pure("channels/counts.js", COUNTED, {"channels": channels, "kernel": kernel})
    assert found["own"] == {"channels": [8, 16], "kernel": 3}
    layers = {
        each["name"]: (each["parameters"], each["multiplications"]) for each in found["layers"]
    }
    assert layers == counted(sized(*size))


@pytest.mark.parametrize("middle", [False, True], ids=["learned", "1x1"])
@pytest.mark.parametrize("number", [0, 5, 15])
def test_what_the_channels_add_makes_the_map(open_step, maps, number, middle):
    conv = load().conv2
    weight = conv.weight[number : number + 1].detach()
    parts = F.conv2d(maps, weight.transpose(0, 1), padding=1, groups=8)[0]  # (8, 14, 14)
    if middle:
        parts = maps[0] * weight[0, :, 1, 1, None, None]
    visit = open_step(STEP, drawn=False)
    argument = {"map": number, "middle": middle, "maps": maps.flatten().tolist()}
    found, total = visit.pure("channels/parts.js", PARTS, argument)
    assert torch.allclose(torch.tensor(found), parts.flatten(1), atol=1e-5)
    whole = parts.sum(0) + conv.bias[number].detach()
    assert torch.allclose(torch.tensor(total), whole.flatten(), atol=1e-5)
    if not middle:
        with torch.no_grad():
            assert torch.allclose(whole, conv(maps)[0, number], atol=1e-5)


def test_the_sums_of_the_brightest_pixel_are_shown_and_add_up(open_step):
    visit = open_step(STEP)
    conv2 = visit.maps("conv2")[0]
    number, row, column = torch.unravel_index(conv2.argmax(), conv2.shape)
    weight = load().conv2.weight[number].detach()
    patch = F.pad(visit.maps("pool1")[0], (1, 1, 1, 1))[:, row : row + 3, column : column + 3]
    sums = (patch * weight).sum((1, 2)).tolist()
    assert [numbers(text) for text in visit.exhibit.locator("li > .value").all_inner_texts()] == [
        [close(value)] for value in sums
    ]
    said = visit.exhibit.locator(".taken-apart .formula").inner_text()
    assert said.startswith(f"At row {row + 1}, column {column + 1}: ")
    assert said.endswith(f"bias {shown(load().conv2.bias[number])}, makes {shown(conv2.max())}")
    chosen = visit.exhibit.get_by_role("radio", checked=True)
    expect(chosen.first).to_have_attribute("aria-label", f"Map {number + 1} of conv2")


def test_a_map_and_a_pixel_are_chosen_by_keyboard(open_step):
    visit = open_step(STEP)
    conv2 = visit.maps("conv2")[0]
    chosen = visit.exhibit.locator(".tiles [aria-checked=true]")
    number = int(chosen.get_attribute("aria-label").split()[1])  # from 1
    chosen.focus()
    visit.press("ArrowRight")
    after = number % 16
    expect(chosen).to_have_attribute("aria-label", f"Map {after + 1} of conv2")
    visit.exhibit.locator(".total .grid").focus()
    visit.press("ArrowUp", "ArrowLeft")  # from the middle
    said = visit.exhibit.locator(".taken-apart .formula")
    expect(said).to_contain_text("At row 7, column 7:")
    expect(said).to_contain_text(f"makes {shown(conv2[after, 6, 6])}")


def test_a_kernel_of_1_x_1_leaves_the_middle_weights(open_step):
    visit = open_step(STEP)
    visit.exhibit.locator(".total .grid").focus()
    visit.press("ArrowUp", "ArrowDown")
    visit.page.get_by_role("radio", name="1 × 1: only its middle").check()
    label = visit.exhibit.locator(".tiles [aria-checked=true]").get_attribute("aria-label")
    number = int(label.split()[1]) - 1
    conv = load().conv2
    here = visit.maps("pool1")[0, :, 7, 7]
    sums = (here * conv.weight[number, :, 1, 1]).tolist()
    said = visit.exhibit.locator(".taken-apart .formula").inner_text()
    assert numbers(said.replace(f" {chr(8722)} ", f" + {chr(8722)}"))[2:] == [
        close(value) for value in [*sums, conv.bias[number], sum(sums) + conv.bias[number].item()]
    ]


def test_the_costs_are_this_network_s_until_the_sliders_say_otherwise(open_step):
    visit = open_step(STEP, drawn=False)
    totals = visit.exhibit.locator(".costs tfoot td")
    layers = counted(ConvNet())
    assert sum(parameters for parameters, _ in layers.values()) == load().card["parameters"]
    for column in (0, 1):
        total = sum(each[column] for each in layers.values())
        expect(totals.nth(column)).to_have_text(f"{total:,}")
    expect(visit.exhibit.locator(".costs tbody tr").nth(1)).to_contain_text("16 × (8 × 3 × 3 + 1)")
    expect(visit.exhibit.locator(".costs .note")).to_contain_text("fc1 alone holds 98%")
    visit.slide("Maps of conv1", 32)
    visit.slide("Kernel's side", 5)
    layers = counted(sized(32, 16, 5))
    for column in (0, 1):
        total = sum(each[column] for each in layers.values())
        expect(totals.nth(column)).to_have_text(f"{total:,}")
    visit.button("As trained")
    expect(totals.first).to_have_text(f"{load().card['parameters']:,}")


@pytest.mark.parametrize(
    ("option", "verdict"), [(2, "Right."), (0, "Not quite."), (1, "Not quite.")]
)
def test_the_question_is_answered_by_the_sum(open_step, option, verdict):
    visit = open_step(STEP)
    conv2 = visit.maps("conv2")
    expect(visit.options().nth(2)).to_have_text(
        f"They are added, with the bias: {shown(conv2.max())}"
    )
    said = visit.answer_question(option)
    assert said.startswith(verdict)
    *terms, bias, total = numbers(said.replace(f" {chr(8722)} ", f" + {chr(8722)}"))
    assert len(terms) == 8
    assert total == close(conv2.max())
    assert sum(terms) + bias == pytest.approx(total, abs=0.05)  # ten rounded numbers


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
