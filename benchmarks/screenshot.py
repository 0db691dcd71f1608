"""The README's picture: the real page in a real browser, a digit drawn on it with the mouse.

python benchmarks/screenshot.py [OUT.png] [--width 1440] [--height 900] [--scheme dark]
"""

from pathlib import Path

from browser import draw, open_page
from harness import ROOT, parser

from cnn.synthetic.generate import drawings


def main() -> None:
    flags = parser(__doc__)
    flags.add_argument("out", nargs="?", default=ROOT / "benchmarks/pictures/page.png")
    flags.add_argument("--width", type=int, default=1440)
    flags.add_argument("--height", type=int, default=900)
    flags.add_argument("--scheme", choices=["light", "dark"], default="light")
    flags.add_argument("--locale", default="en-US")
    flags.add_argument("--seed", type=int, default=8, help="which synthetic digit")
    args = flags.parse_args()

    from playwright.sync_api import expect

    drawn, labels, _ = drawings(1, seed=args.seed)
    size = {"width": args.width, "height": args.height}
    with open_page(viewport=size, color_scheme=args.scheme, locale=args.locale) as page:
        draw(page, drawn[0])
        expect(page.locator(".verdict .digit")).to_have_text(str(labels[0]))
        page.mouse.move(1, 1)
        Path(args.out).parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=args.out)
    print(args.out)


if __name__ == "__main__":
    main()
