"""The step on convolution: every number is what torch's own convolution gives."""

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect
from steps_page import close, numbers

from cnn.model import load

STEP = "convolution"
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
CONVOLVED = """async ([pixels, kernel, stage]) => {
    const { convolved, singleOf } = await import("./browser/lesson/steps/convolution/editor.js");
    return [...convolved(singleOf(stage, [1, 28, 28]), pixels, kernel)];
}"""
LEARNED = """async () => {
    const { learnedOf } = await import("./browser/lesson/steps/convolution/step.js");
    const { store } = await import("./browser/shared/store.js");
    return learnedOf(store.get("network"));
}"""


def normalised(v) -> torch.Tensor:
    return load().normalise(torch.tensor(v.answer()["seen"]).reshape(1, 1, 28, 28))


def cells(v, place: str) -> list[float]:
    return [numbers(text)[0] for text in v.exhibit.locator(place).all_inner_texts()]


def value(v) -> float:
    return numbers(v.exhibit.locator(".sum-rows .total dd").inner_text())[0]


def place(v) -> str:
    """Where the kernel stands, from the map's caption."""
    return v.exhibit.locator(".of-map figcaption").inner_text().split(": ")[1]


def painted(v) -> int:
    """How many pixels of the map are."""
    return v.exhibit.locator(".of-map canvas").evaluate(
        """(canvas) => canvas.getContext("2d").getImageData(0, 0, 28, 28).data
            .filter((value, i) => i % 4 === 3 && value > 0).length"""
    )


def at(v, row: int, column: int) -> None:
    v.page.get_by_role("slider", name="Position").fill(f"{28 * row + column}")


def test_the_map_is_torchs_for_any_pixels_and_kernel(open_step):
    v = open_step(STEP, drawn=False)
    torch.manual_seed(0)
    for sides, stride, padding in (
        ((3, 3), (1, 1), (1, 1)),
        ((5, 5), (1, 1), (2, 2)),
        ((4, 1), (2, 3), (0, 2)),
    ):
        pixels, weights, bias = torch.randn(28, 28), torch.randn(sides), torch.randn(1)
        ours = F.conv2d(pixels[None, None], weights[None, None], bias, stride, padding)
        kernel = {"weights": weights.flatten().tolist(), "bias": float(bias)}
        stage = {"name": "conv", "kind": "Conv2d", "in_channels": 1, "out_channels": 8}
        stage |= {"kernel_size": sides, "stride": stride, "padding": padding}
        stage |= {"shape": [8, *ours.shape[2:]]}
        made = v.page.evaluate(CONVOLVED, [pixels.flatten().tolist(), kernel, stage])
        np.testing.assert_allclose(made, ours.flatten(), atol=1e-5)


def test_the_learned_kernels_are_those_of_conv1(open_step):
    learned = open_step(STEP, drawn=False).page.evaluate(LEARNED)
    conv1 = load().conv1
    np.testing.assert_array_equal(
        np.float32([kernel["weights"] for kernel in learned]),
        conv1.weight.detach().flatten(1),
    )
    np.testing.assert_array_equal(np.float32([k["bias"] for k in learned]), conv1.bias.detach())


@pytest.mark.parametrize("kernel", range(8))
def test_a_learned_kernel_gives_what_conv1_gives_for_the_drawing(open_step, kernel):
    v = open_step(STEP)
    v.answer_question(0)
    v.page.get_by_role("radio", name=f"{kernel + 1}", exact=True).check()
    conv1 = v.maps("conv1")[0, kernel]
    padded = F.pad(normalised(v), (1, 1, 1, 1))[0, 0]
    for row, column in [(0, 0), (13, 14), (9, 17), (27, 27)]:
        at(v, row, column)
        assert value(v) == close(conv1[row, column])
        patch = padded[row : row + 3, column : column + 3].flatten()
        np.testing.assert_allclose(cells(v, ".arithmetic > div:first-child td"), patch, atol=0.0051)


def test_a_classic_kernel_slides_and_the_products_add_up(open_step):
    v = open_step(STEP)
    v.page.get_by_role("radio", name="Sobel, vertical edges").check()
    ours = F.conv2d(normalised(v), torch.tensor(SOBEL).float()[None, None], padding=1)[0, 0]
    at(v, 12, 15)
    assert value(v) == close(ours[12, 15])
    products = cells(v, ".arithmetic > div:nth-of-type(3) td")
    assert sum(products) == pytest.approx(float(ours[12, 15]), abs=0.05)  # nine rounded numbers


def test_ten_numbers_can_be_typed_and_what_is_none_is_computed_with_nowhere(open_step):
    v = open_step(STEP)
    v.page.get_by_role("radio", name="identity").check()
    at(v, 13, 14)
    pixel = float(normalised(v)[0, 0, 13, 14])
    v.page.get_by_label("Weight in row 2, column 2").fill("-2,5")
    v.page.get_by_label("Bias").fill("1")
    assert value(v) == close(-2.5 * pixel + 1)
    expect(v.page.locator(".kernels :checked")).to_have_count(0)
    bias = v.page.get_by_label("Bias")
    for typed in ("one", "1000", "-9.5", ""):
        bias.fill(typed)
        expect(v.exhibit.locator(".fault")).to_have_text("Each field needs a number from −9 to 9.")
        expect(v.exhibit.locator(".sum-rows")).to_be_hidden()
        expect(v.exhibit.locator(".arithmetic > div:nth-of-type(3) td").first).to_be_empty()
        assert painted(v) == 0
        bias.blur()
        expect(bias).to_have_value(typed)  # to be put right
    bias.fill("0.5")
    bias.blur()
    expect(bias).to_have_value("0.50")
    assert value(v) == close(-2.5 * pixel + 0.5)
    expect(v.exhibit.locator(".fault")).to_be_empty()
    assert painted(v) == 28 * 13 + 14 + 1


def test_space_steps_on_and_the_buttons_step_both_ways(open_step):
    v = open_step(STEP)
    at(v, 4, 6)
    v.page.locator(".lesson h2").focus()
    v.press("Space")
    assert place(v) == "row 5, column 8"
    v.button("One step back")
    v.button("One step back")
    assert place(v) == "row 5, column 6"


def test_it_plays_to_the_end_and_can_be_paused(open_step):
    v = open_step(STEP, reduced_motion="no-preference")
    at(v, 0, 0)
    v.button("Play")
    v.button("Pause")
    first = v.page.get_by_role("slider", name="Position").input_value()
    v.button("Play")
    v.page.wait_for_function(
        f"document.querySelector('.player input').valueAsNumber > {int(first) + 30}"
    )


def test_where_motion_is_not_wanted_playing_shows_the_whole_map(open_step):
    v = open_step(STEP)
    v.button("Play")
    expect(v.page.get_by_role("slider", name="Position")).to_have_value("783")


@pytest.mark.parametrize("option", range(3))
def test_the_question_is_answered_by_conv1_on_blank_paper(open_step, option):
    v = open_step(STEP)
    paper = load().normalise(torch.zeros(1, 1, 28, 28))
    inner = load().conv1(paper)[0, :, 14, 14].detach()
    loudest = inner[inner.abs().argmax()]
    said = v.answer_question(option)
    right = 1 if loudest > 0 else 2
    assert said.startswith("Right." if option == right else "Not quite.")
    assert numbers(said)[-1] == close(loudest)
    assert place(v) == "row 27, column 27"  # where the exhibit shows it
    assert value(v) == close(loudest)


def test_what_the_question_asks_for_is_neither_summed_up_nor_in_the_map(open_step):
    """The kernel that it asks about is the one that is shown: where it lies on paper alone, nothing
    comes out until the question is answered."""
    v = open_step(STEP)
    asked = re.search(r"Learned kernel (\d)", v.question.inner_text())[1]
    expect(v.page.get_by_role("radio", name=asked, exact=True)).to_be_checked()
    ink = F.max_pool2d(torch.tensor(v.answer()["seen"]).reshape(1, 1, 28, 28), 3, 1, 1) > 0
    at(v, 27, 27)
    expect(v.exhibit.locator(".sum-rows")).to_be_hidden()
    assert painted(v) == int(ink.sum())
    at(v, 13, 14)
    expect(v.exhibit.locator(".sum-rows")).to_be_visible()  # there is ink
    at(v, 27, 27)
    v.page.get_by_role("radio", name="blur").check()
    assert painted(v) == 28 * 28
    expect(v.exhibit.locator(".sum-rows")).to_be_visible()
    v.page.get_by_role("radio", name=asked, exact=True).check()
    v.answer_question(0)
    assert painted(v) == 27 * 28 - 1  # as far as it has grown
