"""A mouse that draws on the pad at its own pace, whether or not the page keeps up."""

import asyncio
import time
from typing import TYPE_CHECKING

import numpy as np
from browser import POINTS_A_SECOND

from cnn.synthetic.handwriting import CANVAS

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

STROKES, POINTS = 20, 40  # of a scribble; points of a stroke
REACH = 110  # px from the canvas's middle that a scribble reaches


class Hand:
    """A mouse on the pad of a page; box: where the pad is in the window."""

    def __init__(self, page: "Page", devtools: "CDPSession", box: dict) -> None:
        self.page, self.devtools, self.box = page, devtools, box

    async def draw(self, strokes: list[np.ndarray]) -> None:
        """Draw the strokes, in pixels of a canvas of CANVAS px, in place of what is there."""
        await self.page.keyboard.press("Delete")
        for stroke in strokes:
            sent = [self._send("mousePressed", stroke[0])]
            due = time.perf_counter()
            for point in stroke[1:]:
                due += 1 / POINTS_A_SECOND
                await asyncio.sleep(due - time.perf_counter())
                sent.append(self._send("mouseMoved", point))
            await asyncio.gather(*sent)
            await self._send("mouseReleased", stroke[-1])

    def _send(self, kind: str, point: np.ndarray) -> asyncio.Task:
        x, y = self.box["width"] / CANVAS * point + [self.box["x"], self.box["y"]]
        event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
        event["buttons"] = int(kind != "mouseReleased")
        return asyncio.create_task(self.devtools.send("Input.dispatchMouseEvent", event))


def scribble(seed: int) -> list[np.ndarray]:
    """STROKES strokes of the same length on top of each other, float (POINTS, 2)."""
    turns = np.linspace(0, 4 * np.pi, POINTS)
    phases = np.random.default_rng(seed).uniform(0, 2 * np.pi, (STROKES, 2, 1))
    return [
        CANVAS / 2 + REACH * np.sin(np.stack([2 * turns, 3 * turns]) / 2 + phase).T
        for phase in phases
    ]
