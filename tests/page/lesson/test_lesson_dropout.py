"""The step on flattening and dropout: the same values silenced make the same answer in torch."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from adds_up import check_sums
from playwright.sync_api import expect
from steps_page import PHONE, numbers, shown

from cnn.model import load
from cnn.page.html import BROWSER

STEP = "dropout"
ROOT = Path(__file__).resolve().parents[3]
ACCURACIES = BROWSER / "lesson" / "steps" / "flatten-dropout" / "accuracies.json"
HALF = 0.5
SILENCED = """({ silencedOf }, { count, rate, seeds }) =>
    seeds.map((seed) => [...silencedOf(count, rate, seed)])"""
PLACES = """({ tiling }, shape) => {
    const { width, height, indexAt, pixelOf } = tiling(shape);
    const at = Array.from({ length: width * height }, (_, i) =>
        indexAt(Math.floor(i / width), i % width));
    const back = at.map((index) => index < 0 ? null : pixelOf(index));
    return { width, height, at, back };
}"""


def mulberry32(seed: int, count: int) -> np.ndarray:
    """`count` random numbers from 0 to 1, by the generator's published definition."""
    mask, found = 0xFFFFFFFF, []
    for _ in range(count):
        seed = (seed + 0x6D2B79F5) & mask
        t = ((seed ^ seed >> 15) * (seed | 1)) & mask
        t ^= (t + ((t ^ t >> 7) * (t | 61) & mask)) & mask
        found.append((t ^ t >> 14) / 2**32)
    return np.array(found)


def ten_passes(values: torch.Tensor, rate: float, first: int = 0) -> torch.Tensor:
    """The probabilities of ten passes in training, (10, 10); values (1, 784)."""
    silenced = np.stack([mulberry32(first + i, 784) < rate for i in range(10)])
    x = torch.where(torch.from_numpy(silenced), 0, values / (1 - rate))
    model = load()
    with torch.no_grad():
        return model.log_softmax(model.fc2(model.relu3(model.fc1(x)))).exp()


def percents(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"([\d.]+)%", text)]


def test_the_silenced_are_the_generator_s_and_as_many_as_the_rate_says(open_step):
    visit = open_step(STEP, drawn=False)
    for rate in (0, 0.1, 0.5, 0.9):
        argument = {"count": 784, "rate": rate, "seeds": [*range(20)]}
        found = np.array(visit.pure("flatten-dropout/step.js", SILENCED, argument))
        expected = np.stack([mulberry32(seed, 784) < rate for seed in range(20)])
        assert (found == expected).all()
        deviation = np.sqrt(rate * (1 - rate) / found.size)
        assert abs(found.mean() - rate) <= 4 * deviation


@pytest.mark.parametrize("shape", [(16, 7, 7), (5, 2, 3)])
def test_each_value_goes_where_torch_flattens_it_to(open_step, shape):
    found = open_step(STEP, drawn=False).pure("flatten-dropout/row.js", PLACES, shape)
    flat = torch.arange(int(np.prod(shape))).reshape(shape)
    at = np.array(found["at"]).reshape(found["height"], found["width"])
    across = found["width"] // shape[2]
    for number, values in enumerate(flat.numpy()):
        down, right = number // across * shape[1], number % across * shape[2]
        assert (at[down : down + shape[1], right : right + shape[2]] == values).all()
    assert sorted(index for index in found["at"] if index >= 0) == flat.flatten().tolist()
    for i, pixel in enumerate(found["back"]):
        if pixel:
            assert (pixel["row"], pixel["column"]) == divmod(i, found["width"])


def test_the_table_is_the_one_that_was_measured():
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    _, table = readme.split(
        "What dropout does, `python benchmarks/dropout.py`, the median of three seeds"
    )
    rows = re.findall(r"^\| \**([\d.]+)\** \| ([\d.]+) \| ([\d.]+) \|", table, re.MULTILINE)[:4]
    shown = json.loads(ACCURACIES.read_text(encoding="utf-8"))
    assert shown["command"] == "python benchmarks/dropout.py"
    assert shown["seeds"] == 3
    assert [(each["rate"], each["trained"], each["heldOut"]) for each in shown["rates"]] == [
        tuple(map(float, row)) for row in rows
    ]


def test_a_place_in_the_row_is_told_by_keyboard(open_step):
    visit = open_step(STEP)
    visit.exhibit.get_by_label("The values in a row").focus()
    visit.press("ArrowDown", "ArrowRight")
    index = torch.arange(784).reshape(16, 49)[9, 25]  # from the middle, (8, 24)
    number, line, column = torch.unravel_index(index, (16, 7, 7))
    said = visit.exhibit.locator(".place")
    start = f"Map {number + 1}, row {line + 1}, column {column + 1}:"
    expect(said).to_contain_text(start)
    expect(said).to_contain_text(f"value 9 × 49 + {line} × 7 + {column + 1} = {index + 1}")
    check_sums(visit.page)
    visit.exhibit.get_by_label("The maps of pool2").focus()
    visit.press("ArrowUp")  # from the middle, (14, 14) of 28 x 28: map 11 begins there
    expect(said).to_contain_text("Map 7, row 7, column 1:")


def test_the_passes_are_those_of_torch_with_the_same_silenced(open_step):
    visit = open_step(STEP)
    values = visit.maps("flatten")
    digit = visit.maps("log_softmax").argmax().item()
    for first, rate in ((0, 0.8), (10, 0.8)):
        if first == 0:
            visit.slide("Dropout rate", rate)
        else:
            visit.button("New selection")
        probs = ten_passes(values, rate, first)
        kept = (probs.argmax(1) == digit).sum().item()
        said = visit.exhibit.locator(".passes .note").inner_text()
        assert said.startswith(f"{kept} of 10 passes read {digit},")
        steady = visit.maps("log_softmax").exp().max()
        of_digit = 100 * probs[:, digit]
        expected = [of_digit.min(), of_digit.max(), 100 * steady]
        # What would read 100.0 % and is less, reads >99.9 %.
        assert percents(said) == [
            pytest.approx(min(value.item(), 99.9), abs=0.06) for value in expected
        ]
        gone = (mulberry32(first, 784) < rate).sum()
        expect(visit.exhibit.locator(".silenced")).to_have_text(f"{gone} of 784 silenced")


def reading(values: torch.Tensor) -> tuple[int, float]:
    """The digit that the ConvNet reads in the flattened values, (1, 784), and its probability."""
    model = load()
    with torch.no_grad():
        probs = model.log_softmax(model.fc2(model.relu3(model.fc1(values)))).exp()[0]
    return probs.argmax().item(), probs.max().item()


def test_values_can_be_erased_by_hand_until_it_misreads(open_step):
    visit = open_step(STEP)
    said = visit.exhibit.locator(".by-hand p")
    put_back = visit.exhibit.get_by_role("button", name="Put back")
    expect(put_back).to_be_disabled()
    values = visit.maps("flatten")
    digit, _ = reading(values)
    visit.exhibit.get_by_label("The maps of pool2").focus()
    visit.press("Space")  # in the middle, (14, 14) of 28 x 28: from there four maps meet
    grid = values.reshape(4, 4, 7, 7).transpose(1, 2).reshape(28, 28).clone()
    grid[13:16, 13:16] = 0
    left = grid.reshape(4, 7, 4, 7).transpose(1, 2).reshape(1, 784)
    still, prob = reading(left)
    assert still == digit
    expect(said).to_contain_text(f"9 of 784 erased: it still reads {digit}, ")
    assert percents(said.inner_text()) == [pytest.approx(min(100 * prob, 99.9), abs=0.06)]

    box = visit.exhibit.get_by_label("The values in a row").bounding_box()
    for line in (0, 3, 6, 9, 12, 15):  # what is pressed is erased with its neighbours
        y = box["y"] + box["height"] * (line + 0.5) / 16
        visit.page.mouse.move(box["x"] + 2, y)
        visit.page.mouse.down()
        visit.page.mouse.move(box["x"] + box["width"] - 2, y, steps=20)
        visit.page.mouse.up()
    lost, prob = reading(torch.zeros(1, 784))
    assert lost != digit
    expect(said).to_contain_text(f"784 of 784 erased: now it reads {lost}, ")
    assert percents(said.inner_text()) == [pytest.approx(100 * prob, abs=0.06)]

    put_back.click()
    expect(said).to_have_text(re.compile("^Erase values yourself"))
    expect(put_back).to_be_disabled()


def test_the_sum_of_those_that_stay_is_scaled_back(open_step):
    visit = open_step(STEP)
    visit.slide("Dropout rate", HALF)
    values = visit.maps("flatten")[0].double()
    kept = values[torch.from_numpy(mulberry32(0, 784) >= HALF)].sum()
    sums = [values.sum(), kept, kept / (1 - HALF)]
    texts = visit.exhibit.locator(".sums .value").all_inner_texts()
    assert [numbers(text)[0] for text in texts] == [
        pytest.approx(value.item(), abs=0.06) for value in sums
    ]
    assert f"÷ {HALF:.2f} ≈" in visit.exhibit.locator(".sums").inner_text()
    check_sums(visit.page)


def test_nothing_is_silenced_before_the_reader_asks(open_step):
    visit = open_step(STEP)
    expect(visit.exhibit.locator(".silenced")).to_have_text("none silenced")
    expect(visit.exhibit.get_by_role("button", name="New selection")).to_be_disabled()
    expect(visit.exhibit.locator(".passes .note")).to_contain_text("all ten passes are the same")


def test_the_table_marks_the_page_s_own_rate_and_does_not_praise_dropout(open_step):
    table = open_step(STEP, drawn=False).exhibit.locator(".accuracies")
    own = f"{load().dropout.p:g}"
    expect(table.locator("th.own")).to_have_text(own)
    expect(table.locator("h3")).to_contain_text(f"this page: p = {own}")
    expect(table.locator(".note")).to_contain_text("dropout gains it nothing.")
    by_rate = {
        each["rate"]: each["heldOut"] for each in json.loads(ACCURACIES.read_text())["rates"]
    }
    assert max(by_rate, key=by_rate.get) == 0  # on digits that it has not seen
    shown = [numbers(text) for text in table.locator("tbody tr").all_inner_texts()]
    assert shown[1] == [*by_rate.values()]


def test_the_question_is_answered_by_ten_passes(open_step):
    visit = open_step(STEP)
    values = visit.maps("flatten")
    digit = visit.maps("log_softmax").argmax().item()
    kept = (ten_passes(values, HALF).argmax(1) == digit).sum().item()
    right = 0 if kept == 10 else 1 if kept >= 5 else 2
    said = visit.answer_question(right)
    assert said.startswith(f"Right. {kept} of 10,")
    rate = visit.page.get_by_role("slider", name="Dropout rate")
    expect(rate).to_have_value(f"{HALF}")
    visit.button("Try again")
    assert visit.answer_question((right + 1) % 3).startswith("Not quite.")


def test_the_rate_that_is_off_is_told_in_the_reader_s_language(open_step):
    visit = open_step(STEP)
    expect(visit.exhibit.locator(".slider output")).to_have_text("off")
    visit.speak("zh")
    expect(visit.exhibit.locator(".slider output")).to_have_text("关")
    visit.slide("Dropout 率", HALF)
    expect(visit.exhibit.locator(".slider output")).to_have_text(shown(HALF))


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
