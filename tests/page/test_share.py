"""A drawing as a link, and all that the page shows of it as one picture."""

import base64
import io
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import expect

SEVEN = [(0.3, 0.2), (0.7, 0.2), (0.58, 0.5), (0.45, 0.85)]
ONE = [(0.5, 0.15), (0.5, 0.85)]
LINK = "import('/cnn/page/browser/share/link.js')"
ADDRESS = "import('/cnn/page/browser/shared/address.js')"


def copied(v) -> str:
    """The link that the button copies."""
    v.context.grant_permissions(["clipboard-read", "clipboard-write"])
    v.page.get_by_role("button", name="Copy a link").click()
    v.expect_status("The link is copied")
    return v.page.evaluate("navigator.clipboard.readText()")


def encoded(v, strokes: list[list[float]], width: int = 16) -> str | None:
    strokes = [{"points": points, "width": width} for points in strokes]
    return v.page.evaluate(f"async (strokes) => (await {LINK}).encodeStrokes(strokes)", strokes)


def decoded(v, text: str):
    return v.page.evaluate(f"async (text) => (await {LINK}).decodeStrokes(text)", text)


def scribble(seed: int, strokes: int, points: int) -> list[list[float]]:
    """Strokes as a hand makes them: steps of a few units."""
    rng = np.random.default_rng(seed)
    walks = 140 + rng.normal(0, 3, (strokes, points, 2)).cumsum(1)
    return walks.clip(0, 280).round(1).reshape(strokes, -1).tolist()


def test_a_link_brings_the_very_same_drawing_to_somebody_else(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    v.draw([(0.4, 0.55), (0.65, 0.55)])
    v.expect_shown("7")
    link = copied(v)
    assert link.startswith(v.page.url)
    w = visit_pad(link.removeprefix(v.page.url), empty=False)
    assert w.state("drawing") == v.state("drawing")
    w.expect_shown("7")
    probs = "Array.from(window.store.get('answer').digits[0].probs)"
    assert w.page.evaluate(probs) == v.page.evaluate(probs)


def test_a_reload_keeps_what_was_done_since_the_link_was_opened(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    fragment = copied(v).removeprefix(v.page.url)
    w = visit_pad(fragment, empty=False)
    w.draw([(0.4, 0.55), (0.65, 0.55)])
    w.page.reload()
    w.page.wait_for_function("window.ready")
    assert len(w.strokes()) == 2


def test_a_link_that_is_pasted_into_the_open_page_is_a_step_that_can_be_undone(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    fragment = copied(v).removeprefix(v.page.url)
    v.press("Delete")
    v.draw(ONE)
    v.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    v.expect_shown("7")
    v.press("Control+z")
    v.expect_shown("1")


def test_a_bad_link_is_a_sentence_and_the_pad_still_draws(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    fragment = copied(v).removeprefix(v.page.url)
    w = visit_pad(fragment[:-7], empty=False)
    w.expect_status("cannot be read")
    assert not w.strokes()
    w.draw(ONE)
    w.expect_shown("1")
    expect(w.page.locator(".status")).to_be_empty()


def test_no_link_but_a_true_one_is_taken(visit_pad):
    v = visit_pad()
    text = encoded(v, scribble(1, 3, 40))
    assert decoded(v, text) is not None
    rng = np.random.default_rng(2)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    taken = 0
    for _ in range(300):
        kind, at = rng.integers(4), int(rng.integers(1, len(text) - 1))
        other = letters[rng.integers(64)]
        changed = [
            text[:at],  # cut off
            text[:at] + other + text[at + 1 :],  # mistyped
            text[:at] + text[at + 1 :],  # one is missing
            text + other,
        ][kind]
        strokes = decoded(v, changed) if changed != text else None
        if strokes is not None:
            taken += 1  # the check sum is one byte: one in 256 passes it
            points = np.concatenate([stroke["points"] for stroke in strokes])
            assert points.min() >= 0
            assert points.max() <= 280
    assert taken < 12
    for nonsense in ["", "AAAA", "é", "<script>", "A" * 5000, text + "=", text + " "]:
        assert decoded(v, nonsense) is None


def with_check_sum(inner: list[int]) -> str:
    """A link's text of these bytes, which is none of a drawing's but for its version and sum."""
    content = bytes([1, *inner])
    total = sum((i + 1) * (byte + 1) for i, byte in enumerate(content)) % 256
    return base64.urlsafe_b64encode(content + bytes([total])).decode().rstrip("=")


def bytes_of(strokes: list[list[tuple[int, int]]]) -> list[int]:
    """What a link holds of strokes: ways, zigzag, from one point to the next; below 128 each."""
    ways = ([len(stroke), *(way for point in stroke for way in point)] for stroke in strokes)
    return [7, len(strokes), *(byte for stroke in ways for byte in stroke)]


byte = st.integers(0, 255)
way = st.integers(0, 127)
strokes_in_links = st.lists(
    st.lists(st.tuples(way, way), min_size=1, max_size=6), min_size=1, max_size=3
)
fragments = st.one_of(
    st.text(max_size=2500),
    st.from_regex(r"[\w-]{1,1901}", fullmatch=True),
    st.lists(byte, max_size=60).map(with_check_sum),
    strokes_in_links.map(bytes_of).map(with_check_sum),
)


def test_whatever_a_link_holds_it_is_strokes_on_the_pad_or_nothing(visit_pad):
    v = visit_pad()
    v.page.evaluate(f"async () => {{ globalThis.link = await {LINK}; }}")
    decode = """(text) => {
        const begun = performance.now();
        const strokes = link.decodeStrokes(text);
        return { strokes, ms: performance.now() - begun };
    }"""
    taken = 0

    @settings(max_examples=400, deadline=None, database=None)
    @given(fragments)
    def check(text):
        nonlocal taken
        found = v.page.evaluate(decode, text)
        assert found["ms"] < 200
        for stroke in found["strokes"] or []:
            taken += 1
            assert 1 <= stroke["width"] <= 280
            assert len(stroke["points"]) >= 2
            assert len(stroke["points"]) % 2 == 0
            assert all(0 <= at <= 280 for at in stroke["points"])  # neither is NaN

    check()
    assert taken > 0


@pytest.mark.parametrize(("strokes", "points"), [(1, 1), (1, 100), (8, 100), (30, 200), (1, 4000)])
def test_a_link_is_short_and_what_it_loses_cannot_be_seen(visit_pad, strokes, points):
    v = visit_pad()
    drawn = scribble(3, strokes, points)
    text = encoded(v, drawn, 7)
    assert len(text) <= 1900
    assert re.fullmatch(r"[\w-]+", text)
    again = decoded(v, text)
    assert [stroke["width"] for stroke in again] == [7] * strokes
    for before, after in zip(drawn, again, strict=True):
        if points <= 100 and strokes == 1:
            assert before == after["points"]
        before, kept = (np.reshape(p, (-1, 2)) for p in (before, after["points"]))
        np.testing.assert_array_equal(before[[0, -1]], kept[[0, -1]])
        away = np.linalg.norm(before[:, None] - kept[None], axis=2).min(1)
        assert away.max() <= 32


def test_more_ink_than_fits_is_a_sentence(visit_pad):
    v = visit_pad()
    assert encoded(v, [[float(i % 280), 1.0, 2.0, float(i % 280)] for i in range(900)]) is None
    dots = [{"points": [i % 280, i % 280], "width": 16} for i in range(900)]
    v.page.evaluate(
        """(strokes) => {
            const drawing = JSON.stringify({ strokes, picture: null });
            sessionStorage["draw-a-digit.drawing"] = drawing;
        }""",
        dots,
    )
    v.page.reload()
    v.page.wait_for_function("window.ready")
    v.page.get_by_role("button", name="Copy a link").click()
    v.expect_status("too much ink")


def test_where_copying_is_forbidden_the_link_is_shown_and_selected(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    v.page.evaluate(
        """() => Object.defineProperty(navigator, "clipboard", {
            value: { writeText: () => Promise.reject(new DOMException("", "NotAllowedError")) },
        })"""
    )
    button = v.page.get_by_role("button", name="Copy a link")
    button.click()
    field = v.page.get_by_role("textbox", name="Link to this drawing")
    expect(field).to_be_focused()
    selected = "(field) => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(selected).startswith(v.page.url + "#d=")
    v.press("Backspace")  # meant for the field
    assert len(v.strokes()) == 1
    v.press("Escape")
    expect(field).to_have_count(0)
    expect(button).to_be_focused()


def test_an_empty_pad_has_nothing_to_share_and_a_picture_no_link(visit_pad, tmp_path):
    v = visit_pad(server={"split_picture": lambda _: {"digits": [], "boxes": [], "marks": []}})
    expect(v.page.locator(".tools .link")).to_be_disabled()
    expect(v.page.locator(".tools .save")).to_be_disabled()
    Image.new("L", (40, 40), 255).save(tmp_path / "paper.png")
    v.page.locator("input[type=file]").set_input_files(tmp_path / "paper.png")
    v.page.wait_for_function("window.store.get('answer').why === 'answer.no_ink'")
    v.page.get_by_role("button", name="Copy a link").click()
    v.expect_status("A picture does not fit into a link")


@pytest.mark.parametrize(
    ("href", "referrer", "link"),
    [
        ("http://127.0.0.1:7860/", "", "http://127.0.0.1:7860/#d=X"),
        ("https://a.example/pad/?lang=zh#d=old", "", "https://a.example/pad/?lang=zh#d=X"),
        (
            "https://me-my-pad.hf.space/?__theme=dark&__sign=secret",
            "https://huggingface.co/",
            "https://me-my-pad.hf.space/#d=X",
        ),
        (
            "https://me-my-pad.hf.space/?__theme=dark",
            "https://huggingface.co/spaces/Me/My_pad?x=1",
            "https://huggingface.co/spaces/Me/My_pad#d=X",
        ),
        (
            "https://me-my-pad.static.hf.space/index.html",
            "https://huggingface.co/spaces/me/my-pad",
            "https://huggingface.co/spaces/me/my-pad#d=X",
        ),
        (
            "https://me-my-pad.hf.space/",
            "https://huggingface.co/spaces/you/other",
            "https://me-my-pad.hf.space/#d=X",
        ),
    ],
)
def test_a_link_leads_to_the_page_and_never_carries_a_key(visit_pad, href, referrer, link):
    v = visit_pad()
    made = v.page.evaluate(
        f"""async ({{ href, referrer }}) =>
            (await {ADDRESS}).addressWith("X", {{ href }}, referrer)""",
        {"href": href, "referrer": referrer},
    )
    assert made == link


def test_a_link_in_an_iframe_opens_the_drawing_there(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    link = copied(v)
    v.page.evaluate(
        """(src) => {
            const frame = document.createElement("iframe");
            document.body.append(Object.assign(frame, { src, name: "inner" }));
        }""",
        link.replace("/#", "/?inner#"),
    )
    v.page.wait_for_function("frames.inner?.ready")
    frame = v.page.frame("inner")
    shown = "window.store.get('answer').digits.map(({ shown }) => shown).join('')"
    assert frame.evaluate(shown) == "7"


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
            const { network, scales } = window.store.get("network");
            const { maps } = window.store.get("answer");
            return network.stages.flatMap(({ kind, shape }, stage) => {
                if (shape.length !== 3 || kind === "Normalize") return [];
                const [count, height, width] = shape;
                return Array.from({ length: count }, (_, map) => {
                    const pixels = new Pixels(width, height);
                    const area = width * height;
                    const values = maps[stage].slice(map * area, (map + 1) * area);
                    pixels.paint(values, scales[stage]);
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
            const { fileName } = await import("/cnn/page/browser/share/save.js");
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
            const { poster } = await import("/cnn/page/browser/share/poster.js");
            const stages = [
                { name: "mean", kind: "AvgPool2d", shape: [40, 7, 7] },
                { name: "curve", kind: "Sigmoid", shape: [300] },
            ];
            const maps = [new Float32Array(40 * 49).fill(1), new Float32Array(300).fill(-1)];
            const canvas = poster({
                paintDrawing: () => {},
                answer: { ...window.store.get("answer"), maps },
                loaded: { network: { stages }, scales: [1, 0] },
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
