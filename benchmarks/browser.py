"""The real page in a real browser, and a hand that draws on it; needs Chromium and playwright."""

import contextlib
import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import harness  # noqa: F401, puts the project on the path
import numpy as np
from server import running_page

from cnn.synthetic.handwriting import CANVAS

if TYPE_CHECKING:
    from playwright.sync_api import Page

POINTS_A_SECOND = 60  # of the hand: a screen reports its pointer once a frame


@contextlib.contextmanager
def open_page(**options) -> Iterator["Page"]:
    """The page, ready to be drawn on; options: of playwright's new_page."""
    from playwright.sync_api import sync_playwright

    with running_page() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(**options)
        page.goto(url)
        page.locator(".example").first.wait_for()
        yield page
        browser.close()


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
