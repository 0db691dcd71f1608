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
CONVOLVED = """async ([pixels, kernel]) => {
    const { convolved } = await import("./browser/lesson/steps/convolution/slide.js");
    return [...convolved(pixels, kernel)];
}"""
LEARNED = """async () => {
    const { learnedOf } = await import("./browser/lesson/steps/convolution/kernels.js");
    const { store } = await import("./browser/shared/store.js");
    return learnedOf(store.get("network"));
}"""


def normalised(v) -> torch.Tensor:
    return load().normalise(torch.tensor(v.answer()["seen"]).reshape(1, 1, 28, 28))


def cells(v, place: str) -> list[float]:
    return [numbers(text)[0] for text in v.exhibit.locator(place).all_inner_texts()]


def value(v) -> float:
    return numbers(v.exhibit.locator(".total .formula .out").inner_text())[0]


def at(v, row: int, column: int) -> None:
    v.page.get_by_role("slider", name="Where it is").fill(f"{28 * row + column}")


def test_the_map_is_torchs_for_any_pixels_and_kernel(open_step):
    v = open_step(STEP, drawn=False)
    torch.manual_seed(0)
    for _ in range(5):
        pixels, weights, bias = torch.randn(28, 28), torch.randn(3, 3), torch.randn(1)
        kernel = {"weights": weights.flatten().tolist(), "bias": float(bias)}
        made = v.page.evaluate(CONVOLVED, [pixels.flatten().tolist(), kernel])
        ours = F.conv2d(pixels[None, None], weights[None, None], bias, padding=1)
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
    v.page.get_by_role("radio", name="Sobel, sideways").check()
    ours = F.conv2d(normalised(v), torch.tensor(SOBEL).float()[None, None], padding=1)[0, 0]
    at(v, 12, 15)
    assert value(v) == close(ours[12, 15])
    products = cells(v, ".arithmetic > div:nth-of-type(3) td")
    assert sum(products) == pytest.approx(float(ours[12, 15]), abs=0.05)  # nine rounded numbers


def test_ten_numbers_can_be_typed_and_nonsense_changes_nothing(open_step):
    v = open_step(STEP)
    v.page.get_by_role("radio", name="identity").check()
    at(v, 13, 14)
    pixel = float(normalised(v)[0, 0, 13, 14])
    v.page.get_by_label("Weight in row 2, column 2").fill("-2,5")
    v.page.get_by_label("Bias").fill("1")
    assert value(v) == close(-2.5 * pixel + 1)
    v.page.get_by_label("Bias").fill("one")
    assert value(v) == close(-2.5 * pixel + 1)
    v.page.get_by_label("Bias").blur()
    expect(v.page.get_by_label("Bias")).to_have_value("1.00")
    expect(v.page.locator(".kernels :checked")).to_have_count(0)


def test_space_steps_on_and_the_buttons_step_both_ways(open_step):
    v = open_step(STEP)
    where = v.exhibit.locator(".total .note").last
    at(v, 4, 6)
    v.page.locator(".lesson h2").focus()
    v.press("Space")
    expect(where).to_have_text("row 5, column 8")
    v.button("One step back")
    v.button("One step back")
    expect(where).to_have_text("row 5, column 6")


def test_it_plays_to_the_end_and_can_be_paused(open_step):
    v = open_step(STEP, reduced_motion="no-preference")
    at(v, 0, 0)
    v.button("Play")
    v.button("Pause")
    first = v.page.get_by_role("slider", name="Where it is").input_value()
    v.button("Play")
    v.page.wait_for_function(
        f"document.querySelector('.player input').valueAsNumber > {int(first) + 30}"
    )


def test_where_motion_is_not_wanted_playing_shows_the_whole_map(open_step):
    v = open_step(STEP)
    v.button("Play")
    expect(v.page.get_by_role("slider", name="Where it is")).to_have_value("783")


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


def test_the_exhibit_begins_with_another_kernel_than_the_question_asks_about(open_step):
    """Else the answer would stand there on a blank pad."""
    v = open_step(STEP)
    asked = re.search(r"Learned kernel (\d)", v.page.locator(".question").inner_text())[1]
    expect(v.page.get_by_role("radio", name=asked, exact=True)).not_to_be_checked()
    expect(v.page.locator(".kernels :checked")).to_have_count(1)
