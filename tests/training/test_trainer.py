from dataclasses import replace

import pytest
import torch
from torch import nn

from cnn.activations import activations, dead_units
from cnn.model import MLP, NETWORKS, ConvNet, Network, load, save
from cnn.training.datasets import NON_DIGIT
from cnn.training.trainer import (
    ALIVE,
    DivergedError,
    Settings,
    Trainer,
    _pooling_first,
    calibrate,
)

GENERATOR = torch.Generator().manual_seed(0)
DIGITS = torch.randint(0, 256, (600, 1, 28, 28), dtype=torch.uint8, generator=GENERATOR)
LABELS = torch.randint(0, 11, (600,), generator=GENERATOR)
SETTINGS = Settings("convnet", epochs=3, lr=0.03, batch_size=100, dropout=0.3)


@pytest.mark.parametrize("network", [ConvNet, MLP])
def test_pooling_before_relu_changes_neither_values_nor_gradients(network):
    model, digits = network().eval(), torch.rand(9, 1, 28, 28)
    gradients = []
    for log_probs in (
        model(digits),
        torch.nn.Sequential(*_pooling_first(model))(model.normalise(digits)).log_softmax(1),
    ):
        gradients.append(torch.autograd.grad(log_probs[:, 3].sum(), list(model.parameters())))
        torch.testing.assert_close(log_probs, model(digits))
    torch.testing.assert_close(gradients[0], gradients[1])


def weights_after(trainer: Trainer, epochs: int) -> list:
    for _ in range(epochs):
        list(trainer.epoch())
    return list(trainer.ema.state_dict().values())


def test_the_same_seed_gives_the_same_weights_and_another_does_not():
    same = [weights_after(Trainer(SETTINGS, DIGITS, LABELS), 2) for _ in range(2)]
    assert all(torch.equal(a, b) for a, b in zip(*same, strict=True))
    other = weights_after(Trainer(replace(SETTINGS, seed=1), DIGITS, LABELS), 2)
    assert not any(torch.equal(a, b) for a, b in zip(same[0], other, strict=True))


def test_a_resumed_run_ends_with_exactly_the_weights_of_the_whole_one():
    whole = weights_after(Trainer(SETTINGS, DIGITS, LABELS), 3)
    first = Trainer(SETTINGS, DIGITS, LABELS)
    weights_after(first, 1)
    state = {name: tensor.clone() for name, tensor in first.state().items()}
    second = Trainer(SETTINGS, DIGITS, LABELS)
    torch.manual_seed(99)
    second.resume(state)
    assert all(torch.equal(a, b) for a, b in zip(whole, weights_after(second, 2), strict=True))


class Normed(Network):
    """A network of the kinds of layers that the article's lacks."""

    def __init__(self) -> None:
        super().__init__(
            conv1=nn.Conv2d(1, 4, 5, stride=2),  # (B, 4, 12, 12)
            norm1=nn.BatchNorm2d(4),
            tanh1=nn.Tanh(),
            pool1=nn.MaxPool2d(2),  # (B, 4, 6, 6)
            flatten=nn.Flatten(),
            fc1=nn.Linear(144, 32),
            leaky2=nn.LeakyReLU(0.1),
            fc2=nn.Linear(32, 10),
            log_softmax=nn.LogSoftmax(dim=1),
        )


def test_a_batch_norm_is_trained_averaged_saved_and_loaded(monkeypatch, tmp_path):
    monkeypatch.setitem(NETWORKS, "normed", Normed)
    trainer = Trainer(replace(SETTINGS, model="normed"), DIGITS, LABELS)
    weights_after(trainer, 1)
    norms = trainer.model.norm1, trainer.ema.norm1
    assert norms[0].running_mean.abs().min() > 0
    for name in "running_mean", "running_var":
        torch.testing.assert_close(*(norm.get_buffer(name) for norm in norms))
    save(trainer.ema, tmp_path / "normed.safetensors", {"threshold": 0.8})
    digits = torch.rand(9, 1, 28, 28)
    loaded = load(tmp_path / "normed.safetensors")
    torch.testing.assert_close(loaded(digits), trainer.ema(digits))


@pytest.mark.parametrize("odd", ["missing", "another shape", "more epochs than the run has"])
def test_a_state_that_does_not_fit_is_refused_before_it_is_trained_on(odd):
    first = Trainer(SETTINGS, DIGITS, LABELS)
    weights_after(first, 1)
    state = first.state()
    if odd == "missing":
        del state["optimizer.1.0.exp_avg"]
    elif odd == "another shape":
        state["optimizer.0.0.momentum"] = torch.zeros(3)
    else:
        state["epochs"] = torch.tensor(4)
    with pytest.raises(ValueError, match=r"optimizer's state|4 epochs of 3"):
        Trainer(SETTINGS, DIGITS, LABELS).resume(state)


def test_digits_are_learnt_and_a_non_digit_gets_even_probabilities():
    # One bright row says which digit it is; a row from 20 on says that it is none.
    rows = torch.arange(600) % 12
    digits = torch.zeros(600, 1, 28, 28, dtype=torch.uint8)
    digits[torch.arange(600), 0, torch.where(rows < 10, rows * 2, 12 + rows)] = 255
    labels = rows.clamp(max=NON_DIGIT)
    trainer = Trainer(Settings("convnet", 20, 0.03, batch_size=60, augment=False), digits, labels)
    weights_after(trainer, 20)
    probs = trainer.ema(digits.float() / 255).exp()
    known = labels < 10
    assert (probs.argmax(1) == labels)[known].all()
    assert probs.amax(1)[known].min() > 0.8
    assert probs.amax(1)[~known].max() < 0.3


def test_a_loss_that_is_no_number_says_to_lower_the_rate():
    trainer = Trainer(SETTINGS, DIGITS, LABELS)
    with torch.no_grad():
        trainer.model.fc2.bias.fill_(float("nan"))
    with pytest.raises(DivergedError, match="--lr"):
        list(trainer.epoch())


@pytest.mark.parametrize("too_sure", [0.5, 1.0, 3.0])
def test_calibration_finds_the_temperature_that_probabilities_were_sharpened_by(too_sure):
    torch.manual_seed(0)
    model = MLP().eval()
    digits = torch.randint(0, 256, (8_000, 1, 28, 28), dtype=torch.uint8)
    with torch.no_grad():
        model.fc2.weight *= 10  # a spread of its logits from which a temperature can be told
        true = model(digits / 255)
        labels = torch.distributions.Categorical(logits=true).sample()
        model.fc2.weight *= too_sure
        model.fc2.bias *= too_sure
    before = model.fc2.weight.clone()
    found = calibrate(model, digits, labels)
    assert found == pytest.approx(too_sure, rel=0.05)
    torch.testing.assert_close(model.fc2.weight, before / found)


def test_an_epoch_trains_on_every_example_once_the_last_partial_batch_too():
    seen = []
    trainer = Trainer(Settings("convnet", epochs=1, lr=0.03), DIGITS, LABELS)
    step = trainer._step
    trainer._step = lambda batch: seen.append(batch) or step(batch)
    assert len(list(trainer.epoch())) == trainer.steps_per_epoch == 3
    assert torch.equal(torch.cat(seen).sort().values, torch.arange(len(DIGITS)))


@pytest.mark.parametrize("n", [1, 100, 257])
def test_fewer_examples_than_a_batch_or_one_too_many_can_be_trained_on(n):
    trainer = Trainer(Settings("convnet", epochs=1, lr=0.03), DIGITS[:n], LABELS[:n])
    assert all(loss == loss for loss in trainer.epoch())


def test_dropout_acts_on_the_flattened_values_in_training_only():
    trainer = Trainer(replace(SETTINGS, dropout=0.5), DIGITS, LABELS)
    flat = torch.ones(1000, 784)
    kept = trainer.model.train().dropout(flat)
    assert set(kept.unique().tolist()) == {0.0, 2.0}  # scaled by 1 / (1 - p)
    assert kept.mean() == pytest.approx(1, abs=0.01)
    assert torch.equal(trainer.ema.dropout(flat), flat)
    stages = [name for name, _ in trainer.model.stages()]
    assert stages[stages.index("dropout") - 1] == "flatten"


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device here")
def test_a_run_resumed_on_a_device_draws_on_from_the_devices_generator():
    whole = weights_after(Trainer(SETTINGS, DIGITS, LABELS, "cuda"), 2)
    first = Trainer(SETTINGS, DIGITS, LABELS, "cuda")
    weights_after(first, 1)
    state = {name: tensor.clone() for name, tensor in first.state().items()}
    second = Trainer(SETTINGS, DIGITS, LABELS, "cuda")
    torch.cuda.manual_seed(99)
    second.resume(state)
    for a, b in zip(whole, weights_after(second, 1), strict=True):
        torch.testing.assert_close(a, b)


def test_the_state_holds_a_devices_generator(monkeypatch):
    class Module:
        state = torch.arange(16, dtype=torch.uint8)

        @classmethod
        def get_rng_state(cls):
            return cls.state

        @classmethod
        def set_rng_state(cls, state):
            cls.state = state

    trainer = Trainer(SETTINGS, DIGITS, LABELS)
    monkeypatch.setattr(torch, "get_device_module", lambda device: Module)
    trainer.device = torch.device("meta")  # there is no device here: one that only has a generator
    state = trainer.state()
    Module.state = None
    trainer.resume(state)
    assert torch.equal(Module.state, torch.arange(16, dtype=torch.uint8))


def test_dead_units_come_back_to_life():
    trainer = Trainer(
        Settings("convnet", epochs=4, lr=0.03, batch_size=100), DIGITS, LABELS.clamp(max=9)
    )
    with torch.no_grad():
        trainer.model.conv2.weight[5], trainer.model.conv2.bias[5] = 0, -0.1
        trainer.model.fc1.weight[7], trainer.model.fc1.bias[7] = 0, -0.1
    weights_after(trainer, 4)
    dead = dead_units(trainer.model.eval(), DIGITS)
    assert 5 not in dead["relu2"]
    assert 7 not in dead["relu3"]


def test_units_that_fire_are_left_alone():
    trainer = Trainer(replace(SETTINGS, dropout=0.0), DIGITS, LABELS)
    _, dying = trainer._forward(trainer.model.normalise(DIGITS[:256] / 255))
    maps = activations(trainer.model, DIGITS[:256] / 255)
    largest = [maps[k].transpose(0, 1).flatten(1).amax(1) for k in ("conv1", "conv2", "fc1")]
    lacking = sum((ALIVE - values).clamp(min=0).sum() for values in largest)
    torch.testing.assert_close(dying, lacking)
