"""The step on flattening: the table is what the command wrote, of these very weights."""

import json
import statistics

import pytest
from playwright.sync_api import expect
from steps_page import networks

from cnn.model import WEIGHTS
from cnn.page.html import BROWSER

STEP = "flatten"
STEPS = BROWSER / "lesson" / "steps"


def test_the_table_is_what_the_command_wrote(open_step):
    visit = open_step(STEP)
    written = json.loads(WEIGHTS.with_name("shifts.json").read_text())
    table = visit.exhibit.locator("table").first
    expect(table).to_be_hidden()  # it is no other than what is asked for
    visit.options().first.click()
    expect(table.locator("thead th")).to_have_text(["pixels moved", *"0246"])
    for row, name in enumerate(("convnet", "mlp")):
        cells = table.locator("tbody tr").nth(row).locator("td").all_inner_texts()
        right = written["networks"][name]["right"][::2]
        assert [float(cell) for cell in cells] == pytest.approx(right, abs=0.051)
    note = visit.exhibit.get_by_text("Mean of 4 directions")
    expect(note).to_contain_text(written["command"])
    expect(note).to_contain_text(f"at 6 px {written['ink'][6]:.1f}% of the ink is left")


def test_the_article_s_figures_stand_beside_the_plain_recipe_s_and_the_cards(open_step):
    visit = open_step(STEP)
    plain = json.loads((STEPS / "mlp-or-cnn" / "plain.json").read_text())
    table = visit.exhibit.locator("table").last
    expect(table.locator("thead th")).to_have_text(["article", "plain", "this page"])
    convnet, mlp = (model.card for model in networks())
    for row, article, card in ((0, "> 98.5", convnet), (1, "95", mlp)):
        percents = plain["right"][card["model"]]
        mean = statistics.mean(percents)
        away = max(abs(percent - mean) for percent in percents)
        expect(table.locator("tbody tr").nth(row).locator("td")).to_have_text(
            [article, f"{mean:.2f} ± {away:.2f}", f"{card['mnist']:.2f}"]
        )
    note = visit.exhibit.get_by_text(plain["command"])
    expect(note).to_contain_text(f"Adam, {plain['epochs']} epochs, no jitter")
    expect(note).to_contain_text(f"MLP {mlp['epoch']} epochs, ConvNet {convnet['epoch']};")
    expect(note).to_contain_text("settings were compared on these digits")
    expect(visit.page.locator(".lesson")).not_to_contain_text("eople")  # without a source


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
