"""What the page shows is what was computed: facts, bars, and the sentence."""

import pytest
from one_screen import draw, opened, press_and_draw
from playwright.sync_api import expect
from visit import SEVEN

from cnn.model import load
from cnn.training.datasets import HELD_OUT, NON_DIGITS, PICTURED, SYNTHETIC


def test_the_facts_on_the_page_are_those_of_the_card(browser, static_url):
    card = load().card
    with opened(browser, static_url) as page:
        facts = page.locator(".key").first.inner_text()
        assert f"{card['parameters']:,} parameters" in facts
        assert f"{card['mnist']}% on MNIST's test set (used to compare settings)" in facts
        mnist, others = 60_000 - HELD_OUT, SYNTHETIC + PICTURED + NON_DIGITS
        share = round(100 * mnist / (mnist + others))
        assert f"{mnist + others:,} training pictures, {share}% MNIST" in facts
        assert f"dropout {round(100 * card['flags']['dropout'])}%" in facts
        assert card["date"][:4] in facts
        assert (
            f"{round(100 * card['flags']['dropout'])}%"
            in page.locator('[data-layer="dropout"]').locator("xpath=../..").inner_text()
        )


BARS = """(layer) => [...document.querySelectorAll(`[data-layer="${layer}"] .columns i`)].map(
    (bar) => {
        const { backgroundSize, backgroundPositionY } = getComputedStyle(bar);
        const long = parseFloat(backgroundSize.split(" ")[1]) / 100;
        return { up: (1 - long) * (1 - parseFloat(backgroundPositionY) / 100), long };
    })"""
TIMES = """async (times) => {
    const at = (path) => new URL(`browser/${path}`, document.baseURI);
    const { store } = await import(at("shared/store.js"));
    const answer = store.get("answer");
    const maps = answer.maps.map((values) => values.map((value) => value * times));
    store.set("answer", { ...answer, maps });
    return [...maps[maps.length - 2]];
}"""


@pytest.mark.parametrize("times", [1, 5])
def test_the_bars_of_the_logits_are_in_proportion_and_none_is_cut_off(browser, loose_url, times):
    with opened(browser, loose_url) as page:
        draw(page, SEVEN)
        logits = page.evaluate(TIMES, times)
        bars = page.evaluate(BARS, "fc2")
        assert all(bar["up"] >= -1e-6 and bar["up"] + bar["long"] <= 1 + 1e-6 for bar in bars)
        signed = [
            bar["long"] * (1 if logit > 0 else -1) for bar, logit in zip(bars, logits, strict=True)
        ]
        largest = max(logits, key=abs)
        expected = [signed[logits.index(largest)] * logit / largest for logit in logits]
        assert signed == pytest.approx(expected, abs=1e-4)


def test_the_sentence_names_no_percentage_while_the_pen_is_down(browser, static_url):
    with opened(browser, static_url) as page:
        press_and_draw(page, SEVEN)
        expect(page.locator(".verdict .digit")).to_have_text("7")
        assert "%" not in page.locator(".sentence").inner_text()
        assert all(text.endswith("%") for text in page.locator(".probs .value").all_inner_texts())
        page.mouse.up()
        expect(page.locator(".sentence")).to_contain_text("%")
