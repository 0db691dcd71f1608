import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional as F

from cnn.model import MLP, WEIGHTS, ConvNet, WeightsError, load, save, write_files

CONVNET = ["conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten", "dropout"]
CONVNET += ["fc1", "relu3", "fc2", "log_softmax"]
DIGITS = torch.rand(5, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    save(ConvNet(), tmp_path / "net.safetensors", {"seed": 0})
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
    odds = x.exp() / x.exp().sum(1, keepdim=True)
    torch.testing.assert_close(net(DIGITS).exp(), odds)
    torch.testing.assert_close(net.certainty(DIGITS), odds.max(1).values)


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


def damage(path: Path, how: str) -> None:
    """Make the weights unfit; where it matters the card fits what was made."""
    weights, card = load_file(path), path.with_suffix(".json")
    if how == "no weights":
        path.unlink()
    elif how == "no card":
        card.unlink()
    elif how == "card cut short":
        card.write_text(card.read_text()[:50])
    elif how == "card of no network of ours":
        card.write_text('{"model": "transformer"}')
    elif how == "one bit":
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
    elif how == "cut short":
        path.write_bytes(path.read_bytes()[:1000])
    else:
        if how == "a name too few":
            del weights["fc2.bias"]
        elif how == "a name too many":
            weights["fc3.bias"] = torch.zeros(10)
        elif how == "another shape":
            weights["conv1.weight"] = torch.zeros(8, 1, 5, 5)
        save_file(weights, path)
        rewrite_sha256(path)


def rewrite_sha256(path: Path) -> None:
    import hashlib

    card = json.loads(path.with_suffix(".json").read_text())
    card["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".json").write_text(json.dumps(card))


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("no weights", "no weights at"),
        ("no card", "net.json"),
        ("card cut short", "not a card"),
        ("card of no network of ours", "not a card"),
        ("one bit", "sha256"),
        ("cut short", "sha256"),
        ("a name too few", "fc2.bias is missing"),
        ("a name too many", "fc3.bias"),
        ("another shape", r"\(8, 1, 5, 5\), not \(8, 1, 3, 3\)"),
    ],
)
def test_weights_that_do_not_fit_are_refused_with_a_remedy(saved, how, says):
    damage(saved, how)
    with pytest.raises(WeightsError, match=f"{says}.*run: python train.py"):
        load(saved)


def test_a_file_that_is_no_safetensors_is_refused_even_with_its_sha256(saved):
    saved.write_bytes(b"pickle" * 100)
    rewrite_sha256(saved)
    with pytest.raises(WeightsError, match=r"not a safetensors file.*run: python train.py"):
        load(saved)


def test_a_write_that_fails_changes_nothing(tmp_path):
    files = {tmp_path / "a": b"new", tmp_path / "b": "not bytes"}
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(TypeError):
        write_files(files)
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"
