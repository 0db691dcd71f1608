"""How long after navigation the exported page takes ink, from Python's own static server.

python benchmarks/first_ink.py [--quick]    needs Chromium and playwright

Writes the page with cnn.page.export and opens it with an empty cache each time. A person's hand
would be too late: from the first moment on a scripted pen tries the pad in every frame, until one
of its strokes leaves ink. Each time, the reference loop runs in the page afterwards (reference.py).
Exits 1 if the median is above LOOPS such loops, what a visit fetches before the lesson is opened
above FIRST_KILOBYTES, or all of the page above KILOBYTES.
"""

import contextlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from harness import hold_at_most, parser, percentiles
from reference import IN_BROWSER

from cnn.page.export import export

LOOPS = 400  # of the reference, to the first ink
FIRST_KILOBYTES = 700  # uncompressed, as Python's server sends it
KILOBYTES = 6000

# What the page has fetched so far, in bytes.
FETCHED = """
performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
"""

# Runs before the page's own scripts. performance.now() counts from the navigation's start.
PEN = """
window.firstInk = new Promise((resolve) => {
  const inked = (canvas) => canvas.width && canvas.getContext("2d")
    .getImageData(0, 0, canvas.width, canvas.height).data.some((v, i) => i % 4 === 3 && v > 0);
  const attempt = () => {
    const pad = document.querySelector(".page.mounted .pad");
    if (pad) {
      const box = pad.getBoundingClientRect();
      const at = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, {
        pointerId: 1, pointerType: "pen", isPrimary: true, button: 0, buttons: 1, bubbles: true,
        clientX: box.left + x * box.width, clientY: box.top + y * box.height,
      }));
      at("pointerdown", 0.5, 0.3);
      at("pointermove", 0.5, 0.7);
      at("pointerup", 0.5, 0.7);
    }
    requestAnimationFrame(() => {
      if (pad && [...pad.querySelectorAll("canvas")].some(inked)) resolve(performance.now());
      else attempt();
    });
  };
  attempt();
});
"""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The URL of `python -m http.server` on the folder."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--directory", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield re.search(r"http://[\d.:]+/", process.stdout.readline())[0]
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    quick = parser(__doc__, "three navigations instead of thirty").parse_args().quick

    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        size = export(Path(temporary) / "site") / 1000
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        times, references = [], []
        with served(Path(temporary) / "site") as url:
            for _ in range(3 if quick else 30):
                page = browser.new_page(viewport={"width": 1280, "height": 720})
                page.add_init_script(PEN)
                page.goto(url)
                times.append(page.evaluate("window.firstInk"))
                page.wait_for_load_state("networkidle")
                first = page.evaluate(FETCHED) / 1000
                page.evaluate(IN_BROWSER)
                references.extend(page.evaluate("[1, 2, 3].map(reference)"))
                page.close()
        browser.close()
    print(f"{first:.0f} kB at first, {size:.0f} kB with all that is asked for later")
    median, loop = statistics.median(times), statistics.median(references)
    print(f"first ink after {percentiles(times)} ({len(times)} navigations)")
    print(f"the median is {median / loop:.0f} reference loops of {loop:.2f} ms")
    bounds = {"reference loops to the first ink": (median / loop, LOOPS)}
    hold_at_most(bounds, quick)
    sizes = {"kB at first": (first, FIRST_KILOBYTES), "kB": (size, KILOBYTES)}
    hold_at_most(sizes, quick=False)


if __name__ == "__main__":
    main()
