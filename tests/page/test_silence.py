"""What adds nothing to a sum is neither listed nor lit; where no neuron fired, that is said."""

import numpy as np
import pytest
import torch
from linked import open_drawing
from one_screen import draw, opened
from playwright.sync_api import expect
from visit import SEVEN

from cnn.activations import activations
from cnn.model import load
from cnn.preprocess import digit_from_strokes
from cnn.synthetic import negatives
from cnn.synthetic.generate import CANVAS, write_each

ASK = """async () => {
    const { store } = await import(new URL("browser/shared/store.js", location));
    store.set("asked", { what: "why" });
}"""
SPOTS = ".network .spot"


@pytest.fixture(scope="module")
def model():
    return load()


def relu3(model, strokes) -> np.ndarray:
    digit = torch.from_numpy(digit_from_strokes(strokes, CANVAS))
    return activations(model, digit[None, None])["relu3"].numpy().ravel()


@pytest.fixture(scope="module")
def unrecognised(model) -> list[np.ndarray]:
    """A scribble, letter or shape for which no neuron of the last hidden layer fires."""
    rng = np.random.default_rng(3)
    for drawing in write_each(negatives.paths(400, rng), rng):
        if not relu3(model, drawing).any():
            return drawing
    raise AssertionError("every one of 400 scribbles made a neuron fire")


def open_logit(page, digit: int) -> None:
    """Click a digit's bar in fc2."""
    box = page.locator("[data-layer=fc2] .columns").bounding_box()
    page.mouse.click(box["x"] + (digit + 0.5) / 10 * box["width"], box["y"] + box["height"] / 2)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-US", "I recognise nothing: no neuron fired, and only fc2's bias is left"),
        ("zh-CN", "什么也没认出来：没有一个神经元被激活，只剩 fc2 的偏置"),
    ],
)
def test_where_no_neuron_fired_the_verdict_says_so_and_names_no_digit(
    browser, loose_url, unrecognised, language, words
):
    with opened(browser, loose_url, locale=language) as page:
        open_drawing(page, unrecognised)
        expect(page.locator(".verdict .digit")).to_have_text("?")
        expect(page.locator(".sentence")).to_have_text(words)
        page.locator(".pad").press("Delete")
        draw(page, SEVEN)
        expect(page.locator(".sentence")).to_contain_text("7")


def test_where_no_neuron_fired_nothing_is_lit_and_the_bias_stands_alone(
    browser, loose_url, unrecognised
):
    with opened(browser, loose_url) as page:
        open_drawing(page, unrecognised)
        open_logit(page, 4)
        card = page.locator(".card")
        assert "No neuron of relu3 fired" in card.inner_text()
        assert card.locator(".equation dt").all_inner_texts() == ["Bias", "fc2"]
        assert page.locator(SPOTS).count() == 0


def test_why_not_lists_no_neuron_where_none_fired_and_says_so(browser, loose_url, unrecognised):
    with opened(browser, loose_url) as page:
        open_drawing(page, unrecognised)
        page.evaluate(ASK)
        card = page.locator(".why-card")
        assert "No neuron of relu3 fired" in card.inner_text()
        labels = card.locator(".reasons li:not([hidden]) .label").all_inner_texts()
        assert labels[0] == "Bias"
        assert len(labels) == 2


def test_only_neurons_that_fired_are_listed_lit_and_counted(browser, loose_url, model):
    with opened(browser, loose_url) as page:
        draw(page, SEVEN)
        values = page.evaluate(
            """async () => {
                const { store } = await import(new URL("browser/shared/store.js", location));
                const { maps } = store.get("answer");
                return Array.from(maps[maps.length - 3]);
            }"""
        )
        fired = np.flatnonzero(values)
        assert 6 < len(fired) < 24  # else nothing is left over, or not all are lit
        open_logit(page, 7)
        labels = page.locator(".card .equation dt").all_inner_texts()
        named = [int(label.split()[1]) - 1 for label in labels if label.startswith("neuron ")]
        assert set(named) <= set(fired)
        assert f"the other {len(fired) - len(named)}" in labels
        assert f"{len(values) - len(fired)} of the {len(values)} values are 0" in (
            page.locator(".card").inner_text()
        )
        assert page.locator(SPOTS).count() == len(fired)
