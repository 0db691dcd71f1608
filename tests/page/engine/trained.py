"""What torch says of steps of training: losses and gradients, with the engine's own dropout masks.

In double precision, so that what differs is the engine's rounding alone.
"""

import copy
from collections.abc import Callable, Iterable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from cnn.model import CLASSES, MLP, ConvNet, Network
from cnn.training.muon import Muon
from cnn.training.trainer import ADAM_BETAS, ADAM_LR

SEEDS = range(5)  # of the networks that are drawn


def networks() -> dict[str, Network]:
    """The article's two networks, one for ties, and five that are drawn, at random, by name."""
    torch.manual_seed(1)
    ties = Network(  # of pixels that are 0 or 1, most windows have more than one largest
        pool1=nn.MaxPool2d(3, stride=2, padding=1),  # (1, 14, 14)
        flatten=nn.Flatten(),
        fc1=nn.Linear(196, len(CLASSES)),
        log_softmax=nn.LogSoftmax(dim=1),
    )
    named = {"convnet": ConvNet(), "mlp": MLP(), "ties": ties}
    return named | {f"drawn {seed}": drawn(seed) for seed in SEEDS}


def drawn(seed: int) -> Network:
    """A network of one or two convolutions and two linear layers, with sizes from the seed."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    stages: dict[str, nn.Module] = {}
    channels = 1
    for k in range(1, rng.integers(2, 4)):
        outputs = int(rng.integers(2, 7))
        kernel, stride = (tuple(rng.integers(1, end, 2).tolist()) for end in (6, 3))
        padding = tuple(rng.integers(0, 3, 2).tolist())
        stages[f"conv{k}"] = nn.Conv2d(channels, outputs, kernel, stride, padding)
        if rng.random() < 0.5:
            norm = stages[f"norm{k}"] = nn.BatchNorm2d(outputs)
            for tensor in norm.weight, norm.bias, norm.running_mean, norm.running_var:
                nn.init.uniform_(tensor, 0.5, 2)
        _activate(stages, f"act{k}", rng)
        pool = rng.choice(["max", "average", "none"])
        if pool != "none":
            kind = nn.MaxPool2d if pool == "max" else nn.AvgPool2d
            kernel = int(rng.integers(2, 4))
            stages[f"pool{k}"] = kind(kernel, int(rng.integers(1, 3)), int(rng.integers(0, 2)))
        channels = outputs
    stages["flatten"] = nn.Flatten()
    size = nn.Sequential(*stages.values())(torch.rand(2, 1, 28, 28)).shape[1]
    stages["dropout1"] = nn.Dropout(0.25)
    stages["fc1"] = nn.Linear(size, 17)
    _activate(stages, "act3", rng)
    stages["dropout2"] = nn.Dropout(0.25)
    stages["fc2"] = nn.Linear(17, len(CLASSES))
    stages["log_softmax"] = nn.LogSoftmax(dim=1)
    return Network(**stages)


def _activate(stages: dict[str, nn.Module], name: str, rng: np.random.Generator) -> None:
    kind = rng.choice(["relu", "leaky", "tanh", "none"])
    kinds = {"relu": nn.ReLU(), "leaky": nn.LeakyReLU(0.2), "tanh": nn.Tanh()}
    if kind in kinds:
        stages[name] = kinds[kind]


class Random:
    """The numbers that engine/random.js gives for a seed, many at a time."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def __call__(self, shape: torch.Size) -> Tensor:
        """The next numbers in [0, 1), float64, in this shape."""
        count = shape.numel()
        with np.errstate(over="ignore"):
            states = np.arange(1, count + 1, dtype=np.uint32) * np.uint32(0x6D2B79F5)
            states += np.uint32(self.state)
            bits = (states ^ (states >> 15)) * (states | 1)
            bits ^= bits + (bits ^ (bits >> 7)) * (bits | 61)
        self.state = int(states[-1])
        return torch.from_numpy((bits ^ (bits >> 14)) / 2**32).reshape(shape)


def loss_of(
    network: Network, digits: Tensor, labels: Tensor, smoothing: float, random: Random
) -> tuple[Tensor, int]:
    """The mean loss of a batch (B, 1, 28, 28) in training, and how many digits are read right."""
    x = network.normalise(digits)
    for _, stage in network.stages():
        if isinstance(stage, nn.Dropout):
            if stage.p > 0:
                x = x * (random(x.shape) >= stage.p) / (1 - stage.p)
        else:
            x = stage(x)
    loss = F.cross_entropy(x, labels, label_smoothing=smoothing)
    return loss, int((x.argmax(1) == labels).sum())


def input_gradient(network: Network, digit: Tensor, seed: Tensor) -> Tensor:
    """(1, 1, 28, 28), and how much each log-probability counts (10,) -> (28, 28), in reading."""
    digit = digit.clone().requires_grad_()
    reading = copy.deepcopy(network).eval()
    return torch.autograd.grad(reading(digit)[0] @ seed, digit)[0][0, 0]


def optimizer(network: Network, name: str, rate: float) -> Callable[[], None]:
    """A function that takes one step."""
    if name == "sgd":
        return torch.optim.SGD(network.parameters(), rate, momentum=0.9).step
    if name == "adam":
        return torch.optim.Adam(network.parameters(), rate).step
    matrices = [p for p in network.parameters() if p.ndim > 1][:-1]
    rest = [p for p in network.parameters() if all(p is not matrix for matrix in matrices)]
    steps = [
        Muon(matrices, rate).step,
        torch.optim.Adam(rest, rate * ADAM_LR, betas=ADAM_BETAS).step,
    ]
    return lambda: [step() for step in steps]


def losses(
    network: Network,
    step: Callable[[], None],
    batches: Iterable[tuple[Tensor, Tensor]],
    smoothing: float,
    random: Random,
) -> list[float]:
    """The loss of each batch, each before its step."""
    all_losses = []
    for digits, labels in batches:
        loss, _ = loss_of(network, digits, labels, smoothing, random)
        network.zero_grad()
        loss.backward()
        step()
        all_losses.append(loss.item())
    return all_losses


def some_digits(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Noisy copies of ten patterns: float32 (count, 1, 28, 28) in [0, 1], and which, uint8."""
    rng = np.random.default_rng(seed)
    patterns = rng.random((10, 1, 28, 28))
    labels = rng.integers(0, 10, count)
    digits = 0.5 * patterns[labels] + 0.5 * rng.random((count, 1, 28, 28))
    return digits.astype(np.float32), labels.astype(np.uint8)
