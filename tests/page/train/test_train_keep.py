"""What a browser keeps of training, and the files that it opens: in the real Chromium."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import Page
from torch import nn

from cnn.model import WEIGHTS, Network, float_tensors, load, save

# Storage as a private window or a school's settings may have it.
FORBIDDEN = """
    Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("forbidden"); } });
"""
# What a file in base64, and more zeros, are opened as: the run without its weights, or the word of
# the refusal.
OPENED = """async ({ name, content, more }) => {
    const { openFile, OpenError } = await import("/browser/train/open.js");
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    try {
        const file = new File([bytes, new Uint8Array(more)], name);
        const { tensors, card, ...run } = await openFile(file);
        return { ...run, opened: [...tensors.keys()], model: card.model };
    } catch (error) {
        if (!(error instanceof OpenError)) throw error;
        return error.word;
    }
}"""
# Fill the shelves: a last run, which is replaced by another, and eight to keep, one of them twice.
FILL = """async () => {
    const { areKept, keepRun, removeRun, saveRun } = await import("/browser/train/runs.js");
    const { openFile } = await import("/browser/train/open.js");
    const weights = await (await fetch("/weights/network.safetensors")).arrayBuffer();
    const run = await openFile(new File([weights], "first.safetensors"));
    const point = { seen: 32, seconds: 1, loss: null, trained: null, heldOut: 0.5, heldOutLoss: 2 };
    await saveRun({ ...run, name: "before" });
    await saveRun({ ...run, name: "last", points: [point, { ...point, seen: -1 }], seen: 32 });
    for (let n = 0; n < 8; n++) await keepRun({ ...run, name: `${n}` });
    await keepRun({ ...run, name: "5", seen: 7 });
    await removeRun("6");
    const broken = new Map(run.tensors).set("fc2.bias", { shape: [10], data: new Float32Array(9) });
    await keepRun({ ...run, name: "broken", tensors: broken });
    return areKept();
}"""
FOUND = """async () => {
    const { lastRun, keptRuns } = await import("/browser/train/runs.js");
    const last = await lastRun();
    const kept = await keptRuns();
    return {
        last: last && [last.name, last.seen, last.points],
        kept: kept.map(({ name, seen }) => [name, seen]),
        weights: last?.tensors.size,
    };
}"""


def opened(page: Page, content: bytes, name: str = "a", more: int = 0) -> dict | str:
    text = base64.b64encode(content).decode()
    return page.evaluate(OPENED, {"name": name, "content": text, "more": more})


def saved(folder: Path, network: Network, **card: object) -> bytes:
    """A weights file with that network's own card, and these fields of it replaced."""
    path = folder / "a.safetensors"
    save(network.eval(), path, {"model": "a", "threshold": 0.5} | card)
    return path.read_bytes()


def with_card(content: bytes, **changes: object) -> bytes:
    """The file with other fields in its card."""
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    card = json.loads(header["__metadata__"]["card"]) | changes
    header["__metadata__"]["card"] = json.dumps(card)
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + content[start:]


def test_runs_outlive_a_reload_in_bounds_and_broken_ones_are_left_out(modules):
    assert modules.evaluate(FILL)
    modules.reload()
    found = modules.evaluate(FOUND)
    name, seen, points = found["last"]
    assert (name, seen, found["weights"]) == ("last", 32, 8)
    assert [point["seen"] for point in points] == [32]
    # Of the newest six, the last was broken.
    assert found["kept"] == [["2", 0], ["3", 0], ["4", 0], ["7", 0], ["5", 7]]


def test_where_storage_is_forbidden_runs_last_until_a_reload_and_that_is_said(browser, modules):
    page = browser.new_page()
    page.add_init_script(FORBIDDEN)
    page.goto(modules.url)
    assert not page.evaluate(FILL)
    found = page.evaluate(FOUND)
    assert (found["last"][0], len(found["kept"])) == ("last", 5)
    page.reload()
    assert page.evaluate(FOUND) == {"last": None, "kept": [], "weights": None}
    page.close()


def test_own_digits_are_kept_with_their_latest_label_and_given_to_training(modules):
    own = modules.evaluate("""async () => {
        const { add, count, ownDigits } = await import("/browser/train/own.js");
        const digit = (ink) => new Float32Array(784).fill(ink / 255);
        for (const ink of [10, 20, 30]) await add(digit(ink), ink / 10);
        await add(digit(20), 7);
        const { digits, labels } = await ownDigits();
        return [count(), [...labels], [...digits].filter((_, i) => i % 784 === 0), digits.length];
    }""")
    assert own == [3, [1, 3, 7], [10, 30, 20], 3 * 784]


def test_what_train_py_saved_is_opened_with_the_plan_that_makes_its_layers(modules):
    for name, network, dropout in (("convnet", "cnn", 0.1), ("mlp", "mlp", 0)):
        run = opened(modules, WEIGHTS.with_name(f"{name}.safetensors").read_bytes(), f"{name}.x")
        assert set(run["opened"]) == set(float_tensors(load(WEIGHTS.with_stem(name))))
        assert (run["name"], run["model"], run["points"]) == (f"{name}.x", name, [])
        assert (run["plan"]["network"], run["plan"]["dropout"]) == (network, dropout)


def mlp(classes: str = "0123456789", **stages: nn.Module) -> Network:
    flat = {"flatten": nn.Flatten(), "fc1": nn.Linear(784, 5), "relu1": nn.ReLU()}
    last = {"fc2": nn.Linear(5, len(classes)), "log_softmax": nn.LogSoftmax(dim=1)}
    return Network(classes, **(stages or flat), **last)


def not_finite() -> Network:
    network = mlp()
    with torch.no_grad():
        network.fc1.weight[0, 0] = np.nan
    return network


def normed() -> Network:
    return mlp(
        conv1=nn.Conv2d(1, 5, 28), norm1=nn.BatchNorm2d(5), relu1=nn.ReLU(), flatten=nn.Flatten()
    )


def test_a_file_that_cannot_be_opened_is_refused_for_what_is_wrong_with_it(modules, tmp_path):
    good = saved(tmp_path, mlp())
    assert opened(modules, good)["plan"]["hidden"] == 5
    flipped = bytearray(good)
    flipped[-1] ^= 1
    refused = {
        "open.not_safetensors": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "open.cut": good[:-1],
        "open.damaged": bytes(flipped),
        "open.unfit": with_card(good, architecture=[]),
        "open.classes": saved(tmp_path, mlp("ABC")),
        "open.not_finite": saved(tmp_path, not_finite()),
        "open.not_built": saved(tmp_path, normed()),
    }
    assert {word: opened(modules, content) for word, content in refused.items()} == {
        word: word for word in refused
    }
    assert opened(modules, good, more=16 * 2**20) == "open.too_large"
    assert opened(modules, with_card(good, classes=[*"1023456789"])) == "open.classes"
    history = WEIGHTS.with_suffix(".history.safetensors").read_bytes()
    assert opened(modules, history) == "open.unfit"


@pytest.mark.parametrize(
    "field",
    [{"threshold": 2}, {"threshold": "0"}, {"date": 7}, {"date": "today"}, {"training_set": [{}]}],
    ids=str,
)
def test_a_card_that_the_page_cannot_show_is_refused(modules, tmp_path, field):
    assert opened(modules, with_card(saved(tmp_path, mlp()), **field)) == "open.unfit"
