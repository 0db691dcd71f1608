"""The step on learning: every moment is the network that training kept, as torch runs it."""

import re

import numpy as np
import pytest
import torch
from history_run import readings
from playwright.sync_api import expect
from steps_page import PHONE, numbers

from cnn.metrics import log_probabilities
from cnn.model import load
from cnn.training.trainer import _targets

STEP = "history"
RED, BLUE = 0, 2


def go(visit, moment: int) -> None:
    visit.exhibit.get_by_role("slider").fill(str(moment))


def percents(visit, which: int = -1) -> list[float]:
    """The ten probabilities shown for the moment, percent."""
    moment = visit.exhibit.locator(".moment:visible").nth(which)
    return [float(text[:-1]) for text in moment.locator(".bars .value").all_inner_texts()]


def kernel_pixels(visit) -> np.ndarray:
    """The first picture, the kernels of conv1: (H, W, 4)."""
    data, height = visit.page.evaluate(
        """() => {
            const canvas = document.querySelector(".moment:not([hidden]) .pictures canvas");
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            return [Array.from(data), height];
        }"""
    )
    return np.array(data).reshape(height, -1, 4)


def test_each_moment_reads_the_drawing_as_torch_does(open_step, note, snapshots):
    visit = open_step(STEP)
    expected = readings(snapshots, visit.answer()["seen"])
    for moment, (score, probs) in enumerate(zip(note["moments"], expected, strict=True)):
        go(visit, moment)
        assert percents(visit) == pytest.approx(100 * probs, abs=0.56)
        scores = visit.exhibit.locator(".score .fact").all_inner_texts()
        assert numbers(" ".join(scores)) == pytest.approx(
            [score["loss"], score["held_out"], score["train"]], abs=0.051
        )
        name = visit.exhibit.locator(".name").inner_text()
        which = score["temperature"] or score["epoch"] or score["step"]
        assert numbers(name) == ([which] if which else [])
    visit.draw([(0.5, 0.9), (0.52, 0.5)])
    assert percents(visit) == pytest.approx(
        100 * readings(snapshots[-1:], visit.answer()["seen"])[0], abs=0.56
    )


# Where in the exhibit all of it lies, but for what a cursor marks and a text whose length varies.
BOXES = """() => {
    const exhibit = document.querySelector(".step-history");
    const { left, top } = exhibit.getBoundingClientRect();
    const varies = ".name, .cursor, .dot, .bar i, .head .note, .score, .value, .read";
    return [...exhibit.querySelectorAll("*")]
        .filter((e) => e.checkVisibility() && !e.closest(varies))
        .map((e) => {
            const { x, y, width, height } = e.getBoundingClientRect();
            return [e.tagName, ...[x - left, y - top, width, height].map(Math.round)];
        });
}"""


@pytest.mark.parametrize("options", [{"size": (1280, 720)}, {"size": PHONE, "locale": "zh-CN"}])
def test_nothing_moves_while_the_moments_go_by(open_step, note, options):
    visit = open_step(STEP, **options)
    visit.options().first.click()
    boxes = visit.page.evaluate(BOXES)
    assert len(boxes) > 50
    for moment in range(1, len(note["moments"])):
        go(visit, moment)
        assert visit.page.evaluate(BOXES) == boxes, moment


def test_the_temperature_stands_apart_from_what_was_learned(open_step, note):
    visit = open_step(STEP)
    *learning, last = note["moments"]
    temperature = last["temperature"]
    assert temperature == load().card["temperature"]
    assert all(moment["temperature"] is None for moment in learning)
    ticks = visit.exhibit.locator(".readings small").all_inner_texts()
    assert ticks == [*(str(moment["epoch"] or moment["step"]) for moment in learning), "÷"]
    assert visit.exhibit.locator(".axis span").all_inner_texts() == [
        "batches, unevenly spaced",
        "epochs, unevenly spaced",
        f"{temperature}",  # below its "÷"
    ]
    cursors = visit.exhibit.locator(".plot .cursor:visible")
    for path in visit.exhibit.locator(".plot path").all():
        assert path.get_attribute("d").count("L") == len(learning) - 1
    go(visit, len(learning) - 1)
    expect(cursors).to_have_count(2)
    go(visit, len(learning))
    expect(cursors).to_have_count(0)
    expect(visit.exhibit.locator(".name")).to_have_text(f"divided by {temperature}")


def test_what_is_said_of_the_run_is_so(open_step, note, snapshots, mnist_test):
    visit = open_step(STEP)
    *learning, last = note["moments"]
    target = _targets()[0]
    said = visit.exhibit.locator(".stack > .note").inner_text()
    assert "weighted as training asks" in said
    asked = f"asks for {target[0]:.3f} for the right digit, {target[1]:.3f} for each other"
    assert asked in said
    assert f"no loss is below {torch.special.entr(target).sum():.2f}." in said
    assert min(moment["loss"] for moment in note["moments"]) > torch.special.entr(target).sum()
    losses = [moment["loss"] for moment in learning]
    assert losses == sorted(losses, reverse=True)
    assert "and raises this loss" in said
    assert last["loss"] > losses[-1]
    assert [last[name] for name in ("train", "held_out")] == [
        learning[-1][name] for name in ("train", "held_out")
    ]
    ahead = sum(moment["held_out"] > moment["train"] for moment in note["moments"])
    assert f"At {ahead} of {len(note['moments'])} snapshots held-out digits do better" in said
    assert visit.exhibit.get_by_role("link").get_attribute("href") == "#step=by-heart"
    assert "nearly every drawing is read as the same digit" in visit.page.inner_text(".idea")
    untrained = load()
    untrained.load_state_dict(snapshots[0])
    read = log_probabilities(untrained, mnist_test[0]).argmax(1).bincount()
    assert read.max() > 0.9 * len(mnist_test[0])


def test_the_kernels_are_those_of_the_moment(open_step, snapshots):
    visit = open_step(STEP)
    for moment in (0, len(snapshots) - 1):
        go(visit, moment)
        pixels = kernel_pixels(visit)
        weights = snapshots[moment]["conv1.weight"][:, 0].numpy()  # (8, 3, 3)
        most = max(s["conv1.weight"].abs().max().item() for s in snapshots)
        for i, kernel in enumerate(weights):
            tile = pixels[:, 4 * i : 4 * i + 3]
            warm = tile[..., RED] - tile[..., BLUE]
            clear = np.abs(kernel) > 0.05 * most
            assert ((warm > 0) == (kernel > 0))[clear].all()


@pytest.mark.parametrize("is_right", [True, False])
def test_the_question_is_answered_from_the_reader_s_own_drawing(
    open_step, note, snapshots, is_right
):
    visit = open_step(STEP)
    digits = readings(snapshots, visit.answer()["seen"]).argmax(1)
    at = max((i + 1 for i, digit in enumerate(digits) if digit != digits[-1]), default=0)
    score = note["moments"][at]
    names = visit.options().all_inner_texts()
    assert all(re.search("batch|epoch|untrained|divided", name) for name in names)
    which = score["epoch"] or score["step"]
    right = next(
        i
        for i, name in enumerate(names)
        if (numbers(name) or [0]) == [which]
        and (not which or ("epoch" in name) == bool(score["epoch"]))
    )
    choice = right if is_right else (right + 1) % len(names)
    hidden = visit.exhibit.locator(".readings b").all_inner_texts()
    assert hidden[1:] == ["·"] * (len(digits) - 1)
    said = visit.answer_question(choice)
    assert said.startswith("Right." if is_right else "Not quite.")
    assert str(digits[-1]) in re.findall(r"\d+", said)
    shown = visit.exhibit.locator(".readings b").all_inner_texts()
    assert shown == [str(digit) for digit in digits]


def test_two_moments_stand_beside_each_other(open_step, snapshots):
    visit = open_step(STEP)
    expected = readings(snapshots, visit.answer()["seen"])
    go(visit, 5)
    visit.button("Keep to compare")
    go(visit, 7)
    moments = visit.exhibit.locator(".moment:visible")
    expect(moments).to_have_count(2)
    assert percents(visit, 0) == pytest.approx(100 * expected[5], abs=0.56)
    assert percents(visit, 1) == pytest.approx(100 * expected[7], abs=0.56)
    visit.button("One moment only")
    expect(moments).to_have_count(1)
    assert percents(visit) == pytest.approx(100 * expected[7], abs=0.56)


def test_it_steps_and_plays_to_the_end(open_step, note):
    visit = open_step(STEP, reduced_motion="no-preference")
    scrubber = visit.exhibit.get_by_role("slider")
    visit.exhibit.get_by_role("button", name="Forward").click()
    expect(scrubber).to_have_value("1")
    go(visit, len(note["moments"]) - 3)
    visit.exhibit.get_by_role("button", name="Play").click()
    expect(scrubber).to_have_value(str(len(note["moments"]) - 1))
    expect(visit.exhibit.get_by_role("button", name="Play")).to_be_visible()


def test_it_speaks_chinese_and_keeps_its_place(open_step):
    visit = open_step(STEP)
    go(visit, 6)
    visit.speak("zh")
    expect(visit.exhibit.locator(".name")).to_have_text(re.compile("批之后|轮之后"))
    expect(visit.exhibit.get_by_role("slider")).to_have_value("6")


@pytest.mark.parametrize("size", [PHONE, (1440, 900)])
def test_everybody_can_use_it(open_step, size):
    visit = open_step(STEP, size=size)
    visit.button("Keep to compare")
    visit.check_everybody_can_use_it()
