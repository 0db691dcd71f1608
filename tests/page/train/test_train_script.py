"""The same in PyTorch: the script that the page writes runs, and makes what the page trains."""

import base64
import re
import subprocess
import sys
from types import ModuleType

import numpy as np
import pytest
import torch
from plans import network_of, random_plan

from cnn.model import Network, describe
from cnn.page.bundle import compact
from cnn.page.html import BROWSER

RANDOM = 6
STEPS = 4
DIGITS = torch.rand(12, 1, 28, 28, generator=torch.Generator().manual_seed(0))
LABELS = torch.arange(12) % 10
# For each plan the script; the weights that training begins with, what they make of digits, and
# what they are after a few steps on the same batch.
MADE = """async ({ plans, digits, labels, steps }) => {
    const { architectureOf } = await import("/browser/train/plan.js");
    const { scriptOf } = await import("/browser/train/script.js");
    const { Network } = await import("/browser/engine/network.js");
    const { Trainer } = await import("/browser/engine/train.js");
    const bytes = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const base64 = (array) => {
        let text = "";
        for (let i = 0; i < array.byteLength; i += 8192) {
            text += String.fromCharCode(...bytes(array).subarray(i, i + 8192));
        }
        return btoa(text);
    };
    const asText = (tensors) => Object.fromEntries(
        Array.from(tensors, ([name, { shape, data }]) => [name, [shape, base64(data)]]));
    const x = Float32Array.from(digits);
    return plans.map((plan) => {
        const architecture = architectureOf(plan);
        const trainer = new Trainer(architecture, { ...plan, dropout: 0 });
        const tensors = trainer.tensors();
        const classes = [..."0123456789"];
        const network = new Network({ architecture, classes }, tensors);
        const begun = asText(tensors);
        const read = labels.map((_, i) =>
            Array.from(network.run(x.subarray(784 * i, 784 * (i + 1))).at(-1)));
        for (let i = 0; i < steps; i++) trainer.step(x, Uint8Array.from(labels));
        const after = steps ? asText(tensors) : null;
        return { script: scriptOf(plan, 1), architecture, begun, read, after };
    });
}"""
SCRIPT = """async (plan) => {
    const { scriptOf } = await import("/browser/train/script.js");
    return scriptOf(plan, 640);
}"""
PRESETS = """async () => (await import("/browser/train/plan.js")).PRESETS"""


@pytest.fixture(scope="module")
def presets(modules) -> dict[str, dict]:
    return modules.evaluate(PRESETS)


def run_of(script: str) -> ModuleType:
    """The script as a module: its main is not run."""
    module = ModuleType("script")
    exec(compile(script, "script.py", "exec"), module.__dict__)
    return module


def tensors_of(written: dict) -> dict[str, torch.Tensor]:
    return {
        name: torch.tensor(np.frombuffer(base64.b64decode(data), "<f4").reshape(shape))
        for name, (shape, data) in written.items()
    }


def model_of(script: ModuleType, plan: dict, begun: dict) -> torch.nn.Module:
    """The script's network with the page's weights."""
    model = script.ConvNet() if plan["network"] == "cnn" else script.MLP()
    model.load_state_dict(tensors_of(begun))
    return model


def valid_plans() -> list[dict]:
    """Random ones that can be built, small enough for a test."""
    rng, plans = np.random.default_rng(1), []
    while len(plans) < RANDOM:
        plan = random_plan(rng)
        try:
            parameters = sum(p.numel() for p in network_of(plan).parameters())
        except ValueError:
            continue
        if parameters < 100_000:
            plans.append(plan)
    return plans


def made(modules, plans: list[dict], steps: int = 0) -> list[dict]:
    given = {"plans": plans, "digits": DIGITS.flatten().tolist(), "labels": LABELS.tolist()}
    return modules.evaluate(MADE, given | {"steps": steps})


def test_its_network_is_the_one_that_the_page_trains(modules, presets):
    plans = [*presets.values(), *valid_plans()]
    for plan, page in zip(plans, made(modules, plans), strict=True):
        script = run_of(page["script"])
        model = model_of(script, plan, page["begun"]).eval()
        assert describe(Network(**dict(model.named_children()))) == page["architecture"]
        parameters = sum(p.numel() for p in model.parameters())
        assert f"on the page: {parameters:,} parameters" in page["script"]
        with torch.no_grad():
            read = model(DIGITS)
        assert torch.allclose(read, torch.tensor(page["read"]), atol=1e-4)
        assert (plan["digits"], plan["batch"]) == (script.DIGITS, script.BATCH)
        assert (plan["rate"], plan["seed"]) == (script.RATE, script.SEED)
        assert hasattr(script, "jitter") == plan["jitter"]
        assert hasattr(script, "average") == plan["average"]


@pytest.mark.parametrize("name", ["sgd", "adam", "muon"])
def test_its_steps_are_those_of_the_page(modules, presets, name):
    plan = presets["convnet"] | {
        "convolutions": [{"kernels": 3, "size": 5, "stride": 2, "padding": 0}],
        **{"hidden": 20, "dropout": 0, "optimizer": name, "rate": 0.02, "smoothing": 0.1},
    }
    [page] = made(modules, [plan], STEPS)
    script = run_of(page["script"])
    model = model_of(script, plan, page["begun"])
    steppers = script.optimizers(model)
    for _ in range(STEPS):
        script.learn(model, steppers, DIGITS, LABELS)
    before, after = tensors_of(page["begun"]), tensors_of(page["after"])
    for key, weight in model.state_dict().items():
        moved = (after[key] - before[key]).abs().max()
        assert (weight - after[key]).abs().max() < 0.01 * moved, key


def test_a_jittered_digit_is_the_digit_moved_a_little(modules, presets):
    script = run_of(made(modules, [presets["convnet"]])[0]["script"])
    torch.manual_seed(0)
    digits = torch.zeros(200, 1, 28, 28)
    digits[:, :, 10:18, 12:16] = 1
    moved = script.jitter(digits)
    assert not torch.equal(moved, digits)
    ink = moved.sum((1, 2, 3)) / digits.sum((1, 2, 3))
    assert 0.8 < ink.min() < ink.max() < 1.25  # each side is scaled by at most 8 %
    places = torch.arange(28.0)
    for axis in (2, 3):
        centre = (moved.sum(5 - axis)[:, 0] * places).sum(1) / moved.sum((1, 2, 3))
        off = centre - 13.5
        assert 0.3 < off.abs().max() < 0.9  # 0.7 px, more or less where it is scaled and sheared


def test_it_runs_as_it_stands(modules, presets, mnist_dir, tmp_path):
    plan = presets["convnet"] | {"optimizer": "muon", "rate": 0.02, "smoothing": 0.05}
    (tmp_path / "script.py").write_text(modules.evaluate(SCRIPT, plan), encoding="utf-8")
    (tmp_path / "data").symlink_to(mnist_dir)
    command = [sys.executable, "script.py"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    [line] = run.stdout.splitlines()
    found = re.fullmatch(r"640 digits: loss ([\d.]+), ([\d.]+) % of the test digits", line)
    assert float(found[2]) > 50


def test_the_page_is_sent_with_the_script_as_it_is():
    text = (BROWSER / "train" / "script.js").read_text(encoding="utf-8")
    python = [line for line in text.splitlines() if line.startswith("|")]
    assert python == [line for line in compact(text).splitlines() if line.startswith("|")]
    assert "|    def __init__(self) -> None:" in python
