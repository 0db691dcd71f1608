"""All that the page shows of a drawing, saved as one picture."""

import base64
import io

import numpy as np
import pytest
from PIL import Image
from visit import SEVEN


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_shows_drawing_answer_and_every_map(visit_pad, scheme):
    v = visit_pad()
    if scheme == "dark":
        v.page.evaluate("document.body.classList.add('dark')")
    v.draw(SEVEN)
    v.expect_shown("7")
    with v.page.expect_download() as download:
        v.page.get_by_role("button", name="Save drawing").click()
    assert download.value.suggested_filename == "digit-7.png"
    image = Image.open(download.value.path()).convert("RGB")
    pixels = np.asarray(image).astype(float)
    assert image.width == 1600
    paper = (244, 241, 234) if scheme == "light" else (16, 18, 23)
    np.testing.assert_array_equal(pixels[2, 2], paper)
    # Every map is in it: shrunk to its own size, a tile has the colours of its canvas on the page.
    tiles = v.page.evaluate(
        """async () => {
            const { Pixels } = await import("/cnn/page/browser/shared/colors.js");
            const { endOf } = await import("/cnn/page/browser/shared/colors.js");
            const { network, scales } = window.store.get("network");
            const { maps } = window.store.get("answer");
            return network.stages.flatMap(({ kind, shape }, stage) => {
                if (shape.length !== 3 || kind === "Normalize") return [];
                const [count, height, width] = shape;
                return Array.from({ length: count }, (_, map) => {
                    const pixels = new Pixels(width, height);
                    const area = width * height;
                    const values = maps[stage].slice(map * area, (map + 1) * area);
                    pixels.paint(values, endOf(maps[stage], scales[stage]));
                    return [stage, width, Array.from(pixels.image.data)];
                });
            });
        }"""
    )
    assert len(tiles) == 3 * 8 + 3 * 16
    y, x, before, large = 112 + 28, 520, tiles[0][0], 0
    for stage, side, data in tiles:
        if stage != before:
            y, x, before = y + large + 24 + 28, 520, stage
        large = 122 if side > 14 or stage == 3 else 57
        tile = pixels[y : y + large, x : x + large]
        middles = ((np.arange(side) + 0.5) * large / side).astype(int)
        expected = np.reshape(data, (side, side, 4))[..., :3]
        inner = slice(2, -2)  # the corners are round, and the frame is over the edge
        np.testing.assert_allclose(
            tile[np.ix_(middles, middles)][inner, inner], expected[inner, inner], atol=1
        )
        x += large + 8


def test_the_pictures_name_is_the_answer_or_none(visit_pad):
    v = visit_pad()
    names = v.page.evaluate(
        """async () => {
            const { fileName } = await import("/cnn/page/browser/share/picture.js");
            return ["3", "27", "3.5", "-5", "?", "2?", ""].map((shown) =>
                fileName({ digits: [...shown].map((shown) => ({ shown })) }));
        }"""
    )
    assert names == [
        "digit-3.png",
        "digit-27.png",
        "digit-3.5.png",
        "digit--5.png",
        "digit.png",
        "digit.png",
        "digit.png",
    ]


def test_a_network_of_other_stages_needs_no_new_code(visit_pad):
    v = visit_pad()
    data = v.page.evaluate(
        """async () => {
            const { poster } = await import("/cnn/page/browser/share/picture.js");
            const { needWords } = await import("/cnn/page/browser/shared/i18n.js");
            await needWords(["share"]);
            const stages = [
                { name: "mean", kind: "AvgPool2d", shape: [40, 7, 7] },
                { name: "curve", kind: "Sigmoid", shape: [300] },
            ];
            const maps = [new Float32Array(40 * 49).fill(1), new Float32Array(300).fill(-1)];
            const canvas = poster({
                paintDrawing: () => {},
                answer: { ...window.store.get("answer"), maps },
                loaded: { network: { stages }, scales: [1, 1] },
            });
            return canvas.toDataURL().split(",")[1];
        }"""
    )
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))
    orange = np.all(pixels == (214, 84, 0), axis=2).sum()
    blue = np.all(pixels == (24, 94, 168), axis=2).sum()
    assert orange > 40 * 36**2  # forty maps of at least 40 px
    # Those beyond the first 256 are in a second row.
    assert blue == pytest.approx(300 * 24 * 1032 / 256, rel=0.01)


def test_the_picture_shows_a_dot_too(visit_pad):
    v = visit_pad()
    v.draw([(0.5, 0.5)])
    with v.page.expect_download() as download:
        v.page.get_by_role("button", name="Save drawing").click()
    pixels = np.asarray(Image.open(download.value.path()).convert("L"))
    left, top, side = 48, 112, 420  # of the drawing
    middle = pixels[top + side // 2, left : left + side]
    assert (middle < 128).sum() == pytest.approx(16 / 280 * side, abs=2)
