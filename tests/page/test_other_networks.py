"""Networks that the page was not made for: every part works with them, in numbers that are torch's.

One page for each network, of which all is asked: most of a test in a browser is opening it.
"""

import base64
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import torch
from adds_up import check_sums
from asking import get, post_picture
from one_screen import THREE
from PIL import Image
from playwright.sync_api import expect
from server import running_page
from static_host import served
from torch import nn
from visit import Visit, stages_of

from cnn.activations import activations
from cnn.model import WEIGHTS, Network, load, save
from cnn.page import export

CLASSES = {
    "wide": [*"0123456789", "A", "plus"],
    "normed": ["none", "some", "字"],
}
NONSENSE = re.compile(r"undefined|\bnull\b|\bNaN\b|Infinity|\[object|\{\w+\}")
LACKS = {  # steps that have nothing to show
    "wide": ["channels", "relu", "parts", "code", "yourself"],
    "normed": ["relu", "code", "yourself"],
}
SAYS = {
    "parts": "does not have two convolutions",
    "relu": "does not begin with two convolutions",
    "channels": "no convolution reads more than one map",
    "code": "is another one",
    "yourself": "other things than the digits",
}
# Open what a button of the network part opens, and keep what it says.
SAID = "(element) => { element.click(); return document.querySelector('.card').innerText; }"
# Point at the middle of a map, and keep what is said beside it.
POINTED = """(tile) => {
    const { left, top, width, height } = tile.firstElementChild.getBoundingClientRect();
    const at = { clientX: left + 0.45 * width, clientY: top + 0.45 * height };
    tile.dispatchEvent(new PointerEvent("pointermove", at));
    return document.querySelector(".tooltip").innerText;
}"""


def wide() -> Network:
    """One convolution, 5 x 5; no dropout, no hidden layer; twelve classes."""
    return Network(
        classes=CLASSES["wide"],
        look=nn.Conv2d(1, 6, 5, padding=2),  # (6, 28, 28)
        rectify=nn.ReLU(),
        shrink=nn.MaxPool2d(2),  # (6, 14, 14)
        row=nn.Flatten(),
        out=nn.Linear(1176, 12),
        log_softmax=nn.LogSoftmax(dim=1),
    )


def normed() -> Network:
    """Strides, a batch norm, other activations, average pooling; three classes."""
    return Network(
        classes=CLASSES["normed"],
        a=nn.Conv2d(1, 5, (3, 4), stride=2, padding=1),  # (5, 14, 14)
        b=nn.BatchNorm2d(5),
        c=nn.LeakyReLU(0.1),
        d=nn.Conv2d(5, 9, 3, padding=1),  # (9, 14, 14)
        e=nn.Tanh(),
        f=nn.AvgPool2d(2),  # (9, 7, 7)
        g=nn.Flatten(),
        h=nn.Linear(441, 20),
        i=nn.Tanh(),
        j=nn.Dropout(0.2),
        k=nn.Linear(20, 3),
        l=nn.LogSoftmax(dim=1),
    )


class Shown(NamedTuple):
    """A network, and a visit to the page that shows it, with a 3 on the pad."""

    name: str
    network: Network
    visit: Visit


def saved(make: Callable[[], Network], folder: Path) -> Path:
    """The weights file of one of the networks, which nobody trained."""
    torch.manual_seed(1)
    network = make()
    for tensor in network.buffers():
        if tensor.is_floating_point() and tensor.ndim:
            nn.init.uniform_(tensor, 0.5, 2)
    with torch.no_grad():
        network.output_layer.weight *= 8  # so that it is sure of something
    path = folder / f"{make.__name__}.safetensors"
    save(network, path, {"model": make.__name__, "threshold": 0.05})
    return path


@pytest.fixture(scope="module", params=[wide, normed], ids=CLASSES)
def shown(request, browser, tmp_path_factory) -> Iterator[Shown]:
    name = request.param.__name__
    folder = tmp_path_factory.mktemp(name)
    path = saved(request.param, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["export", str(folder / "site"), "--weights", str(path)])
        export.main()
    with served(folder / "site") as url:
        complaints: list[str] = []

        def listen(context) -> None:
            context.on(
                "console",
                lambda said: complaints.append(said.text) if said.type == "error" else None,
            )

        visit = Visit(browser, url, prepare=listen, reduced_motion="reduce", accept_downloads=True)
        visit.draw(THREE)
        yield Shown(name, load(path), visit)
        visit.context.close()
        assert not [*complaints, *visit.complaints]


def maps_of(shown: Shown) -> dict[str, np.ndarray]:
    """What every stage gives for the drawing, by torch, flat."""
    seen = torch.tensor(shown.visit.answer()["seen"]).reshape(1, 1, 28, 28)
    return {k: v.numpy().ravel() for k, v in activations(shown.network, seen).items()}


def check_text(text: str) -> None:
    assert text.strip()
    assert not NONSENSE.search(text), text


def test_the_maps_and_the_answer_are_those_of_torch(shown):
    page, expected = shown.visit.page, maps_of(shown)
    for (name, values), found in zip(
        expected.items(), stages_of(shown.visit.answer()), strict=True
    ):
        np.testing.assert_allclose(found, values, rtol=1e-3, atol=1e-4, err_msg=name)
    probs = np.exp([*expected.values()][-1].astype(float))
    classes = CLASSES[shown.name]
    rows = page.locator(".probs li").all_inner_texts()
    assert [row.split()[0] for row in rows] == classes
    for row, prob in zip(rows, probs, strict=True):
        assert float(row.split()[1].strip("%>")) == pytest.approx(100 * prob, abs=0.11)
    first = classes[int(probs.argmax())]
    expect(page.locator(".verdict .digit")).to_have_text([first])
    expect(page.locator(".sentence")).to_contain_text(f"I read {first}")
    for stage, (kind, tiles) in zip(
        expected,
        page.evaluate(
            """[...document.querySelectorAll(".stage")].map((stage) =>
                [stage.querySelector(".legend .end").innerText,
                 stage.querySelectorAll(".map canvas:first-child, .map .columns").length])"""
        ),
        strict=True,
    ):
        check_text(kind)
        module = dict(shown.network.named_children()).get(stage)
        maps = module.out_channels if isinstance(module, nn.Conv2d) else 1
        assert tiles >= maps, stage
    columns = page.locator(".stage:last-child .columns small").all_inner_texts()
    assert columns[-len(classes) :] == classes


def test_why_not_compares_any_two_classes(shown):
    page, classes = shown.visit.page, CLASSES[shown.name]
    logits = maps_of(shown)[next(n for n, s in shown.network.stages() if s is output(shown))]
    first, *others = np.argsort(-logits)
    page.locator(".ask-why").click()
    card = page.locator(".why-card")
    buttons = card.locator(".choices button")
    assert buttons.all_inner_texts() == classes
    for other in others[:3]:
        buttons.nth(int(other)).click()
        expect(card.locator("h3")).to_have_text(f"Why {classes[first]}, not {classes[other]}?")
        check_text(card.inner_text())
        total = card.locator("[data-total]").inner_text().replace("−", "-")
        assert float(total) == pytest.approx(logits[first] - logits[other], abs=2e-3)
        assert check_sums(page) > 0
    shown.visit.press("Escape")


def output(shown: Shown) -> nn.Module:
    return shown.network.output_layer


def test_each_stage_tells_what_it_is_and_how_its_values_are_made(shown):
    page, expected = shown.visit.page, maps_of(shown)
    sums = 0
    for name, values in expected.items():
        tile = page.locator(f'[data-layer="{name}"][data-map="1"]')
        said = tile.evaluate(POINTED)
        check_text(said)
        sums += check_sums(page)
        tile.dispatch_event("pointerleave")
        page.locator(f".stage[aria-label={name}] .about").evaluate(SAID)
        check_text(page.locator(".about-card").inner_text())
        assert page.locator(".about-card .kind").inner_text()
        check_sums(page)
        shown.visit.press("Escape")
        tile.click()
        card = page.locator(".map-card, .bars-card")
        check_text(card.inner_text())
        sums += check_sums(page)
        module = dict(shown.network.named_children()).get(name)
        if isinstance(module, nn.Conv2d):
            check_kernel(card, module)
        if name == "out":
            rows = [text.split() for text in card.locator(".values li").all_inner_texts()]
            assert [row[0] for row in rows] == CLASSES[shown.name]
            found = [float(row[1].replace("−", "-")) for row in rows]
            np.testing.assert_allclose(found, values, atol=0.0051)
        shown.visit.press("Escape")
    assert sums > len(expected)


def check_kernel(card, module: nn.Conv2d) -> None:
    """The numbers of the first kernel, channel by channel, as the card shows them."""
    channels = card.locator(".summand .channel")
    for channel, weights in zip(channels.all(), module.weight[0], strict=True):
        found = [float(n.replace("−", "-")) for n in channel.locator("span").all_inner_texts()]
        np.testing.assert_allclose(found, weights.detach().numpy().ravel(), atol=0.0051)


def test_tracing_muting_and_pictures_work(shown):
    page, classes = shown.visit.page, CLASSES[shown.name]
    first = page.locator(".verdict .digit").inner_text()
    page.locator(".ask-trace").click()
    traced = page.locator(".traced")
    expect(traced).to_contain_text(f"digit {first}")
    check_text(traced.inner_text())
    shown.visit.press("Escape")
    conv = next(name for name, s in shown.network.stages() if isinstance(s, nn.Conv2d))
    before = maps_of(shown)[conv]
    page.locator(f'[data-layer="{conv}"][data-map="2"]').press("m")
    muted = np.array(dict(zip(maps_of(shown), shown.visit.answer()["maps"], strict=True))[conv])
    area = len(before) // shown.network.get_submodule(conv).out_channels
    assert not muted[area : 2 * area].any()
    np.testing.assert_allclose(muted[:area], before[:area], rtol=1e-3, atol=1e-4)
    page.locator(".unmute").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save drawing").click()
        page.get_by_role("button", name="Picture (PNG)").click()
    assert first in classes
    assert download.value.suggested_filename == f"digit-{first}.png"
    page.get_by_role("button", name="Copy a link").click()
    page.locator(".link-dialog input").wait_for()
    shown.visit.press("Escape")


def test_it_fits_a_phone_and_paper(shown):
    page = shown.visit.page
    for width, height in [(390, 844), (844, 390), (1280, 720)]:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        bars = page.locator(".probs li")
        for row in (bars.first, bars.last):
            box = row.bounding_box()
            assert box["height"] >= 8
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(media="print")
    assert page.locator(".probs li").last.is_visible()
    page.emulate_media(media="screen")


def test_every_step_of_the_lesson_shows_it_or_says_why_not(shown):
    page = shown.visit.page
    page.get_by_role("button", name="Learn").click()
    contents = page.locator(".lesson .contents button")
    contents.first.wait_for()
    lacking = []
    for i in range(contents.count()):
        contents.nth(i).click()
        exhibit = page.locator(".exhibit")
        step = exhibit.get_attribute("class").split("step-")[-1]
        exhibit.locator("*").first.wait_for()
        expect(exhibit.locator(".waiting")).to_have_count(0)
        check_text(page.locator(".lesson .body").inner_text())
        check_sums(page)
        if exhibit.locator(".lacks").count():
            lacking.append(step)
            expect(exhibit).to_contain_text(SAYS[step])
            expect(page.locator(".question")).to_be_hidden()
        options = page.locator(".question .options button")
        if options.count():
            options.first.click()
            check_text(page.locator(".question .because").inner_text())
            check_text(page.locator(".lesson .body").inner_text())
            check_sums(page)
    assert contents.count() == 17
    assert lacking == LACKS[shown.name]
    page.locator(".close-lesson").click()


def test_where_the_network_has_no_convolution_the_steps_on_it_say_so(browser, tmp_path):
    export.export(tmp_path / "site", weights=WEIGHTS.with_name("mlp.safetensors"))
    with served(tmp_path / "site") as url:
        visit = Visit(browser, url, reduced_motion="reduce")
        visit.draw(THREE)
        visit.page.get_by_role("button", name="Learn").click()
        for title in (
            "Convolution",
            "Channels",
            "ReLU",
            "Pooling",
            "Parts and the whole",
            "Why not flatten?",
        ):
            visit.page.locator(".lesson .contents").get_by_text(title, exact=True).click()
            expect(visit.page.locator(".lesson h2")).to_have_text(title)
            expect(visit.page.locator(".exhibit .lacks")).to_contain_text("no")
            check_text(visit.page.locator(".lesson .body").inner_text())
        visit.context.close()
        assert not visit.complaints


def test_a_server_that_is_told_of_a_weights_file_shows_and_predicts_by_it(tmp_path):
    path = saved(wide, tmp_path)
    image, file = np.full((140, 70), 255, np.uint8), io.BytesIO()
    image[30:110, 30:40] = 0
    Image.fromarray(image).save(file, "PNG")
    with running_page(WEIGHTS_FILE=str(path)) as url:
        document, sent = (get(url + at)[2] for at in ("", "site/weights/network.safetensors"))
        encoded = base64.b64encode(file.getvalue()).decode()
        answer = post_picture(url, f"data:image/png;base64,{encoded}")
    assert sent == path.read_bytes()
    assert b"plus" in document
    assert answer["classes"] == CLASSES["wide"]
    assert len(answer["probs"]) == len(answer["classes"])
    assert answer["number"] == answer["classes"][int(np.argmax(answer["probs"]))]
