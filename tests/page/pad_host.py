"""The pad alone, with the network, served as a static host would: no other part, no Gradio."""

import contextlib
import functools
import mimetypes
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from hand import Hand
from pages import EMPTY, SharedPage
from playwright.sync_api import Browser, expect

from cnn.model import WEIGHTS
from cnn.page.html import BROWSER, files_of

ROOT = BROWSER.parents[2]
BOOT = """
    import examples from "/cnn/page/browser/shared/examples.json" with { type: "json" };
    import { mount } from "/cnn/page/browser/pad/pad.js";
    import { startWords } from "/cnn/page/browser/shared/i18n.js";
    import { loadNetwork } from "/cnn/page/browser/shared/readings.js";
    import { store } from "/cnn/page/browser/shared/store.js";
    const server = window.server ?? {};
    const [pictures, corrections] = [server.split_picture, server.save_correction].map(Boolean);
    store.set("offers", { pictures, mnist: false, corrections });
    window.store = store;
    mount(document.querySelector(".pad-part"), {
        server,
        examples,
        share: () => import("/cnn/page/browser/share/share.js"),
    });
    document.querySelector(".page").classList.add("mounted");
    await startWords(new URL("/cnn/page/browser/words/", location));
    store.set("network", await loadNetwork("/WEIGHTS", examples));
    window.ready = true;
"""
HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>pad</title><link rel="icon" href="data:,">
STYLES<style>.pad-part { width: 400px; } .pad { width: 380px !important; }</style></head>
<body><div class="page" style="display: block"><div class="part pad-part">PAD</div></div>
<script type="module">BOOT</script></body></html>"""

mimetypes.add_type("text/javascript", ".js")


class Host(SimpleHTTPRequestHandler):
    """Sends the files of the project, and the pad's page at /."""

    def do_GET(self) -> None:
        if self.path.split("?")[0] != "/":
            return super().do_GET()
        pad = (BROWSER / "pad" / "pad.html").read_text(encoding="utf-8")
        boot = BOOT.replace("WEIGHTS", WEIGHTS.relative_to(ROOT).as_posix())
        styles = "".join(
            f'<link rel="stylesheet" href="/cnn/page/browser/{path}">' for path in files_of("css")
        )
        html = HTML.replace("STYLES", styles).replace("PAD", pad).replace("BOOT", boot).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(html)))
        self.end_headers()
        self.wfile.write(html)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")  # else each visit asks for all of it
        super().end_headers()

    def log_message(self, *_) -> None:
        """Say nothing."""


@contextlib.contextmanager
def pad_host() -> Iterator[str]:
    """The pad's URL, while the block runs."""
    handler = functools.partial(Host, directory=ROOT)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class Pad(Hand):
    """One visit to the pad, which fails the test on a script error.

    server: functions of the host by their names in JavaScript, each called with its payload.
    empty: begin with an empty pad, as somebody who was here before. alone: on a page that no other
    visit has.
    """

    def __init__(
        self, browser: Browser, url: str, server=None, empty=True, alone=False, **options
    ) -> None:
        names = ", ".join(f"{name}: (payload) => window.{name}(payload)" for name in server or {})
        scripts = [f"window.server = {{ {names} }};", *([EMPTY] if empty else [])]
        options = {"viewport": {"width": 600, "height": 700}} | options
        self.shared = SharedPage(browser, scripts, alone or bool(server), **options)
        super().__init__(self.shared.page)
        self.complaints: list[str] = []
        self.shared.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.shared.on("requestfailed", lambda request: self.complaints.append(request.url))
        for name, function in (server or {}).items():
            self.page.expose_function(name, function)
        self.page.goto(url)
        self.wait()

    def wait(self) -> None:
        self.page.wait_for_function("window.ready", timeout=8000)

    def state(self, name: str):
        return self.page.evaluate("(name) => window.store.get(name)", name)

    def strokes(self) -> list[np.ndarray]:
        """The strokes of the drawing, (N, 2) in units of the pad."""
        drawing = self.state("drawing")
        return [np.array(s["points"], float).reshape(-1, 2) for s in drawing["strokes"]]

    def shown(self) -> str:
        """The answer's digits and marks."""
        return self.page.evaluate(
            "window.store.get('answer').digits.map(({ shown }) => shown).join('')"
        )

    def expect_shown(self, shown: str) -> None:
        self.page.wait_for_function(
            "(shown) => window.store.get('answer').digits.map((d) => d.shown).join('') === shown",
            arg=shown,
        )

    def alpha(self) -> np.ndarray:
        """How much ink each pixel of the canvas has, (H, W), 0 to 255."""
        values, side = self.page.evaluate(
            """async () => {
                const canvas = document.querySelector(".pad canvas");
                const { width } = canvas;
                const { data } = canvas.getContext("2d").getImageData(0, 0, width, width);
                const bytes = data.filter((_, i) => i % 4 === 3);
                return [Array.from(bytes, (v) => v.toString(16).padStart(2, "0")).join(""), width];
            }"""
        )
        return np.frombuffer(bytes.fromhex(values), np.uint8).reshape(side, side)

    def expect_status(self, words: str) -> None:
        expect(self.page.locator(".status")).to_contain_text(words)


@pytest.fixture(scope="session")
def pad_url():
    with pad_host() as url:
        yield url


@pytest.fixture
def visit_pad(browser, pad_url):
    pads = []

    def begin(path: str = "", **options) -> Pad:
        pads.append(Pad(browser, pad_url + path, **options))
        return pads[-1]

    yield begin
    complaints = [complaint for pad in pads for complaint in pad.complaints]
    for pad in pads:
        pad.shared.give_back()
    assert not complaints
