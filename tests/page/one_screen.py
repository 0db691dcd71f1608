"""The one screen, opened at a size or in a frame, and what of it is whole there."""

import contextlib

from hand import STEPS
from playwright.sync_api import Browser, Frame, Page
from visiting import visits

from cnn.model import describe, load

# in shares of the pad's side
THREE = [(0.32, 0.25), (0.6, 0.18), (0.64, 0.34), (0.45, 0.48), (0.66, 0.64), (0.45, 0.86)]
DESKTOPS = [(1280, 720), (1440, 900), (1920, 1080)]
TABLETS = [(768, 1024), (1024, 768)]
PHONES = [(390, 844), (360, 640)]
LYING = (844, 390)
EMBED = (1200, 700)  # as a blog embeds it
# {layer: how many of its maps are whole on the screen, with nothing over them}, and the same of
# what else is always to be seen.
WHOLE = """() => {
    // What a finger hits beside its own box is not to be seen.
    const seenAt = (x, y) => document.elementsFromPoint(x, y).find((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return left <= x && x <= right && top <= y && y <= bottom;
    });
    const isWhole = (element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const over = seenAt((left + right) / 2, (top + bottom) / 2);
        return right > left && left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 &&
            bottom <= innerHeight + 0.5 && over !== undefined &&
            (element.contains(over) || over.contains(element));
    };
    const whole = {};
    for (const map of document.querySelectorAll("[data-layer][data-map]")) {
        whole[map.dataset.layer] = (whole[map.dataset.layer] ?? 0) + isWhole(map);
    }
    for (const name of [".pad", ".verdict .digit", ".probs", ".probs li", ".part .tools"]) {
        whole[name] = [...document.querySelectorAll(name)].filter(isWhole).length;
    }
    return whole;
}"""
ALWAYS = {".pad": 1, ".verdict .digit": 1, ".probs": 1, ".probs li": 10}
MAPS = {
    stage["name"]: stage["shape"][0] if len(stage["shape"]) == 3 else 1
    for stage in describe(load())
}


@contextlib.contextmanager
def opened(browser: Browser, url: str, size: tuple[int, int] = (1280, 720), **options):
    """The page, once its network is there, with a digit on the pad that is nobody's."""
    options = {"reduced_motion": "reduce", "empty": False} | options
    with visits(browser) as begin:
        yield begin(url, size=size, **options).page


@contextlib.contextmanager
def framed(browser: Browser, url: str, width: int, height: int):
    """(a host's page, the page in a frame of that size in it), once its network is there."""
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    page.set_content(f'<iframe src="{url}" width="{width}" height="{height}"></iframe>')
    frame = page.locator("iframe").element_handle().content_frame()
    frame.locator("[data-map]").first.wait_for()
    yield page, frame
    page.close()


def press_and_draw(page: Page, points, within: Page | Frame | None = None) -> None:
    """Draw with the mouse and leave its button down."""
    box = (within or page).locator(".pad").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=STEPS)


def draw(page: Page, points) -> None:
    press_and_draw(page, points)
    page.mouse.up()


def of(whole: dict[str, int], names) -> dict[str, int]:
    return {name: whole[name] for name in names}
