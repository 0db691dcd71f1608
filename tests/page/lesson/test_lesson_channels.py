"""The step on channels: its sums are conv2's own."""

import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect
from steps_page import PHONE, close, numbers, shown, through

from cnn.model import load

STEP = "channels"
PARTS = """({ partsOf, summed }, { map, middle, maps }, { store }) => {
    const { tensors, network: { stages } } = store.get("network");
    const index = stages.findIndex(({ name }) => name === "conv2");
    const before = stages[index - 1].shape;
    const { run, bias } = partsOf(stages[index], before, tensors, map, middle);
    const parts = run(Float32Array.from(maps));
    return [parts.map((part) => [...part]), [...summed(parts, bias)]];
}"""


@pytest.fixture(scope="module")
def maps() -> torch.Tensor:
    """What pool1 gives for noise, (1, 8, 14, 14)."""
    torch.manual_seed(0)
    return through(torch.rand(1, 1, 28, 28), "pool1")


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
    found, total = visit.pure("channels/step.js", PARTS, argument)
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
    sum_ = visit.exhibit.locator(".sum-rows")
    expect(sum_).to_be_hidden()  # it is what the question asks for
    visit.answer_question(2)
    title = visit.exhibit.locator(".figure.total figcaption")
    expect(title).to_have_text(f"Map {number + 1}: row {row + 1}, column {column + 1}")
    parts, bias, *_, total = (numbers(text)[0] for text in sum_.locator("dd").all_inner_texts())
    assert parts == pytest.approx(sum(round(value, 2) for value in sums))
    assert bias == close(load().conv2.bias[number])
    assert total == close(conv2.max())
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
    visit.exhibit.locator(".figure.total .grid").focus()
    visit.press("ArrowUp", "ArrowLeft")  # from the middle
    expect(visit.exhibit.locator(".figure.total figcaption")).to_have_text(
        f"Map {after + 1}: row 7, column 7"
    )
    visit.answer_question(0)
    expect(visit.exhibit.locator(".sum-rows .total dd")).to_have_text(
        f"= {shown(conv2[after, 6, 6])}"
    )


def test_a_kernel_of_1_x_1_leaves_the_middle_weights(open_step):
    visit = open_step(STEP)
    visit.exhibit.locator(".figure.total .grid").focus()
    visit.press("ArrowUp", "ArrowDown")
    visit.page.get_by_role("radio", name="1 × 1: only its middle").check()
    label = visit.exhibit.locator(".tiles [aria-checked=true]").get_attribute("aria-label")
    number = int(label.split()[1]) - 1
    conv = load().conv2
    here = visit.maps("pool1")[0, :, 7, 7]
    sums = (here * conv.weight[number, :, 1, 1]).tolist()
    assert [numbers(text) for text in visit.exhibit.locator("li > .value").all_inner_texts()] == [
        [close(value)] for value in sums
    ]
    visit.answer_question(0)
    total = visit.exhibit.locator(".sum-rows .total dd").inner_text()
    assert numbers(total) == [close(sum(sums) + conv.bias[number].item())]


@pytest.mark.parametrize(
    ("option", "verdict"), [(2, "Right."), (0, "Not quite."), (1, "Not quite.")]
)
def test_the_question_is_answered_by_the_sum(open_step, option, verdict):
    visit = open_step(STEP)
    conv2 = visit.maps("conv2")
    expect(visit.options().nth(2)).to_have_text(f"Added up, with the bias: {shown(conv2.max())}")
    said = visit.answer_question(option)
    assert said.startswith(verdict)


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
