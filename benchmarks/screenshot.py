"""The README's picture: the real page in a real browser, a digit drawn on it with the mouse.

python benchmarks/screenshot.py [OUT.png] [--width 1280] [--height 1480] [--scheme dark]
"""

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", nargs="?", default=ROOT / "benchmarks/pictures/page.png")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=1480)
    parser.add_argument("--scheme", choices=["light", "dark"], default="light")
    parser.add_argument("--locale", default="en-US")
    parser.add_argument("--seed", type=int, default=8, help="which of the project's pen digits")
    args = parser.parse_args()

    from live import draw
    from playwright.sync_api import expect, sync_playwright
    from server import running_page

    from cnn.strokes import drawings

    drawn, labels, _ = drawings(1, seed=args.seed)
    with running_page() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": args.width, "height": args.height},
            color_scheme=args.scheme,
            locale=args.locale,
        )
        page.goto(url)
        page.locator(".example").first.wait_for()
        draw(page, drawn[0], page.locator(".pad").bounding_box())
        expect(page.locator(".verdict .digit")).to_have_text(str(labels[0]))
        page.mouse.move(1, 1)
        Path(args.out).parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=args.out)
        browser.close()
    print(args.out)


if __name__ == "__main__":
    main()
