"""A drawing as it was drawn, as a moving picture: small, and each frame is a reading."""

import base64
import io

import numpy as np
from PIL import Image
from playwright.sync_api import expect
from visit import SEVEN

from cnn.preprocess import digit_from_strokes

FRAMES = 48
MAX_BYTES = 2_000_000
SCALE = 0.5  # of the saved picture, in whose pixels the places are: left, top, width, height
DRAWING = 48, 112, 420, 420
SEEN = 48, 584, 216, 216
REST = 288, 584, 1264, 580  # the answer, the probabilities and half of the maps
ZERO, ABOVE, LIFT = (22, 25, 31), (255, 166, 64), 0.8  # colors.js, dark: of 0, of 1, and between
PAPER = 16, 18, 23


def frames_of(path) -> list[np.ndarray]:
    """Each frame as float64 (H, W, 3), 0 to 255."""
    with Image.open(path) as image:
        frames = []
        for index in range(image.n_frames):
            image.seek(index)
            frames.append(np.asarray(image.convert("RGB")).astype(float))
    return frames


def cut(frame: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    left, top, width, height = (round(SCALE * at) for at in box)
    return frame[top : top + height, left : left + width]


def up_to(strokes: list[np.ndarray], share: float) -> list[np.ndarray]:
    """The strokes up to a share of all their segments, the last cut within a segment."""
    left = share * sum(len(stroke) - 1 for stroke in strokes)
    drawn = []
    for stroke in strokes:
        at = min(left, len(stroke) - 1)
        whole, part = int(at), at - int(at)
        points = list(stroke[: whole + 1])
        if part > 0:
            points.append(stroke[whole] + part * (stroke[whole + 1] - stroke[whole]))
        drawn.append(np.array(points, np.float32))
        left -= len(stroke) - 1
        if left <= 0:
            break
    return drawn


def ink_in(frame: np.ndarray) -> np.ndarray:
    """What the network saw, (28, 28), from the colours of its pixels' middles."""
    picture = cut(frame, SEEN)
    middles = ((np.arange(28) + 0.5) * len(picture) / 28).astype(int)
    colors = picture[np.ix_(middles, middles)]
    way = np.subtract(ABOVE, ZERO)
    return ((colors - ZERO) @ way / (way @ way)).clip(0, 1) ** (1 / LIFT)


# A browser that can hand a file to other programs, as those of phones can.
PHONE = """() => {
    navigator.canShare = ({ files }) => files.length === 1;
    navigator.share = async ({ files }) => { globalThis.sent = files[0]; };
}"""


def make(v) -> None:
    v.page.get_by_role("button", name="Save drawing").click()
    v.page.get_by_role("button", name="Moving picture").click()


def saved(v):
    """The file of the moving picture, and its name."""
    link = v.page.get_by_role("link", name="Save it")
    expect(link).to_be_focused(timeout=60_000)
    with v.page.expect_download() as download:
        link.click()
    return download.value.path(), download.value.suggested_filename


# What the page says of the drawing now, painted as the saved picture; but for the ink.
LAST = """async (scale) => {
    const { poster } = await import("/cnn/page/browser/share/picture.js");
    const [answer, loaded] = ["answer", "network"].map((name) => window.store.get(name));
    const canvas = poster({ paintDrawing: () => {}, answer, loaded, address: null }, scale);
    return canvas.toDataURL();
}"""


def page_as_picture(v) -> np.ndarray:
    _, png = v.page.evaluate(LAST, SCALE).split(",")
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        return np.asarray(image.convert("RGB")).astype(float)


def test_the_ink_grows_and_each_frame_is_the_reading_of_the_ink_so_far(visit_pad):
    v = visit_pad(reduced_motion="reduce")
    v.page.evaluate(PHONE)
    v.page.evaluate("document.body.classList.add('dark')")
    v.draw(SEVEN)
    v.expect_shown("7")
    make(v)
    path, name = saved(v)
    assert name == "digit-7.gif"
    assert path.stat().st_size <= MAX_BYTES
    expect(v.page.locator(".share-dialog canvas")).to_be_visible()  # its last frame, without motion
    expect(v.page.locator(".share-dialog img")).to_have_count(0)
    frames = frames_of(path)
    assert len(frames) == FRAMES
    np.testing.assert_array_equal(frames[-1][2, 2], PAPER)
    inked = np.array([(cut(frame, DRAWING).mean(2) > 128).sum() for frame in frames])
    assert np.all(np.diff(inked) > -0.002 * inked[-1])  # the end of a line bends as it grows
    assert inked[0] < 0.1 * inked[-1]
    for index in (7, 20, 33, 47):
        drawn = up_to(v.strokes(), (index + 1) / FRAMES)
        np.testing.assert_allclose(ink_in(frames[index]), digit_from_strokes(drawn, 280), atol=0.04)
    near = np.abs(cut(frames[-1], REST) - cut(page_as_picture(v), REST)).max(2)
    assert near.mean() < 0.5  # of 255: a palette has 255 colours
    assert near.max() < 40
    v.page.get_by_role("button", name="Send it").click()
    assert v.page.evaluate("[sent.name, sent.type, sent.size]") == [
        *("digit-7.gif", "image/gif"),
        path.stat().st_size,
    ]
    v.press("Escape")
    expect(v.page.get_by_role("button", name="Save drawing")).to_be_focused()


NOISE = """async () => {
    const { movieOf } = await import("/cnn/page/browser/share/movie.js");
    const { needWords } = await import("/cnn/page/browser/shared/i18n.js");
    const { colorOf } = await import("/cnn/page/browser/shared/colors.js");
    await needWords(["share"]);
    const shades = Array.from({ length: 151 }, (_, i) =>
        [...colorOf(i / 75 - 1).background.match(/[0-9.]+/g).map(Number), 255]);
    let state = 1;
    const random = () => (state = state * 16807 % 2147483647) % shades.length;
    const paint = (canvas) => {
        const image = new ImageData(canvas.width, canvas.height);
        for (let i = 0; i < image.data.length; i += 4) image.data.set(shades[random()], i);
        canvas.getContext("2d").putImageData(image, 0, 0);
    };
    const [answer, loaded] = ["answer", "network"].map((name) => window.store.get(name));
    const drawn = { paintDrawing: paint, answer, loaded, address: null };
    const steps = [];
    const file = await movieOf(drawn, {
        paint, upTo: () => [{ points: [140, 140, 150, 200], width: 16 }],
        signal: new AbortController().signal, onprogress: (share) => steps.push(share),
    });
    const bytes = new Uint8Array(await file.arrayBuffer());
    return [steps, Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")];
}"""


def test_what_would_be_too_large_has_fewer_frames(visit_pad, tmp_path):
    v = visit_pad()
    steps, data = v.page.evaluate(NOISE)
    content = bytes.fromhex(data)
    assert len(content) <= MAX_BYTES
    (tmp_path / "noise.gif").write_bytes(content)
    frames = frames_of(tmp_path / "noise.gif")
    assert 12 <= len(frames) < FRAMES
    assert steps[-1] == 1
    # Noise fills the table of codes over and over, and yet it all comes back.
    drawing = cut(frames[-1], DRAWING)[8:-8, 8:-8].reshape(-1, 3)
    assert len(np.unique(drawing, axis=0)) > 50


def test_it_can_be_given_up_and_a_key_does_nothing_to_the_pad_behind_it(visit_pad):
    v = visit_pad()
    v.draw(SEVEN)
    make(v)
    cancel = v.page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    expect(v.page.get_by_role("progressbar", name="Making the moving picture")).to_be_visible()
    cancel.click()
    expect(v.page.get_by_role("button", name="Picture (PNG)")).to_be_focused()
    v.press("Delete", "Control+z")
    assert len(v.strokes()) == 1
    v.page.get_by_role("button", name="Close").click()
    expect(v.page.locator("dialog")).to_have_count(0)
    expect(v.page.get_by_role("button", name="Save drawing")).to_be_focused()


def test_what_was_not_drawn_here_is_saved_as_a_picture_alone(visit_pad, tmp_path):
    v = visit_pad(server={"split_picture": lambda _: {"digits": [], "boxes": [], "marks": []}})
    Image.new("L", (40, 40), 255).save(tmp_path / "paper.png")
    v.page.locator("input[type=file]").set_input_files(tmp_path / "paper.png")
    v.page.wait_for_function("window.store.get('answer').why === 'answer.no_ink'")
    v.page.get_by_role("button", name="Save drawing").click()
    expect(v.page.get_by_role("button", name="Moving picture")).to_be_disabled()
    expect(v.page.locator(".share-dialog")).to_contain_text("was not drawn here")
    with v.page.expect_download() as download:
        v.page.get_by_role("button", name="Picture (PNG)").click()
    assert download.value.suggested_filename == "digit.png"
    expect(v.page.locator("dialog")).to_have_count(0)
