"""Any number, explained: numbers that add up, against torch."""

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from axe import ALL, CONTRAST, violations
from visit import SEVEN, stages_of

from cnn.model import describe, load

UNITS = 1000  # of the last decimal that is shown
STAGES = [stage["name"] for stage in describe(load())]


@pytest.fixture(scope="module")
def model():
    return load()


def number(text: str) -> float:
    """A number as the page writes it."""
    return float(text.replace("−", "-").replace("+", "").replace("=", "").strip())


def point(v, layer: str, map_: int, x: float = 0.5, y: float = 0.5) -> None:
    """Click a small map at a share of its width and height."""
    tile = v.page.locator(f"[data-layer={layer}][data-map='{map_}']")
    box = tile.locator("canvas, .columns").first.bounding_box()
    v.page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    v.page.get_by_role("dialog").wait_for()


def equation(v) -> list[tuple[str, float]]:
    """The terms of the card's sum, the total last."""
    rows = v.page.locator(".card .equation > div")
    return [
        (row.locator("dt").inner_text(), number(row.locator("dd").inner_text()))
        for row in rows.all()
    ]


def assert_adds_up(terms: list[tuple[str, float]]) -> None:
    """As they are written, to the last decimal."""
    units = [round(value * UNITS) for _, value in terms]
    assert sum(units[:-1]) == units[-1]


def test_the_eight_sums_of_a_convolution_add_up_to_its_value_and_are_torchs(seven, model):
    v = seven
    point(v, "conv2", 7, 0.5, 0.5)  # row 7, column 7, counted from 0
    terms = equation(v)
    assert_adds_up(terms)
    stages = stages_of(v.answer())
    pool1 = torch.from_numpy(stages[STAGES.index("pool1")]).reshape(1, 8, 14, 14)
    weights = model.state_dict()
    kernel = weights["conv2.weight"][6:7]
    each = F.conv2d(pool1, kernel.transpose(0, 1), padding=1, groups=8)[0, :, 7, 7]
    shown = [value for _, value in terms]
    np.testing.assert_allclose(shown[:8], each.numpy(), atol=0.0006)
    assert shown[8] == pytest.approx(weights["conv2.bias"][6].item(), abs=0.0006)
    value = stages[STAGES.index("conv2")].reshape(16, 14, 14)[6, 7, 7]
    assert shown[-1] == pytest.approx(value, abs=0.0006)


def test_the_products_of_a_kernel_add_up_to_the_value_as_they_are_written(seven, model):
    v = seven
    point(v, "conv1", 3, 0.5, 0.5)  # row 14, column 14
    card = v.page.get_by_role("dialog")
    tables = card.locator(".patch").all()
    inputs, products = [[number(t) for t in table.locator("span").all_inner_texts()]
                        for table in tables]  # fmt: skip
    terms = equation(v)
    assert_adds_up(terms)
    assert round(sum(products) * UNITS) == round(terms[0][1] * UNITS)
    digit = torch.from_numpy(stages_of(v.answer())[0]).reshape(1, 1, 28, 28)
    normalised = (digit - 0.1307) / 0.3081
    patch = F.unfold(normalised, 3, padding=1).reshape(9, 28, 28)[:, 14, 14]
    kernel = model.state_dict()["conv1.weight"][2].flatten()
    np.testing.assert_allclose(inputs, patch.numpy(), atol=0.006)
    np.testing.assert_allclose(products, (patch * kernel).numpy(), atol=0.0006)


# by how many px the text of a cell is narrower than the cell, where that is least
ROOM = """(cells) => Math.min(...cells.map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return cell.clientWidth - range.getBoundingClientRect().width;
}))"""


def test_the_numbers_of_a_kernel_stand_apart(seven):
    point(seven, "conv1", 5, 0.5, 0.5)
    cells = seven.page.locator(".card .summand :is(.patch, .channel) span")
    assert cells.count() == 27
    assert cells.evaluate_all(ROOM) > 4


def test_pooling_shows_its_four_cells_and_marks_the_winner(seven):
    v = seven
    point(v, "pool1", 2, 0.5, 0.5)  # row 7, column 7
    relu1 = stages_of(v.answer())[STAGES.index("relu1")].reshape(8, 28, 28)
    window = relu1[1, 14:16, 14:16].ravel()
    cells = v.page.locator(".card .cells span")
    np.testing.assert_allclose(
        [number(text) for text in cells.all_inner_texts()], window, atol=0.0006
    )
    winner = number(v.page.locator(".card .cells .winner").inner_text())
    assert winner == pytest.approx(window.max(), abs=0.0006)


def test_a_neurons_strongest_contributions_and_the_rest_add_up(seven, model):
    v = seven
    point(v, "fc1", 1, 0.53, 0.56)  # neuron 73: row 4, column 8, sixteen across
    terms = equation(v)
    assert_adds_up(terms)
    flat = torch.from_numpy(stages_of(v.answer())[STAGES.index("flatten")])
    products = flat * model.state_dict()["fc1.weight"][72]
    strongest = products[products.abs().argsort(descending=True)[:6]]
    np.testing.assert_allclose([value for _, value in terms[:6]], strongest, atol=0.0006)
    assert v.page.locator(".map .spot").count() > 0  # where they lie in the maps


def test_log_softmax_is_a_fraction_of_the_live_numbers(seven):
    v = seven
    point(v, "log_softmax", 1, 0.75, 0.5)  # digit 7
    logits = torch.from_numpy(stages_of(v.answer())[STAGES.index("fc2")])
    exps = (logits - logits.max()).exp().numpy()
    under = v.page.locator(".card .fraction .under").inner_text()
    numbers = [number(text) for text in re.findall(r"−?\d\.\d{4}", under)]
    np.testing.assert_allclose(numbers[:10], exps, atol=0.00006)
    prob = v.page.locator(".card .fraction b").inner_text()
    assert float(prob.rstrip("%")) == pytest.approx(100 * F.softmax(logits, 0)[7].item(), abs=0.06)


def test_a_pinned_value_stays_live_while_the_reader_draws_on(visit_static):
    v = visit_static()
    v.draw(SEVEN)
    point(v, "conv2", 7)
    before = equation(v)
    v.press_and_draw([(0.2, 0.6), (0.8, 0.7)])
    terms = equation(v)  # the button is still down
    assert terms != before
    assert_adds_up(terms)
    value = stages_of(v.answer())[STAGES.index("conv2")].reshape(16, 14, 14)[6, 7, 7]
    assert terms[-1][1] == pytest.approx(value, abs=0.0006)


@pytest.mark.parametrize(
    ("size", "scheme", "rules"),
    [
        ((1440, 900), "light", ALL),
        ((390, 844), "light", ALL),
        ((1440, 900), "dark", CONTRAST),
    ],
)
def test_axe_finds_nothing_wrong_with_an_explanation(visit_static, size, scheme, rules):
    v = visit_static(size=size, color_scheme=scheme, reduced_motion="reduce")
    v.draw(SEVEN)
    for layer in ["conv1", "conv2", "pool1", "fc1", "log_softmax"]:
        tile = v.page.locator(f"[data-layer={layer}][data-map='1']")
        tile.scroll_into_view_if_needed()
        tile.click()
        v.page.get_by_role("dialog").wait_for()
        assert violations(v.page, ".card", rules) == [], layer
        v.press("Escape")
