"""One scale a layer: every place that shows it ends at the same value, and none is beyond."""

from linked import open_drawing
from one_screen import opened

from cnn.model import describe, load
from cnn.synthetic.generate import drawings

DRAWINGS = 10
STAGES = [stage["name"] for stage in describe(load())]
# {layer: {place: the end that it names, or that its colours or bars have}}, and the values' own.
ENDS = """async () => {
    const at = (path) => new URL(`browser/${path}`, location);
    const { store } = await import(at("shared/store.js"));
    const { colorOf } = await import(at("shared/colors.js"));
    const { stagesOf } = await import(at("share/picture.js"));
    const loaded = store.get("network");
    const { maps } = store.get("answer");
    const ends = {};
    const number = (text) => Number(text.replace(/[±−]/, ""));
    const named = (legend) => [...legend.querySelectorAll("span")]
        .map(({ textContent }) => number(textContent)).filter(Boolean);
    // Whether the pixel of the largest value has its colour on a scale with this end.
    const isPainted = (canvas, values, end) => {
        const sizes = Array.from(values, Math.abs);
        const largest = sizes.indexOf(Math.max(...sizes));
        const [x, y] = [largest % canvas.width, Math.floor(largest / canvas.width)];
        const [r, g, b] = canvas.getContext("2d").getImageData(x, y, 1, 1).data;
        return colorOf(values[largest] / end).background === `rgb(${r},${g},${b})`;
    };
    const isLong = (bar, value, end, share) =>
        Math.abs(share(bar) - 100 * Math.abs(value) / end) < 0.01;
    for (const [index, stage] of loaded.network.stages.entries()) {
        const found = ends[stage.name] = { painted: [] };
        const tiles = [...document.querySelectorAll(`[data-layer=${stage.name}]`)];
        const section = tiles[0].closest(".stage");
        found.header = number(section.querySelector(".end").textContent);
        found.largest = maps[index].reduce((most, v) => Math.max(most, Math.abs(v)), 0);
        const area = maps[index].length / tiles.length;
        const own = (map) => maps[index].subarray(map * area, (map + 1) * area);
        const isBars = maps[index].length === 10;
        const whole = found.header * (stage.kind === "Linear" ? 2 : 1); // up and down
        if (!isBars) {
            found.painted.push(...tiles.map((tile, map) =>
                isPainted(tile.querySelector("canvas"), own(map), found.header)));
        } else {
            found.painted.push(...[...section.querySelectorAll(".columns i")].map((bar, i) =>
                isLong(bar, maps[index][i], whole, (bar) =>
                    parseFloat(bar.style.backgroundSize.split(" ")[1]))));
        }
        const map = index % tiles.length;
        tiles[map].click();
        const card = document.querySelector(".card");
        if (!isBars) {
            [found.card] = named(card.querySelector(".pixels .long-legend"));
            const picture = card.querySelector(".picture canvas");
            found.painted.push(isPainted(picture, own(map), found.header));
        } else {
            found.painted.push(...[...card.querySelectorAll(".values i")].map((bar, i) =>
                isLong(bar, maps[index][i], whole, (bar) => parseFloat(bar.style.backgroundSize))));
        }
        const legends = card.querySelectorAll(".kernel-foot .long-legend");
        if (stage.kind === "Conv2d" && index > 1) {
            const before = loaded.network.stages[index - 1].name;
            [ends[before].patches] = named(legends[0]);
        }
        if (stage.kind === "Conv2d") found.kernel = named(legends[1])[0];
        tiles[map].click();
        section.querySelector(".about").click();
        [found.about] = named(document.querySelector(".card .long-legend"));
        section.querySelector(".about").click();
    }
    for (const { label, end } of stagesOf(loaded, maps, 1000)) {
        ends[label.split(" ")[0]].poster = number(end);
    }
    return ends;
}"""


def test_all_that_shows_a_layer_ends_at_one_value_and_no_value_is_beyond_it(browser, loose_url):
    weights = load().state_dict()
    strokes, _, _ = drawings(DRAWINGS, seed=23)
    seen: dict[str, set[float]] = {name: set() for name in STAGES}
    with opened(browser, loose_url) as page:
        for drawing in strokes:
            open_drawing(page, drawing)
            ends = page.evaluate(ENDS)
            assert list(ends) == STAGES
            for name, found in ends.items():
                painted, largest = found.pop("painted"), found.pop("largest")
                kernel = found.pop("kernel", None)
                assert len(set(found.values())) == 1, (name, found)
                end = found["header"]
                assert largest <= end, name
                assert painted, name
                assert all(painted), name
                if kernel is not None:
                    assert kernel >= weights[f"{name}.weight"].abs().max().item()
                seen[name].add(end)
    assert any(len(ends) > 1 for ends in seen.values())  # else none of the ten made one grow
