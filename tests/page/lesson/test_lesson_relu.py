"""The step on ReLU: two convolutions in a row are one, as torch has it, and what ReLU changes."""

import json

import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import expect
from steps_page import PHONE, numbers, shown, through
from torch import nn

from cnn.model import load
from cnn.synthetic.generate import drawings

STEP = "relu"
ROWS_COLUMNS = ("row", "rows"), ("column", "columns")
# The ways of the network's own two convolutions, for a drawing each with a map of its own.
OWN = """({ waysOf, largestDifference }, text, { store }) => {
    const { tensors, network: { stages } } = store.get("network");
    const [first, second] = ["conv1", "conv2"].map((name) => stages.find((s) => s.name === name));
    return JSON.stringify(JSON.parse(text).map((values, i) => {
        const ways = waysOf(first, second, stages[0].shape, tensors, i % second.shape[0]);
        const given = Float32Array.from(values);
        const maps = [ways.two, ways.one, ways.rectified].map((way) => [...way(given)]);
        const difference = largestDifference(maps[0], maps[1], ways.sides[1], ways.inner);
        return { maps, difference, kernel: [...ways.weights] };
    }));
}"""
OTHER = """({ waysOf }, { first, second, shape, tensors, map, x }) => {
    const named = new Map(Object.entries(tensors).map(
        ([name, data]) => [name, { shape: data.shape, data: Float32Array.from(data.values) }]));
    const ways = waysOf(first, second, shape, named, map);
    const given = Float32Array.from(x);
    return [ways.sides, ways.kernel, ways.inner, [...ways.two(given)], [...ways.one(given)]];
}"""
WITHOUT = """({ without }, text, { store }) => {
    const { tensors, network: { stages } } = store.get("network");
    const run = without(stages, tensors);
    return JSON.stringify(JSON.parse(text).map((seen) => [...run(Float32Array.from(seen)).at(-1)]));
}"""


def without(digits: torch.Tensor) -> torch.Tensor:
    """What the committed network gives with no ReLU in it, (B, 10)."""
    model = load()
    kept = [stage for _, stage in model.stages() if not isinstance(stage, nn.ReLU)]
    with torch.no_grad():
        return nn.Sequential(*kept).eval()(model.normalise(digits))


def flat(values: torch.Tensor) -> str:
    return json.dumps(values.flatten(1).tolist())


def test_one_kernel_gives_what_two_convolutions_give_on_fifty_drawings(open_step, digits):
    model = load()
    given = model.normalise(digits)
    with torch.no_grad():
        two = model.conv2(model.conv1(given))
        rectified = model.conv2(model.conv1(given).relu())
    found = json.loads(open_step(STEP, drawn=False).pure("relu/in-a-row.js", OWN, flat(given)))
    for i, each in enumerate(found):
        maps = torch.tensor(each["maps"]).reshape(3, 28, 28)
        number = i % 16
        for ours, torchs in ((maps[0], two), (maps[2], rectified)):
            assert torch.allclose(ours, torchs[i, number], atol=1e-4), i
        inside = (slice(1, -1), slice(1, -1))
        assert torch.allclose(maps[1][inside], two[i, number][inside], atol=1e-4), i
        most = (maps[0] - maps[1])[inside].abs().max().item()
        assert each["difference"] == pytest.approx(most, rel=1e-3)
        assert each["difference"] < 1e-4
        # beyond the outline, where conv2 meets its padding, they do differ
        assert (maps[0] - maps[1]).abs().max() > 1e-3
        # no row or column of the 5 x 5 is there for nothing
        kernel = torch.tensor(each["kernel"]).reshape(5, 5).abs()
        assert min(*kernel.amax(0), *kernel.amax(1)) > 0.01


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (nn.Conv2d(1, 3, (3, 4), stride=2, padding=1), nn.Conv2d(3, 5, 3, padding=1)),
        (nn.Conv2d(1, 2, 5, stride=(1, 3)), nn.Conv2d(2, 4, (2, 3), stride=2, padding=(0, 2))),
    ],
    ids=["strided", "uneven"],
)
def test_convolutions_of_other_sizes_come_to_one_too(open_step, first, second):
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(1, 1, 28, 28, generator=generator)
    with torch.no_grad():
        middle = first(x)
        expected = second(middle)[0, 1]
    specs, tensors = [], {}
    for name, conv, out in (("a", first, middle), ("b", second, second(middle))):
        sizes = {key: getattr(conv, key) for key in ("in_channels", "out_channels")}
        sizes |= {key: list(getattr(conv, key)) for key in ("kernel_size", "stride", "padding")}
        specs.append({"name": name, "kind": "Conv2d", "shape": [*out.shape[1:]], **sizes})
        for part in ("weight", "bias"):
            values = getattr(conv, part).detach()
            tensors[f"{name}.{part}"] = {
                "shape": [*values.shape],
                "values": values.flatten().tolist(),
            }
    argument = {"first": specs[0], "second": specs[1], "shape": [1, 28, 28], "map": 1}
    argument |= {"tensors": tensors, "x": x.flatten().tolist()}
    visit = open_step(STEP, drawn=False)
    sides, kernel, inner, two, one = visit.pure("relu/in-a-row.js", OTHER, argument)
    assert sides == [*expected.shape]
    assert kernel == [
        (b - 1) * stride + a
        for a, b, stride in zip(first.kernel_size, second.kernel_size, first.stride, strict=True)
    ]
    two, one = (torch.tensor(way).reshape(sides) for way in (two, one))
    assert torch.allclose(two, expected, atol=1e-5)
    # Where second's kernel lies on none of its padding: the same with a marked padding.
    edge = F.pad(
        torch.zeros(middle.shape[2:]), [p for p in second.padding[::-1] for _ in "ab"], value=1
    )
    ones = torch.ones(1, 1, *second.kernel_size)
    clear = F.conv2d(edge[None, None], ones, stride=second.stride)[0, 0] == 0
    rows, columns = (slice(inner[at], inner[at] + inner[n]) for at, n in ROWS_COLUMNS)
    marked = torch.zeros_like(clear)
    marked[rows, columns] = True
    assert (marked == clear).all()
    assert torch.allclose(one[clear], expected[clear], atol=1e-5)


def test_without_relu_the_answers_are_those_of_torch_and_mostly_wrong(open_step, digits):
    found = json.loads(open_step(STEP, drawn=False).pure("relu/step.js", WITHOUT, flat(digits)))
    expected = without(digits)
    assert torch.allclose(torch.tensor(found), expected, atol=1e-3)
    right = torch.tensor(drawings(len(expected), seed=17)[1])
    assert (expected.argmax(1) == right).float().mean() < 0.5


def test_the_exhibit_shows_the_readers_digit_with_relu_and_without(open_step):
    visit = open_step(STEP)
    counts = [int((visit.maps(name) < 0).sum()) for name in ("conv1", "conv2", "fc1")]
    sizes = [6272, 3136, 128]
    expect(visit.exhibit.locator(".zeroed .value")).to_have_text(
        [f"{count:,} of {size:,}" for count, size in zip(counts, sizes, strict=True)]
    )
    seen = torch.tensor(visit.answer()["seen"]).reshape(1, 1, 28, 28)
    visit.page.get_by_role("radio", name="off").check()
    probs = without(seen).exp()[0]
    says = visit.exhibit.locator(".says")
    expect(says).to_contain_text(f"reads {probs.argmax()}, {shown(100 * probs.max(), 1)}% sure")
    visit.page.get_by_role("radio", name="on").check()
    expect(says).to_contain_text(f"reads {through(seen, 'log_softmax').argmax()}, ")

    hidden = visit.exhibit.locator(".in-a-row .of-kernel, .in-a-row .note")
    for part in hidden.all():
        expect(part).to_be_hidden()
    expect(visit.options()).to_have_text(["No", "Yes, 3 × 3", "Yes, 5 × 5"])
    assert visit.answer_question(2).startswith("Right.")
    model = load()
    visit.slide("Map of conv2", 7)
    with torch.no_grad():
        given = model.conv1(model.normalise(seen))
        ways = model.conv2(given)[0, 6], model.conv2(given.relu())[0, 6]
    same = visit.exhibit.locator(".in-a-row .note")
    difference, most, *_ = numbers(same.inner_text())
    assert 0 < difference < 1e-4
    assert most == pytest.approx(ways[0].abs().max().item(), abs=0.0051)
    visit.exhibit.get_by_label("The map that the one kernel makes").focus()
    visit.press("ArrowUp")  # from the middle
    two, rectified = (shown(way[13, 14]) for way in ways)
    expect(visit.exhibit.locator(".in-a-row .value")).to_have_text([two, two, rectified])


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
