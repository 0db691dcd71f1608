"""Which simple pattern a map responds to most: the one for which torch gives the largest value."""

import json
import math

import numpy as np
import pytest
import torch
from engine_fixture import networks

from cnn.activations import activations

NAMED = """async (name) => {
  const { patternsOf } = await import("/engine/patterns.js");
  return JSON.stringify(patternsOf(await loaded(`/${name}.safetensors`)));
}"""
Y, X = np.mgrid[0:28, 0:28] - 13.5  # from the centre
ACROSS, DOWN = abs(X) <= 1, abs(Y) <= 1  # a vertical and a horizontal stroke, 2 px wide
TIE = 0.01
PATTERNS = {
    "paper": np.zeros((28, 28), bool),
    "ink": np.ones((28, 28), bool),
    "edge.left": X > 0,
    "edge.right": X < 0,
    "edge.top": Y > 0,
    "edge.bottom": Y < 0,
    "edge.top_left": X + Y >= 0,
    "edge.top_right": Y >= X,
    "edge.bottom_left": X >= Y,
    "edge.bottom_right": X + Y <= 0,
    "stroke.vertical": ACROSS,
    "stroke.horizontal": DOWN,
    "stroke.rising": abs(X + Y) / math.sqrt(2) <= 1,
    "stroke.falling": abs(X - Y) / math.sqrt(2) <= 1,
    "end.left": DOWN & (X > 0),
    "end.right": DOWN & (X < 0),
    "end.top": ACROSS & (Y > 0),
    "end.bottom": ACROSS & (Y < 0),
    "corner.top_left": (ACROSS & (Y >= -1)) | (DOWN & (X >= -1)),
    "corner.top_right": (ACROSS & (Y >= -1)) | (DOWN & (X <= 1)),
    "corner.bottom_left": (ACROSS & (Y <= 1)) | (DOWN & (X >= -1)),
    "corner.bottom_right": (ACROSS & (Y <= 1)) | (DOWN & (X <= 1)),
}


def in_middle(maps: torch.Tensor) -> np.ndarray:
    """(B, C, H, W) -> (B, C): the largest value in the middle half of each map."""
    height, width = maps.shape[2:]
    rows = slice(height // 4, math.ceil(height * 3 / 4))
    columns = slice(width // 4, math.ceil(width * 3 / 4))
    return maps[:, :, rows, columns].amax((2, 3)).numpy()


@pytest.mark.parametrize("name", ["convnet", "rectangles"])
def test_a_map_is_named_by_the_pattern_for_which_torch_gives_the_most(engine, name):
    found = json.loads(engine.evaluate(NAMED, name))
    pictures = np.stack([*PATTERNS.values()]).astype(np.float32)[:, None]
    stages = activations(networks()[name], torch.from_numpy(pictures))
    names = [*PATTERNS]
    for maps, named in zip(stages.values(), found, strict=True):
        if maps.ndim != 4:
            assert named == []
            continue
        responses = in_middle(maps)
        assert len(named) == responses.shape[1]
        for said, response in zip(named, responses.T, strict=True):
            if said is None:
                assert response.max() <= 1e-5
                continue
            at = names.index(said)
            least = response.max() * (1 - TIE)
            assert response[at] >= least - 1e-5
            assert (response[:at] <= least + 1e-5).all()


def test_a_kernel_that_is_an_edge_is_said_to_be_one(engine):
    named = json.loads(engine.evaluate(NAMED, "convnet"))
    kernels = networks()["convnet"].conv1.weight.detach().numpy()[:, 0]
    below_minus_above = kernels[:, 2].sum(1) - kernels[:, 0].sum(1)
    right_minus_left = kernels[:, :, 2].sum(1) - kernels[:, :, 0].sum(1)
    assert "edge.bottom" in named[1]
    for name, down, right in zip(named[1], below_minus_above, right_minus_left, strict=True):
        if name == "edge.bottom":  # ink above, paper below
            assert down < -abs(right)
        if name == "edge.right":
            assert right < -abs(down)
