"""The page's icon and the picture of its preview card, as files beside the page's modules.

python benchmarks/preview.py [--seed 8]    needs Chromium and playwright

Writes cnn/page/browser/icon.png, 192 x 192, from icon.svg; and preview.png, 1200 x 630 as chat
programs and Spaces show it: the exported page with a synthetic digit drawn on it.
"""

import io
import shutil
import tempfile
from pathlib import Path

from browser import draw
from first_ink import served
from harness import parser
from PIL import Image

from cnn.page.export import export
from cnn.page.html import BROWSER
from cnn.synthetic.generate import drawings

ICON_SIDE = 192
CARD = {"width": 1440, "height": 756}  # CSS pixels of the page; the picture shows them at
CARD_SCALE = 1200 / 1440  # of that size
COLOURS = 80  # half the size in full colour; the maps have few hues


def save(png: bytes, path: Path) -> None:
    """Save a screenshot with few colours, and say its size."""
    image = Image.open(io.BytesIO(png))
    kinds = Image.Quantize
    method = kinds.FASTOCTREE if image.mode == "RGBA" else kinds.MEDIANCUT
    few = image.quantize(COLOURS, method=method, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    flags = parser(__doc__)
    flags.add_argument("--seed", type=int, default=8, help="which synthetic digit")
    args = flags.parse_args()

    from playwright.sync_api import expect, sync_playwright

    drawn, labels, _ = drawings(1, seed=args.seed)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": ICON_SIDE, "height": ICON_SIDE})
        page.set_content(f'<body style="margin:0">{(BROWSER / "icon.svg").read_text("utf-8")}')
        save(page.screenshot(omit_background=True), BROWSER / "icon.png")

        export(Path(temporary) / "site")
        with served(Path(temporary) / "site") as url:
            page = browser.new_page(viewport=CARD, device_scale_factor=CARD_SCALE, locale="en-US")
            page.goto(url)
            page.locator(".page.mounted").wait_for()
            draw(page, drawn[0])
            expect(page.locator(".verdict .digit").first).to_have_text(str(labels[0]))
            page.mouse.move(1, 1)
            save(page.screenshot(), BROWSER / "preview.png")
        browser.close()


if __name__ == "__main__":
    main()
