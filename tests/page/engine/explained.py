"""What torch.nn.functional says of single values of a stage: how they came about.

One digit at a time: x, what a stage was given, is (1, C, H, W) or (1, N). `index` is a value's
place among all that its stage gives, row-major. The keys are those of engine/layers/.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from cnn.model import MEAN, STD, Network

MINUS_INFINITY = None  # which JSON lacks: the padding of max pooling


def given(network: Network, maps: list[Tensor], stage: int) -> Tensor:
    """What a stage, from 1 on, was given; maps: what every stage gave for one digit."""
    return network.normalise(maps[0]) if stage == 1 else maps[stage - 1]


@torch.no_grad()
def explained(network: Network, maps: list[Tensor], stage: int, index: int) -> dict:
    """How a value came about."""
    value = maps[stage].flatten()[index].item()
    if stage == 0:
        normalised = network.normalise(maps[0]).flatten()[index].item()
        return {"kind": "Normalize", "pixel": value, "mean": MEAN, "std": STD, "value": normalised}
    module = list(network.children())[stage - 1]
    kind = type(module).__name__
    said = EXPLAIN[kind](module, given(network, maps, stage), index)
    return {"kind": kind, "value": value} | said


def window(stage: nn.Module, x: Tensor, index: int) -> tuple[dict, Tensor]:
    """Where a value lies and its window; the numbers of the window's cells, from 1, 0 in padding.

    The cells are numbered within one map of the stage before.
    """
    shape = x.shape[2:]
    (rows, columns), stride, padding = (
        (pair, pair) if isinstance(pair, int) else pair
        for pair in (stage.kernel_size, stage.stride, stage.padding)
    )
    numbers = torch.arange(1.0, shape.numel() + 1).reshape(1, 1, *shape)
    unfolded = F.unfold(numbers, (rows, columns), padding=padding, stride=stride)
    channel, place = divmod(index, unfolded.shape[2])
    across = (shape[1] + 2 * padding[1] - columns) // stride[1] + 1
    row, column = divmod(place, across)
    cells = unfolded[0, :, place].long()
    top, left = row * stride[0] - padding[0], column * stride[1] - padding[1]
    lies = {"top": top, "left": left, "rows": rows, "columns": columns}
    lies["places"] = (cells - 1).tolist()
    return {"channel": channel, "row": row, "column": column, "window": lies}, cells


def _convolution(stage: nn.Conv2d, x: Tensor, index: int) -> dict:
    at, cells = window(stage, x, index)
    channel, place = at["channel"], index % (stage(x).shape[2:].numel())
    how = {"padding": stage.padding, "stride": stage.stride}
    inputs = F.unfold(x, stage.kernel_size, **how)[0, :, place].reshape(x.shape[1], -1)
    kernels = stage.weight[channel]
    # Each channel alone, by a convolution in as many groups as there are channels.
    sums = F.conv2d(x, kernels[:, None], groups=x.shape[1], **how).flatten(2)[0, :, place]
    patches = [
        {
            "channel": i,
            "inside": (cells > 0).tolist(),
            "inputs": inputs[i].tolist(),
            "kernel": kernels[i].flatten().tolist(),
            "products": (inputs[i] * kernels[i].flatten()).tolist(),
            "sum": sums[i].item(),
        }
        for i in range(x.shape[1])
    ]
    return at | {"bias": stage.bias[channel].item(), "patches": patches}


def _pool(stage: nn.Module, x: Tensor, index: int, padding: float | None) -> dict:
    at, cells = window(stage, x, index)
    start = at["channel"] * x[0, 0].numel()
    values = x.flatten()
    return at | {
        "cells": [
            {"index": start + cell - 1, "value": values[start + cell - 1].item(), "inside": True}
            if cell
            else {"index": -1, "value": padding, "inside": False}
            for cell in cells.tolist()
        ]
    }


def _max_pool(stage: nn.MaxPool2d, x: Tensor, index: int) -> dict:
    pool = _pool(stage, x, index, MINUS_INFINITY)
    how = stage.kernel_size, stage.stride, stage.padding
    _, indices = F.max_pool2d(x, *how, return_indices=True)
    winner = indices.flatten()[index].item()  # within its map
    return pool | {"winner": pool["window"]["places"].index(winner)}


def _linear(stage: nn.Linear, x: Tensor, neuron: int) -> dict:
    products = x[0].double() * stage.weight[neuron].double()
    order = products.abs().argsort(descending=True, stable=True)
    columns = order, x[0][order], stage.weight[neuron][order], products[order]
    terms = zip(*(column.tolist() for column in columns), strict=True)
    keys = "index", "input", "weight", "product"
    return {
        "neuron": neuron,
        "bias": stage.bias[neuron].item(),
        "terms": [dict(zip(keys, term, strict=True)) for term in terms],
    }


def _log_softmax(_: nn.LogSoftmax, x: Tensor, digit: int) -> dict:
    logits = x[0].double()
    exps = (logits - logits.max()).exp()
    return {
        "digit": digit,
        "logits": logits.tolist(),
        "largest": logits.max().item(),
        "exps": exps.tolist(),
        "sum": exps.sum().item(),
        "prob": F.softmax(logits, 0)[digit].item(),
    }


def _flatten(_: nn.Flatten, x: Tensor, index: int) -> dict:
    cell = torch.unravel_index(torch.tensor(index), x.shape[1:])
    names = "channel", "row", "column"
    return {"from": {"index": index} | {n: c.item() for n, c in zip(names, cell, strict=True)}}


def _batch_norm(stage: nn.BatchNorm2d, x: Tensor, index: int) -> dict:
    channel = index // x[0, 0].numel()
    numbers = {"mean": stage.running_mean, "weight": stage.weight, "bias": stage.bias}
    said = {name: numbers[name][channel].item() for name in numbers}
    deviation = (stage.running_var[channel] + stage.eps).sqrt().item()
    return said | {"channel": channel, "input": x.flatten()[index].item(), "deviation": deviation}


def _activation(stage: nn.Module, x: Tensor, index: int) -> dict:
    return {"input": x.flatten()[index].item()}


EXPLAIN = {
    "Conv2d": _convolution,
    "BatchNorm2d": _batch_norm,
    "ReLU": _activation,
    "LeakyReLU": lambda stage, *how: _activation(stage, *how) | {"slope": stage.negative_slope},
    "Tanh": _activation,
    "MaxPool2d": _max_pool,
    "AvgPool2d": lambda stage, x, index: _pool(stage, x, index, 0.0),
    "Flatten": _flatten,
    "Dropout": lambda stage, _, __: {"rate": stage.p},
    "Linear": _linear,
    "LogSoftmax": _log_softmax,
}
