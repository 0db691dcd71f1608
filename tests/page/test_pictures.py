"""Pictures, which the page's server takes apart and the browser reads."""

from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect
from server import free_port
from visit import ONE, SEVEN

# A request for a picture that the test lets fail, when it likes.
HOLD_PICTURES = """
    globalThis.whys = [];
    document.addEventListener("cnn:answer", ({ detail }) => whys.push(detail.why));
    const real = fetch;
    globalThis.fetch = (url, options, ...rest) => {
        if (!String(url).includes("/site/picture")) return real(url, options, ...rest);
        return new Promise((_, fail) => {
            globalThis.fail = () => fail(new TypeError("lost"));
        });
    };
"""
# The first request for a picture never gets an answer.
HANG_ONCE = """
    globalThis.hung = 0;
    const real = fetch;
    globalThis.fetch = (url, options, ...rest) => {
        const isPicture = String(url).includes("/site/picture");
        return isPicture && !hung++ ? new Promise(() => {}) : real(url, options, ...rest);
    };
"""


NOTE_STATUS = """() => {
    const status = document.querySelector(".status");
    globalThis.noted = [];
    new MutationObserver(() => noted.push(status.textContent))
        .observe(status, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def picture(tmp_path):
    """Write a picture of lines, each as wide as a felt pen's, and give its path."""

    def write(name: str, size: tuple[int, int], *lines) -> Path:
        image = Image.new("L", size, 255)
        for points in lines:
            ImageDraw.Draw(image).line(points, 0, 40)
        image.save(tmp_path / name)
        return tmp_path / name

    return write


def open_file(v, path: Path) -> None:
    v.page.locator("input[type=file]").set_input_files(path)


def test_a_picture_is_read_and_can_be_undone(visit_gradio, picture):
    v = visit_gradio()
    v.draw(ONE)
    v.expect_digits("1")
    open_file(v, picture("seven.png", (900, 700), [(330, 150), (560, 150), (420, 600)]))
    v.expect_digits("7")
    v.undo()
    v.expect_digits("1")


def test_a_file_that_is_no_picture_keeps_the_drawing(visit_gradio, tmp_path):
    v = visit_gradio()
    v.draw(ONE)
    (tmp_path / "none.png").write_text("no picture")
    open_file(v, tmp_path / "none.png")
    expect(v.page.locator(".status")).to_contain_text("can't be read as a picture")
    v.expect_digits("1")
    assert v.ink() != 0


def test_a_tap_on_a_digit_of_a_picture_keeps_the_picture(visit_gradio, picture):
    v = visit_gradio()
    ones = [[(x, 200), (x, 600)] for x in (200, 600)]
    open_file(v, picture("eleven.png", (800, 800), *ones))
    v.expect_digits("11")
    before = v.ink()
    v.page.mouse.click(*v.place(0.75, 0.5))
    expect(v.page.locator(".outlines i").last).to_have_class("followed")
    assert v.ink() == before
    v.expect_digits("11")


def test_a_request_that_hangs_is_made_again(visit_gradio, picture):
    v = visit_gradio(before=HANG_ONCE)
    v.page.evaluate(NOTE_STATUS)
    open_file(v, picture("one.png", (400, 400), [(200, 60), (200, 340)]))
    v.page.wait_for_function("noted.some((said) => said.includes('does not answer'))")
    v.expect_digits("1")
    assert v.page.evaluate("hung") == 2
    expect(v.page.locator(".status")).to_be_empty()


def test_what_was_lost_of_a_picture_says_nothing_of_the_pad_that_was_cleared(visit_gradio, picture):
    v = visit_gradio(before=HOLD_PICTURES)
    open_file(v, picture("paper.png", (100, 100)))
    v.page.wait_for_function("typeof fail === 'function'")
    v.press("Delete")
    assert v.page.evaluate("whys.at(-1)") == "answer.none"  # not: nothing in this picture
    v.page.evaluate("fail()")
    v.draw(SEVEN)
    v.expect_digits("7")
    expect(v.page.locator(".status")).to_be_empty()


SERVER = "server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass {page}; }} }}"


def test_a_server_that_is_away_takes_nothing_from_the_pad_and_reads_a_picture_when_it_is_back(
    visit_at, page_url, picture, nginx, tmp_path
):
    """What goes and comes back, with every connection, is the nginx before it."""
    port = free_port()
    there = partial(nginx, tmp_path, SERVER.format(port=port, page=page_url), [port])
    with there():
        v = visit_at(f"http://127.0.0.1:{port}/")
    v.draw(SEVEN)
    v.expect_digits("7")  # in the browser
    open_file(v, picture("one.png", (400, 400), [(200, 60), (200, 340)]))
    expect(v.page.locator(".status")).to_contain_text("does not answer")
    with there():
        v.expect_digits("1")
        expect(v.page.locator(".status")).to_be_empty()
