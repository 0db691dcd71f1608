"""The step on the code: each line beside its stage, with what torch says of it."""

import pytest
import torch
from playwright.sync_api import expect
from steps_page import PHONE, numbers
from test_listing import SHOWN
from test_words import LANGUAGES

from cnn.model import ConvNet, load

STEP = "code"
# Whether a step's exhibit and words are on the screen without scrolling.
OVER = """() => {
    const body = document.querySelector(".lesson .body");
    return Math.max(body.scrollHeight - body.clientHeight, body.scrollWidth - body.clientWidth);
}"""


def lines(v):
    return v.exhibit.get_by_role("option")


def shapes() -> dict[str, list[int]]:
    """{stage: the shape of what it gives for one digit}, by torch."""
    x, found = torch.zeros(1, 1, 28, 28), {"input": [1, 28, 28]}
    for name, stage in ConvNet().eval().stages():
        x = stage(x)
        found[name] = list(x.shape[1:])
    return found


def test_each_line_lights_its_stage_and_says_its_shapes_and_its_parameters(open_step):
    v = open_step(STEP)
    v.answer_question(0)
    network, names = ConvNet(), list(shapes())
    assert v.exhibit.locator("li").all_text_contents() == [
        line or "\n" for line in SHOWN["shown"].rstrip("\n").split("\n")
    ]
    expect(lines(v)).to_have_count(len(names) - 1)
    for i, name in enumerate(names[1:]):
        lines(v).nth(i).hover()
        expect(v.page.locator(".stage-row .lit")).to_have_text([name])
        expect(lines(v).nth(i)).to_have_attribute("aria-selected", "true")
        said = v.exhibit.locator(".shapes").inner_text()
        assert said.startswith(f"{name}: ")
        sizes = said.split(": ", 1)[1]
        parameters = sum(p.numel() for p in network.get_submodule(name).parameters())
        wanted = [*shapes()[names[i]], *shapes()[name]]
        assert numbers(sizes) == [*wanted, parameters] if parameters else wanted
        assert ("no parameters" in said) == (not parameters)


def test_a_line_is_chosen_by_keyboard_and_by_a_tap(open_step):
    v = open_step(STEP)
    v.exhibit.get_by_role("listbox").focus()
    v.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(v.page.locator(".stage-row .lit")).to_have_text(["conv2"])
    expect(v.exhibit.locator(".about-line")).to_contain_text("8 input channels for the 8 maps")
    lines(v).nth(5).click()
    expect(v.page.locator(".stage-row .lit")).to_have_text(["pool2"])
    expect(v.exhibit.locator(".about-line")).to_contain_text("could do both poolings")


def test_what_a_relu_before_log_softmax_would_do_is_what_torch_says(open_step):
    v = open_step(STEP)
    lines(v).last.hover()
    logits = v.maps("fc2")[0]
    n, zero, digit, sure, then = numbers(v.exhibit.locator(".about-line .note").last.inner_text())
    assert (n, zero) == (int((logits < 0).sum()), 0)
    top = int(logits.argmax())
    assert digit == top
    assert sure == pytest.approx(100 * float(logits.softmax(0)[top]), abs=0.11)
    assert then == pytest.approx(100 * float(logits.relu().softmax(0)[top]), abs=0.11)


@pytest.mark.parametrize("option", range(4))
def test_the_line_that_stops_is_the_one_at_which_torch_stops(open_step, option):
    v = open_step(STEP, drawn=False)
    x, stopped = torch.zeros(1, 1, 32, 32), None
    for name, stage in ConvNet().eval().stages():
        try:
            x = stage(x)
        except RuntimeError:
            stopped = name
            break
    names = v.options().all_inner_texts()
    said = v.answer_question(option)
    assert said.startswith("Right." if names[option] == stopped else "Not quite.")
    assert f"= {x.numel():,} values" in said
    expect(v.exhibit.locator(".about-line .note").first).to_be_visible()


def test_what_is_copied_is_the_class_with_all_that_it_needs(open_step):
    v = open_step(STEP)
    copy, status = v.exhibit.get_by_role("button", name="Copy"), v.exhibit.get_by_role("status")
    v.page.evaluate(
        "() => { navigator.clipboard.writeText = async (text) => globalThis.copied = text; }"
    )
    copy.click()
    expect(status).to_contain_text("Copied")
    assert v.page.evaluate("copied") == SHOWN["before"] + SHOWN["shown"]
    v.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    copy.click()
    expect(status).to_contain_text("press Ctrl+C")
    selected = v.page.evaluate("`${getSelection()}`")
    v.page.evaluate("delete navigator.clipboard.writeText")  # the page is shared
    assert selected.split() == SHOWN["shown"].split()


def test_each_line_fits_a_low_screen_in_every_language(open_step):
    over = {}
    for language in LANGUAGES:
        v = open_step(STEP, size=(1280, 720), locale=language)
        v.answer_question(3)
        for line in lines(v).all():
            line.dispatch_event("pointerover")
            if (px := v.page.evaluate(OVER)) > 0:
                over[language, line.inner_text()] = px
    assert over == {}


@pytest.mark.parametrize("options", [{}, {"size": PHONE}, {"locale": "zh-CN"}])
def test_everybody_can_use_it(open_step, options):
    v = open_step(STEP, **options)
    v.check_everybody_can_use_it()
    lines(v).last.hover()
    v.check_everybody_can_use_it()


def test_the_rate_of_dropout_is_that_of_the_network_on_the_page(open_step):
    v = open_step(STEP)
    lines(v).nth(7).hover()
    expect(v.exhibit.locator(".about-line")).to_contain_text(
        f"with {100 * load().dropout_rate:.1f}%"
    )
