"""The networks are the article's, and their weights load as they were saved or not at all."""

import hashlib
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

from cnn.model import (
    MAX_BYTES,
    MLP,
    WEIGHTS,
    ConvNet,
    Network,
    WeightsError,
    load,
    save,
)

CONVNET = ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "dropout"]
CONVNET += ["fc1", "relu3", "fc2", "log_softmax"]
DIGITS = torch.rand(5, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    save(ConvNet(), tmp_path / "net.safetensors", {"seed": 0, "threshold": 0.8})
    return tmp_path / "net.safetensors"


def test_the_networks_are_the_articles():
    assert [name for name, _ in ConvNet().stages()] == CONVNET
    assert [name for name, _ in MLP().stages()] == ["flatten", "fc1", "relu1", "fc2", "log_softmax"]
    assert sum(p.numel() for p in ConvNet().parameters()) == 103_018
    assert sum(p.numel() for p in MLP().parameters()) == 784 * 128 + 128 + 128 * 10 + 10
    assert ConvNet().dropout.p == 0.5


def test_forward_is_the_formula_written_out():
    net = ConvNet().eval()
    w = net.state_dict()
    x = (DIGITS - 0.1307) / 0.3081
    for i in "12":
        x = F.conv2d(x, w[f"conv{i}.weight"], w[f"conv{i}.bias"], stride=1, padding=1)
        x = x.relu().unfold(2, 2, 2).unfold(3, 2, 2).amax((4, 5))
    x = (x.reshape(5, 784) @ w["fc1.weight"].T + w["fc1.bias"]).relu()
    x = x @ w["fc2.weight"].T + w["fc2.bias"]
    probs = x.exp() / x.exp().sum(1, keepdim=True)
    torch.testing.assert_close(net(DIGITS).exp(), probs)
    torch.testing.assert_close(net.confidence(DIGITS), probs.max(1).values)


def test_the_model_brings_mnist_to_mean_0_and_deviation_1(mnist_train):
    x = ConvNet().normalise(mnist_train[0].float() / 255)
    assert abs(x.mean()) < 1e-3
    assert abs(x.std() - 1) < 1e-3


def test_what_was_saved_is_what_is_loaded(saved):
    torch.manual_seed(0)
    net, back = ConvNet().eval(), load(saved)
    assert torch.equal(net(DIGITS), back(DIGITS))
    assert not back.training
    assert back.card["seed"] == 0
    assert back.card["parameters"] == 103_018
    assert json.loads(saved.with_suffix(".json").read_text()) == back.card


def test_the_committed_weights_load_with_a_whole_card():
    for name in ("convnet", "mlp"):
        card = load(WEIGHTS.with_name(f"{name}.safetensors")).card
        assert {"date", "commit", "flags", "seed", "torch", "parameters", "mnist"} <= card.keys()
        assert {"synthetic", "epoch", "temperature", "threshold", "architecture"} <= card.keys()


HUGE = [  # 30,028 pixels either way, of which one is kept
    {"name": "pad", "kind": "AvgPool2d", "kernel_size": [30_000, 30_000], "stride": [1, 1]}
    | {"padding": [15_000, 15_000], "shape": [1, 29, 29]},
    {"name": "conv", "kind": "Conv2d", "in_channels": 1, "out_channels": 64, "kernel_size": [1, 1]}
    | {"stride": [1, 1], "padding": [15_000, 15_000], "shape": [64, 30_029, 30_029]},
    {"name": "pool", "kind": "AvgPool2d", "kernel_size": [30_029, 30_029]}
    | {"stride": [30_029, 30_029], "padding": [0, 0], "shape": [64, 1, 1]},
    {"name": "flatten", "kind": "Flatten", "shape": [64]},
    {"name": "fc", "kind": "Linear", "in_features": 64, "out_features": 10, "shape": [10]},
]


def damage(path: Path, how: str) -> None:
    """Make the weights unfit; where it matters the card fits what was made."""
    content = bytearray(path.read_bytes())
    header_end = 8 + int.from_bytes(content[:8], "little")
    # Copies: older safetensors lend what lies in the file itself, which is overwritten below.
    weights = {name: tensor.clone() for name, tensor in load_file(path).items()}
    card = json.loads(path.with_suffix(".json").read_text())
    if how == "no file":
        return path.unlink()
    if how == "one bit":
        content[-1] ^= 1
    elif how == "cut in the data":
        del content[header_end + 1000 :]
    elif how == "cut in the header":
        del content[100:]
    elif how == "no safetensors":
        content[:] = b"pickle" * 100
    elif how == "a header that is no object":
        content[:] = (2).to_bytes(8, "little") + b"[]"
    elif how == "a header nested too deeply":
        content[:] = (100_000).to_bytes(8, "little") + b"[" * 100_000
    elif how == "too large":
        content += bytes(MAX_BYTES)
    if content != path.read_bytes():
        return path.write_bytes(content)
    if how == "no card, as before cards were inside":
        return save_file(weights, path)
    if how == "a card cut short":
        return save_file(weights, path, {"card": json.dumps(card)[:50]})
    if how == "a kind of stage that none knows":
        card["architecture"][1]["kind"] = "Transformer"
    elif how == "stages that do not fit together":
        card["architecture"][1]["padding"] = [0, 0]
    elif how == "a stage without sense":
        card["architecture"][1]["kernel_size"] = [-3, -3]
    elif how == "a stage of too many values":
        card["architecture"] = [card["architecture"][0], *HUGE]
    elif how == "nothing in, and a billion out":
        card["architecture"][1] |= {"in_channels": 0, "out_channels": 10**9}
    elif how == "few weights, and windows of too many values":
        card["architecture"][1] |= {"kernel_size": [1000, 1000], "padding": [500, 500]}
        card["architecture"][1] |= {"in_channels": 1, "out_channels": 1}
    elif how == "another shape than it gives":
        card["architecture"][-1]["shape"] = [11]
    elif how == "a class too many":
        card["classes"].append("A")
    elif how == "a true that is no 1":
        card["architecture"][1]["in_channels"] = True
    elif how == "an architecture that is none":
        card["architecture"] = 7
    elif how == "a threshold as text":
        card["threshold"] = "0.5"
    elif how == "a threshold over 1":
        card["threshold"] = 7
    elif how == "a rate of dropout that is none":
        next(s for s in card["architecture"] if s["kind"] == "Dropout")["p"] = None
    elif how == "more parameters":
        card["parameters"] += 1
    elif how == "a card nested too deeply":
        return save_file(weights, path, {"card": "[" * 50_000})
    elif how == "float16":
        weights = {name: tensor.half() for name, tensor in weights.items()}
    elif how == "a weight that is no number":
        weights["fc2.bias"][3] = float("nan")
    elif how == "a name too few":
        del weights["fc2.bias"]
    elif how == "a name too many":
        weights["fc3.bias"] = torch.zeros(10)
    elif how == "another shape":
        weights["conv1.weight"] = torch.zeros(8, 1, 5, 5)
    save_file(weights, path)
    content = path.read_bytes()
    data = content[8 + int.from_bytes(content[:8], "little") :]
    card["sha256"] = hashlib.sha256(data).hexdigest()
    save_file(weights, path, {"card": json.dumps(card)})


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("no file", "no weights at"),
        ("one bit", "sha256"),
        ("cut in the data", "not a safetensors file"),
        ("cut in the header", "not a safetensors file"),
        ("no safetensors", "not a safetensors file"),
        ("a header that is no object", "not a safetensors file"),
        ("a header nested too deeply", "not a safetensors file"),
        ("too large", "not a safetensors file .*larger than"),
        ("no card, as before cards were inside", "no card of this version"),
        ("a card cut short", "no card of this version"),
        ("a kind of stage that none knows", "no card of this version.*Transformer"),
        ("a card nested too deeply", "no card of this version.*nested"),
        ("a threshold as text", r"its threshold is '0\.5', not a number from 0 to 1"),
        ("a threshold over 1", "its threshold is 7, not a number from 0 to 1"),
        ("a rate of dropout that is none", "its dropout is None, not a number from 0 to 1"),
        ("more parameters", r"its parameters are 103019, not 103018"),
        ("an architecture that is none", "no card of this version"),
        ("stages that do not fit together", r"no card of this version \(fc1 cannot read \[576\]"),
        ("a stage without sense", "no card of this version.*conv1"),
        ("a stage of too many values", "asks for more than 16,777,216 values"),
        ("nothing in, and a billion out", "conv1 asks for more than 16,777,216 values"),
        (
            "few weights, and windows of too many values",
            "conv1 asks for more than 16,777,216 values",
        ),
        ("another shape than it gives", "its architecture contradicts itself"),
        ("a true that is no 1", "its conv1 has True in place of a number"),
        ("a class too many", r"its network gives \[10\], not one value for each of its classes"),
        ("float16", r"\w+ holds something other than finite float32 numbers"),
        ("a weight that is no number", r"fc2\.bias holds something other"),
        ("a name too few", r"Missing key.*fc2\.bias"),
        ("a name too many", r"Unexpected key.*fc3\.bias"),
        ("another shape", r"conv1\.weight.*8, 1, 5, 5"),
    ],
)
def test_weights_that_do_not_fit_are_refused_with_a_remedy(saved, how, says):
    damage(saved, how)
    with pytest.raises(WeightsError, match=f"{says}.*run: python train.py") as refused:
        load(saved)
    assert "\n" not in str(refused.value)


def test_a_network_of_any_known_stages_and_classes_is_loaded_from_its_description(tmp_path):
    torch.manual_seed(0)
    network = Network(
        classes=["yes", "no", "字"],
        conv=nn.Conv2d(1, 3, (5, 4), stride=2, padding=(0, 1)),
        norm=nn.BatchNorm2d(3),
        tanh=nn.Tanh(),
        pool=nn.AvgPool2d(2),
        leaky=nn.LeakyReLU(0.3),
        flatten=nn.Flatten(),
        drop=nn.Dropout(0.25),
        out=nn.Linear(126, 3),
        log_softmax=nn.LogSoftmax(dim=1),
    )
    network(DIGITS)  # so that the norm has counted a batch
    path = tmp_path / "own.safetensors"
    save(network, path, {"model": "own", "threshold": 0.5})
    back = load(path)
    assert torch.equal(network.eval()(DIGITS), back(DIGITS))
    assert back.classes == ("yes", "no", "字")
    assert back.card["classes"] == [*back.classes]
    assert back.dropout_rate == 0.25
    assert back.norm.num_batches_tracked == 0  # which decides nothing
    save(back, tmp_path / "again.safetensors", {"threshold": 0.5})
    assert load(tmp_path / "again.safetensors").card["model"] == "own"


def test_the_readable_copy_of_the_card_is_not_needed(saved):
    saved.with_suffix(".json").unlink()
    assert load(saved).card["seed"] == 0
