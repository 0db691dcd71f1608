"""digits -> augment -> model, an epoch at a time, with a state that can be saved and resumed.

The whole set lies on the device as uint8; a batch is indexed, jittered and trained on without a
loader.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnn.metrics import log_probabilities
from cnn.model import CLASSES, NETWORKS, Network
from cnn.training.augment import augment
from cnn.training.datasets import NON_DIGIT
from cnn.training.muon import Muon

NON_DIGIT_WEIGHT = 0.5  # of a non-digit's loss, beside a digit's 1
ADAM_LR = 1 / 6  # of Muon's rate, for biases and the output layer
ADAM_BETAS = 0.9, 0.99  # what AdamW's running means of the gradient and its square keep at a step
WEIGHT_DECAY = 0.02  # of Muon's weights, times its rate, at every step
LABEL_SMOOTHING = 0.05  # of a digit's label is shared by all classes
WARM_UP = 0.15  # of all steps
FINAL_LR = 0.1  # of the peak
ALIVE = 0.1  # the least that a map's or neuron's largest value in a batch should be before ReLU
ALIVE_WEIGHT = 0.1  # in the loss, of the amount by which units fall short of ALIVE
OPTIMIZER_STATES = {"momentum"}, {"step", "exp_avg", "exp_avg_sq"}  # of Muon, of AdamW
EMA_SPAN = 6  # the moving average reaches over the last 1 / EMA_SPAN of the steps so far

# By measurement, see benchmarks/README.md.
DEFAULTS = {
    "convnet": {"epochs": 40, "lr": 0.03, "dropout": 0.1},
    "mlp": {"epochs": 8, "lr": 0.03, "dropout": 0.0},
}


class DivergedError(Exception):
    """The loss became infinite or NaN; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """What determines the weights, together with the examples and the machine."""

    model: str
    epochs: int
    lr: float  # the peak of the one cycle
    dropout: float = 0.0
    batch_size: int = 256
    seed: int = 0
    augment: bool = True  # jitter every digit, see `augment`


class Trainer:
    """A network in training: `model`, its moving average `ema`, the optimisers, the epochs done."""

    def __init__(
        self, settings: Settings, digits: Tensor, labels: Tensor, device: str = "cpu"
    ) -> None:
        """Digits uint8 (N, 1, 28, 28) and labels int64 (N,), 0 to 9 or NON_DIGIT."""
        torch.manual_seed(settings.seed)
        self.settings, self.device, self.epochs = settings, torch.device(device), 0
        self.digits, self.labels = digits.to(device), labels.to(device)
        self.targets = _targets().to(device)
        model = NETWORKS[settings.model]()
        model.set_dropout(settings.dropout)
        self.model = model.to(device, memory_format=torch.channels_last)
        self.stages = _pooling_first(self.model)
        self.ema = deepcopy(self.model).eval().requires_grad_(False)
        matrices = [
            p for p in model.parameters() if p.ndim > 1 and p is not model.output_layer.weight
        ]
        rest = [p for p in model.parameters() if all(p is not matrix for matrix in matrices)]
        self.optimizers = [
            Muon(matrices, settings.lr, decay=WEIGHT_DECAY),
            torch.optim.AdamW(rest, settings.lr * ADAM_LR, betas=ADAM_BETAS, weight_decay=0),
        ]
        self.peaks = [settings.lr, settings.lr * ADAM_LR]

    def start_from(self, model: Network) -> None:
        """Begin with these weights instead of random ones."""
        for network in (self.model, self.ema):
            network.load_state_dict(model.state_dict())

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch; the last one may be smaller."""
        return -(-len(self.digits) // self.settings.batch_size)

    def epoch(self) -> Iterator[float]:
        """Train on every example once, in a new order; yields each batch's loss.

        It counts as done when the iterator is exhausted. Raises DivergedError.
        """
        self.model.train()
        order = torch.randperm(len(self.digits)).to(self.device)
        for k, batch in enumerate(order.split(self.settings.batch_size)):
            step = self.epochs * self.steps_per_epoch + k
            self._set_rates(step / (self.settings.epochs * self.steps_per_epoch))
            loss = self._step(batch)
            self._update_ema(step)
            yield loss
        self.epochs += 1

    def _step(self, batch: Tensor) -> float:
        digits = self.digits[batch].float() / 255
        if self.settings.augment:
            digits = augment(digits)
        digits = digits.contiguous(memory_format=torch.channels_last)
        logits, dying = self._forward(self.model.normalise(digits))
        loss = F.cross_entropy(logits, self.targets[self.labels[batch]])
        if not loss.isfinite():
            raise DivergedError("the loss is no longer a finite number; use a lower --lr")
        self.model.zero_grad()
        (loss + ALIVE_WEIGHT * dying).backward()
        for optimizer in self.optimizers:
            optimizer.step()
        return loss.item()

    def _forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (B, classes), and by how much units' largest inputs to ReLU miss ALIVE, summed.

        A unit whose input to ReLU is negative for every digit gets no gradient and stays dead; the
        second value gives it one. A unit is a map of a convolution, or a neuron.
        """
        dying = torch.zeros((), device=x.device)
        for stage in self.stages:
            if isinstance(stage, nn.ReLU):
                lacking = _largest(x.detach()) < ALIVE
                if lacking.any():  # rarely: the backward pass of a maximum takes milliseconds
                    dying = dying + (ALIVE - _largest(x[:, lacking])).sum()
            x = stage(x)
        return x, dying

    def _set_rates(self, done: float) -> None:
        """One cycle: linearly up to the peak, then linearly down to FINAL_LR of it."""
        share = min(done / WARM_UP, 1 - (1 - FINAL_LR) * (done - WARM_UP) / (1 - WARM_UP))
        for optimizer, peak in zip(self.optimizers, self.peaks, strict=True):
            optimizer.param_groups[0]["lr"] = peak * share

    @torch.no_grad()
    def _update_ema(self, step: int) -> None:
        """An exponential average whose reach grows with the steps: early weights do not linger."""
        torch._foreach_lerp_(
            list(self.ema.parameters()),
            list(self.model.parameters()),
            (EMA_SPAN - 1) / (step + EMA_SPAN),
        )
        for average, newest in zip(self.ema.buffers(), self.model.buffers(), strict=True):
            average.copy_(newest)  # a batch norm's running mean and variance are averages already

    def state(self) -> dict[str, Tensor]:
        """Everything that the next epoch depends on, by name."""
        tensors = {"epochs": torch.tensor(self.epochs), "rng": torch.get_rng_state()}
        if self.device.type != "cpu":  # augmentation and dropout draw from the device's own
            tensors["rng.device"] = torch.get_device_module(self.device).get_rng_state()
        for part, network in (("model", self.model), ("ema", self.ema)):
            tensors |= {f"{part}.{k}": v for k, v in network.state_dict().items()}
        for i, optimizer in enumerate(self.optimizers):
            for k, values in optimizer.state_dict()["state"].items():
                tensors |= {f"optimizer.{i}.{k}.{name}": v for name, v in values.items()}
        return tensors

    def resume(self, tensors: dict[str, Tensor]) -> None:
        """Go on from what `state` gave; KeyError, ValueError or RuntimeError if it does not fit."""
        epochs = int(tensors["epochs"])
        if not 0 <= epochs <= self.settings.epochs:
            raise ValueError(f"{epochs} epochs of {self.settings.epochs}")
        for part, network in (("model", self.model), ("ema", self.ema)):
            network.load_state_dict({k: tensors[f"{part}.{k}"] for k in network.state_dict()})
        for i, (optimizer, names) in enumerate(zip(self.optimizers, OPTIMIZER_STATES, strict=True)):
            whole, state = optimizer.state_dict(), {}
            for key, value in tensors.items():
                if key.startswith(f"optimizer.{i}."):
                    k, name = key.split(".")[2:]
                    state.setdefault(int(k), {})[name] = value
            optimizer.load_state_dict(whole | {"state": state})
            for parameter in optimizer.param_groups[0]["params"]:
                kept = optimizer.state[parameter].items()
                fits = {k for k, v in kept if v.shape in (parameter.shape, ())}
                if fits != (names if epochs else set()):
                    raise ValueError(f"an optimizer's state is not {sorted(names)}")
        self.epochs = epochs
        torch.set_rng_state(tensors["rng"])
        if self.device.type != "cpu":
            torch.get_device_module(self.device).set_rng_state(tensors["rng.device"])


def _largest(x: Tensor) -> Tensor:
    """(B, C) or (B, C, H, W) -> (C,): each unit's largest value in the batch."""
    return x.amax([0, *range(2, x.ndim)])


def _targets() -> Tensor:
    """float32 (classes + 1, classes): what to learn for each label, times the label's weight.

    A digit's probabilities are smoothed; a non-digit's are all equal.
    """
    count = len(CLASSES)
    digits = torch.eye(count).lerp(torch.full((count, count), 1 / count), LABEL_SMOOTHING)
    non_digit = torch.full((NON_DIGIT + 1 - count, count), NON_DIGIT_WEIGHT / count)
    return torch.cat([digits, non_digit])


def _pooling_first(model: Network) -> list[nn.Module]:
    """The stages up to the logits, pooling before ReLU: same result, a quarter of the ReLUs."""
    stages = [stage for stage in model.children() if not isinstance(stage, nn.LogSoftmax)]
    for i in range(len(stages) - 1):
        if isinstance(stages[i], nn.ReLU) and isinstance(stages[i + 1], nn.MaxPool2d):
            stages[i : i + 2] = reversed(stages[i : i + 2])
    return stages


@torch.no_grad()
def calibrate(model: Network, digits: Tensor, labels: Tensor) -> float:
    """Divide the output layer by the temperature at which its predictions fit the labels best.

    digits uint8 (N, 1, 28, 28); labels int64 (N,). Returns the temperature, the best of 201 from
    0.1 to 10: over 1 where the network was too sure.
    Temperature scaling: Guo et al., 2017, "On calibration of modern neural networks".
    """
    log_probs = log_probabilities(model, digits)
    temperatures = torch.logspace(-1, 1, 201)
    losses = [F.cross_entropy(log_probs / t, labels) for t in temperatures]
    temperature = temperatures[torch.stack(losses).argmin()].item()
    model.output_layer.weight /= temperature
    model.output_layer.bias /= temperature
    return temperature
