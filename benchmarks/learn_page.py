"""The second part of learn.py: the exported page trains its network, as its buttons have it do.

In headless Chromium, 1440 x 900, for each of the SEEDS:

- how soon it reads: Start is pressed, and at each of the MARKS the bench is paused and its weights
  saved, with which all of MNIST's test digits are read here. The clock stands still meanwhile.
  Another seed is another number in the plan of a saved file: the page opens it, and "start over"
  begins from random weights;
- every frame: how far apart the frames are meanwhile, and how often the whole page is painted anew;
- a slow device: the same at SLOW_MARK, while all threads of the page's process stand still for
  SLOWER - 1 of SLOWER moments. Chromium's own setCPUThrottlingRate slows the page's thread alone:
  it is "only supported for pages, not workers".

Then live.py's first measurement, ink to all painted, while the network trains.

A second of the clock is SECOND reference loops (reference.py), about as many as a second holds
where this was written. They are measured in the page before each stretch, as a mean: training has
no more of a busy processor than they do. Seconds as the wall has them are printed beside it.
"""

import asyncio
import contextlib
import json
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from browser import CHROMIUM, exported_page
from harness import ROOT
from live import SIZE, Seen, watch
from mouse import Hand
from reference import IN_BROWSER

from cnn.metrics import accuracy, log_probabilities
from cnn.model import load, split_safetensors
from cnn.synthetic.generate import drawings
from cnn.training.mnist import mnist

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

SECOND = 1000  # reference loops
MARKS = {10: None, 15: 2, 20: None, 40: 1.5}  # seconds: percent of the digits misread at most
SLOW_MARKS = {30: 3}
SLOWER, MOMENT = 4, 0.003  # seconds
SEEDS = 0, 1, 2
INK_P95 = 20  # reference loops from ink to all painted: as in live.py
FRAME = 1000 / 60  # ms
LATE = 1.5  # frames; what comes later after the one before was not painted in its own frame
LATER = 10  # percent of the frames, beyond those of the page at rest
REST = 3  # seconds for which the frames of the page at rest are counted
LOOPS = 200  # of the reference, of which the mean is taken

WATCH = f"""(() => {{
    let [gaps, shown, last] = [[], 0, 0];
    const frame = (now) => {{
        gaps.push(now - last);
        last = now;
        requestAnimationFrame(frame);
    }};
    requestAnimationFrame(frame);
    document.addEventListener("cnn:answer", () => shown++);
    globalThis.seen = () => {{ // since it was asked before
        const all = {{ gaps, shown }};
        [gaps, shown, last] = [[], 0, performance.now()];
        return all;
    }};
    globalThis.loop = () => {{ // ms
        const began = performance.now();
        for (let k = 0; k < {LOOPS}; k++) reference();
        return (performance.now() - began) / {LOOPS};
    }};
    globalThis.press = (act) => {{ // when, in ms
        const now = performance.now();
        document.querySelector(`.train [data-act="${{act}}"]`).click();
        return now;
    }};
}})()"""


class Frames(NamedTuple):
    """gaps: ms from each frame to the next; shown: how often the page was painted anew."""

    gaps: np.ndarray
    shown: int

    @property
    def late(self) -> float:
        """The percentage of frames that came late."""
        return 100 * np.mean(self.gaps > LATE * FRAME)

    def __str__(self) -> str:
        rate = 1000 * self.shown / self.gaps.sum()
        return (
            f"{100 - self.late:.1f} % of {len(self.gaps)} frames in time, the longest gap "
            f"{self.gaps.max():.0f} ms, painted anew {rate:.0f} times a second"
        )


class Saved(NamedTuple):
    """The network at a mark: seconds of the wall, digits seen, percent of MNIST misread; frames."""

    wall: float
    seen: int
    misread: float
    frames: Frames


class Bench:
    """The bench on a page; file: where it saves its weights."""

    def __init__(self, page: "Page", file: Path) -> None:
        self.page, self.file = page, file

    @classmethod
    async def on(cls, browser: "Browser", url: str, file: Path) -> "Bench":
        page = await browser.new_page(viewport=SIZE)
        await page.goto(url + "#train")
        await page.locator('.train [data-act="start"]').wait_for()
        await page.wait_for_load_state("networkidle")
        await page.evaluate(IN_BROWSER)
        await page.evaluate(WATCH)
        return cls(page, file)

    async def press(self, act: str) -> float:
        """Press a button; when, in ms."""
        return await self.page.evaluate("press", act)

    async def loop(self) -> float:
        """Milliseconds of a reference loop."""
        return await self.page.evaluate("loop()")

    async def frames(self, seconds: float) -> Frames:
        """The frames of the next so many seconds."""
        await self.page.evaluate("seen()")
        await asyncio.sleep(seconds)
        seen = await self.page.evaluate("seen()")
        return Frames(np.array(seen["gaps"]), seen["shown"])

    async def open_plan(self, seed: int) -> None:
        """Open the file that was saved last, with another seed in its plan."""
        header, tensors = split_safetensors(self.file.read_bytes())
        card = json.loads(header["__metadata__"]["card"])
        card["plan"]["seed"] = seed
        header["__metadata__"]["card"] = json.dumps(card)
        text = json.dumps(header).encode()
        file = {"name": self.file.name, "mimeType": "application/octet-stream"}
        file["buffer"] = len(text).to_bytes(8, "little") + text + tensors
        await self.page.set_input_files(".keep input", file)
        await self.page.locator('.train [data-act="over"]:enabled').wait_for()

    async def save(self) -> dict:
        """Save the weights; their card."""
        async with self.page.expect_download() as download:
            await self.press("save")
        await (await download.value).save_as(self.file)
        return load(self.file).card

    async def learn(self, marks: dict[float, float | None], loop: float = 0) -> dict[float, Saved]:
        """Train from random weights, and save them at each mark.

        loop: ms of a reference loop where it is not to be measured here.
        """
        found: dict[float, Saved] = {}
        passed, wall = 0.0, 0.0
        begin = "over" if await self.page.locator('[data-act="over"]').is_enabled() else "start"
        for mark in marks:
            second = SECOND * (loop or await self.loop())  # in ms
            began = await self.press(begin)
            frames = await self.frames((mark - passed) * second / 1000)
            spent = await self.press("pause") - began
            passed, wall, begin = passed + spent / second, wall + spent / 1000, "start"
            seen = (await self.save())["seen"]
            found[mark] = Saved(wall, seen, misread(self.file), frames)
        return found


def misread(file: Path) -> float:
    """The percentage of MNIST's test digits that the network in a file misreads."""
    digits, labels = mnist(train=False)
    return 100 - accuracy(log_probabilities(load(file), digits), labels)


@contextlib.contextmanager
def slowed(processes: list[int]) -> Iterator[None]:
    """Meanwhile they run for one moment of SLOWER."""
    ended = threading.Event()

    def take_turns() -> None:
        while not ended.is_set():
            began = time.perf_counter()
            time.sleep(MOMENT)
            send(signal.SIGSTOP)
            time.sleep((SLOWER - 1) * (time.perf_counter() - began))
            send(signal.SIGCONT)

    def send(what: signal.Signals) -> None:
        for process in processes:
            os.kill(process, what)

    thread = threading.Thread(target=take_turns)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


async def renderers(browser: "Browser") -> list[int]:
    """The processes of the browser's pages."""
    devtools = await browser.new_browser_cdp_session()
    found = await devtools.send("SystemInfo.getProcessInfo")
    return [each["id"] for each in found["processInfo"] if each["type"] == "renderer"]


async def ink(bench: Bench, wanted: float) -> tuple[Seen, Seen]:
    """Ink to all painted, as live.py measures it, while the network trains and once it rests."""
    page = bench.page
    await bench.press("start")
    await page.evaluate((ROOT / "benchmarks/live.js").read_text(encoding="utf-8"))
    devtools = await page.context.new_cdp_session(page)
    hand = Hand(page, devtools, await page.locator(".pad canvas").first.bounding_box())
    drawn, _, _ = drawings(100, seed=0)
    await watch(hand, drawn[:2])
    training = await watch(hand, drawn[2:], wanted)
    await bench.press("pause")
    return training, await watch(hand, drawn[2:], wanted)


async def measure(quick: bool) -> dict[str, tuple[float, float]]:
    """Print what the page does; what is bounded: {what it is: (value, bound)}."""
    from playwright.async_api import async_playwright

    marks = dict(list(MARKS.items())[:2]) if quick else MARKS
    fast, slow, later = [], [], []
    with tempfile.TemporaryDirectory() as folder, exported_page() as url:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(**CHROMIUM)
            file = Path(folder, "saved.safetensors")
            for seed in SEEDS[: 1 if quick else None]:
                bench = await Bench.on(browser, url, file)
                if fast:
                    await bench.open_plan(seed)
                rest = await bench.frames(REST)
                print(f"seed {seed}; the page at rest: {rest}")
                fast.append(await bench.learn(marks))
                report(fast[-1])
                later += [found.frames.late - rest.late for found in fast[-1].values()]
                loop = await bench.loop()
                await bench.open_plan(seed)
                with slowed(await renderers(browser)):
                    times = await bench.loop() / loop
                    slow.append(await bench.learn(SLOW_MARKS, loop))
                print(f"{times:.1f} times slower, by the reference loop:")
                report(slow[-1])
                if seed != SEEDS[-1] and not quick:
                    await bench.page.close()
            training, paused = await ink(bench, 60 if quick else 600)
            await browser.close()
    print(f"ink to all painted, paused:        {paused}")
    print(f"ink to all painted while it trains: {training}")
    rates = [found[mark].seen / found[mark].wall for found in fast for mark in list(marks)[-1:]]
    print(f"{np.median(rates):,.0f} digits a second on the page, painted as it learns")
    bounds = {
        "percent of the frames late beyond those of the page at rest": (np.median(later), LATER),
        "reference loops, p95, from ink to all painted": (
            np.percentile(training.loops, 95),
            INK_P95,
        ),
    }
    for name, runs in {"": fast, f", {SLOWER} times slower": slow}.items():
        for mark in runs[0]:
            most = max(run[mark].misread for run in runs)
            print(f"{100 - most:.2f} % of MNIST at least, {mark} s after Start{name}")
            if bound := (MARKS | SLOW_MARKS)[mark]:
                bounds[f"percent of MNIST misread {mark} s after Start{name}"] = (most, bound)
    return bounds


def report(run: dict[float, Saved]) -> None:
    """Print what was saved at each mark."""
    for mark, (wall, seen, wrong, frames) in run.items():
        print(f"  {mark} s: {100 - wrong:.2f} % ({wall:.1f} s, {seen:,} digits); {frames}")
