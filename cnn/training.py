"""digits -> augment -> model, an epoch at a time, with a state that can be kept and taken up again.

The whole set lies on the device as uint8; a batch is indexed, jittered and learnt without a loader.
"""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnn.augment import augment
from cnn.model import NETWORKS, Network
from cnn.muon import Muon

NO_DIGIT = 10  # the label of what is no digit
NO_DIGIT_WEIGHT = 0.4  # of an example that is no digit, beside one that is
ADAM_LR = 1 / 6  # of Muon's rate, for biases and the last layer
DECAY = 0.1  # of Muon's weights, times its rate, at every step
SMOOTHING = 0.05  # of a digit's label is shared by all ten
WARM_UP = 0.15  # of all steps
LAST_RATE = 0.3  # of the peak; nearer to nothing the network learns its digits by heart


class Diverged(Exception):
    """The loss is no number any more."""


@dataclass(frozen=True)
class Settings:
    """What, with the examples and the machine, decides the weights."""

    model: str = "convnet"
    epochs: int = 40
    batch_size: int = 256
    lr: float = 0.03
    dropout: float = 0.0
    seed: int = 0
    augment: bool = True


class Training:
    """A network on its way: weights, their running average, the optimisers, the epochs done."""

    def __init__(
        self, settings: Settings, digits: Tensor, labels: Tensor, device: str = "cpu"
    ) -> None:
        """Digits uint8 (N, 1, 28, 28) and labels int64 (N,), 0 to 9 or NO_DIGIT."""
        torch.manual_seed(settings.seed)
        self.settings, self.epochs = settings, 0
        self.digits, self.labels = digits.to(device), labels.to(device)
        self.targets = _targets().to(device)
        network = NETWORKS[settings.model]
        model = network(settings.dropout) if settings.model == "convnet" else network()
        self.model = model.to(device, memory_format=torch.channels_last)
        self.quick = _pool_first(self.model)
        self.average = deepcopy(self.model).eval().requires_grad_(False)
        matrices = [p for name, p in model.named_parameters() if p.ndim > 1 and "fc2" not in name]
        rest = [p for p in model.parameters() if all(p is not matrix for matrix in matrices)]
        self.optimizers = [
            Muon(matrices, settings.lr, decay=DECAY),
            torch.optim.AdamW(rest, settings.lr * ADAM_LR, betas=(0.9, 0.99), weight_decay=0),
        ]
        self.peaks = [settings.lr, settings.lr * ADAM_LR]

    def start_from(self, model: Network) -> None:
        """Begin with these weights instead of chance."""
        for network in (self.model, self.average):
            network.load_state_dict(model.state_dict())

    @property
    def steps_per_epoch(self) -> int:
        return len(self.digits) // self.settings.batch_size

    def epoch(self) -> Iterable[float]:
        """Learn every example once, in a new order; yields each batch's loss."""
        self.model.train()
        order = torch.randperm(len(self.digits)).to(self.digits.device)
        for k in range(self.steps_per_epoch):
            step = self.epochs * self.steps_per_epoch + k
            self._set_rates(step / (self.settings.epochs * self.steps_per_epoch))
            yield self._learn(order[k * self.settings.batch_size :][: self.settings.batch_size])
            self._average(step)
        self.epochs += 1

    def _learn(self, chosen: Tensor) -> float:
        digits = self.digits[chosen].float() / 255
        if self.settings.augment:
            digits = augment(digits)
        digits = digits.contiguous(memory_format=torch.channels_last)
        scores = self.quick(self.model.normalise(digits))
        loss = F.cross_entropy(scores, self.targets[self.labels[chosen]])
        if not loss.isfinite():
            raise Diverged("the loss is no number any more; take a lower --lr")
        self.model.zero_grad()
        loss.backward()
        for optimizer in self.optimizers:
            optimizer.step()
        return loss.item()

    def _set_rates(self, done: float) -> None:
        """One cycle: up in a line to the peak, down in a line to the last rate."""
        share = min(done / WARM_UP, 1 - (1 - LAST_RATE) * (done - WARM_UP) / (1 - WARM_UP))
        for optimizer, peak in zip(self.optimizers, self.peaks, strict=True):
            optimizer.param_groups[0]["lr"] = peak * share

    @torch.no_grad()
    def _average(self, step: int) -> None:
        """The average reaches over the last tenth of the way, however long that is by now."""
        torch._foreach_lerp_(
            list(self.average.parameters()), list(self.model.parameters()), 9 / (step + 10)
        )

    def state(self) -> dict[str, Tensor]:
        """Everything that the next epoch depends on, by name."""
        tensors = {"rng": torch.get_rng_state(), "epochs": torch.tensor(self.epochs)}
        for part, network in (("model", self.model), ("average", self.average)):
            tensors |= {f"{part}.{k}": v for k, v in network.state_dict().items()}
        for i, optimizer in enumerate(self.optimizers):
            for k, values in optimizer.state_dict()["state"].items():
                tensors |= {f"optimizer.{i}.{k}.{name}": v for name, v in values.items()}
        return tensors

    def resume(self, tensors: dict[str, Tensor]) -> None:
        """Go on from what `state` gave; KeyError or RuntimeError where it does not fit."""
        for part, network in (("model", self.model), ("average", self.average)):
            network.load_state_dict({k: tensors[f"{part}.{k}"] for k in network.state_dict()})
        for i, optimizer in enumerate(self.optimizers):
            whole, state = optimizer.state_dict(), {}
            for key, value in tensors.items():
                if key.startswith(f"optimizer.{i}."):
                    k, name = key.split(".")[2:]
                    state.setdefault(int(k), {})[name] = value
            optimizer.load_state_dict(whole | {"state": state})
        self.epochs = int(tensors["epochs"])
        torch.set_rng_state(tensors["rng"])


def _targets() -> Tensor:
    """(11, 10): the odds that each label asks for; what is no digit asks for even ones."""
    digits = torch.eye(10).lerp(torch.full((10, 10), 1 / 10), SMOOTHING)
    return torch.cat([digits, torch.full((1, 10), NO_DIGIT_WEIGHT / 10)])


def _pool_first(model: Network) -> nn.Sequential:
    """The stages up to the scores, pooling before ReLU: the same from a quarter of the ReLUs."""
    stages = [stage for name, stage in model.stages() if name != "log_softmax"]
    for i in range(len(stages) - 1):
        if isinstance(stages[i], nn.ReLU) and isinstance(stages[i + 1], nn.MaxPool2d):
            stages[i : i + 2] = reversed(stages[i : i + 2])
    return nn.Sequential(*stages)


@torch.no_grad()
def calibrate(model: Network, log_odds: Tensor, labels: Tensor) -> float:
    """Fold into the last layer the temperature at which these log-odds (N, 10) fit labels best.

    Guo et al., 2017, "On calibration of modern neural networks".
    """
    temperatures = torch.logspace(-1, 1, 201)
    misfits = [F.cross_entropy(log_odds / t, labels) for t in temperatures]
    temperature = temperatures[torch.stack(misfits).argmin()].item()
    model.fc2.weight /= temperature
    model.fc2.bias /= temperature
    return temperature
