"""digit -> {stage: maps}: run the network stage by stage and keep the output of each.

Such a pass shares nothing with another, so many threads may run one at the same time; with forward
hooks their maps would mix.
"""

import torch
from torch import Tensor, nn

BATCH = 1000  # digits in one forward pass, where there are many


@torch.no_grad()
def activations(model: nn.Module, digits: Tensor) -> dict[str, Tensor]:
    """The output of every stage for digits (B, 1, 28, 28), by name and in order, "input" first.

    The last value is exactly what `model(digits)` returns.
    """
    maps, x = {"input": digits}, model.normalise(digits)
    for name, stage in model.stages():
        maps[name] = x = stage(x)
    return maps


def dead_units(model: nn.Module, digits: Tensor) -> dict[str, list[int]]:
    """For every ReLU stage, the maps or neurons (counted from 0) that fire for none of the digits.

    digits: uint8 (N, 1, 28, 28). A unit fires where its output is above 0.
    """
    fired = {name: None for name, stage in model.stages() if isinstance(stage, nn.ReLU)}
    for some in digits.split(BATCH):
        maps = activations(model, some.float() / 255)
        for name, before in fired.items():
            now = (maps[name] > 0).transpose(0, 1).flatten(1).any(1)
            fired[name] = now if before is None else before | now
    return {name: torch.nonzero(~units).flatten().tolist() for name, units in fired.items()}
