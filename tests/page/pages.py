"""Pages that visits share, one after the other: to open a page takes as long as to load it."""

import functools

from playwright.sync_api import Browser, Page

# What was left by the visit before is gone as another begins: by an address, not by a reload. On an
# empty pad, as somebody's who was here before, nothing draws itself.
BEGIN = """
    const [{ type }] = performance.getEntriesByType("navigation");
    if (self === top && type === "navigate") {
        try {
            localStorage.clear();
            sessionStorage.clear();
            indexedDB.deleteDatabase("draw-a-digit");
        } catch {} // about:blank has no storage
    }
"""
EMPTY = """
    try {
        sessionStorage["draw-a-digit.drawing"] ??= '{"strokes":[],"picture":null}';
    } catch {} // where storage is forbidden
"""
MEDIA = "color_scheme", "reduced_motion", "forced_colors"


class SharedPage:
    """A page for one visit; `give_back` it at the end.

    alone: one that nobody had or gets, for who changes what no visit can change back.
    scripts: JavaScript that runs before the page's own; options: of Playwright's contexts.
    """

    def __init__(self, browser: Browser, scripts: list[str], alone: bool, **options) -> None:
        options = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}} | options
        media = {name: options.pop(name, None) or "null" for name in MEDIA}
        viewport = options.pop("viewport")
        self.free = None if alone else _free(browser, *scripts, **options)
        if self.free:
            self.page = self.free.pop()
            self.page.set_viewport_size(viewport)
        else:
            context = browser.new_context(viewport=viewport, **options)
            for script in scripts if alone else [BEGIN, *scripts]:
                context.add_init_script(script)
            self.page = context.new_page()
        self.page.emulate_media(**media)
        self.handlers = []

    def on(self, event: str, handler) -> None:
        self.page.on(event, handler)
        self.handlers.append((event, handler))

    def give_back(self) -> None:
        if self.free is None:
            self.page.context.close()
            return
        for event, handler in self.handlers:
            self.page.remove_listener(event, handler)
        self.page.mouse.up()
        self.page.goto("about:blank")
        self.free.append(self.page)


@functools.cache
def _free(browser: Browser, *scripts: str, **options) -> list[Page]:
    """The pages with these scripts and options that nobody visits."""
    return []
