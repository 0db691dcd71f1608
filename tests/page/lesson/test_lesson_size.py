"""The step on padding, stride and size: as many places as torch's convolution has."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect
from steps_page import numbers

STEP = "size"
SIZES = """async (sides) => {
    const { sizeOf } = await import("./browser/lesson/steps/size/step.js");
    return sides.map(([W, F, S, P]) => sizeOf(W, { F, S, P }));
}"""
MEANS = """async ([pixels, size, geometry]) => {
    const { meansOf } = await import("./browser/lesson/steps/size/step.js");
    return [...meansOf(pixels, size, geometry)];
}"""


def set_to(v, kernel: int, stride: int, padding: int) -> None:
    for name, value in {"Kernel F": kernel, "Stride S": stride, "Padding P": padding}.items():
        v.slide(name, value)


def test_every_size_is_torchs(open_step):
    sides = [
        (w, f, s, p)
        for w in (9, 12, 28)
        for f in range(1, 10)
        for s in range(1, 6)
        for p in range(5)
    ]
    made = open_step(STEP, drawn=False).page.evaluate(SIZES, sides)
    for (w, f, s, p), size in zip(sides, made, strict=True):
        paper = torch.zeros(1, 1, 1, w + 2 * p)
        assert size == F.conv2d(paper, torch.zeros(1, 1, 1, f), stride=s).shape[-1], (w, f, s, p)


@pytest.mark.parametrize("geometry", [(3, 1, 1), (4, 3, 0), (5, 2, 4), (1, 5, 2)])
def test_the_map_holds_the_means_that_torch_pools(open_step, geometry):
    kernel, stride, padding = geometry
    pixels = torch.rand(1, 1, 9, 12, generator=torch.Generator().manual_seed(0))
    argument = [
        pixels.flatten().tolist(),
        {"width": 12, "height": 9},
        {"F": kernel, "S": stride, "P": padding},
    ]
    made = open_step(STEP, drawn=False).page.evaluate(MEANS, argument)
    padded = F.pad(pixels, [padding] * 4)
    np.testing.assert_allclose(made, F.avg_pool2d(padded, kernel, stride).flatten(), atol=1e-6)


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        ((3, 1, 1), "the steps come out even"),
        ((3, 2, 0), "(hatched): columns 1."),
        ((4, 2, 0), "(hatched): rows 1."),
        ((3, 4, 0), "(hatched): columns 1, rows 2."),
    ],
)
def test_the_formula_is_filled_in_for_both_sides(open_step, geometry, sentence):
    v = open_step(STEP)
    set_to(v, *geometry)
    kernel, stride, padding = geometry
    picture, window = torch.zeros(1, 1, 9, 12), torch.zeros(1, 1, kernel, kernel)
    height, width = F.conv2d(picture, window, stride=stride, padding=padding).shape[2:]
    for line, out in zip(v.exhibit.locator(".sizes .formula").all(), (width, height), strict=True):
        assert numbers(line.inner_text())[-1] == out
    expect(v.exhibit.locator(".after figcaption")).to_have_text(f"Map: {width} × {height}")
    canvas = v.exhibit.locator(".after canvas")
    assert canvas.evaluate("({ width, height }) => [width, height]") == [width, height]
    expect(v.exhibit.locator(".fit")).to_contain_text(sentence)


def test_a_kernel_that_does_not_fit_is_a_sentence(open_step):
    v = open_step(STEP)
    v.slide("Padding P", 0)
    v.slide("Kernel F", 10)
    expect(v.exhibit.locator(".fit")).to_contain_text("A kernel of 10 does not fit into 12 × 9")
    expect(v.exhibit.locator(".after")).to_be_hidden()
    v.page.get_by_role("radio", name="all of it, 28 × 28").check()
    expect(v.exhibit.locator(".after figcaption")).to_have_text("Map: 19 × 19")


def test_the_map_grows_cell_by_cell(open_step):
    v = open_step(STEP)
    scrubber = v.page.get_by_role("slider", name="Position")
    painted = """(canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }"""
    for at in (0, 40, 107):
        scrubber.fill(f"{at}")
        assert v.exhibit.locator(".after canvas").evaluate(painted) == at + 1


def test_what_the_question_asks_for_can_be_set_but_is_not_shown_until_it_is_answered(open_step):
    v = open_step(STEP)
    v.page.get_by_role("radio", name="all of it, 28 × 28").check()
    secrets = [v.exhibit.locator(place) for place in (".after", ".sizes .formula", ".player")]
    for secret in secrets:
        expect(secret.first).to_be_visible()
    set_to(v, 3, 2, 0)
    for secret in secrets:
        expect(secret.first).to_be_hidden()
    v.answer_question(1)
    for secret in secrets:
        expect(secret.first).to_be_visible()


@pytest.mark.parametrize("option", range(3))
def test_the_question_is_answered_by_torch_and_then_shown(open_step, option):
    v = open_step(STEP)
    width = F.conv2d(torch.zeros(1, 1, 28, 28), torch.zeros(1, 1, 3, 3), stride=2).shape[-1]
    chosen = int(v.options().nth(option).inner_text())
    said = v.answer_question(option)
    assert said.startswith("Right." if chosen == width else "Not quite.")
    expect(v.exhibit.locator(".after figcaption")).to_have_text(f"Map: {width} × {width}")
