"""A hand that draws on the pad, by mouse and by finger, through the browser's own input."""

import itertools

import numpy as np
from playwright.sync_api import Page, expect

STEPS = 2  # from a point to the next: with each the page reads the ink and paints all maps


class Hand:
    """Places on the pad are (x, y) in shares of its side."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.context = page.context
        self.pad = page.locator(".pad")

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a place on the pad is in the window."""
        box = self.pad.locator("canvas").first.bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def press_and_draw(self, points, steps: int = STEPS) -> None:
        """Draw with the mouse and leave its button down."""
        self.page.mouse.move(*self.place(*points[0]))
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*self.place(*point), steps=steps)

    def draw(self, points, steps: int = STEPS) -> None:
        self.press_and_draw(points, steps)
        self.page.mouse.up()

    def touch(self, points, lift: bool = True) -> None:
        session = self.context.new_cdp_session(self.page)

        def send(kind: str, *at: tuple[float, float]) -> None:
            touches = [{"x": x, "y": y} for x, y in at]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

        send("touchStart", self.place(*points[0]))
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            for t in np.linspace(0, 1, STEPS + 1)[1:]:
                send("touchMove", self.place(ax + t * (bx - ax), ay + t * (by - ay)))
        if lift:
            send("touchEnd")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def draw_a_one(page: Page) -> None:
    """Draw a 1 on a page, once its parts are there."""
    expect(page.locator(".page.mounted")).to_be_visible(timeout=20_000)
    Hand(page).draw([(0.5, 0.2), (0.5, 0.8)])
