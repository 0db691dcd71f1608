"""The README's picture: the real page in a real browser, a digit drawn on it with the mouse.

python benchmarks/screenshot.py [OUT.png] [--width 1440] [--height 900] [--scheme dark]
"""

from browser import draw, open_page
from harness import page_options, picture_parser

from cnn.synthetic.generate import drawings


def main() -> None:
    args = picture_parser(__doc__, "page.png").parse_args()

    from playwright.sync_api import expect

    drawn, labels, _ = drawings(1, seed=args.seed)
    with open_page(**page_options(args)) as page:
        draw(page, drawn[0])
        expect(page.locator(".verdict .digit")).to_have_text(str(labels[0]))
        page.mouse.move(1, 1)
        args.out.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=args.out)
    print(args.out)


if __name__ == "__main__":
    main()
