"""digit -> {stage: maps}: walk the network's stages and keep what each one gives.

A walk shares nothing with another walk, so many threads may look at once; forward hooks would mix.
"""

import torch
from torch import Tensor, nn

BATCH = 1000  # digits that are walked at once, where there are many


@torch.no_grad()
def activations(model: nn.Module, digits: Tensor) -> dict[str, Tensor]:
    """What every stage gives for digits (B, 1, 28, 28), by name and in order, first "input".

    The last value is exactly what `model(digits)` gives.
    """
    maps, x = {"input": digits}, model.normalise(digits)
    for name, stage in model.stages():
        maps[name] = x = stage(x)
    return maps


def dead_units(model: nn.Module, digits: Tensor) -> dict[str, list[int]]:
    """For every ReLU stage the maps or neurons, counted from 0, that fire for none of the digits.

    digits: uint8 (N, 1, 28, 28). A unit fires where it gives more than 0.
    """
    fired = {name: None for name, stage in model.stages() if isinstance(stage, nn.ReLU)}
    for some in digits.split(BATCH):
        maps = activations(model, some.float() / 255)
        for name, before in fired.items():
            now = (maps[name] > 0).transpose(0, 1).flatten(1).any(1)
            fired[name] = now if before is None else before | now
    return {name: torch.nonzero(~units).flatten().tolist() for name, units in fired.items()}
