"""Every sum of the network adds up with the digits that it shows, on fifty drawings."""

import numpy as np
from adds_up import as_english, check_line, check_sums
from linked import open_drawing
from one_screen import MAPS, opened
from test_words import LANGUAGES

from cnn.synthetic.generate import drawings

DRAWINGS = 50
# Point at a value of each stage as a pointer does, and keep beside the page what is said of it.
POINT = """(shares) => {
    const said = document.querySelector(".tooltip");
    document.querySelector("#said")?.remove();
    const all = Object.assign(document.createElement("div"), { id: "said" });
    document.body.append(all);
    document.querySelectorAll(".stage").forEach((stage, i) => {
        const tiles = [...stage.querySelectorAll(".map")];
        const [which, x, y] = shares[i];
        const tile = tiles[Math.floor(which * tiles.length)];
        const { left, top, width, height } = tile.firstElementChild.getBoundingClientRect();
        const at = { clientX: left + x * width, clientY: top + y * height };
        tile.dispatchEvent(new PointerEvent("pointermove", at));
        all.append(said.cloneNode(true));
        tile.dispatchEvent(new PointerEvent("pointerleave"));
    });
}"""
# Click a value of a map; what its kernel's tables show: inputs, weights, products or their sum.
CLICK = """([layer, map, x, y]) => {
    const tile = document.querySelector(`[data-layer=${layer}][data-map="${map}"]`);
    const { left, top, width, height } = tile.firstElementChild.getBoundingClientRect();
    const at = { clientX: left + x * width, clientY: top + y * height, detail: 1, bubbles: true };
    tile.dispatchEvent(new MouseEvent("click", at));
    const texts = (within, name) =>
        [...within.querySelectorAll(name)].map(({ textContent }) => textContent);
    return [...document.querySelectorAll(".card .summand")].map((summand) => ({
        inputs: texts(summand.querySelector(".patch"), "span"),
        weights: texts(summand, ".channel span"),
        products: texts(summand, ".patch ~ .patch span"),
        sum: summand.querySelector(".patch-sum")?.textContent,
    }));
}"""
# Ask why it is not that digit.
ASK = """async (other) => {
    const { store } = await import(new URL("browser/shared/store.js", location));
    store.set("asked", { what: "why" });
    document.querySelectorAll(".why-card .choices button")[other].click();
}"""
SPEAK = """async (language) => {
    const { chooseLanguage } = await import(new URL("browser/shared/i18n.js", location));
    await chooseLanguage(language);
}"""


def check_tables(summand: dict, language: str) -> None:
    """A product, or the sum of all, is what a calculator gives but for the rounding of factors."""
    pairs = zip(summand["inputs"], summand["weights"], strict=True)
    products = [f"{value} × {weight}" for value, weight in pairs]
    if summand["sum"] is not None:
        check_line(as_english(f"{' + '.join(products)} {summand['sum']}", language))
    for product, shown in zip(products, summand["products"], strict=summand["sum"] is None):
        check_line(as_english(f"{product} ≈ {shown}", language))


def test_every_sum_adds_up_with_the_digits_that_are_shown(browser, loose_url):
    rng = np.random.default_rng(17)
    strokes, _, _ = drawings(DRAWINGS, seed=17)
    layers = list(MAPS)
    found = 0
    with opened(browser, loose_url) as page:
        for i, drawing in enumerate(strokes):
            language = LANGUAGES[i % len(LANGUAGES)]
            page.evaluate(SPEAK, language)
            open_drawing(page, drawing)
            page.evaluate(POINT, rng.random((len(layers), 3)).tolist())
            layer = layers[i % len(layers)]
            map_ = int(rng.integers(MAPS[layer])) + 1
            for summand in page.evaluate(CLICK, [layer, map_, *rng.random(2).tolist()]):
                check_tables(summand, language)
            found += check_sums(page, language)
            page.keyboard.press("Escape")
            page.evaluate(ASK, int(rng.integers(10)))
            found += check_sums(page, language)
            page.keyboard.press("Escape")
    assert found > DRAWINGS * 2 * len(layers)  # more than one for each value that was pointed at
