"""The layout holds: nothing jumps, nothing grows without end, and any network fits."""

import pytest
from one_screen import (
    DESKTOPS,
    LYING,
    PHONES,
    TABLETS,
    THREE,
    WHOLE,
    draw,
    framed,
    of,
    opened,
    press_and_draw,
)
from playwright.sync_api import expect
from visit import SEVEN

ALL_SIZES = [*DESKTOPS, *TABLETS, *PHONES, LYING, (640, 400), (320, 640)]
HIGHEST = (
    1080 + 100
)  # px that the page asks for at most where it is as high as it likes, and a foot
RECORD_SHIFTS = """() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""
MAX_SHIFT = 0.1  # what web.dev calls good


@pytest.mark.parametrize("size", ALL_SIZES, ids=str)
def test_nothing_jumps_and_nothing_is_wider_than_the_screen(browser, static_url, size):
    with opened(browser, static_url, size) as page:
        page.evaluate(RECORD_SHIFTS)  # those before, too
        draw(page, THREE)
        page.keyboard.press("Delete")
        draw(page, SEVEN)
        expect(page.locator(".verdict .digit")).to_have_text("7")
        assert page.evaluate("shift") < MAX_SHIFT
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_frame_that_grows_with_its_content_grows_to_an_end(browser, url):
    with framed(browser, url, 1180, 600) as (page, frame):
        heights = []
        for _ in range(30):
            # What a host's script does, as on a Space: the frame as high as what is in it.
            height = frame.evaluate("document.documentElement.scrollHeight")
            heights.append(height)
            page.locator("iframe").evaluate("(frame, height) => { frame.height = height; }", height)
        assert heights[-1] == heights[-2]
        assert heights[-1] <= HIGHEST


# A network that the page has never seen: other kernels, strides, counts, and three convolutions.
OTHER = """async () => {
    const at = (path) => new URL(`browser/${path}`, document.baseURI);
    const { Network } = await import(at("engine/network.js"));
    const { store } = await import(at("shared/store.js"));
    const conv = (name, inputs, outputs, side, stride, padding, to) => ({
        name, kind: "Conv2d", in_channels: inputs, out_channels: outputs,
        kernel_size: [side, side], stride: [stride, stride], padding: [padding, padding],
        shape: [outputs, to, to],
    });
    const architecture = [
        { name: "in", kind: "Normalize", mean: 0.5, std: 0.5, shape: [1, 28, 28] },
        conv("a", 1, 6, 5, 1, 2, 28), { name: "b", kind: "ReLU", shape: [6, 28, 28] },
        { name: "c", kind: "AvgPool2d", kernel_size: [2, 2], stride: [2, 2], padding: [0, 0],
          shape: [6, 14, 14] },
        conv("d", 6, 12, 3, 2, 1, 7), { name: "e", kind: "ReLU", shape: [12, 7, 7] },
        conv("f", 12, 3, 3, 1, 0, 5),
        { name: "g", kind: "Flatten", shape: [75] },
        { name: "h", kind: "Linear", in_features: 75, out_features: 10, shape: [10] },
        { name: "i", kind: "LogSoftmax", shape: [10] },
    ];
    const tensors = new Map();
    const add = (name, shape) => tensors.set(name, {
        shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, Math.sin),
    });
    for (const [name, shape] of [["a", [6, 1, 5, 5]], ["d", [12, 6, 3, 3]], ["f", [3, 12, 3, 3]],
        ["h", [10, 75]]]) {
        add(`${name}.weight`, shape);
        add(`${name}.bias`, [shape[0]]);
    }
    const classes = [..."0123456789"];
    const card = { architecture, classes, parameters: 1234, mnist: 98.7, threshold: 0.5 };
    const network = new Network(card, tensors);
    store.set("network", { network, card, tensors, scales: architecture.map(() => 1) });
}"""


def test_a_network_that_the_page_has_never_seen_is_laid_out_whole(browser, loose_url):
    with opened(browser, loose_url) as page:
        page.evaluate(OTHER)
        press_and_draw(page, THREE)
        whole = page.evaluate(WHOLE)
        counts = {"in": 1, "a": 6, "b": 6, "c": 6, "d": 12, "e": 12, "f": 3, "g": 1, "h": 1, "i": 1}
        assert of(whole, counts) == counts
        assert "1,234 parameters" in page.locator(".key").first.inner_text()
