"""The step on learning: every moment is the network that training kept, as torch runs it."""

import json
import re

import numpy as np
import pytest
import torch
from playwright.sync_api import expect
from safetensors.torch import load as tensors_of
from steps_page import PHONE, numbers

from cnn.model import WEIGHTS, load, split_safetensors

STEP = "history"
FILE = WEIGHTS.with_name("convnet.history.safetensors")
SETTLED = "({ settledAt }, readings) => settledAt(readings)"
CHOICES = "({ choicesOf }, [count, right]) => choicesOf(count, right)"
READ = """async ({ readHistory }) => {
    const response = await fetch("./weights/convnet.history.safetensors");
    const { sha256, moments } = readHistory(await response.arrayBuffer());
    return { sha256, moments: moments.map(({ tensors, ...score }) => ({
        ...score,
        sums: Object.fromEntries([...tensors].map(([name, { shape, data }]) => [
            name,
            [shape, data.reduce((sum, v) => sum + v, 0), data.reduce((sum, v) => sum + v * v, 0)],
        ])),
    })) };
}"""
RED, BLUE = 0, 2


@pytest.fixture(scope="module")
def note() -> dict:
    header, _ = split_safetensors(FILE.read_bytes())
    return json.loads(header["__metadata__"]["history"])


@pytest.fixture(scope="module")
def snapshots(note) -> list[dict[str, torch.Tensor]]:
    tensors = tensors_of(FILE.read_bytes())
    return [
        {k.split(".", 1)[1]: t.float() for k, t in tensors.items() if k.split(".")[0] == str(i)}
        for i in range(len(note["moments"]))
    ]


def readings(snapshots, seen) -> np.ndarray:
    """Ten probabilities by each moment, (M, 10)."""
    model = load()
    digit = torch.tensor(seen).view(1, 1, 28, 28)
    found = []
    for snapshot in snapshots:
        model.load_state_dict(snapshot)
        with torch.no_grad():
            found.append(model(digit).exp()[0].numpy())
    return np.array(found)


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


def test_the_file_is_read_as_safetensors_reads_it(open_step, note, snapshots):
    found = open_step(STEP, drawn=False).pure("history/moments.js", READ)
    assert found["sha256"] == note["sha256"] == load().card["sha256"]
    for moment, expected, tensors in zip(found["moments"], note["moments"], snapshots, strict=True):
        sums = moment.pop("sums")
        assert moment == expected
        assert sums.keys() == tensors.keys()
        for name, tensor in tensors.items():
            shape, total, squares = sums[name]
            assert shape == [*tensor.shape]
            assert total == pytest.approx(tensor.double().sum().item(), abs=1e-6)
            assert squares == pytest.approx(tensor.double().square().sum().item(), rel=1e-9)


@pytest.mark.parametrize(
    ("digits", "at"), [([3, 3, 3], 0), ([7, 3, 1, 3, 3], 3), ([3, 3, 5], 2), ([4], 0)]
)
def test_it_has_settled_where_no_later_moment_reads_otherwise(open_step, digits, at):
    given = np.eye(10)[digits].tolist()
    assert open_step(STEP, drawn=False).pure("history/moments.js", SETTLED, given) == at


def test_the_choices_differ_and_have_the_right_one(open_step):
    visit = open_step(STEP, drawn=False)
    for count in (2, 3, 4, 13):
        for right in range(count):
            choices = visit.pure("history/moments.js", CHOICES, [count, right])
            assert choices == sorted(set(choices))
            assert right in choices
            assert 2 <= len(choices) <= 4


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
        assert name == "untrained" or score["epoch" if "epoch" in name else "step"] in numbers(name)
    visit.draw([(0.5, 0.9), (0.52, 0.5)])
    assert percents(visit) == pytest.approx(
        100 * readings(snapshots[-1:], visit.answer()["seen"])[0], abs=0.56
    )


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
    visit.button("Keep this moment")
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
    visit.exhibit.get_by_role("button", name="One step on").click()
    expect(scrubber).to_have_value("1")
    go(visit, len(note["moments"]) - 3)
    visit.exhibit.get_by_role("button", name="Play").click()
    expect(scrubber).to_have_value(str(len(note["moments"]) - 1))
    expect(visit.exhibit.get_by_role("button", name="Play")).to_be_visible()


def test_a_run_of_other_weights_is_not_passed_off_as_theirs(open_step, note):
    other = FILE.read_bytes().replace(note["sha256"].encode(), b"0" * 64)
    visit = open_step(
        STEP,
        drawn=False,
        prepare=lambda context: context.route(
            f"**/{FILE.name}", lambda route: route.fulfill(body=other)
        ),
    )
    expect(visit.exhibit.get_by_text("is of other weights than this page's")).to_be_visible()
    expect(visit.exhibit.locator(".moment")).to_have_count(0)


@pytest.mark.parametrize("reply", [{"status": 404}, {"body": b"no safetensors file"}])
def test_without_the_run_it_says_so_and_a_retry_brings_it(open_step, reply):
    visit = open_step(
        STEP,
        drawn=False,
        prepare=lambda context: context.route(
            f"**/{FILE.name}", lambda route: route.fulfill(**reply)
        ),
    )
    expect(visit.exhibit.get_by_text("The run could not be loaded.")).to_be_visible()
    visit.context.unroute(f"**/{FILE.name}")
    visit.button("Try again")
    expect(visit.exhibit.locator(".moment:visible")).to_have_count(1)


def test_it_speaks_chinese_and_keeps_its_place(open_step):
    visit = open_step(STEP)
    go(visit, 6)
    visit.button("Switch to Chinese")
    expect(visit.exhibit.locator(".name")).to_have_text(re.compile("批之后|轮之后"))
    expect(visit.exhibit.get_by_role("slider")).to_have_value("6")


@pytest.mark.parametrize("size", [PHONE, (1440, 900)])
def test_everybody_can_use_it(open_step, size):
    visit = open_step(STEP, size=size)
    visit.button("Keep this moment")
    visit.check_everybody_can_use_it()
