"""Live latency on the real page in a real browser: from the pen's ink to all maps painted.

python benchmarks/live.py [--quick]    needs Chromium and playwright

Digits are drawn with the mouse at 60 points a second while the page reads along. Each update is
timed in the page, from the pointer event that made its newest ink to the end of the script that
painted the 28 x 28 pixels, the odds and every map. The server's share of it is the browser's own
resource timing, from request sent to answer begun; the look itself is benchmarks/look.py.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

RECORD = """
    window.updates = [];
    window.blank = true;
    document.addEventListener("cnn:answer", ({ detail }) => { window.blank = detail.blank; });
    document.addEventListener("cnn:painted", ({ detail }) => {
        if (!window.blank) window.updates.push(detail);
    });
    performance.setResourceTimingBufferSize(100_000);
"""
SERVER = """
    performance.getEntriesByType("resource")
        .filter((entry) => entry.name.includes("component_server"))
        .map((entry) => entry.responseStart - entry.requestStart)
"""


def draw(page, strokes, box) -> None:
    """Draw the strokes, in pixels of a 280 px canvas, on the pad at `box`: 60 points a second."""
    scale = box["width"] / 280
    for stroke in strokes:
        points = [(box["x"] + x * scale, box["y"] + y * scale) for x, y in stroke.tolist()]
        page.mouse.move(*points[0])
        page.mouse.down()
        due = time.perf_counter()
        for point in points[1:]:
            due += 1 / 60
            time.sleep(max(0, due - time.perf_counter()))  # the hand's own pace
            page.mouse.move(*point)
        page.mouse.up()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="60 updates instead of 600")
    wanted = 60 if parser.parse_args().quick else 600

    from playwright.sync_api import sync_playwright
    from server import running_page

    from cnn.strokes import drawings

    drawn, _, _ = drawings(200, seed=0)
    with running_page() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(url)
        page.wait_for_selector(".example")
        box = page.locator(".pad").bounding_box()
        draw(page, drawn[0], box)  # the browser compiles its scripts
        page.evaluate(RECORD)
        page.evaluate("performance.clearResourceTimings()")
        for strokes in drawn[1:]:
            page.keyboard.press("Delete")
            draw(page, strokes, box)
            if page.evaluate("window.updates.length") >= wanted:
                break
        updates, server = page.evaluate("window.updates"), page.evaluate(SERVER)
        browser.close()

    def figures(values) -> str:
        return "p50 {:5.1f}  p95 {:5.1f}  p99 {:5.1f} ms".format(
            *np.percentile(list(values), [50, 95, 99])
        )

    ink = [u["painted"] - u["inked"] for u in updates]
    print(f"{len(updates)} updates")
    print("ink to request        ", figures(u["asked"] - u["inked"] for u in updates))
    print("request to answer     ", figures(u["answered"] - u["asked"] for u in updates))
    print("  of it the server    ", figures(server))
    print("answer to all painted ", figures(u["painted"] - u["answered"] for u in updates))
    print("ink to all painted    ", figures(ink))


if __name__ == "__main__":
    main()
