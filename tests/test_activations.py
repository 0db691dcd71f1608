from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from cnn.activations import activations
from cnn.model import MLP, ConvNet


@pytest.mark.parametrize("network", [ConvNet, MLP])
def test_the_walk_ends_exactly_where_the_forward_pass_does(network):
    model, digits = network().eval(), torch.rand(7, 1, 28, 28)
    maps = activations(model, digits)
    assert list(maps) == ["input", *(name for name, _ in model.stages())]
    assert torch.equal(maps["input"], digits)
    assert torch.equal(maps["log_softmax"], model(digits))


def test_every_map_is_its_stage_of_the_map_before():
    model = ConvNet().eval()
    maps = activations(model, torch.rand(3, 1, 28, 28))
    before = model.normalise(maps["input"])
    for name, stage in model.requires_grad_(False).stages():
        assert torch.equal(maps[name], stage(before)), name
        before = maps[name]
    assert maps["pool2"].shape == (3, 16, 7, 7)


def test_threads_do_not_mix_their_maps():
    model = ConvNet().eval()
    digits = torch.rand(400, 1, 1, 28, 28)
    alone = [activations(model, digit) for digit in digits]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda digit: activations(model, digit), digits))
    for a, b in zip(alone, together, strict=True):
        assert all(torch.equal(a[name], b[name]) for name in a)
