"""The two networks as flat, named stages; their weights and card on disk, in one safetensors file.

The file's metadata holds the card, JSON that says where the weights come from and what they score,
so that both are written in one rename and read by Python and by a browser alike. The .json beside
it is a readable copy of the card; nothing reads it.
"""

import hashlib
import json
import math
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load as tensors_from_bytes
from safetensors.torch import save as bytes_from_tensors
from torch import Tensor, nn

from cnn.card import SHARE, check_number, read_card
from cnn.files import write_files

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "convnet.safetensors"
MAX_BYTES = 16 * 1024 * 1024  # of a weights file, forty times as large as ours
MAX_VALUES = 1 << 24  # of one stage; a description that asks for more is broken
MEAN, STD = 0.1307, 0.3081  # of the pixels of MNIST's 60,000 training images, in [0, 1]
CLASSES = tuple("0123456789")  # what MNIST's labels are called: label n is CLASSES[n]

# What a stage of each kind is made from and described by, besides its name and the shape of its
# output.
HYPERPARAMETERS = {
    nn.Conv2d: ("in_channels", "out_channels", "kernel_size", "stride", "padding"),
    nn.BatchNorm2d: ("num_features", "eps"),
    nn.ReLU: (),
    nn.LeakyReLU: ("negative_slope",),
    nn.Tanh: (),
    nn.MaxPool2d: ("kernel_size", "stride", "padding"),
    nn.AvgPool2d: ("kernel_size", "stride", "padding"),
    nn.Flatten: (),
    nn.Dropout: ("p",),
    nn.Linear: ("in_features", "out_features"),
    nn.LogSoftmax: (),
}
SIZES = {
    "in_channels",
    "out_channels",
    "kernel_size",
    "in_features",
    "out_features",
    "num_features",
}


class WeightsError(Exception):
    """Weights that cannot be used; the message says why and what to do."""


class Network(nn.Sequential):
    """Named stages, run in order on digits that the network normalises itself.

    classes: the names of what it tells apart, in the order of the last stage's outputs.
    """

    def __init__(self, classes: Sequence[str] = CLASSES, **stages: nn.Module) -> None:
        super().__init__(OrderedDict(stages))
        self.classes = tuple(classes)
        self.card: dict = {}  # where the weights come from and what they score; `load` fills it
        self.register_buffer("mean", torch.tensor(MEAN), persistent=False)
        self.register_buffer("std", torch.tensor(STD), persistent=False)

    def normalise(self, digits: Tensor) -> Tensor:
        """Digits in [0, 1] -> the first stage's input: mean 0, standard deviation 1 over MNIST."""
        return (digits - self.mean) / self.std

    def forward(self, digits: Tensor) -> Tensor:
        """float32 (B, 1, 28, 28), paper 0, ink 1 -> log-probabilities (B, classes)."""
        return super().forward(self.normalise(digits))

    def stages(self) -> Iterator[tuple[str, nn.Module]]:
        """The (name, module) pairs in the order in which a digit passes them."""
        return self.named_children()

    @property
    def output_layer(self) -> nn.Linear:
        """The last linear layer: it gives the logits."""
        return [stage for stage in self.children() if isinstance(stage, nn.Linear)][-1]

    @property
    def dropout_rate(self) -> float:
        """The rate, from 0 to 1, of its first dropout stage; 0 without one."""
        return next((stage.p for stage in self.children() if isinstance(stage, nn.Dropout)), 0.0)

    def set_dropout(self, rate: float) -> None:
        """Set the rate, from 0 to 1, of every dropout stage; a network without one ignores it."""
        for stage in self.children():
            if isinstance(stage, nn.Dropout):
                stage.p = rate

    @torch.no_grad()
    def confidence(self, digits: Tensor) -> Tensor:
        """float32 (B, 1, 28, 28) -> float32 (B,) in [0, 1]: how surely each is a digit."""
        return confidence(self(digits))


def probabilities(log_probs: Tensor) -> Tensor:
    """Log-probabilities (B, classes) -> probabilities (B, classes)."""
    return log_probs.exp()


def confidence(log_probs: Tensor) -> Tensor:
    """Log-probabilities (B, classes) -> (B,) in [0, 1]: the largest probability."""
    return probabilities(log_probs).amax(1)


class ConvNet(Network):
    """The article's network, 103,018 parameters."""

    def __init__(self) -> None:
        super().__init__(
            conv1=nn.Conv2d(1, 8, kernel_size=3, stride=1, padding=1),  # (B, 8, 28, 28)
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),  # (B, 8, 14, 14)
            conv2=nn.Conv2d(8, 16, kernel_size=3, stride=1, padding=1),  # (B, 16, 14, 14)
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),  # (B, 16, 7, 7)
            flatten=nn.Flatten(),  # (B, 784)
            dropout=nn.Dropout(0.5),  # the article's rate; training sets its own
            fc1=nn.Linear(784, 128),  # (B, 128)
            relu3=nn.ReLU(),
            fc2=nn.Linear(128, len(CLASSES)),  # (B, 10)
            log_softmax=nn.LogSoftmax(dim=1),
        )


class MLP(Network):
    """The article's predecessor: one hidden layer on the flattened pixels, 101,770 parameters."""

    def __init__(self) -> None:
        super().__init__(
            flatten=nn.Flatten(),  # (B, 784)
            fc1=nn.Linear(784, 128),  # (B, 128)
            relu1=nn.ReLU(),
            fc2=nn.Linear(128, len(CLASSES)),  # (B, 10)
            log_softmax=nn.LogSoftmax(dim=1),
        )


NETWORKS = {"convnet": ConvNet, "mlp": MLP}  # that are trained, by the name that --model uses


def describe(model: Network) -> list[dict]:
    """What the network is made of, stage by stage, as JSON.

    First the input, {"name": "input", "kind": "Normalize", "mean", "std", "shape": [1, 28, 28]};
    then for every stage its name, its kind (torch's class name), its HYPERPARAMETERS (sizes as
    [height, width]) and the shape of what it gives for one digit. Raises ValueError for a stage of
    another kind, or of a stage that cannot read what the one before it gives.
    """
    # Only shapes are asked for; on the meta device torch would import all that it compiles with.
    x = torch.zeros(1, 1, 28, 28)
    described = [
        {"name": "input", "kind": "Normalize", "mean": MEAN, "std": STD, "shape": [*x.shape[1:]]}
    ]
    for name, stage in model.stages():
        if type(stage) not in HYPERPARAMETERS:
            raise ValueError(f"{name} is a {type(stage).__name__}, which HYPERPARAMETERS lacks")
        given = {key: getattr(stage, key) for key in HYPERPARAMETERS[type(stage)]}
        for key in given.keys() & {"kernel_size", "stride", "padding"}:
            given[key] = [given[key]] * 2 if isinstance(given[key], int) else list(given[key])
        if "kernel_size" in given and _window_values(given, x) > MAX_VALUES:
            raise ValueError(f"{name} asks for more than {MAX_VALUES:,} values")
        try:
            with torch.no_grad():
                x = deepcopy(stage).eval()(x)
        except (RuntimeError, ValueError, TypeError) as error:
            raise ValueError(f"{name} cannot read {[*x.shape[1:]]} ({error})") from error
        described.append(
            {"name": name, "kind": type(stage).__name__, **given, "shape": [*x.shape[1:]]}
        )
    return described


def _window_values(given: dict, x: Tensor) -> float:
    """How many values the windows of a stage hold or give for x, whichever is more.

    Nothing is computed. given: the stage's HYPERPARAMETERS, sizes as [height, width].
    """
    kernel = given["kernel_size"]
    windows = zip(x.shape[-2:], kernel, given["stride"], given["padding"], strict=True)
    places = [(side - f + 2 * p) // max(s, 1) + 1 for side, f, s, p in windows]
    held = x.shape[1] * math.prod(kernel)
    return math.prod(places) * max(held, given.get("out_channels", 0))


def save(model: Network, path: str | Path, card: dict) -> None:
    """Write the weights with their card inside, and beside them (.json) a readable copy of it."""
    write_files(weights_files(model, Path(path), card))


def weights_files(model: Network, path: Path, card: dict) -> dict[Path, bytes]:
    """What `save` writes, by path; sets `model.card` to the card that `load` will find.

    The card gets the network's name (unless it has one), its number of parameters, its classes, its
    architecture as returned by `describe`, and the sha256 of the weights' bytes.
    """
    tensors = float_tensors(model)
    card = {
        "model": card.get("model") or _name_of(model),
        "parameters": _parameters(model),
        "classes": list(model.classes),
        **card,
        "architecture": describe(model),
        "sha256": hashlib.sha256(split_safetensors(bytes_from_tensors(tensors))[1]).hexdigest(),
    }
    model.card = json.loads(json.dumps(card))
    weights = bytes_from_tensors(tensors, metadata={"card": json.dumps(card)})
    readable = (json.dumps(card, indent=2) + "\n").encode()
    return {path: weights, path.with_suffix(".json"): readable}


def float_tensors(model: Network) -> dict[str, Tensor]:
    """All that affects the network's output, by name: its weights, and a batch norm's statistics.

    How many batches a batch norm has counted, an integer, affects nothing.
    """
    tensors = {k: v for k, v in model.state_dict().items() if v.is_floating_point()}
    return {name: tensor.contiguous().cpu() for name, tensor in tensors.items()}


def load(path: str | Path = WEIGHTS) -> Network:
    """The network that `save` wrote, in eval mode, its card at `.card`; else WeightsError."""
    path = Path(path)
    remedy = f"run: python train.py --out {path.parent}"
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise WeightsError(f"no weights at {path} ({error.strerror}); {remedy}") from error
    try:
        if len(content) > MAX_BYTES:
            raise ValueError(f"larger than {MAX_BYTES:,} bytes")
        header, data = split_safetensors(content)
        tensors = tensors_from_bytes(content)
    except (SafetensorError, ValueError, RecursionError) as error:
        raise WeightsError(f"{path} is not a safetensors file ({error}); {remedy}") from error
    try:
        card, model = _described(header)
    except (ValueError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise WeightsError(f"{path} holds no card of this version ({reason}); {remedy}") from error
    if hashlib.sha256(data).hexdigest() != card["sha256"]:
        raise WeightsError(f"{path} has other weights than its card describes (sha256); {remedy}")
    try:
        _check_numbers(tensors)
        counts = {k: v for k, v in model.state_dict().items() if not v.is_floating_point()}
        model.load_state_dict(counts | tensors)
    except (RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise WeightsError(f"{path} does not fit {card['model']}: {reason}; {remedy}") from error
    model.card = card
    return model.eval()


def _described(header: dict) -> tuple[dict, Network]:
    """The card in a file's header, and the network that it describes, its weights at random."""
    if "card" not in header.get("__metadata__", {}):
        raise ValueError("it was written before files contained cards")
    card = read_card(header["__metadata__"]["card"])
    model = network_of(card)
    if card.get("parameters", _parameters(model)) != _parameters(model):
        raise ValueError(f"its parameters are {card['parameters']}, not {_parameters(model)}")
    return card, model


def network_of(card: dict) -> Network:
    """The network that a card describes, its weights at random.

    Raises ValueError, KeyError or TypeError if architecture and classes do not make a network.
    """
    kinds = {kind.__name__: kind for kind in HYPERPARAMETERS}
    stages = {}
    for stage in card["architecture"][1:]:
        kind = kinds[stage["kind"]]
        given = {key: stage[key] for key in HYPERPARAMETERS[kind]}
        if kind is nn.Dropout:
            check_number("dropout", stage["p"], *SHARE)
        for number in (n for value in given.values() for n in _listed(value)):
            if type(number) not in (int, float):
                raise ValueError(f"its {stage['name']} has {number!r} in place of a number")
        if kind is nn.LogSoftmax:
            given["dim"] = 1
        sizes = (n for key in given.keys() & SIZES for n in _listed(given[key]))
        if math.prod(max(abs(n), 1) for n in sizes) > MAX_VALUES:  # a 0 beside a billion, too
            raise ValueError(f"its {stage['name']} asks for more than {MAX_VALUES:,} values")
        try:
            stages[stage["name"]] = kind(**given)
        except (RuntimeError, OverflowError) as error:
            raise ValueError(f"its {stage['name']} cannot be made: {error}") from error
    model = Network(card["classes"], **stages)
    described = describe(model)
    if _as_json(card["architecture"]) != _as_json(described):
        raise ValueError("its architecture contradicts itself")
    if described[-1]["shape"] != [len(model.classes)]:
        shape = described[-1]["shape"]
        raise ValueError(f"its network gives {shape}, not one value for each of its classes")
    return model


def _listed(value: object) -> list:
    return value if isinstance(value, list) else [value]


def _name_of(model: Network) -> str:
    """Its name among NETWORKS, or what the card that it was loaded with says."""
    named = [name for name, network in NETWORKS.items() if type(model) is network]
    return named[0] if named else model.card["model"]


def _parameters(model: Network) -> int:
    return sum(p.numel() for p in model.parameters())


def _as_json(architecture: object) -> str:
    """For comparing: in Python 1, 1.0 and True are equal, but not in the browser."""
    return json.dumps(architecture, sort_keys=True)


def _check_numbers(tensors: dict[str, Tensor]) -> None:
    """Raise ValueError for a tensor that is not float32, or holds a value that is not finite."""
    for name, tensor in tensors.items():
        if tensor.dtype != torch.float32 or not tensor.isfinite().all():
            raise ValueError(f"{name} holds something other than finite float32 numbers")


def split_safetensors(content: bytes) -> tuple[dict, bytes]:
    """A safetensors file -> its JSON header, and its data: the bytes of the tensors.

    The format: 8 bytes, the header's length as a little-endian integer; the header; the data.
    Raises ValueError or RecursionError for another file.
    """
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    if not isinstance(header, dict):
        raise ValueError("its header is not a JSON object")
    return header, content[start:]
