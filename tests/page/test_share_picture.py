"""All that the page shows of a drawing, saved as one picture."""

import base64
import io

import numpy as np
import pytest
from PIL import Image
from visit import SEVEN


def save(v) -> None:
    v.page.get_by_role("button", name="Save drawing").click()
    v.page.get_by_role("button", name="Picture (PNG)").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_shows_drawing_answer_and_every_map(visit_pad, scheme):
    v = visit_pad()
    if scheme == "dark":
        v.page.evaluate("document.body.classList.add('dark')")
    v.draw(SEVEN)
    v.expect_shown("7")
    with v.page.expect_download() as download:
        save(v)
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
                fileName({ digits: [...shown].map((shown) => ({ shown })) }, "png"));
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
        save(v)
    pixels = np.asarray(Image.open(download.value.path()).convert("L"))
    left, top, side = 48, 112, 420  # of the drawing
    middle = pixels[top + side // 2, left : left + side]
    assert (middle < 128).sum() == pytest.approx(16 / 280 * side, abs=2)


ADDRESSES = "import('/cnn/page/browser/share/share.js')"


@pytest.mark.parametrize(
    ("href", "referrer", "told", "shown"),
    [
        ("https://a.example/digits/?lang=zh#d=X", "", "", "a.example/digits"),
        ("https://a.example/index.html#step=size", "", "https://b.example/", "a.example"),
        ("http://192.168.1.5:7860/", "", "", "192.168.1.5:7860"),
        (
            "https://me-my-pad.hf.space/?__sign=secret",
            "https://huggingface.co/spaces/Me/My_pad",
            "",
            "huggingface.co/spaces/Me/My_pad",
        ),
        ("http://127.0.0.1:7860/", "", "", None),
        ("http://localhost:8000/index.html", "", "https://b.example/pad/", "b.example/pad"),
        ("file:///home/me/index.html", "", "https://b.example/", "b.example"),
    ],
)
def test_the_address_that_is_shown_leads_others_to_the_page(visit_pad, href, referrer, told, shown):
    v = visit_pad()
    made = v.page.evaluate(
        f"""async ({{ href, referrer, told }}) => {{
            document.querySelector("meta[property='og:url']")?.remove();
            if (told) {{
                const meta = document.createElement("meta");
                meta.setAttribute("property", "og:url");
                document.head.append(Object.assign(meta, {{ content: told }}));
            }}
            return (await {ADDRESSES}).shownAddress({{ href }}, referrer);
        }}""",
        {"href": href, "referrer": referrer, "told": told},
    )
    assert made == shown


def test_the_picture_names_the_pages_address_beside_the_title(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    head = slice(40, 104), slice(960, 1553)  # rows and columns, right of the title
    blank = []
    for told in ("", "https://digits.example/"):
        v.page.evaluate(
            """(content) => {
                const meta = document.createElement("meta");
                meta.setAttribute("property", "og:url");
                if (content) document.head.append(Object.assign(meta, { content }));
            }""",
            told,
        )
        with v.page.expect_download() as download:
            save(v)
        pixels = np.asarray(Image.open(download.value.path()).convert("RGB")).astype(int)
        soft = np.abs(pixels[head] - (89, 98, 115)).max(2) < 30
        blank.append(not soft.any())
        columns = np.flatnonzero(soft.any(0))
    assert blank == [True, False]
    assert columns[-1] > 585  # as far right as the maps
    assert columns[-1] - columns[0] == pytest.approx(14 * 13, rel=0.3)  # digits.example
