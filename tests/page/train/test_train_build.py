"""The panel in which a network is built: what it shows is what PyTorch makes of the same plan."""

import re

import pytest
import torch
from axe import ALL, BUT_CONTRAST, CONTRAST, violations
from controls import THEME
from plans import network_of
from playwright.sync_api import expect
from visiting import visits

from cnn.model import describe

PHONE, LOW = (390, 844), (844, 390)
# Open it; what is built is `built`, and the button that has opened it is the list of languages.
OPEN = """async () => {
    const { needStyles } = await import("./browser/shared/dom.js");
    const { openBuild } = await import("./browser/train/build.js");
    const { DEFAULT, PRESETS } = await import("./browser/train/plan.js");
    globalThis.built = null;
    globalThis.presets = PRESETS;
    await needStyles(new URL("./browser/train/build.css", document.baseURI));
    const button = document.querySelector(".theme");
    button.focus();
    await openBuild(button, { plan: DEFAULT, onBuild: (plan) => globalThis.built = plan });
}"""
SPEAK = """async (language) =>
    (await import("./browser/shared/i18n.js")).chooseLanguage(language)"""
# Controls that are lower or narrower than a finger where they are all there is to hit.
SMALL = """() => [...document.querySelectorAll(".build :is(button, input)")].flatMap((each) => {
    const { width, height } = (each.closest(".presets label") ?? each).getBoundingClientRect();
    const owner = each.closest("label") ?? each;
    const { height: high } = owner.getBoundingClientRect();
    if (!width || (width >= 44 && height >= 44) || high >= 44) return [];
    return [owner.outerHTML.slice(0, 90)];
})"""
WIDE = """() => [...document.querySelectorAll(".build *")].filter((each) => {
    if (each.closest(".stages, .presets > div, pre")) return false; // they scroll sideways
    return each.getBoundingClientRect().right > innerWidth;
}).map((each) => each.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def panel(browser, loose_url):
    """The page with the panel open."""
    with visits(browser) as begin:
        v = begin(loose_url, reduced_motion="reduce")
        v.page.evaluate(OPEN)
        v.dialog = v.page.locator("dialog.build:not(.script)")
        v.total = v.dialog.locator(".total")
        yield v


@pytest.fixture
def fresh(panel):
    """The panel as it opens."""
    if not panel.dialog.is_visible():
        panel.page.evaluate(OPEN)
    panel.dialog.get_by_role("radio", name="The article’s ConvNet").check(force=True)
    return panel


def shown(panel) -> list[list[str]]:
    """The table of stages, row by row."""
    rows = "(rows) => rows.map((row) => Array.from(row.cells, (cell) => cell.textContent))"
    return panel.dialog.locator(".stages tr").evaluate_all(rows)


def table(plan: dict) -> list[list[str]]:
    """The same, by torch."""
    network = network_of(plan)
    described = describe(network)
    parameters = {name: _counted(stage) for name, stage in network.stages()}
    multiplications = {
        # each weight of a kernel once at each of its places
        each["name"]: dict(network.named_parameters())[f"{each['name']}.weight"].numel()
        * torch.Size(each["shape"][1:]).numel()
        for each in described
        if f"{each['name']}.weight" in network.state_dict()
    }
    names = [each["name"] for each in described]
    return [
        ["Stage", "your digit", *names[1:], "together"],
        ["Size", *(" × ".join(f"{n:,}" for n in each["shape"]) for each in described), ""],
        _costs("Parameters", names, {name: n for name, n in parameters.items() if n}),
        _costs("Multiplications", names, multiplications),
    ]


def _costs(title: str, names: list[str], counts: dict[str, int]) -> list[str]:
    cells = [f"{counts[name]:,}" if name in counts else "" for name in names]
    return [title, *cells, f"{sum(counts.values()):,}"]


def _counted(stage: torch.nn.Module) -> int:
    return sum(tensor.numel() for tensor in stage.parameters())


def test_each_ready_made_network_is_shown_as_torch_counts_it_and_is_what_is_built(fresh):
    presets = fresh.page.evaluate("presets")
    names = fresh.dialog.locator(".presets b").all_inner_texts()
    for name, plan in zip(names, presets.values(), strict=True):
        radio = fresh.dialog.locator(".presets label", has=fresh.page.get_by_text(name, exact=True))
        radio.click()
        expect(radio.locator("input")).to_be_checked()
        assert shown(fresh) == table(plan), name
    fresh.button("Train this network")
    expect(fresh.dialog).to_have_count(0)
    assert fresh.page.evaluate("built") == plan


def test_what_is_changed_by_hand_is_shown_at_once_and_built(fresh):
    dialog, page = fresh.dialog, fresh.page

    def pick(group: str, option: str) -> None:
        dialog.get_by_role("group", name=group).get_by_role("radio", name=option).check(force=True)

    def slide(name: str, *values: float) -> None:
        for i, value in enumerate(values):
            dialog.get_by_role("slider", name=name).nth(i).fill(f"{value}")

    slide("Kernels", 5, 12)
    slide("Kernel side", 5, 3)
    slide("Stride", 2, 1)
    slide("Padding", 0, 2)
    slide("Hidden neurons", 60)
    slide("Dropout", 0.25)
    pick("Pooling", "Average")
    pick("Optimiser", "Adam")
    pick("batch", "64")
    pick("MNIST", "2,000")
    dialog.get_by_role("checkbox", name="Your own").uncheck()
    plan = page.evaluate("presets.convnet") | {
        "convolutions": [
            {"kernels": 5, "size": 5, "stride": 2, "padding": 0},
            {"kernels": 12, "size": 3, "stride": 1, "padding": 2},
        ],
        **{"hidden": 60, "dropout": 0.25, "pooling": "average", "optimizer": "adam"},
        **{"batch": 64, "digits": 2000, "own": False},
    }
    assert shown(fresh) == table(plan)
    expect(dialog.locator(".presets :checked")).to_have_count(0)
    formulas = dialog.locator(".formula")
    expect(formulas.first).to_have_text("⌊(28 − 5 + 2 × 0) ÷ 2⌋ + 1 = 12")
    expect(formulas.last).to_have_text("⌊(6 − 3 + 2 × 2) ÷ 1⌋ + 1 = 8")
    expect(dialog.locator(".remarks")).to_have_text(
        "conv1 leaves out 1 of its input’s 28 rows, and as many columns: no window reaches them."
    )

    slide("Kernel side", 7, 7)
    slide("Stride", 3, 1)
    slide("Padding", 0, 0)
    expect(fresh.total).to_contain_text(
        "conv2 finds no place for its kernel: ⌊(4 − 7 + 2 × 0) ÷ 1⌋ + 1 = −2"
    )
    train = dialog.get_by_role("button", name="Train this network")
    expect(train).to_be_disabled()
    pick("Convolutions", "1")
    slide("Dropout", 0)
    expect(train).to_be_enabled()
    expect(dialog.get_by_role("slider", name="Kernel side")).to_have_count(1)
    plan |= {"convolutions": [{"kernels": 5, "size": 7, "stride": 3, "padding": 0}], "dropout": 0}
    assert shown(fresh) == table(plan)
    train.click()
    assert page.evaluate("built") == plan


def test_escape_and_back_close_it_and_nothing_is_built(fresh):
    for close in lambda: fresh.press("Escape"), fresh.page.go_back:
        if not fresh.dialog.is_visible():
            fresh.page.evaluate(OPEN)
        expect(fresh.dialog.locator(":focus")).to_have_value("convnet")
        close()
        expect(fresh.dialog).to_have_count(0)
        expect(fresh.page.locator(".theme")).to_be_focused()
        assert fresh.page.evaluate("built") is None


def test_the_same_in_pytorch_is_copied_and_saved_and_the_panel_stays_open(fresh):
    page = fresh.page
    fresh.dialog.get_by_role("slider", name="Hidden neurons").fill("99")
    fresh.button("The same in PyTorch")
    box = page.locator("dialog.script")
    fresh.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box.get_by_role("button", name="Copy").click()
    expect(box.get_by_role("status")).to_have_text("Copied.")
    with page.expect_download() as saved:
        box.get_by_role("button", name="Save as train_digits.py").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert text == box.locator("pre").text_content()
    assert text == page.evaluate("navigator.clipboard.readText()")
    assert "fc1=nn.Linear(784, 99)" in text
    fresh.context.clear_permissions()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    box.get_by_role("button", name="Copy").click()
    expect(box.get_by_role("status")).to_contain_text("press Ctrl+C")
    assert page.evaluate("getSelection().toString()").strip() == text.strip()
    assert violations(page, ".script", ALL) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate(WIDE) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    fresh.press("Escape")
    expect(box).to_have_count(0)
    expect(fresh.dialog).to_be_visible()
    expect(fresh.dialog.get_by_role("button", name="The same in PyTorch")).to_be_focused()


def test_everybody_can_use_it_on_any_screen(fresh):
    for size in PHONE, LOW, (1280, 720):
        fresh.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        assert fresh.page.evaluate(WIDE) == [], size
        if size != (1280, 720):
            assert fresh.page.evaluate(SMALL) == [], size
    assert violations(fresh.page, ".build", ALL) == []
    fresh.page.evaluate(THEME, "dark")
    assert violations(fresh.page, ".build", CONTRAST) == []
    fresh.page.evaluate(THEME, "light")


def test_it_speaks_each_language(fresh):
    fresh.dialog.get_by_role("slider", name="Kernel side").last.fill("7")
    fresh.dialog.get_by_role("slider", name="Stride").first.fill("3")
    fresh.dialog.get_by_role("slider", name="Padding").last.fill("0")
    for language, word in ("zh", "卷积核"), ("es", "núcleo"), ("en", "kernel"):
        fresh.page.evaluate(SPEAK, language)
        expect(fresh.page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        expect(fresh.total).to_contain_text(word)
        assert violations(fresh.page, ".build", BUT_CONTRAST) == []
