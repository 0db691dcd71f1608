"""The page with its modules one by one, at a step of the lesson."""

import re
from collections.abc import Callable, Iterator

import pytest
import torch
from axe import ALL, BUT_CONTRAST, violations
from playwright.sync_api import Locator
from visit import Visit

from cnn.model import WEIGHTS, Network, load

# in shares of the pad's side
THREE = [(0.32, 0.25), (0.6, 0.18), (0.64, 0.34), (0.45, 0.48), (0.66, 0.64), (0.45, 0.86)]
NOTHING_KNOWN = [[(0.2, 0.2), (0.8, 0.8)], [(0.8, 0.2), (0.2, 0.8)]]  # no neuron fires for an X
MINUS = "−"
NUMBER = re.compile(rf"{MINUS}?\d[\d,]*(?:\.\d+)?")
PHONE = 390, 844


# Close the step that is open and open that one, as anew; whether the pad holds the drawing that was
# remembered as `three`, or nothing: undo brings it back where it was cleared or drawn over.
SHOW = """async ([step, language, theme, isDrawn]) => {
    const { store } = await import("./browser/shared/store.js");
    const { chooseLanguage } = await import("./browser/shared/i18n.js");
    const act = (name) => document.querySelector(`.pad-part [data-act=${name}]`).click();
    const isThree = () => store.get("drawing") === globalThis.three;
    store.set("lesson", null);
    await chooseLanguage(language);
    document.body.classList.toggle("dark", theme === "dark");
    if (isDrawn && !isThree()) act("undo");
    const isThere = isDrawn && isThree();
    if (!isThere) act("clear");
    store.set("lesson", step);
    return isThere;
}"""
REMEMBER = """async () => {
    const { store } = await import("./browser/shared/store.js");
    globalThis.three = store.get("drawing");
}"""


class StepVisit(Visit):
    """A visit to steps of the lesson, one after the other."""

    def show(
        self,
        step: str,
        *,
        drawn: bool = True,
        size: tuple[int, int] = (1440, 900),
        locale: str = "en-US",
        color_scheme: str = "light",
        reduced_motion: str = "reduce",
    ) -> None:
        """The step as it is when it is opened, with a 3 on the pad or nothing."""
        width, height = size
        self.page.mouse.up()
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        self.language = locale[:2]
        is_drawn = self.page.evaluate(SHOW, [step, self.language, color_scheme, drawn])
        self.page.evaluate("scrollTo(0, 0)")
        self.exhibit = self.page.locator(f".step-{step}")
        self.question = self.page.locator(".question")
        self.exhibit.locator("*").first.wait_for()
        if drawn and not is_drawn:
            self.draw(THREE, steps=8)  # the 3 on which the steps show what they say
            self.page.evaluate(REMEMBER)
        if drawn:
            self.question.wait_for()

    def maps(self, stage: str) -> torch.Tensor:
        """What the stage of the page's network gives for the drawing, by torch, (1, ...)."""
        seen = torch.tensor(self.answer()["seen"]).reshape(1, 1, 28, 28)
        return through(seen, stage)

    def options(self) -> Locator:
        return self.question.locator(".options button")

    def answer_question(self, option: int) -> str:
        """Choose an option; what is said then."""
        self.options().nth(option).click()
        return self.question.locator(".because").inner_text()

    def slide(self, name: str, value: float) -> None:
        """Move the slider of that name."""
        self.page.get_by_role("slider", name=name).fill(f"{value}")

    def pure(self, path: str, function: str, argument=None):
        """What the JavaScript function makes of a module of lesson/steps/ and the argument."""
        return self.page.evaluate(
            f"""async (argument) => ({function})(
                await import("./browser/lesson/steps/{path}"), argument,
                await import("./browser/shared/store.js"))""",
            argument,
        )

    def check_everybody_can_use_it(self) -> None:
        """No fault that axe finds, and nothing wider than the screen."""
        rules = ALL if self.language == "en" else BUT_CONTRAST
        assert violations(self.page, ".lesson .body", rules) == []
        wide = "[...document.querySelectorAll('.exhibit *')].filter((e) => {"
        wide += "const { right } = e.getBoundingClientRect(); return right > innerWidth + 1; })"
        assert self.page.evaluate(f"{wide}.map((e) => e.outerHTML.slice(0, 80))") == []


def networks() -> tuple[Network, Network]:
    """The committed ConvNet and MLP."""
    return load(), load(WEIGHTS.with_name("mlp.safetensors"))


def through(seen: torch.Tensor, stage: str) -> torch.Tensor:
    """Digits (B, 1, 28, 28) -> what that stage of the committed network gives."""
    model = load()
    x = model.normalise(seen)
    with torch.no_grad():
        for name, module in model.stages():
            x = module(x)
            if name == stage:
                return x
    raise ValueError(f"no stage {stage}")


def numbers(text: str) -> list[float]:
    """All numbers in a text."""
    return [float(each.replace(MINUS, "-").replace(",", "")) for each in NUMBER.findall(text)]


def shown(value: float, decimals: int = 2) -> str:
    """A number as the page writes it."""
    text = f"{abs(float(value)):.{decimals}f}"
    return MINUS + text if value < 0 and float(text) else text


def close(value: float, decimals: int = 2):
    """What is within a step of the last decimal of it."""
    return pytest.approx(float(value), abs=1.01 * 10**-decimals)


@pytest.fixture(scope="session")
def step_page(browser, loose_url) -> Iterator[StepVisit]:
    """One page for all tests: to open one and to draw takes longer than most of them."""
    visit = StepVisit(browser, loose_url)
    yield visit
    visit.end()


@pytest.fixture
def open_step(step_page, browser, loose_url) -> Iterator[Callable[..., StepVisit]]:
    """Open a step; at the end no visit may have anything to complain of.

    alone: on a page of its own, for what outlives a step; prepare: so is one that is prepared.
    """
    begun: list[StepVisit] = []

    def begin(step: str, *, alone: bool = False, prepare=None, **options) -> StepVisit:
        if alone or prepare:
            own = {"prepare": prepare} if prepare else {}
            begun.append(StepVisit(browser, loose_url, **own))
        visit = begun[-1] if begun else step_page
        visit.show(step, **options)
        return visit

    yield begin
    complaints = [complaint for visit in [step_page, *begun] for complaint in visit.complaints]
    step_page.complaints.clear()
    for visit in begun:
        visit.end()
    assert not complaints
