"""digit -> {stage: maps}: walk the network's stages and keep what each one gives.

A walk shares nothing with another walk, so many threads may look at once; forward hooks would mix.
"""

import torch
from torch import Tensor, nn


@torch.no_grad()
def activations(model: nn.Module, digits: Tensor) -> dict[str, Tensor]:
    """What every stage gives for digits (B, 1, 28, 28), by name and in order, first "input".

    The last value is exactly what `model(digits)` gives.
    """
    maps, x = {"input": digits}, model.normalise(digits)
    for name, stage in model.stages():
        maps[name] = x = stage(x)
    return maps
