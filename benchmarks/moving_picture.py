"""The README's moving pictures: a digit drawn on the real page, a number explained; and training.

python benchmarks/moving_picture.py [OUT.webp] [--locale zh-CN] [--scheme dark] [--train]

With --train, the network that reads the drawing begins anew and learns, until it has seen as many
digits as the last of LEARNED. Exits 1 where the picture is larger than MAX_KILOBYTES.
"""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from browser import chromium_page, exported_page
from harness import hold, page_options, picture_parser
from PIL import Image

from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAX_KILOBYTES = 1000
SCALE = 0.75  # of the page's size
FRAMES = 32  # at most, while the digit is drawn
FRAME_MS, LOOK_MS, READ_MS = 60, 1600, 3600  # a drawn frame; the answer; a number with its sum
# Digits seen when a frame is due: close together at first, when most changes.
LEARNED = [
    32,
    64,
    96,
    128,
    192,
    256,
    384,
    512,
    768,
    1024,
    1536,
    2048,
    3072,
    4096,
    6144,
    8192,
    10240,
]
LEARNED_MS = 260  # a frame of training
POINTED = "relu2", 5  # layer and map whose largest value is explained


def drawing_frames(page: "Page", strokes: list[np.ndarray]) -> Iterator[None]:
    """Draw the strokes, in pixels of a canvas of CANVAS px, and stop where a frame is due."""
    box = page.locator(".pad").bounding_box()
    corner, scale = np.array([box["x"], box["y"]]), box["width"] / CANVAS
    fine = [_finer(stroke) for stroke in strokes]
    every = -(-sum(map(len, fine)) // FRAMES)
    drawn = 0
    for stroke in fine:
        for i, point in enumerate(corner + scale * stroke):
            page.mouse.move(*point)
            if i == 0:
                page.mouse.down()
            drawn += 1
            if drawn % every == 0:
                yield
        page.mouse.up()


def _finer(stroke: np.ndarray) -> np.ndarray:
    """float (N, 2) -> (M, 2): points between the points, so that no frame jumps."""
    at = np.linspace(0, len(stroke) - 1, 4 * len(stroke))
    return np.stack([np.interp(at, range(len(stroke)), each) for each in stroke.T], axis=1)


def point_at_brightest(page: "Page", layer: str, index: int) -> None:
    """Put the pointer on a map's largest value: the darkest pixel, where the page is light."""
    canvas = page.locator(f'[data-layer="{layer}"][data-map="{index}"] canvas')
    pixels = np.array(Image.open(io.BytesIO(canvas.screenshot())).convert("L"))
    down, across = np.unravel_index(pixels.argmin(), pixels.shape)
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + (across + 0.5) / SCALE, box["y"] + (down + 0.5) / SCALE)


def training_frames(page: "Page") -> Iterator[None]:
    """Have the network begin anew, and stop where a frame is due."""
    page.locator(".train-button").click()
    page.locator('.train [data-act="start"]').click()
    seen = page.locator('.train [data-value="seen"]')
    for wanted in LEARNED:
        while int(re.sub(r"\D", "", seen.text_content() or "0")) < wanted:
            page.evaluate("() => new Promise(requestAnimationFrame)")
        yield
    page.locator('.train [data-act="pause"]').click()


def main() -> None:
    flags = picture_parser(__doc__, "page.webp")
    flags.set_defaults(width=1280, height=720)
    flags.add_argument("--train", action="store_true", help="a network in training, instead")
    args = flags.parse_args()

    from playwright.sync_api import expect

    strokes, labels, _ = drawings(1, seed=args.seed)
    frames: list[Image.Image] = []
    shown_ms: list[int] = []
    options = page_options(args) | {"device_scale_factor": SCALE, "reduced_motion": "reduce"}
    with exported_page() as url, chromium_page(**options) as page:

        def take(ms: int) -> None:
            frames.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
            shown_ms.append(ms)

        page.goto(url)
        page.locator("[data-map]").first.wait_for()
        for _ in drawing_frames(page, strokes[0]):
            if not args.train:
                take(FRAME_MS)
        expect(page.locator(".verdict .digit")).to_have_text(str(labels[0]))
        take(LOOK_MS)
        if args.train:
            for _ in training_frames(page):
                take(LEARNED_MS)
            expect(page.locator('.train [data-act="start"]')).to_be_visible()
        else:
            point_at_brightest(page, *POINTED)
            page.locator(".tooltip:visible").wait_for()
        take(READ_MS)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    frames[0].save(
        args.out, save_all=True, append_images=frames[1:], duration=shown_ms, loop=0, quality=70
    )
    kilobytes = args.out.stat().st_size / 1000
    print(f"{args.out}: {len(frames)} frames, {kilobytes:.0f} kB")
    hold((f"at most {MAX_KILOBYTES} kB", kilobytes <= MAX_KILOBYTES))


if __name__ == "__main__":
    main()
