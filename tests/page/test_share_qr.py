"""A link as a QR code: what a phone sees of it, read by other code than made it."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from qr_decoder import decoded
from visit import SEVEN

QUIET = 4  # modules around a code
MADE = """async ([module, text]) => {
    const { qrOf } = await import(new URL(module, location));
    const code = qrOf(text);
    return code && [code.size, Array.from(code.dark)];
}"""
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"


def text_of(length: int) -> str:
    """A link of so many characters."""
    rng = np.random.default_rng(length)
    return ("https://a.example/#d=" + "".join(rng.choice([*SIGNS], length)))[:length]


def made(v, text: str) -> np.ndarray | None:
    """The code's modules, bool (N, N)."""
    folder = "/cnn/page/" if hasattr(v, "expect_shown") else ""
    found = v.page.evaluate(MADE, [folder + "browser/share/qr.js", text])
    return found and np.reshape(found[1], (found[0], found[0])).astype(bool)


# The last that fit a version at level M and at level L, and the first of the next version.
LENGTHS = {
    **{1: (1, "M"), 14: (1, "M"), 15: (1, "L"), 17: (1, "L"), 18: (2, "M"), 84: (5, "M")},
    **{106: (5, "L"), 154: (7, "L"), 230: (9, "L"), 231: (10, "L")},
    **{271: (10, "L"), 458: (14, "L"), 718: (18, "L"), 950: (22, "L"), 1003: (22, "L")},
}


def test_a_code_says_its_text_in_the_smallest_version_and_nothing_in_it_is_wrong(visit_pad):
    v = visit_pad()
    for length, (version, level) in LENGTHS.items():
        text = text_of(length)
        dark = made(v, text)
        assert len(dark) == 17 + 4 * version, length
        assert decoded(dark) == (text, level), length
        assert 0.35 < dark.mean() < 0.65  # a mask that suits it
    assert decoded(made(v, "ü/数字/#d=é"))[0] == "ü/数字/#d=é"
    assert made(v, text_of(1004)) is None


def seen(page) -> np.ndarray:
    """The modules of the code on the screen, from a screenshot of it; the quiet zone is checked."""
    canvas = page.get_by_role("img", name="QR code of the link")
    pixels = np.asarray(Image.open(io.BytesIO(canvas.screenshot())).convert("L"))
    near = 3  # px: around these the box may show
    dark = pixels < 128
    dark[:near] = dark[-near:] = dark[:, :near] = dark[:, -near:] = False
    left, top = np.flatnonzero(dark.any(0))[0], np.flatnonzero(dark.any(1))[0]
    module = np.flatnonzero(~dark[top + 1, left:])[0] / 7  # px: a finder's edge is seven long
    size = round(len(pixels) / module) - 2 * QUIET
    middles = ((np.arange(size + 2 * QUIET) + 0.5) * module).astype(int)
    modules = pixels[np.ix_(middles, middles)]
    assert set(np.unique(modules)) == {0, 255}
    inner = slice(QUIET, -QUIET)
    quiet = modules.copy()
    quiet[inner, inner] = 255
    assert (quiet == 255).all()
    return modules[inner, inner] == 0


def test_the_code_of_a_drawing_is_large_and_white_around_and_leads_to_it(visit_at, loose_url):
    v = visit_at(loose_url, color_scheme="dark")
    v.draw(SEVEN)
    for width, height, side in [(390, 844, 280), (1280, 720, 450), (844, 390, 280)]:
        v.page.set_viewport_size({"width": width, "height": height})
        v.page.locator(".tools .link").click()
        link = v.page.get_by_role("textbox", name="Link to this drawing").input_value()
        v.button("QR code")
        # The test's page is at 127.0.0.1.
        expect(v.page.get_by_role("dialog")).to_contain_text("a phone cannot open it")
        expect(v.page.get_by_role("button", name="Close")).to_be_focused()
        np.testing.assert_array_equal(seen(v.page), made(v, link))
        box = v.page.get_by_role("img", name="QR code of the link").bounding_box()
        assert box["width"] == pytest.approx(box["height"])
        assert box["width"] > side
        for part in (box, v.page.get_by_role("button", name="Close").bounding_box()):
            assert min(part["x"], part["y"]) >= 0
            assert part["x"] + part["width"] <= width
            assert part["y"] + part["height"] <= height
        v.press("Escape")


def test_a_drawing_too_long_for_a_code_is_a_sentence_and_the_link_stays(visit_pad):
    v = visit_pad()
    rng = np.random.default_rng(1)
    walk = (140 + rng.normal(0, 6, (900, 2)).cumsum(0)).clip(4, 276).round(1)
    drawing = {"strokes": [{"points": walk.ravel().tolist(), "width": 16}], "picture": None}
    v.page.evaluate(
        """(drawing) => {
            sessionStorage["draw-a-digit.drawing"] = JSON.stringify(drawing);
        }""",
        drawing,
    )
    v.page.reload()
    v.wait()
    v.page.locator(".tools .link").click()
    field = v.page.get_by_role("textbox", name="Link to this drawing")
    assert len(field.input_value()) > 1003
    v.page.get_by_role("button", name="QR code").click()
    expect(v.page.get_by_role("dialog")).to_contain_text("too long for a QR code")
    expect(v.page.get_by_role("button", name="QR code")).to_be_disabled()
    expect(field).to_be_focused()
