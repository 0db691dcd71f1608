"""What a plan makes is the network that PyTorch makes of it, and Python loads it."""

import hashlib
import json

import numpy as np
import pytest
import torch
from plans import network_of, random_plan
from safetensors.torch import save
from torch.utils.flop_counter import FlopCounterMode

from cnn.model import MLP, ConvNet, describe, load, split_safetensors

RANDOM = 60
MAX_PARAMETERS, MAX_MULTIPLICATIONS = 2_000_000, 10_000_000
MADE = """async (plans) => {
    const { architectureOf, countsOf, unreadOf } = await import("/browser/train/plan.js");
    return plans.map((plan) => {
        try {
            const architecture = architectureOf(plan);
            const { parameters, multiplications } = countsOf(architecture);
            return { architecture, parameters, multiplications, unread: unreadOf(architecture) };
        } catch ({ word, values }) {
            return { word, values };
        }
    });
}"""
WIDE = {"kernels": 32, "size": 7, "stride": 1, "padding": 3}
FEW = {"kernels": 1, "size": 7, "stride": 3, "padding": 0}  # places: 8
ODD = [WIDE, WIDE], [FEW, FEW]  # multiplies too often; conv2 finds no place
PRESETS = """async () => (await import("/browser/train/plan.js")).PRESETS"""


@pytest.fixture(scope="module")
def presets(modules) -> dict[str, dict]:
    return modules.evaluate(PRESETS)


def counted(model: torch.nn.Module) -> tuple[int, int]:
    """Parameters, and multiplications for one digit, as torch counts them."""
    with FlopCounterMode(display=False) as counter:
        model.eval()(torch.zeros(1, 1, 28, 28))
    parameters = sum(tensor.numel() for tensor in model.parameters())
    return parameters, counter.get_total_flops() // 2  # the other half only adds


def test_the_article_s_networks_are_those_of_the_project(modules, presets):
    for name, network in ("convnet", ConvNet()), ("mlp", MLP()):
        network.set_dropout(presets[name]["dropout"])
        assert modules.evaluate(MADE, [presets[name]])[0]["architecture"] == describe(network)


def test_a_plan_makes_the_network_that_torch_makes_or_says_why_not(modules, presets, tmp_path):
    rng = np.random.default_rng(5)
    drawn = [random_plan(rng) for _ in range(RANDOM)]
    odd = [presets["convnet"] | {"convolutions": convolutions} for convolutions in ODD]
    plans = [*presets.values(), *drawn, *odd]
    seen = set()
    for plan, made in zip(plans, modules.evaluate(MADE, plans), strict=True):
        seen.add(made.get("word", "made"))
        try:
            network = network_of(plan)
        except ValueError:
            assert made["word"] in {"no-place", "no-pool"}
            values = {"stride": 2, "padding": 0} | made["values"]
            room = values["side"] - values["size"] + 2 * values["padding"]
            assert room // values["stride"] + 1 == values["out"] < 1
            continue
        parameters, multiplications = counted(network)
        if parameters > MAX_PARAMETERS:
            assert made["word"] == "too-many.parameters"
            assert made["values"] == {"count": parameters, "most": MAX_PARAMETERS}
            continue
        if multiplications > MAX_MULTIPLICATIONS:
            assert made["word"] == "too-many.multiplications"
            assert made["values"] == {"count": multiplications, "most": MAX_MULTIPLICATIONS}
            continue
        assert made["architecture"] == describe(network), plan
        assert (made["parameters"], made["multiplications"]) == (parameters, multiplications)
        assert made["unread"] == unread(network)
        path = tmp_path / "built.safetensors"
        path.write_bytes(weights_file(network, made["architecture"]))
        loaded = load(path)
        digits = torch.rand(2, 1, 28, 28)
        assert torch.equal(loaded(digits), network.eval()(digits))
    assert seen == {
        *("made", "no-place", "no-pool", "too-many.parameters", "too-many.multiplications"),
    }


def unread(network: torch.nn.Module) -> list[dict]:
    """Of which layers no output depends on some rows of the input, by autograd."""
    found = []
    x = torch.zeros(1, 1, 28, 28)
    for name, stage in network.stages():
        before = torch.rand(x.shape, requires_grad=True)
        if x.dim() == 4 and hasattr(stage, "kernel_size"):
            # an average for a maximum: each value of a window counts
            average = torch.nn.AvgPool2d(2)
            sees = stage if isinstance(stage, torch.nn.Conv2d) else average
            sees(before).sum().backward()
            rows = before.grad.abs().sum((0, 1, 3)) > 0
            n = (~rows).sum().item()
            if n:
                found.append({"layer": name, "side": len(rows), "n": n})
        x = stage(x).detach()
    return found


def weights_file(network: torch.nn.Module, architecture: list[dict]) -> bytes:
    """A weights file with that architecture in its card."""
    tensors = network.state_dict()
    card = {
        "model": "built",
        "classes": [*"0123456789"],
        "architecture": architecture,
        "threshold": 0.5,
        "sha256": hashlib.sha256(split_safetensors(save(tensors))[1]).hexdigest(),
    }
    return save(tensors, metadata={"card": json.dumps(card)})


def test_a_plan_that_no_form_makes_is_refused_by_name(modules, presets):
    plan = presets["convnet"]
    first, second = plan["convolutions"]
    wrong = {
        "network": "rnn",
        "convolutions": [],
        "pooling": None,
        "activation": "tanh",
        "optimizer": "toString",
        "average": "yes",
        "jitter": 1,
        "hidden": 513,
        "dropout": "0.5",
        "rate": 0,
        "batch": 2.5,
        "seed": -1,
    }
    made = modules.evaluate(MADE, [plan | {name: value} for name, value in wrong.items()])
    for name, each in zip(wrong, made, strict=True):
        assert each["word"] in {"unknown", "bounds"}
        assert each["values"]["name"] == {"word": f"field.{name}"}
    for name, value in {"kernels": 33, "size": 0, "stride": 4, "padding": -1}.items():
        convolutions = [first, second | {name: value}]
        [each] = modules.evaluate(MADE, [plan | {"convolutions": convolutions}])
        assert each["values"]["name"] == {"word": f"field.{name}"}
    [each] = modules.evaluate(MADE, [plan | {"convolutions": [first, second, second]}])
    assert each["word"] == "unknown"
