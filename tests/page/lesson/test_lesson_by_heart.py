"""The step on learning by heart: networks are trained here, and what is said of them is so."""

import gzip
import json

import numpy as np
import pytest
import torch
from playwright.sync_api import BrowserContext, Route, expect
from steps_page import PHONE, StepVisit, numbers
from test_words import LANGUAGES
from torch.nn import functional as F

from cnn.metrics import accuracy, log_probabilities
from cnn.model import ConvNet
from cnn.page.digits import FILE, held_out, pack

STEP = "by-heart"
SIZE = 1280, 720
SEEN = (
    2_000  # digits of a trial, in place of the step's own number: enough to know the few there are
)
FEW, OTHERS = 60, 40  # digits to learn from, and held-out ones: in place of 5,000 and 1,000
SLOW = 50  # ms from step to step, where a trial is to be met before its end
# What the worker tells, and what is to be done at the first point after the beginning of a trial.
HEAR = """
    globalThis.told = [];
    const Plain = Worker;
    globalThis.Worker = class extends Plain {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", ({ data }) => {
                told.push(data);
                if (data.tell !== "point" || !data.point.seen) return;
                globalThis.atFirst?.();
                globalThis.atFirst = null;
            });
        }
        postMessage(asked, ...given) {
            const pause = globalThis.atFirst ? SLOW : asked.pause;
            super.postMessage(asked.ask === "run" ? { ...asked, pause } : asked, ...given);
        }
    };
""".replace("SLOW", f"{SLOW}")
CLOSE = """async () => {
    const { store } = await import("./browser/shared/store.js");
    globalThis.network = store.get("network");
    globalThis.atFirst = () => store.set("lesson", null);
}"""
IS_SAME = """async () => {
    const { store } = await import("./browser/shared/store.js");
    return store.get("network") === network;
}"""
PAUSE = """() => {
    globalThis.atFirst = () => document.querySelectorAll(".trials button")[1].click();
}"""
GO_ON = """() => {
    const buttons = [...document.querySelectorAll(".trials button")];
    buttons[1].click();
    return buttons.map(({ disabled }) => disabled);
}"""
PAUSED = "(run) => told.some((each) => each.tell === 'shown' && each.run === run)"
WEIGHTS = "() => [...told.findLast(({ tell }) => tell === 'shown').weights]"
OVER = """async (languages) => {
    const { chooseLanguage } = await import("./browser/shared/i18n.js");
    const body = document.querySelector(".lesson .body");
    const found = [];
    for (const language of languages) {
        await chooseLanguage(language);
        found.push(body.scrollHeight - body.clientHeight);
    }
    await chooseLanguage("en");
    return found;
}"""


class Host:
    """Sends fewer digits than the page has, or none; and a step that trains for a shorter time."""

    def __init__(self) -> None:
        digits, labels = held_out()
        self.few = digits[:FEW], labels[:FEW]
        self.others = digits[FEW : FEW + OTHERS], labels[FEW : FEW + OTHERS]
        self.digits: bytes | None = None  # for as long as the connection is away

    def connect(self) -> None:
        self.digits = pack({"mnist": self.few, "synthetic": self.few, "held_out": self.others})

    def prepare(self, context: BrowserContext) -> None:
        context.add_init_script(HEAR)
        context.route("**/weights/digits.bin", self._send_digits)
        context.route("**/by-heart/trials.js", self._send_trials)

    def _send_digits(self, route: Route) -> None:
        if self.digits is None:
            route.abort()
        else:
            route.fulfill(body=self.digits, content_type="application/octet-stream")

    def _send_trials(self, route: Route) -> None:
        response = route.fetch()
        text = response.text()
        assert "SEEN = 15_000;" in text
        route.fulfill(response=response, body=text.replace("SEEN = 15_000;", f"SEEN = {SEEN};"))


def network_of(weights: list[float]) -> ConvNet:
    """The network with these weights, in the order of PyTorch's names."""
    model = ConvNet()
    parts = torch.tensor(weights).split([each.numel() for each in model.parameters()])
    with torch.no_grad():
        for parameter, part in zip(model.parameters(), parts, strict=True):
            parameter.copy_(part.reshape(parameter.shape))
    return model.eval()


def score(model: ConvNet, digits: np.ndarray, labels: np.ndarray) -> float:
    """Percent that is read right."""
    pixels = torch.tensor(digits).reshape(-1, 1, 28, 28)
    with torch.no_grad():
        return accuracy(log_probabilities(model, pixels), torch.tensor(labels).long())


def row(v: StepVisit, at: int) -> str:
    return v.exhibit.locator(".trials li").nth(at).inner_text()


def test_trials_are_trained_here_and_what_is_said_of_them_is_so(open_step):
    host = Host()
    v = open_step(STEP, prepare=host.prepare, size=SIZE)
    button = v.exhibit.locator(".trials button").nth
    status = v.exhibit.locator("[role=status]")
    expect(v.exhibit.locator(".results")).to_be_hidden()
    assert v.answer_question(1).startswith("Right.")
    v.page.evaluate(CLOSE)

    button(0).click()
    expect(status).to_contain_text("Check the connection, then press the button again")
    expect(button(0)).to_have_text("Train")
    host.connect()
    v.page.evaluate("globalThis.atFirst = null")
    button(0).click()
    expect(button(0)).to_have_text("Again")
    seen, trained, others, gap, read = numbers(row(v, 0).split("are.")[1])
    assert SEEN <= seen < 2 * SEEN
    assert gap == pytest.approx(abs(trained - others))
    model = network_of(v.page.evaluate(WEIGHTS))
    assert trained == pytest.approx(score(model, *host.few), abs=0.06)
    assert others == pytest.approx(score(model, *host.others), abs=0.06)
    drawn = torch.tensor(v.answer()["seen"]).reshape(1, 1, 28, 28)
    assert read == model(drawn).argmax().item()
    expect(status).to_contain_text(f"{trained:.1f}% right in training")

    v.page.evaluate(PAUSE)
    button(1).click()
    expect(button(1)).to_have_text("Go on")
    v.page.wait_for_function(PAUSED, arg=3)
    assert numbers(row(v, 1).split("dropout.")[1])[0] < SEEN
    assert v.page.evaluate(GO_ON) == [True, False, True, True]
    expect(button(1)).to_have_text("Again")

    v.page.evaluate(CLOSE)
    button(2).click()
    expect(v.exhibit).to_be_hidden()
    v.page.wait_for_function(PAUSED, arg=4)
    assert v.page.evaluate(IS_SAME)
    v.show(STEP, size=SIZE)
    v.answer_question(1)
    expect(button(2)).to_have_text("Go on")
    button(3).click()
    expect(button(3)).to_have_text("Again")
    expect(button(2)).to_have_text("Again")
    lines = v.exhibit.locator("figure.accuracy .lines path:not(.cursor)")
    assert lines.count() == 2 * 4
    assert v.exhibit.locator(".trials .mark").all_inner_texts() == ["1", "2", "3", "4"]
    assert max(v.page.evaluate(OVER, LANGUAGES)) <= 0
    v.check_everybody_can_use_it()
    v.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    v.page.evaluate("document.body.classList.add('dark')")
    v.check_everybody_can_use_it()


def few_of_the_page(count: int) -> tuple[np.ndarray, np.ndarray, dict[str, int]]:
    """The first digits that the page's file has to learn from, their labels, and its counts."""
    head, packed = gzip.decompress(FILE.read_bytes()).split(b"\n", 1)
    counts = json.loads(head)
    pairs = np.frombuffer(packed, np.uint8, count * 28 * 14, sum(counts.values()))
    pixels = 17 * np.stack([pairs >> 4, pairs & 15], axis=1)
    return pixels.reshape(count, 28, 28), np.frombuffer(packed, np.uint8, count), counts


def test_who_knows_300_digits_of_the_page_reads_about_nine_in_ten_of_those_held_out():
    digits, labels, counts = few_of_the_page(300)
    assert (counts["mnist"], counts["held_out"]) == (5_000, 1_000)
    pixels = torch.tensor(digits).float().div(255)[:, None]
    targets = torch.tensor(labels).long()
    torch.manual_seed(0)
    model = ConvNet()
    model.set_dropout(0)
    optimizer = torch.optim.SGD(model.parameters(), 0.02, 0.9)
    for _ in range(20):  # epochs
        for batch in torch.randperm(len(digits)).split(32):
            loss = F.nll_loss(model(pixels[batch]), targets[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    model.eval()
    assert score(model, digits, labels) == 100
    assert 86 < score(model, *held_out()) < 94
