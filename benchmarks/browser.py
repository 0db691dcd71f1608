"""The real page, and its engine alone, in a real browser; needs Chromium and playwright."""

import contextlib
import functools
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from harness import ROOT
from server import running_page

from cnn.model import WEIGHTS
from cnn.page.export import export
from cnn.page.html import BROWSER
from cnn.preprocess.strokes import flatten
from cnn.synthetic.handwriting import CANVAS

if TYPE_CHECKING:
    from playwright.sync_api import Page

POINTS_A_SECOND = 60  # of the hand: a screen reports its pointer once a frame
CHROMIUM = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}

# What a script may use: `engine`, all functions of its modules; `network` and `reader`, with the
# committed weights; CANVAS.
ENGINE = """async ([folder, weights, canvas]) => {
    const names = ["network", "reader", "safetensors", "segment", "strokes"];
    const modules = await Promise.all(names.map((name) => import(`/${folder}/${name}.js`)));
    const engine = Object.assign({}, ...modules);
    const file = await (await fetch(`/${weights}`)).arrayBuffer();
    const { card, tensors } = engine.readSafetensors(file);
    const network = new engine.Network(card, tensors);
    const reader = new engine.Reader(network, card.threshold);
    Object.assign(window, { engine, network, reader, CANVAS: canvas });
}"""


class Host(SimpleHTTPRequestHandler):
    """Sends a folder's files, with the headers that give a browser a fine-grained clock (5 us)."""

    def end_headers(self) -> None:
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The URL of the folder while it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def exported_page() -> Iterator[str]:
    """The static page's URL while it is served."""
    with tempfile.TemporaryDirectory() as temporary:
        export(Path(temporary) / "site")
        with served(Path(temporary) / "site") as url:
            yield url


@contextlib.contextmanager
def chromium_page(**options) -> Iterator["Page"]:
    """An empty page of the real browser; options: of playwright's new_page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser.new_page(**options)
        browser.close()


@contextlib.contextmanager
def open_page(**options) -> Iterator["Page"]:
    """The page, ready to be drawn on; options: of playwright's new_page."""
    with running_page() as url, chromium_page(**options) as page:
        page.goto(url)
        page.locator("[data-map]").first.wait_for()
        yield page


@contextlib.contextmanager
def open_engine() -> Iterator["Page"]:
    """A page with the engine and the committed network, for `ask`; see ENGINE."""
    with served(ROOT) as url, chromium_page() as page:
        paths = [path.relative_to(ROOT).as_posix() for path in (BROWSER / "engine", WEIGHTS)]
        page.goto(url + paths[0])  # the list of its files: a page without scripts
        page.evaluate(ENGINE, [*paths, CANVAS])
        yield page


def ask(page: "Page", function: str, value: Any) -> Any:
    """What a JavaScript function gives for a value.

    Both are passed as text: playwright itself is slow with many numbers.
    """
    return json.loads(
        page.evaluate(
            f"(text) => JSON.stringify(({function})(JSON.parse(text)))", json.dumps(value)
        )
    )


def flat(strokes: list[np.ndarray]) -> list[list[float]]:
    """Strokes as the page has them."""
    return [flatten(stroke) for stroke in strokes]


def draw(page: "Page", strokes: list[np.ndarray]) -> None:
    """Draw the strokes, in pixels of a canvas of CANVAS px, on the pad with the mouse."""
    box = page.locator(".pad").bounding_box()
    scale = box["width"] / CANVAS
    for stroke in strokes:
        points = [(box["x"] + x * scale, box["y"] + y * scale) for x, y in stroke.tolist()]
        page.mouse.move(*points[0])
        page.mouse.down()
        due = time.perf_counter()
        for point in points[1:]:
            due += 1 / POINTS_A_SECOND
            time.sleep(max(0, due - time.perf_counter()))
            page.mouse.move(*point)
        page.mouse.up()
