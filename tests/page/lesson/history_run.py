"""The run that training kept: its moments, and what each reads, by torch."""

import json

import numpy as np
import pytest
import torch
from safetensors.torch import load as tensors_of

from cnn.model import WEIGHTS, load, split_safetensors

FILE = WEIGHTS.with_name("convnet.history.safetensors")


@pytest.fixture(scope="module")
def note() -> dict:
    header, _ = split_safetensors(FILE.read_bytes())
    return json.loads(header["__metadata__"]["history"])


@pytest.fixture(scope="module")
def snapshots(note) -> list[dict[str, torch.Tensor]]:
    tensors = tensors_of(FILE.read_bytes())
    return [
        {k.split(".", 1)[1]: t.float() for k, t in tensors.items() if k.split(".")[0] == str(i)}
        for i in range(len(note["moments"]))
    ]


def readings(snapshots, seen) -> np.ndarray:
    """Ten probabilities by each moment, (M, 10)."""
    model = load()
    digit = torch.tensor(seen).view(1, 1, 28, 28)
    found = []
    for snapshot in snapshots:
        model.load_state_dict(snapshot)
        with torch.no_grad():
            found.append(model(digit).exp()[0].numpy())
    return np.array(found)
