"""Drawings put onto the pad by their link, as whoever opens a link has them: all at once."""

from collections.abc import Sequence

import numpy as np
from playwright.sync_api import Page

OPEN = """async (strokes) => {
    const { encodeStrokes } = await import(new URL("browser/share/link.js", location));
    const answered = new Promise((done) =>
        document.addEventListener("cnn:answer", done, { once: true }));
    location.hash = `d=${encodeStrokes(strokes.map((points) => ({ points, width: 20 })))}`;
    await answered;
}"""


def open_drawing(page: Page, strokes: Sequence[np.ndarray]) -> None:
    """Put the strokes, float32 (N, 2) in px of the canvas, onto a page of separate modules."""
    page.evaluate(OPEN, [np.clip(stroke, 0, 280).ravel().tolist() for stroke in strokes])
