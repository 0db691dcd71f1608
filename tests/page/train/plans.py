"""Plans of the bench, and what PyTorch makes of them."""

import numpy as np
from torch import nn

from cnn.model import Network, describe

POOLS = {"max": nn.MaxPool2d, "average": nn.AvgPool2d}


def random_plan(rng: np.random.Generator) -> dict:
    """A plan within the bounds of the form; not each makes a network."""
    is_mlp = rng.random() < 0.1
    layers = 0 if is_mlp else rng.integers(1, 3)
    return {
        "network": "mlp" if is_mlp else "cnn",
        "convolutions": [
            {
                "kernels": int(rng.integers(1, 33)),
                "size": int(rng.integers(1, 8)),
                "stride": int(rng.integers(1, 4)),
                "padding": int(rng.integers(0, 4)),
            }
            for _ in range(layers)
        ],
        "pooling": str(rng.choice(["max", "average", "none"])),
        "activation": str(rng.choice(["relu", "none"])),
        "hidden": int(rng.integers(1, 513)),
        "dropout": float(rng.choice([0, 0.25, 0.5])),
        "optimizer": str(rng.choice(["sgd", "adam", "muon"])),
        "rate": float(rng.choice([0.001, 0.02])),
        "batch": int(rng.choice([8, 32])),
        "smoothing": float(rng.choice([0, 0.1])),
        "average": bool(rng.random() < 0.5),
        "jitter": bool(rng.random() < 0.5),
        "digits": int(rng.integers(10, 5001)),
        "synthetic": bool(rng.random() < 0.5),
        "own": bool(rng.random() < 0.5),
        "seed": int(rng.integers(100)),
    }


def network_of(plan: dict) -> Network:
    """The plan's network, made by torch as cnn/model.py makes its own, its weights at random.

    Raises ValueError if a window finds no place.
    """
    stages: dict[str, nn.Module] = {}
    shape = [1, 28, 28]

    def add(name: str, stage: nn.Module) -> None:
        nonlocal shape
        stages[name] = stage
        shape = describe(Network(**stages))[-1]["shape"]

    def activate() -> None:
        if plan["activation"] == "relu":
            add(f"relu{sum(name.startswith('relu') for name in stages) + 1}", nn.ReLU())

    for k, made in enumerate(plan["convolutions"], 1):
        sizes = made["size"], made["stride"], made["padding"]
        add(f"conv{k}", nn.Conv2d(shape[0], made["kernels"], *sizes))
        activate()
        if plan["pooling"] != "none":
            add(f"pool{k}", POOLS[plan["pooling"]](2))
    add("flatten", nn.Flatten())
    if plan["network"] == "cnn":
        add("dropout", nn.Dropout(plan["dropout"]))
    add("fc1", nn.Linear(shape[0], plan["hidden"]))
    activate()
    if plan["network"] == "mlp" and plan["dropout"] > 0:
        add("dropout", nn.Dropout(plan["dropout"]))
    add("fc2", nn.Linear(shape[0], 10))
    add("log_softmax", nn.LogSoftmax(dim=1))
    return Network(**stages)
