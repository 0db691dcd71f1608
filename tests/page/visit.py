"""One person's visit to the whole page in the real Chromium, on whatever host it has."""

import json
import re
from collections.abc import Callable

import numpy as np
import pytest
from hand import Hand
from pages import EMPTY, SharedPage
from playwright.sync_api import Browser, BrowserContext, expect

# in shares of the pad's side
ONE = [(0.5, 0.15), (0.5, 0.5), (0.5, 0.85)]
SEVEN = [(0.3, 0.2), (0.7, 0.2), (0.58, 0.5), (0.45, 0.85)]
TWO_LEFT = [(0.1, 0.35), (0.25, 0.25), (0.38, 0.35), (0.12, 0.72), (0.42, 0.72)]
SEVEN_RIGHT = [(0.6, 0.3), (0.9, 0.3), (0.72, 0.75)]

expect.set_options(timeout=20_000)  # ms: a busy machine is slow, not wrong

# The newest answer, and a list of all that were given while `looks` is one; as plain lists, which a
# test can be handed, only once it asks.
RECORD_ANSWERS = """
    document.addEventListener("cnn:answer", ({ detail }) => {
        globalThis.answer = detail;
        const page = (selector) => document.querySelector(selector).textContent;
        globalThis.looks?.push({
            ...detail,
            sentence: page(".sentence"),
            bars: [...document.querySelectorAll(".probs li")].map((row) => [
                parseFloat(row.querySelector("i").style.backgroundSize) / 100,
                row.querySelector(".value").textContent,
            ]),
        });
    });
"""
# As JSON, which Playwright hands over in a hundredth of the time that its own way of arrays takes.
TOLD = """(value) => JSON.stringify(value, (_, each) =>
    ArrayBuffer.isView(each) ? Array.from(each) : each)"""


class Visit(Hand):
    """One person's visit: a page that fails the test on a script error or a request elsewhere.

    empty: begin with an empty pad; else a digit draws itself. before: JavaScript that runs before
    the page's own. prepare: called with the context before the page is opened. alone: on a page
    that no other visit has. waits: for the network, too.
    """

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        size: tuple[int, int] = (1440, 900),
        empty: bool = True,
        before: str = "",
        prepare: Callable[[BrowserContext], None] | None = None,
        alone: bool = False,
        waits: bool = True,
        **options,
    ) -> None:
        width, height = size
        options = {"viewport": {"width": width, "height": height}} | options
        scripts = [script for script in (RECORD_ANSWERS, before, EMPTY if empty else "") if script]
        self.shared = SharedPage(browser, scripts, alone or bool(before or prepare), **options)
        super().__init__(self.shared.page)
        if prepare:
            prepare(self.context)
        self.origin = url.rstrip("/")
        self.requested: list[str] = []
        self.complaints: list[str] = []
        self.shared.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.shared.on("request", lambda request: self._requested(request.url))
        self.shared.on("console", lambda message: self._said(message.text))
        self.page.goto(url)
        if waits:
            self.wait()

    def end(self) -> None:
        self.shared.give_back()

    def wait(self) -> None:
        """Until the network is here, and its stages with it."""
        self.page.locator("[data-layer][data-map]").first.wait_for()

    def _requested(self, url: str) -> None:
        if url.startswith(("data:", "blob:")):
            return
        self.requested.append(url)
        if not url.startswith(self.origin):
            self.complaints.append(f"a request to {url}")

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.complaints.append(text)

    def button(self, name: str) -> None:
        """Click the button of that name."""
        self.page.get_by_role("button", name=name).click()

    def speak(self, language: str) -> None:
        """Choose the language of that folder of words/ from the list."""
        self.page.locator(".language").select_option(language)
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))

    def undo(self) -> None:
        self.press("Control+z")

    def redo(self) -> None:
        self.press("Control+Shift+Z")

    def expect_digits(self, digits: str) -> None:
        expect(self.page.locator(".verdict .digit")).to_have_text([*digits])

    def answer(self) -> dict:
        """The newest answer, as `Answer` of shared/answer.js."""
        return json.loads(self.page.evaluate(f"({TOLD})(answer)"))

    def record_looks(self) -> None:
        """From now on."""
        self.page.evaluate("globalThis.looks = []")

    def looks(self) -> list[dict]:
        """The answers since, each with the sentence and the (length, text) of each bar."""
        return json.loads(self.page.evaluate(f"({TOLD})(looks)"))

    def module(self, path: str, function: str, *argument):
        """What the JavaScript function makes of a module; only where they are not joined."""
        return self.page.evaluate(
            f"""async (argument) => {{
                const loaded = performance.getEntriesByType("resource");
                const {{ name }} = loaded.find((entry) => entry.name.endsWith("/browser/{path}"));
                return ({function})(await import(name), argument);
            }}""",
            *argument,
        )

    def ink(self):
        """How many pixels of the pad are inked, give or take what the edges of the ink vary by."""
        pixels = self.page.evaluate(
            """() => {
                const canvas = document.querySelector(".pad canvas");
                const { width, height } = canvas;
                const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
                return data.filter((v, i) => i % 4 === 3 && v > 127).length;
            }"""
        )
        return pytest.approx(pixels, rel=0.01)


def stages_of(answer: dict) -> list[np.ndarray]:
    """The values of each stage, flat float32."""
    return [np.array(values, np.float32) for values in answer["maps"]]
