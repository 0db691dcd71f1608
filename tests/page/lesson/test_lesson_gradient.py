"""The step on the gradient: loss, curve, slopes and their sum are torch's, by autograd."""

import pytest
import torch
from adds_up import check_sums
from playwright.sync_api import expect
from steps_page import PHONE, close, numbers
from torch import nn

from cnn.model import load
from cnn.preprocess.strokes import flatten
from cnn.synthetic.generate import drawings

STEP = "gradient"
COUNT = 8
POINTS = [-0.5, -0.1, 0.0, 0.2, 1.5]  # from the learned weight
# Of each drawing: what the step knows about its steepest weight, and about another one with
# another label, at some values of the weight.
KNOWN = """async ({ weighted }, [all, points], { store }) => {
    const { Reader } = await import("./browser/engine/reader.js");
    const loaded = store.get("network");
    const reader = new Reader(loaded.network, loaded.card.threshold);
    const { readingOf } = weighted(loaded);
    return all.map((strokes, i) => {
        const { seen } = reader.readStrokes(strokes, 280, { follow: null, before: null });
        const reading = readingOf(seen);
        const steepest = reading.strongest(reading.answer);
        const other = { kernel: i % 8, at: i % 9 };
        return [[steepest, reading.answer], [other, (reading.answer + 1) % 10]].map(
            ([place, label]) => {
                const along = reading.along(place, label);
                const at = points.map((by) => along.slope(along.old + by));
                return {
                    seen: [...seen], ...place, label, answer: reading.answer, old: along.old,
                    losses: points.map((by) => along.loss(along.old + by)),
                    slopes: at.map(({ slope }) => slope), maps: at.map(({ slopes }) => [...slopes]),
                    products: at.map(({ products }) => [...products]),
                };
            });
    });
}"""


def backward(seen: list[float], kernel: int, at: int, label: int, value: float | None = None):
    """The loss, and its gradients by conv1's weights and by each pixel of its maps, by autograd."""
    model = load()
    weight = model.conv1.weight
    if value is not None:
        weight.data.view(8, 9)[kernel, at] = value
    (_, conv), *rest = model.stages()
    maps = conv(model.normalise(torch.tensor(seen).reshape(1, 1, 28, 28)))
    maps.retain_grad()
    loss = -nn.Sequential(*(stage for _, stage in rest)).eval()(maps)[0, label]
    loss.backward()
    return loss.item(), weight.grad.reshape(8, 9), maps.grad.flatten()


def test_loss_slopes_and_their_sum_are_torchs_on_several_drawings(open_step):
    digits = [[flatten(stroke) for stroke in digit] for digit in drawings(COUNT, seed=17)[0]]
    v = open_step(STEP, drawn=False)
    found = v.pure("gradient/weight.js", KNOWN, [digits, POINTS])
    for which, each in ((i, known) for pair in found for i, known in enumerate(pair)):
        place = each["kernel"], each["at"]
        for i, by in enumerate(POINTS):
            value = each["old"] + by
            loss, weights, maps = backward(each["seen"], *place, each["label"], value)
            most = max(weights.abs().max().item(), 1e-5)
            assert each["losses"][i] == pytest.approx(loss, rel=1e-4, abs=4e-6)
            assert each["slopes"][i] == pytest.approx(weights[place].item(), abs=1e-2 * most)
            assert sum(each["products"][i]) == pytest.approx(each["slopes"][i])
            ours = torch.tensor(each["maps"][i])
            assert (ours - maps).abs().max() < 1e-2 * maps.abs().max() + 1e-7
            assert ((ours != 0) == (maps != 0)).float().mean() > 0.999
            if by == 0 and which == 0:
                assert weights[place].abs() > 0.99 * weights.abs().max()
                assert each["label"] == each["answer"]


def terms(v) -> list[float]:
    return [
        numbers(text)[0] for text in v.exhibit.locator(".sum-rows dd:visible").all_inner_texts()
    ]


def test_what_is_shown_on_the_drawn_digit_and_after_steps_by_hand_is_torchs(open_step):
    v = open_step(STEP)
    slider = v.page.get_by_role("slider", name="Right answer")
    kernel, at = (
        int(v.page.get_by_role("slider", name=name).input_value()) - 1
        for name in ("Kernel", "Weight")
    )
    seen = v.answer()["seen"]
    label = int(slider.input_value()) - 1
    assert label == 3
    loss, weights, _ = backward(seen, kernel, at, label)
    slope = weights[kernel, at].item()
    asked = v.question.inner_text()
    assert f"Kernel {kernel + 1} of conv1, weight {at + 1}" in asked
    expect(v.exhibit.locator(".descent")).to_be_hidden()
    said = v.answer_question(0 if slope < 0 else 1)
    assert said.startswith("Right.")
    check_sums(v.page)
    *_, total = terms(v)
    assert total == pytest.approx(slope, rel=5e-3)
    status = v.exhibit.locator("[role=status]")
    assert numbers(status.inner_text())[0] == pytest.approx(loss, rel=1e-2)

    learned = load().conv1.weight.detach().reshape(8, 9)[kernel, at].item()
    rate = numbers(v.exhibit.locator(".equation").inner_text())[1]
    value, losses = learned, [loss]
    for count, name in ((1, "One step"), (10, "Ten steps")):
        v.button(name)
        for _ in range(count):
            _, weights, _ = backward(seen, kernel, at, label, value)
            value -= rate * weights[kernel, at].item()
            losses.append(backward(seen, kernel, at, label, value)[0])
        assert numbers(v.exhibit.locator(".equation").inner_text())[0] == close(value, 3)
        steps, now, before = numbers(status.inner_text())
        assert steps == len(losses) - 1
        assert [now, before] == pytest.approx([losses[-1], losses[-2]], rel=1e-2)
        check_sums(v.page)
    assert losses[-1] < losses[0]

    v.button("As learned")
    expect(status).to_contain_text("as it was learned")
    v.slide("Rate", v.page.get_by_role("slider", name="Rate").get_attribute("max"))
    v.button("One step")
    expect(status).to_contain_text("Too far")
    assert numbers(v.exhibit.locator(".equation").inner_text())[0] == pytest.approx(
        learned - 50_000 * slope, rel=1e-2
    )

    v.slide("Right answer", 6)
    v.slide("Kernel", 2)
    v.slide("Weight", 9)
    loss, weights, maps = backward(seen, 1, 8, 5)
    assert numbers(status.inner_text())[0] == pytest.approx(loss, rel=1e-2)
    assert terms(v)[-1] == pytest.approx(weights[1, 8].item(), rel=1e-2, abs=1e-4)
    grid = v.exhibit.get_by_label("How steeply the loss depends on each pixel of the map")
    grid.focus()
    v.press("ArrowUp")
    slopes = maps.reshape(8, 28, 28)[1]
    said = v.exhibit.locator(".product").inner_text()
    assert said.startswith("Row 14, column 15:")
    assert numbers(said)[3] == pytest.approx(slopes[13, 14].item(), rel=1e-2, abs=1e-4)


@pytest.mark.parametrize("options", [{"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    open_step(STEP, **options).check_everybody_can_use_it()
