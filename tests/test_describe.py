"""A network's description says what torch does with each stage."""

import json

import pytest
import torch
from torch.nn import functional as F

from cnn.activations import activations
from cnn.model import (
    MLP,
    ConvNet,
    Network,
    describe,
)


def test_the_description_says_what_torch_does_with_each_stage():
    digits = torch.rand(2, 1, 28, 28)
    for model in (ConvNet().eval(), MLP().eval()):
        described = describe(model)
        assert json.loads(json.dumps(described)) == described
        first, *stages = described
        assert first["kind"] == "Normalize"
        maps = activations(model, digits)
        x = (digits - first["mean"]) / first["std"]
        weights = model.state_dict()
        for stage, (name, _) in zip(stages, model.stages(), strict=True):
            assert stage["name"] == name
            x = by_functional(stage, x, weights)
            torch.testing.assert_close(x, maps[name], rtol=1e-5, atol=1e-5)
            assert list(x.shape[1:]) == stage["shape"]


def by_functional(stage: dict, x: torch.Tensor, weights: dict) -> torch.Tensor:
    """One stage from its description alone, by torch.nn.functional."""
    kind, name = stage["kind"], stage["name"]
    if kind == "Conv2d":
        w, b = weights[f"{name}.weight"], weights[f"{name}.bias"]
        assert list(w.shape[:2]) == [stage["out_channels"], stage["in_channels"]]
        assert list(w.shape[2:]) == stage["kernel_size"]
        return F.conv2d(x, w, b, stage["stride"], stage["padding"])
    if kind == "MaxPool2d":
        return F.max_pool2d(x, stage["kernel_size"], stage["stride"], stage["padding"])
    if kind == "Linear":
        assert x.shape[1] == stage["in_features"]
        return F.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])
    return {
        "ReLU": F.relu,
        "Flatten": lambda x: x.flatten(1),
        "Dropout": lambda x: x,
        "LogSoftmax": lambda x: F.log_softmax(x, 1),
    }[kind](x)


def test_a_stage_that_cannot_be_described_is_named():
    model = Network(pool=torch.nn.AdaptiveAvgPool2d(1))
    with pytest.raises(ValueError, match=r"pool is a AdaptiveAvgPool2d.*HYPERPARAMETERS"):
        describe(model)
