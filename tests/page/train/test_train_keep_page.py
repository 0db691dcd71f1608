"""A run and the reader's own digits on the real page: kept, saved, opened again."""

import re
import sys

import pytest
from axe import violations
from playwright.sync_api import expect
from visit import SEVEN
from visiting import visits

from cnn import evaluate
from cnn.model import WEIGHTS, load
from cnn.page.digits import COUNTS

FORBIDDEN = """
    Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("forbidden"); } });
"""
# Drop a file of this text on the strip, as from a folder.
DROP = """(strip, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "notes.txt"));
    for (const type of ["dragover", "drop"]) {
        strip.dispatchEvent(
            new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
        );
    }
}"""


@pytest.fixture(scope="module")
def bench(browser, static_url):
    """The bench with a 7 on the pad, after one step."""
    with visits(browser) as begin:
        v = begin(static_url, alone=True, reduced_motion="reduce")
        v.draw(SEVEN)
        v.page.evaluate("location.hash = 'train'")
        v.page.locator(".train [data-act='step']").click()
        expect(v.page.locator("[data-value='seen']")).to_have_text("32")
        v.page.locator(".own summary").click()
        v.page.locator(".keep summary").click()
        expect(v.page.locator(".keep [data-act='keep']")).to_be_enabled()
        yield v


def figure(bench, name: str) -> str:
    return bench.page.locator(f".train [data-value='{name}']").inner_text()


def test_a_saved_run_is_read_by_evaluate_with_the_accuracy_that_the_page_showed(
    bench, tmp_path, monkeypatch, capsys, mnist_test
):
    with bench.page.expect_download() as download:
        bench.page.locator(".keep [data-act='save']").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert re.fullmatch(r"CNN-[\d.]+\.safetensors", path.name)
    expect(bench.page.locator(".keep .said")).to_contain_text(f"--weights {path.name}")
    card = load(path).card
    assert (card["model"], card["trained_in"], card["seen"]) == ("convnet", "browser", 32)
    kinds = {kind: COUNTS[kind] for kind in ("mnist", "synthetic")}
    assert card["training_set"] == kinds | {"own": 0}

    some = tuple(part[::100] for part in mnist_test)
    monkeypatch.setattr(evaluate, "mnist", lambda train, data_dir: some)
    few = ["--redrawn", "20", "--synthetic", "40"]
    monkeypatch.setattr(sys, "argv", ["evaluate", *few, "--weights", str(path)])
    evaluate.main()
    [measured] = re.findall(r"held out  all +(\S+) % of 1000", capsys.readouterr().out)
    assert f"{float(measured):.1f}%" == figure(bench, "held-out")


def test_a_kept_run_and_own_digits_outlive_a_reload_and_go_when_asked(bench):
    page, held_out = bench.page, figure(bench, "held-out")
    page.locator(".keep [data-act='keep']").click()
    expect(page.locator(".keep .again")).to_have_text([f"CNN {held_out}"])
    expect(page.locator(".keep [data-act='keep']")).to_be_disabled()  # it is kept already
    seven = page.locator(".own .labels button").nth(7)
    seven.click()
    expect(seven).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".own .count")).to_have_text("1 drawing, which stays in this browser")

    page.reload()
    bench.wait()
    expect(page.locator("[data-value='seen']")).to_have_text("32")
    expect(page.locator("[data-value='held-out']")).to_have_text(held_out)
    page.locator(".own summary").click()
    page.locator(".keep summary").click()
    expect(page.locator(".keep .again")).to_have_text([f"CNN {held_out}"])
    expect(seven).to_have_attribute("aria-pressed", "true")  # the 7 is on the pad again
    assert "CNN" not in page.url
    assert violations(page, ".train") == []

    page.locator(".keep .remove").click()
    expect(page.locator(".keep .runs li")).to_have_count(0)
    page.locator(".own .forget").click()
    expect(page.locator(".own .forget")).to_have_text("Really forget 1 drawing?")
    page.locator(".own .forget").click()
    expect(page.locator(".own .count")).to_contain_text("no drawings yet")
    expect(seven).to_have_attribute("aria-pressed", "false")


def test_a_file_is_opened_and_what_was_shown_is_kept_and_a_wrong_file_changes_nothing(bench):
    page, held_out = bench.page, figure(bench, "held-out")
    page.locator(".train").evaluate(DROP, "no network")
    expect(page.locator(".keep .said")).to_contain_text("holds no network")
    assert (figure(bench, "seen"), figure(bench, "held-out")) == ("32", held_out)

    page.locator(".keep input").set_input_files(WEIGHTS.with_stem("mlp"))
    expect(page.locator(".keep .said")).to_contain_text("mlp is open")
    expect(page.locator("[data-value='held-out']")).to_have_text(re.compile("^9[789]"))
    expect(page.locator("[data-layer='conv1']")).to_have_count(0)
    page.locator(".keep .again", has_text=f"CNN {held_out}").click()
    expect(page.locator("[data-value='seen']")).to_have_text("32")
    expect(page.locator("[data-value='held-out']")).to_have_text(held_out)


def test_where_nothing_can_be_kept_the_page_goes_on_and_says_so(browser, static_url):
    with visits(browser) as begin:
        v = begin(static_url, before=FORBIDDEN)
        v.page.evaluate("location.hash = 'train'")
        v.page.locator(".train [data-act='step']").click()
        v.page.locator(".keep summary").click()
        expect(v.page.locator(".keep .explained")).to_contain_text("cannot keep your runs")
        expect(v.page.locator("[data-value='seen']")).to_have_text("32")


def test_a_corrected_drawing_joins_the_readers_own_digits(browser, loose_url):
    with visits(browser) as begin:
        v = begin(loose_url, alone=True)
        v.page.evaluate("""async () => {
            const { store } = await import("/browser/shared/store.js");
            store.set("offers", { ...store.get("offers"), corrections: true });
        }""")
        v.draw(SEVEN)
        v.page.locator(".wrong").click()
        v.page.locator(".correction .choices button").nth(1).click()
        v.page.evaluate("location.hash = 'train'")
        v.page.locator(".own summary").click()
        expect(v.page.locator(".own .count")).to_contain_text("1 drawing")
        one = v.page.locator(".own .labels button").nth(1)
        expect(one).to_have_attribute("aria-pressed", "true")
        v.page.locator(".wrong").click()
        v.page.locator(".correction .choices button").nth(1).click()  # it is taken back
        expect(one).to_have_attribute("aria-pressed", "false")
