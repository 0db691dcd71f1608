"""The step on flattening: the table is what the command wrote, of these very weights."""

import json

import pytest
from playwright.sync_api import expect
from steps_page import networks

from cnn.model import WEIGHTS

STEP = "flatten"


def test_the_table_is_what_the_command_wrote(open_step):
    visit = open_step(STEP)
    written = json.loads(WEIGHTS.with_name("shifts.json").read_text())
    table = visit.exhibit.locator("table")
    expect(table.locator("thead th")).to_have_text(["pixels moved", *"0123456"])
    columns = [written["networks"][name]["right"] for name in ("convnet", "mlp")]
    for row, percents in enumerate([*columns, written["ink"]]):
        cells = table.locator("tbody tr").nth(row).locator("td").all_inner_texts()
        assert [float(cell) for cell in cells] == pytest.approx(percents, abs=0.051)
    expect(visit.exhibit.get_by_text(f"measured by {written['command']}")).to_be_visible()
    cards = [model.card["mnist"] for model in reversed(networks())]
    facts = visit.exhibit.locator(".figures dd").all_inner_texts()
    assert facts == ["95%", "98%", "98.5%", *(f"{percent:.2f}%" for percent in cards)]


def test_a_table_of_other_weights_says_so(open_step):
    written = json.loads(WEIGHTS.with_name("shifts.json").read_text())
    written["networks"]["mlp"]["sha256"] = "0" * 64
    visit = open_step(
        STEP,
        prepare=lambda context: context.route(
            "**/shifts.json", lambda route: route.fulfill(json=written)
        ),
    )
    sentence = visit.exhibit.get_by_text("The table was measured on other weights")
    expect(sentence).to_be_visible()
