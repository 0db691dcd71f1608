"""Live latency on the real page in a real browser: from the pen's ink to all maps painted.

python benchmarks/live.py [--quick]    needs Chromium and playwright

Digits are drawn with the mouse at 60 points a second while the page reads along. Each update is
timed in the page, from the pointer event that made its newest ink to the end of the script that
painted the 28 x 28 pixels, the probabilities and every map. Where a server reads, its share is the
browser's own resource timing, from request sent to answer begun. Exits 1 above P50_MS or P95_MS.
"""

import numpy as np
from browser import draw, open_page
from harness import hold_at_most, parser, percentiles

from cnn.synthetic.generate import drawings

P50_MS, P95_MS = 25, 45  # from ink to all painted, on two cores that also run server and browser

RECORD = """
    window.updates = [];
    window.blank = true;
    document.addEventListener("cnn:answer", ({ detail }) => { window.blank = detail.blank; });
    document.addEventListener("cnn:painted", ({ detail }) => {
        if (!window.blank) window.updates.push(detail);
    });
    performance.setResourceTimingBufferSize(100_000);
    performance.clearResourceTimings();
"""
SERVER = """
    performance.getEntriesByType("resource")
        .filter((entry) => entry.name.includes("component_server"))
        .map((entry) => entry.responseStart - entry.requestStart)
"""


def record(wanted: int) -> tuple[list[dict], list[float]]:
    """So many updates' times as the page tells them, and the server's ms for each request."""
    drawn, _, _ = drawings(200, seed=0)
    with open_page(viewport={"width": 1440, "height": 900}) as page:
        draw(page, drawn[0])  # the browser compiles its scripts
        page.evaluate(RECORD)
        for strokes in drawn[1:]:
            page.keyboard.press("Delete")
            draw(page, strokes)
            if page.evaluate("window.updates.length") >= wanted:
                break
        return page.evaluate("window.updates"), page.evaluate(SERVER)


def main() -> None:
    quick = parser(__doc__, "60 updates instead of 600").parse_args().quick
    updates, server = record(60 if quick else 600)
    ink = [u["painted"] - u["inked"] for u in updates]
    print(f"{len(updates)} updates")
    print("ink to request        ", percentiles(u["asked"] - u["inked"] for u in updates))
    print("request to answer     ", percentiles(u["answered"] - u["asked"] for u in updates))
    if server:
        print("  of it the server    ", percentiles(server))
    print("answer to all painted ", percentiles(u["painted"] - u["answered"] for u in updates))
    print("ink to all painted    ", percentiles(ink))
    p50, p95 = np.percentile(ink, [50, 95])
    hold_at_most({"p50 in ms": (p50, P50_MS), "p95 in ms": (p95, P95_MS)}, quick)


if __name__ == "__main__":
    main()
