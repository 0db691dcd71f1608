"""The history is of the run itself, and ends with the weights that the run wrote."""

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open

from cnn.model import ConvNet, load, save
from cnn.training.history import History
from cnn.training.trainer import Settings, Trainer

DIGITS = torch.randint(0, 256, (60, 1, 28, 28), dtype=torch.uint8)
CARD = {"threshold": 0.8}
EXAMPLES = DIGITS, torch.arange(60) % 10


@pytest.fixture
def recorded():
    history, models = History(EXAMPLES, EXAMPLES), [ConvNet().eval() for _ in range(3)]
    for i, model in enumerate(models):
        history.record(model, 10 * i, i)
    return history, models


def saved(history: History, path: Path) -> dict:
    """The card of weights at `path`, with the history that ends with them beside it."""
    save(ConvNet(), path, CARD)
    card = load(path).card
    path.with_name("net.history.safetensors").write_bytes(history.content(card))
    return card


def test_a_moment_has_the_weights_to_float16_and_the_scores_of_its_network(recorded):
    history, models = recorded
    for moment, snapshot, model in zip(history.moments, history.snapshots, models, strict=True):
        for name, tensor in model.state_dict().items():
            assert torch.equal(snapshot[name], tensor.half())
        log_probs = model(DIGITS.float() / 255)
        of_label = log_probs[torch.arange(60), EXAMPLES[1]]
        assert moment["plain"] == pytest.approx(-of_label.mean().item(), abs=1e-4)
        smoothed = 0.95 * of_label + 0.05 * log_probs.mean(1)  # a twentieth goes to all ten alike
        assert moment["loss"] == pytest.approx(-smoothed.mean().item(), abs=1e-4)
        assert moment["temperature"] is None
        right = (log_probs.argmax(1) == EXAMPLES[1]).float().mean().item()
        assert moment["train"] == moment["held_out"] == pytest.approx(100 * right, abs=0.01)


def test_the_loss_is_the_one_that_training_minimises():
    trainer = Trainer(Settings("convnet", 1, 0.03, augment=False), *EXAMPLES)
    history = History(EXAMPLES, EXAMPLES)
    history.record(trainer.ema, 0, 0)
    assert history.moments[0]["loss"] == pytest.approx(next(trainer.epoch()), abs=1e-4)


def test_a_state_that_is_loaded_gives_the_same_history(recorded):
    history, models = recorded
    history.record(models[2], 20, 2, 0.603)
    again = History(EXAMPLES, EXAMPLES)
    again.load_state(history.state(), history.moments)
    assert again.moments == history.moments
    for a, b in zip(again.snapshots, history.snapshots, strict=True):
        assert a.keys() == b.keys()
        assert all(torch.equal(a[name], b[name]) for name in a)


def test_moments_of_an_unfinished_epoch_are_left_out(recorded):
    history, _ = recorded
    early = history.before(20)
    assert [moment["step"] for moment in early.moments] == [0, 10]
    assert len(early.state()) == 2 * len(ConvNet().state_dict())
    assert [moment["step"] for moment in history.moments] == [0, 10, 20]


def test_the_file_names_its_weights_and_is_read_back_for_them_only(recorded, tmp_path):
    history, models = recorded
    history.record(models[2], 20, 2, 0.6034)
    path = tmp_path / "net.history.safetensors"
    sha256 = saved(history, tmp_path / "net.safetensors")["sha256"]
    with safe_open(path, "pt") as file:
        note = json.loads(file.metadata()["history"])
    assert note == {"model": "convnet", "sha256": sha256, "moments": history.moments}
    again = History(EXAMPLES, EXAMPLES)
    assert not again.read(path, "another")
    assert not again.read(tmp_path / "none", sha256)
    assert again.moments == []
    assert again.read(path, sha256)
    assert [moment["temperature"] for moment in again.moments] == [None, None, None, 0.603]
    assert torch.equal(again.snapshots[1]["fc1.weight"], history.snapshots[1]["fc1.weight"])


@pytest.mark.parametrize("odd", [None, 7, [7], [{}], [{"step": "x"}] * 3, "abc"])
def test_odd_moments_are_refused_and_nothing_is_loaded(recorded, odd):
    history, _ = recorded
    again = History(EXAMPLES, EXAMPLES)
    with pytest.raises((KeyError, TypeError, ValueError)):
        again.load_state(history.state(), odd)
    assert again.moments == again.snapshots == []
