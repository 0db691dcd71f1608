"""Live latency on the real page in a real browser: from the pen's ink to all maps painted.

python benchmarks/live.py [--quick]    needs Chromium and playwright

Once on the Gradio page and once on the exported one, headless, 1440 x 900. Synthetic digits are
drawn with the mouse at 60 points a second by a hand that does not wait for the page: where the page
falls behind, the browser merges points, and the next update starts late. live.js watches:

- ink to all painted: for each update, how long its pointer event waited for a page that was busy,
  plus the script that then painted the ink, what the network sees, the digit, the bars and every
  map. Browsers also hold a move back until their next frame, even on an empty page; the time
  including that, up to a frame more, is printed as well;
- whole frames: when a frame with new ink begins, all of these belong to that ink, so that they are
  on the screen in one and the same frame (counted by requestAnimationFrame);
- the lesson: the first measurement again in each of its steps, where the step is painted in place
  of the maps, and once more after closing it: it must leave nothing behind that slows the page;
- a slow device: the first measurement again, with the CPU throttled SLOWER times, and the reference
  with it;
- a scribble: the median cost of an update, from the script's start, in the last of STROKES strokes
  and in the first. Ink that is finished must not be painted or counted again.

After each drawing the reference loop runs in the page (reference.py); bounds of time are numbers of
its median. Exits 1 if a bound below does not hold on either page, or if the pad's canvas is
desynchronized: such ink does not wait for the frame that shows its maps.
"""

import asyncio
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from browser import CHROMIUM, exported_page, running_page
from harness import ROOT, hold_at_most, parser, percentiles
from mouse import STROKES, Hand, scribble
from reference import IN_BROWSER

from cnn.synthetic.generate import drawings

if TYPE_CHECKING:
    from playwright.async_api import Browser

P50, P95 = 8, 20  # loops of the reference from ink to all painted
TORN = 1  # percent of the frames with new ink that do not show everything of it
SLOWER, SLOW_P95 = 4, 15
LESSON_P95 = 40  # with a step open
RATIO = 1.5  # a scribble's last stroke to its first
SIZE = {"width": 1440, "height": 900}


class Seen(NamedTuple):
    """What live.js saw while something was drawn."""

    updates: list[dict]
    frames: list[dict]
    references: list[float]  # ms of the reference loop

    @property
    def times(self) -> np.ndarray:
        """Milliseconds from ink to all painted."""
        return np.array([u["waited"] + u["painted"] - u["began"] for u in self.updates])

    @property
    def loops(self) -> np.ndarray:
        """The same as a number of reference loops."""
        return self.times / np.median(self.references)

    def __str__(self) -> str:
        p50, p95 = np.percentile(self.loops, [50, 95])
        return f"{percentiles(self.times)}, p50 {p50:.1f} and p95 {p95:.1f} loops"


async def watch(hand: Hand, drawn: list[list[np.ndarray]], wanted: float = np.inf) -> Seen:
    """Draw until there were `wanted` frames with new ink, or everything is drawn."""
    await hand.page.evaluate("live.take()")
    seen = Seen([], [], [])
    for strokes in drawn:
        await hand.draw(strokes)
        taken = await hand.page.evaluate("live.take()")
        seen.updates.extend(taken["updates"])
        seen.frames.extend(taken["frames"])
        seen.references.extend(await hand.page.evaluate("[1, 2, 3].map(reference)"))
        if len(seen.frames) >= wanted:
            break
    return seen


async def measure(browser: "Browser", url: str, quick: bool) -> dict[str, tuple[float, float]]:
    """Print what the page does; what is bounded: {what it is: (value, bound)}."""
    page = await browser.new_page(viewport=SIZE)
    await page.goto(url)
    await page.locator("[data-map] canvas").first.wait_for()
    await page.evaluate((ROOT / "benchmarks/live.js").read_text(encoding="utf-8"))
    await page.evaluate(IN_BROWSER)
    devtools = await page.context.new_cdp_session(page)
    hand = Hand(page, devtools, await page.locator(".pad canvas").first.bounding_box())
    wanted = 60 if quick else 600
    drawn, _, _ = drawings(100, seed=0)
    await watch(hand, drawn[:2])  # the browser compiles its scripts

    print(f"{await page.evaluate('live.maps')} maps as pictures")
    fast = await watch(hand, drawn[2:], wanted)
    scribbles = await watch(hand, [scribble(seed) for seed in range(1 if quick else 4)])
    steps = await watch_lesson(hand, drawn, wanted / 10)
    after = await watch(hand, drawn[2:], wanted)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    slow = await watch(hand, drawn[2:], wanted)
    ink_waits = await page.evaluate("live.inkWaits")
    await page.close()
    return (
        report_lesson(steps, after)
        | report(fast, slow, scribbles)
        | {"pads whose ink waits for no frame": (not ink_waits, 0)}
    )


async def watch_lesson(hand: Hand, drawn: list, wanted: float) -> dict[str, Seen]:
    """What is seen in each step of the lesson, which is opened and then closed."""
    await hand.page.locator(".masthead .learn").click()
    buttons = hand.page.locator(".lesson .contents button")
    await buttons.first.wait_for()
    steps = {}
    for button in await buttons.all():
        await button.click()
        await hand.page.wait_for_load_state("networkidle")  # some steps fetch files
        steps[await button.inner_text()] = await watch(hand, drawn[2:], wanted)
    await hand.page.locator(".close-lesson").click()
    return steps


def report_lesson(steps: dict[str, Seen], after: Seen) -> dict[str, tuple[float, float]]:
    """Print what was seen with the lesson open and after it; {what is bounded: (value, bound)}."""
    for step, seen in steps.items():
        print(f"  lesson, {step.split(chr(10))[-1]:16}", seen)
    print("  lesson closed again     ", after)
    p50, p95 = np.percentile(after.loops, [50, 95])
    worst = max(np.percentile(seen.loops, 95) for seen in steps.values())
    return {
        "reference loops, p95, with the slowest step of the lesson": (worst, LESSON_P95),
        "reference loops, p50, the lesson closed again": (p50, P50),
        "reference loops, p95, the lesson closed again": (p95, P95),
    }


def report(fast: Seen, slow: Seen, scribbles: Seen) -> dict[str, tuple[float, float]]:
    """Print what was seen; {what is bounded: (value, bound)}."""
    torn = 100 * np.mean([not frame["whole"] for frame in fast.frames])
    script = np.array([u["painted"] - u["began"] for u in scribbles.updates])
    strokes = np.array([u["stroke"] for u in scribbles.updates]) - scribbles.updates[0]["stroke"]
    first, last = (np.median(script[strokes % STROKES == place]) for place in (0, STROKES - 1))
    held = [u["painted"] - u["inked"] for u in fast.updates]
    handed = [frame["handed"] - frame["inked"] for frame in fast.frames if frame["handed"]]
    print("  waiting for the page    ", percentiles(u["waited"] for u in fast.updates))
    print("  with hold for the frame ", percentiles(held))
    print("  to frame handed over    ", percentiles(handed))
    print(f"  scribble: stroke 1 {first:.2f}, {STROKES} {last:.2f} ms, {last / first:.2f} times")
    print(f"  whole frames: {100 - torn:.1f} % of {len(fast.frames)} with new ink")
    for name, seen in ((f"{SLOWER} times slower", slow), ("ink to all painted", fast)):
        print(f"  a reference loop takes {np.median(seen.references):.2f} ms")
        print(f"  {name:24}", seen)
    p50, p95 = np.percentile(fast.loops, [50, 95])
    return {
        "reference loops, p50": (p50, P50),
        "reference loops, p95": (p95, P95),
        "percent of frames torn": (torn, TORN),
        f"reference loops, p95, {SLOWER} times slower": (np.percentile(slow.loops, 95), SLOW_P95),
        "times what the first stroke costs": (last / first, RATIO),
    }


async def measure_both(quick: bool) -> dict[str, tuple[float, float]]:
    """What is bounded, of the Gradio page and of the exported one."""
    from playwright.async_api import async_playwright

    bounds = {}
    for name, host in {"Gradio page": running_page, "exported page": exported_page}.items():
        with host() as url:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(**CHROMIUM)
                print(name, end=": ")
                found = await measure(browser, url, quick)
                bounds |= {f"{name}: {what}": pair for what, pair in found.items()}
                await browser.close()
    return bounds


def main() -> None:
    quick = parser(__doc__, "60 frames instead of 600").parse_args().quick
    hold_at_most(asyncio.run(measure_both(quick)), quick)


if __name__ == "__main__":
    main()
