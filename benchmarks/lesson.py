"""The README's picture of the lesson: a step on a digit drawn with the mouse, in a real browser.

python benchmarks/lesson.py [OUT.png] [--locale zh-CN] [--step pooling] [--scheme dark]
"""

from browser import chromium_page, draw, exported_page
from harness import page_options, picture_parser

from cnn.synthetic.generate import drawings

KERNEL_AT = 19 * 28 + 18  # where convolution is paused: at the edge of ink


def main() -> None:
    flags = picture_parser(__doc__, "lesson.png")
    flags.add_argument("--step", default="convolution")
    args = flags.parse_args()

    from playwright.sync_api import expect

    drawn, labels, _ = drawings(1, seed=args.seed)
    calm = {"reduced_motion": "reduce"}  # nothing is in the middle of a fade
    with exported_page() as url, chromium_page(**page_options(args), **calm) as page:
        page.goto(f"{url}#step={args.step}")
        page.locator(f".step-{args.step} :is(button, input)").first.wait_for()
        draw(page, drawn[0])
        expect(page.locator(".verdict .digit")).to_have_text(str(labels[0]))
        if args.step == "convolution":
            page.locator(".player input").fill(f"{KERNEL_AT}")
        page.wait_for_load_state("networkidle")
        page.mouse.move(1, 1)
        page.evaluate("document.activeElement.blur()")
        args.out.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=args.out)
    print(args.out)


if __name__ == "__main__":
    main()
