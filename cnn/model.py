"""The two networks as flat, named stages; their weights on disk: safetensors and a JSON card."""

import hashlib
import json
import os
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as tensors_from_bytes
from safetensors.torch import save as bytes_from_tensors
from torch import Tensor, nn

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "convnet.safetensors"


class WeightsError(Exception):
    """Weights that cannot be used; the message says why and what to do."""


class Network(nn.Sequential):
    """Named stages, run in order on digits that the network normalises itself."""

    def __init__(self, **stages: nn.Module) -> None:
        super().__init__(OrderedDict(stages))
        self.card: dict = {}  # where the weights come from and what they score; `load` fills it
        # The mean and deviation of MNIST's 60,000 training images, pixels in [0, 1].
        self.register_buffer("mean", torch.tensor(0.1307), persistent=False)
        self.register_buffer("std", torch.tensor(0.3081), persistent=False)

    def normalise(self, digits: Tensor) -> Tensor:
        """Digits in [0, 1] -> what the first stage is given: mean 0, deviation 1 over MNIST."""
        return (digits - self.mean) / self.std

    def forward(self, digits: Tensor) -> Tensor:
        """float32 (B, 1, 28, 28), paper 0, ink 1 -> log-probabilities (B, 10)."""
        return super().forward(self.normalise(digits))

    def stages(self) -> Iterator[tuple[str, nn.Module]]:
        """The (name, module) pairs in the order in which a digit passes them."""
        return self.named_children()

    @torch.no_grad()
    def certainty(self, digits: Tensor) -> Tensor:
        """float32 (B, 1, 28, 28) -> float32 (B,) in [0, 1]: how sure it is that each is a digit."""
        return certainty(self(digits))


def certainty(log_odds: Tensor) -> Tensor:
    """Log-probabilities (B, 10) -> (B,): the largest of the odds, between 0.1 and 1."""
    return log_odds.amax(1).exp()


class ConvNet(Network):
    """The article's network, 103,018 parameters."""

    def __init__(self, dropout: float = 0.5) -> None:
        super().__init__(
            conv1=nn.Conv2d(1, 8, kernel_size=3, stride=1, padding=1),  # (B, 8, 28, 28)
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),  # (B, 8, 14, 14)
            conv2=nn.Conv2d(8, 16, kernel_size=3, stride=1, padding=1),  # (B, 16, 14, 14)
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),  # (B, 16, 7, 7)
            flatten=nn.Flatten(),  # (B, 784)
            dropout=nn.Dropout(dropout),
            fc1=nn.Linear(784, 128),  # (B, 128)
            relu3=nn.ReLU(),
            fc2=nn.Linear(128, 10),  # (B, 10)
            log_softmax=nn.LogSoftmax(dim=1),
        )


class MLP(Network):
    """The article's predecessor: one hidden layer on the flattened pixels, 101,770 parameters."""

    def __init__(self) -> None:
        super().__init__(
            flatten=nn.Flatten(),  # (B, 784)
            fc1=nn.Linear(784, 128),  # (B, 128)
            relu1=nn.ReLU(),
            fc2=nn.Linear(128, 10),  # (B, 10)
            log_softmax=nn.LogSoftmax(dim=1),
        )


NETWORKS = {"convnet": ConvNet, "mlp": MLP}


def save(model: Network, path: str | Path, card: dict) -> None:
    """Write the weights, and beside them (.json) the card with the model's name and their sha256.

    Both are wholly on disk under other names before either takes its place.
    """
    path = Path(path)
    weights = bytes_from_tensors({k: v.contiguous().cpu() for k, v in model.state_dict().items()})
    card = {
        "model": type(model).__name__.lower(),
        "parameters": sum(p.numel() for p in model.parameters()),
        **card,
        "sha256": hashlib.sha256(weights).hexdigest(),
    }
    write_files(
        {path: weights, path.with_suffix(".json"): (json.dumps(card, indent=2) + "\n").encode()}
    )


def write_files(contents: dict[Path, bytes]) -> None:
    """Write every file beside its place first, then put each in its place: never half a file."""
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in contents}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(part, "wb") as file:
                file.write(contents[path])
                file.flush()
                os.fsync(file.fileno())
        for path, part in parts.items():
            os.replace(part, path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def load(path: str | Path = WEIGHTS) -> Network:
    """The network that `save` wrote, in eval mode, its card at `.card`; else WeightsError."""
    path = Path(path)
    remedy = f"run: python train.py --out {path.parent}"
    card, weights = _read(path.with_suffix(".json"), remedy), _read(path, remedy)
    try:
        card = json.loads(card)
        model = NETWORKS[card["model"]]()
        sha256 = card["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"{path.with_suffix('.json')} is not a card of ours ({error!r}); {remedy}"
        ) from error
    if hashlib.sha256(weights).hexdigest() != sha256:
        raise WeightsError(f"{path} is not the file that its card describes (sha256); {remedy}")
    try:
        tensors = tensors_from_bytes(weights)
    except SafetensorError as error:
        raise WeightsError(f"{path} is not a safetensors file ({error}); {remedy}") from error
    wanted = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    found = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    wrong = sorted(dict(wanted.items() ^ found.items()))
    if wrong:
        name = wrong[0]
        raise WeightsError(
            f"{path} does not fit {card['model']}: {name} is {found.get(name, 'missing')}, "
            f"not {wanted.get(name, 'a name it has')}; {remedy}"
        )
    model.load_state_dict(tensors)
    model.card = card
    return model.eval()


def _read(path: Path, remedy: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WeightsError(f"no weights at {path} ({error.strerror}); {remedy}") from error
