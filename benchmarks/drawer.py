"""Someone who draws on the page in Chromium for as long as others keep its server busy."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from live import Hand

from cnn.synthetic.handwriting import CANVAS

if TYPE_CHECKING:
    from playwright.async_api import Page

ANSWER_LOOPS = 400  # of the reference in Python
POINTS = 30  # of a stroke, half a second
# A digit and the corners of its stroke, in shares of the pad.
SHAPES = {"1": [(0.5, 0.15), (0.5, 0.85)], "7": [(0.3, 0.2), (0.7, 0.2), (0.45, 0.85)]}


class Drawer:
    """read: how often what was drawn was read as it was meant; stopped: how often it was not.

    loop_ms: of the reference loop; a drawing must be read within ANSWER_LOOPS of them.
    """

    def __init__(self, page: "Page", url: str, loop_ms: float) -> None:
        self.page, self.read, self.stopped = page, 0, 0
        self._patience = ANSWER_LOOPS * loop_ms
        self.may_leave = False
        self.asked: list[str] = []
        self._url = url
        page.on("request", lambda request: self.asked.append(request.url))

    async def open(self) -> list[str]:
        """Open the page; the paths that this asked for, in their order."""
        await self.page.goto(self._url, wait_until="networkidle")
        await self.page.locator("[data-map] canvas").first.wait_for()
        paths = [urlsplit(url) for url in self.asked if url.startswith(self._url)]
        self.asked.clear()
        return [f"{path}?{query}" if query else path for _, _, path, query, _ in paths]

    async def draw(self) -> None:
        """Draw and be read, until `may_leave`."""
        from playwright.async_api import expect

        devtools = await self.page.context.new_cdp_session(self.page)
        pad = self.page.locator(".pad canvas").first
        hand = Hand(self.page, devtools, await pad.bounding_box())
        while not self.may_leave:
            for digit, corners in SHAPES.items():
                await hand.draw([_stroke(corners)])
                shown = expect(self.page.locator(".verdict .digit").first)
                try:
                    await shown.to_have_text(digit, timeout=self._patience)
                    self.read += 1
                except AssertionError:
                    self.stopped += 1


def _stroke(corners: list[tuple[float, float]]) -> np.ndarray:
    """float (POINTS, 2), in pixels of a canvas of CANVAS px."""
    stops, along = np.arange(len(corners)), np.linspace(0, len(corners) - 1, POINTS)
    return (
        np.stack([np.interp(along, stops, places) for places in np.transpose(corners)], 1) * CANVAS
    )
