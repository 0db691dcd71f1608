"""The history is of the run itself, and ends with the weights that the run wrote."""

import json

import pytest
import torch
from safetensors import safe_open
from torch.nn import functional as F

from cnn.model import ConvNet, load, save
from cnn.training.history import History

DIGITS = torch.randint(0, 256, (60, 1, 28, 28), dtype=torch.uint8)
CARD = {"threshold": 0.8}
EXAMPLES = DIGITS, torch.arange(60) % 10


@pytest.fixture
def recorded():
    history, models = History(EXAMPLES, EXAMPLES), [ConvNet().eval() for _ in range(3)]
    for i, model in enumerate(models):
        history.record(model, 10 * i, i)
    return history, models


def test_a_moment_has_the_weights_to_float16_and_the_scores_of_its_network(recorded):
    history, models = recorded
    for moment, snapshot, model in zip(history.moments, history.snapshots, models, strict=True):
        for name, tensor in model.state_dict().items():
            assert torch.equal(snapshot[name], tensor.half())
        log_probs = model(DIGITS.float() / 255)
        assert moment["loss"] == pytest.approx(F.nll_loss(log_probs, EXAMPLES[1]).item(), abs=1e-4)
        right = (log_probs.argmax(1) == EXAMPLES[1]).float().mean().item()
        assert moment["train"] == moment["held_out"] == pytest.approx(100 * right, abs=0.01)


def test_a_state_that_is_loaded_gives_the_same_history(recorded):
    history, _ = recorded
    again = History(EXAMPLES, EXAMPLES)
    again.load_state(history.state(), history.moments)
    assert again.moments == history.moments
    for a, b in zip(again.snapshots, history.snapshots, strict=True):
        assert a.keys() == b.keys()
        assert all(torch.equal(a[name], b[name]) for name in a)


def test_moments_of_an_unfinished_epoch_are_not_written(recorded, tmp_path):
    history, _ = recorded
    save(ConvNet(), tmp_path / "net.safetensors", CARD)
    model = load(tmp_path / "net.safetensors")
    (tmp_path / "net.history.safetensors").write_bytes(history.content(model, 15, 1))
    with safe_open(tmp_path / "net.history.safetensors", "pt") as file:
        note = json.loads(file.metadata()["history"])
        assert len(file.keys()) == 3 * len(model.state_dict())
    assert [moment["step"] for moment in note["moments"]] == [0, 10, 15]
    assert [moment["step"] for moment in history.moments] == [0, 10, 20]


def test_the_file_ends_with_the_weights_and_names_them(recorded, tmp_path):
    history, _ = recorded
    path = tmp_path / "net.safetensors"
    save(ConvNet(), path, CARD)
    model = load(path)
    (tmp_path / "net.history.safetensors").write_bytes(history.content(model, 99, 7))
    assert len(history.moments) == 3  # a run that goes on has not ended
    with safe_open(tmp_path / "net.history.safetensors", "pt") as file:
        note = json.loads(file.metadata()["history"])
        last = {name: file.get_tensor(f"3.{name}") for name in model.state_dict()}
        assert len(file.keys()) == 4 * len(last)
    assert note["sha256"] == model.card["sha256"]
    assert note["model"] == "convnet"
    assert [moment["step"] for moment in note["moments"]] == [0, 10, 20, 99]
    assert all(torch.equal(last[k], v.half()) for k, v in model.state_dict().items())


def test_a_history_is_read_back_only_for_the_weights_that_it_names(recorded, tmp_path):
    history, _ = recorded
    path = tmp_path / "net.history.safetensors"
    save(ConvNet(), tmp_path / "net.safetensors", CARD)
    model = load(tmp_path / "net.safetensors")
    path.write_bytes(history.content(model, 99, 7))
    again = History(EXAMPLES, EXAMPLES)
    assert not again.read(path, "another")
    assert not again.read(tmp_path / "none", model.card["sha256"])
    assert again.moments == []
    assert again.read(path, model.card["sha256"])
    assert [moment["step"] for moment in again.moments] == [0, 10, 20, 99]
    assert torch.equal(again.snapshots[1]["fc1.weight"], history.snapshots[1]["fc1.weight"])


@pytest.mark.parametrize("odd", [None, 7, [7], [{}], [{"step": "x"}] * 3, "abc"])
def test_odd_moments_are_refused_and_nothing_is_loaded(recorded, odd):
    history, _ = recorded
    again = History(EXAMPLES, EXAMPLES)
    with pytest.raises((KeyError, TypeError, ValueError)):
        again.load_state(history.state(), odd)
    assert again.moments == again.snapshots == []
