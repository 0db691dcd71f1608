"""The page asks nobody once it is there; and what it does when its network did not come."""

import json
import shutil

import numpy as np
import pytest
from playwright.sync_api import expect
from safetensors import safe_open
from safetensors.numpy import load_file, save_file
from static_host import served
from visit import ONE, SEVEN, SEVEN_RIGHT, TWO_LEFT

from cnn.page.html import NETWORK


def use_all_of_it(v) -> None:
    """What a reader can do without a server."""
    v.press("Delete")
    v.draw(ONE)
    v.undo()
    v.redo()
    v.expect_digits("1")
    v.press("Delete")
    v.draw(TWO_LEFT)
    v.draw(SEVEN_RIGHT)
    v.expect_digits("27")
    v.page.locator(".verdict .digit").first.click()
    v.speak("zh")
    v.speak("en")
    v.page.locator(".theme").click()
    v.page.locator("[data-layer=conv2][data-map='3']").click()
    v.press("Escape")
    v.page.locator(".stage .about").first.click()
    v.press("Escape")
    v.page.locator(".eraser").click()
    v.draw([(0.6, 0.4), (0.9, 0.4)])
    v.expect_digits("2")
    v.page.locator(".example").nth(8).click()
    v.expect_digits("8")
    v.page.locator(".save").click()
    with v.page.expect_download():
        v.page.locator(".share-dialog button").first.click()


def test_from_the_first_ink_on_nothing_is_asked_also_with_the_network_cut_off(visit):
    v = visit(reduced_motion="reduce", alone=True)
    use_all_of_it(v)  # what saves a drawing is fetched when it is first used
    v.speak("zh")  # and a language when it is first chosen
    v.page.wait_for_load_state("networkidle")
    v.requested.clear()
    use_all_of_it(v)
    v.context.set_offline(True)
    use_all_of_it(v)
    assert v.requested == []
    expect(v.page.locator(".status")).to_be_empty()


def test_without_a_network_what_saves_a_drawing_says_so_and_works_when_it_is_back(visit):
    v = visit(alone=True, before="delete Navigator.prototype.clipboard;")
    v.draw(SEVEN)
    v.page.wait_for_load_state("networkidle")
    assert [url for url in v.requested if "/share/" in url or "/share.json" in url] == []
    v.context.set_offline(True)
    for button in (".save", ".link"):
        v.page.locator(button).click()
        expect(v.page.locator(".status")).to_contain_text("could not be loaded. Please try again")
        v.draw(ONE)
        expect(v.page.locator(".status")).to_be_empty()
    v.context.set_offline(False)
    v.page.locator(".save").click()
    v.page.get_by_role("button", name="Moving picture").wait_for()
    v.press("Escape")
    v.page.locator(".link").click()
    v.page.get_by_role("textbox", name="Link to this drawing").wait_for()


def cut(path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def other(path) -> None:
    path.write_text("<!doctype html><title>Not found</title>")


def unfit(path) -> None:
    """Another network's weights under this one's card."""
    tensors = load_file(path)
    with safe_open(path, "np") as file:
        metadata = file.metadata()
    tensors["fc1.weight"] = np.zeros((64, 784), np.float32)
    save_file(tensors, path, metadata)
    assert json.loads(metadata["card"])["architecture"]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.unlink(), "The network could not be loaded."),
        (cut, "The network's file arrived incomplete."),
        (other, "The network file isn't a safetensors file."),
        (unfit, "The network's file does not fit this page."),
    ],
    ids=["missing", "cut", "not safetensors", "unfit"],
)
def test_without_its_network_the_page_says_so_and_the_pad_still_draws(
    visit_at, static_folder, tmp_path, spoil, sentence
):
    shutil.copytree(static_folder, tmp_path / "site")
    spoil(tmp_path / "site" / "weights" / NETWORK)
    with served(tmp_path / "site") as url:
        v = visit_at(url, waits=False)
        status = v.page.locator(".status")
        expect(status).to_contain_text(sentence)
        v.draw(SEVEN)
        seven = v.ink()
        assert seven != 0
        v.draw(ONE)
        v.undo()
        assert v.ink() == seven
        expect(status).to_contain_text(f"{sentence} Reload the page; your drawing is safe.")
        v.expect_digits("?")


def test_a_network_lost_on_its_way_is_there_after_a_reload_and_reads_what_was_drawn(visit):
    def lose(context):
        context.route("**/*.safetensors", lambda route: route.abort())

    v = visit(waits=False, prepare=lose)
    expect(v.page.locator(".status")).to_contain_text("The network could not be loaded.")
    v.draw(SEVEN)
    v.context.unroute("**/*.safetensors")
    v.page.reload()
    v.expect_digits("7")
    expect(v.page.locator(".status")).to_be_empty()
