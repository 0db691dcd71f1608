"""Tracing to the ink, why not another digit, and switching maps off."""

import re

import numpy as np
import pytest
import torch
from axe import check_in_each_colour_and_language
from playwright.sync_api import expect
from visit import SEVEN, stages_of

from cnn.activations import activations
from cnn.model import describe, load

UNITS = 1000  # of the last decimal that is shown
STAGES = [stage["name"] for stage in describe(load())]
# Whether an element reaches beyond what is seen of the page.
BEYOND = """(selector) => {
    const { top, left, right, bottom } =
        document.querySelector(selector).getBoundingClientRect();
    return top < 0 || left < 0 || right > innerWidth || bottom > innerHeight;
}"""
INK = """[...document.querySelectorAll(".pad .lit [data-pixel]")].map(
    ({ dataset }) => Number(dataset.pixel))"""


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


def muted_run(digit: np.ndarray, layer: str, map_: int) -> dict[str, np.ndarray]:
    """What the stages give when one map of a layer is 0: with a hook, as torch would."""
    model = load()

    def silence(_module, _inputs, output):
        output = output.clone()
        output[:, map_ - 1] = 0
        return output

    module = dict(model.named_modules())[layer]
    module.register_forward_hook(silence)
    maps = activations(model, torch.from_numpy(digit).reshape(1, 1, 28, 28))
    return {name: values.numpy().ravel() for name, values in maps.items()}


def test_who_is_here_for_the_first_time_is_told_once_what_to_do(visit_static):
    v = visit_static()
    said = v.page.locator(".welcome")
    expect(said).to_be_empty()
    v.draw(SEVEN)
    expect(said).to_contain_text("Point at any map")
    assert not v.page.evaluate(BEYOND, ".welcome")
    v.page.set_viewport_size({"width": 844, "height": 390})
    assert not v.page.evaluate(BEYOND, ".welcome")
    v.page.set_viewport_size({"width": 1280, "height": 720})
    v.page.locator("[data-layer=conv1][data-map='3'] canvas").first.hover()
    expect(said).to_be_empty()
    expect(v.page.locator(".tooltip .pattern")).to_have_text(
        re.compile("^Responds most to: edges, ")
    )
    v.page.reload()
    v.page.locator(".probs .top").wait_for()  # the drawing is back, and read
    expect(said).to_be_empty()
    v.page.locator("[data-layer=conv1][data-map='3']").click()
    expect(v.page.locator(".map-card .pattern")).to_contain_text("Of 22 simple patterns, ")


def test_the_answer_is_traced_to_pixels_that_are_inked(seven):
    seven.page.locator(".ask-trace").click()
    lit = seven.page.evaluate(INK)
    seen = np.array(seven.answer()["seen"])
    assert 10 <= len(lit) <= 40
    assert (seen[lit] > 0).all()
    expect(seven.page.locator(".traced")).to_contain_text("log_softmax, digit 7")


def test_the_way_goes_through_every_stage_and_ends_with_escape(seven):
    seven.page.locator(".ask-trace").click()
    for layer in STAGES:
        assert seven.page.locator(f"[data-layer={layer}] .spot").count() > 0, layer
    assert seven.page.locator(".way path").count() == len(STAGES) - 1
    seven.press("Escape")
    expect(seven.page.locator(".spot, .way")).to_have_count(0)
    expect(seven.page.locator(".pad .lit")).to_be_hidden()


def test_the_way_is_drawn_stage_by_stage_unless_motion_is_reduced(visit_static):
    v = visit_static(reduced_motion="no-preference")
    v.draw(SEVEN)
    v.page.locator(".ask-trace").click()
    assert v.page.locator(".way path").count() < len(STAGES) - 1
    expect(v.page.locator(".way path")).to_have_count(len(STAGES) - 1)
    expect(v.page.locator(".traced")).to_contain_text("log_softmax, digit 7")


def test_a_trace_from_a_card_comes_back_to_the_card(seven):
    seven.page.locator("[data-layer=pool2][data-map='4']").click()
    card = seven.page.get_by_role("dialog", name="pool2, map 4")
    line = card.locator(".value").inner_text()
    seven.button("Trace to the ink")
    expect(card).to_have_count(0)
    seven.button("Stop tracing")
    expect(card.locator(".value")).to_have_text(line)


@pytest.mark.parametrize("other", [None, 0, 9])
def test_why_not_adds_up_to_the_difference_of_the_two_logits(seven, other):
    seven.page.locator(".ask-why").click()
    card = seven.page.get_by_role("dialog")
    if other is not None:
        card.get_by_role("button", name=f"{other}", exact=True).click()
    else:
        other = int(card.locator(".choices [aria-pressed=true]").inner_text())
    expect(card).to_contain_text(f"Why 7, not {other}?")
    rows = card.locator(".reasons li:not([hidden])").all()
    amounts = [number(row.locator("b").inner_text()) for row in rows]
    units = [round(amount * UNITS) for amount in amounts]
    assert sum(units[:-1]) == units[-1]
    stages = stages_of(seven.answer())
    logits = stages[STAGES.index("fc2")]
    assert amounts[-1] == pytest.approx(logits[7] - logits[other], abs=0.0011)  # both rounded
    weight = load().state_dict()["fc2.weight"].numpy()
    products = stages[STAGES.index("fc2") - 1] * (weight[7] - weight[other])
    strongest = products[np.argsort(-np.abs(products))][:7]
    np.testing.assert_allclose(amounts[:7], strongest, atol=0.0006)


def test_a_neuron_that_speaks_against_is_traced_on_demand(seven):
    seven.page.locator(".ask-why").click()
    seven.page.locator("button.reason").first.click()
    expect(seven.page.locator(".traced")).to_contain_text("neuron")
    assert seven.page.evaluate(INK)
    seven.press("Escape")
    expect(seven.page.get_by_role("dialog")).to_contain_text("Why 7")


@pytest.mark.parametrize(("layer", "map_"), [("conv1", 2), ("conv2", 6)])
def test_a_muted_map_is_zero_and_everything_after_it_is_what_torch_gives(seven, layer, map_):
    before = seven.answer()
    seven.page.locator(f"[data-layer={layer}][data-map='{map_}']").click()
    seven.page.locator(".card .mute").click()
    expected = muted_run(np.array(before["seen"], np.float32), layer, map_)
    for name, values in zip(STAGES, stages_of(seven.answer()), strict=True):
        np.testing.assert_allclose(values, expected[name], atol=2e-4, err_msg=name)
    tile = seven.page.locator(f"[data-layer={layer}][data-map='{map_}']")
    assert "muted" in tile.get_attribute("aria-label")
    seven.button("Close")
    seven.button("Unmute all (1)")
    np.testing.assert_array_equal(
        np.concatenate(stages_of(seven.answer())), np.concatenate(stages_of(before))
    )


def test_the_key_m_mutes_the_map_that_has_the_focus_and_unmutes_it(seven):
    tile = seven.page.locator("[data-layer=relu1][data-map='3']")
    tile.focus()
    seven.press("m")
    relu1 = stages_of(seven.answer())[STAGES.index("relu1")].reshape(8, -1)
    assert not relu1[2].any()
    assert relu1[3].any()
    seven.press("m")
    assert stages_of(seven.answer())[STAGES.index("relu1")].reshape(8, -1)[2].any()
    expect(seven.page.locator(".unmute")).to_be_hidden()


def test_what_is_muted_stays_so_for_what_is_drawn_next(visit_static):
    v = visit_static(reduced_motion="reduce")
    v.draw(SEVEN)
    v.page.locator("[data-layer=conv1][data-map='1']").focus()
    v.press("m")
    v.draw([(0.2, 0.6), (0.8, 0.7)])
    conv1 = stages_of(v.answer())[STAGES.index("conv1")].reshape(8, -1)
    assert not conv1[0].any()


def test_axe_finds_nothing_wrong(seven):
    for opens, part in {".ask-why": "[role=dialog]", ".ask-trace": ".traced"}.items():
        seven.page.locator(opens).click()
        check_in_each_colour_and_language(seven.page, part)
        seven.press("Escape")
