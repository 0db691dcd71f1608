"""What torch says of the ways through a network: what a value depends on, what made it, what is
left of a digit when units are muted.

Shares and indices are flat, row-major, over all that a stage gives for one digit.
"""

import copy

import torch
from explained import given
from torch import Tensor, nn

from cnn.model import Network


def open_maps(network: Network) -> list[Tensor]:
    """What every stage gives in a network of the same shapes through which every gradient comes.

    None cancels another and no unit is off: weights above 0, activations left out, averages for
    maxima.
    """
    maps = [torch.rand(1, 1, 28, 28, dtype=torch.float64, requires_grad=True)]
    for _, stage in network.stages():
        maps.append(_open(stage).double()(maps[-1]))
    return maps


def _open(stage: nn.Module) -> nn.Module:
    if isinstance(stage, nn.ReLU | nn.LeakyReLU | nn.Tanh):
        return nn.Identity()
    if isinstance(stage, nn.MaxPool2d):
        return nn.AvgPool2d(stage.kernel_size, stage.stride, stage.padding)
    stage = copy.deepcopy(stage).eval()
    for parameter in stage.parameters():
        nn.init.uniform_(parameter, 0.5, 1.5)
        parameter.data /= parameter[0].numel()  # so that no probability becomes 0
    return stage


def fields(maps: list[Tensor], stage: int, index: int) -> list[list[int] | None]:
    """What a value depends on in every stage up to its own: [top, left, bottom, right] or None.

    Where autograd's gradient is not 0; maps: as returned by `open_maps`.
    """
    value = maps[stage].flatten()[index]
    gradients = torch.autograd.grad(value, maps[: stage + 1], retain_graph=True)
    return [_bounds(gradient) for gradient in gradients]


def _bounds(mask: Tensor) -> list[int] | None:
    """(1, C, H, W) or (1, N), which is one row -> around what is not 0, in all channels."""
    some = mask[0] != 0
    some = some.any(0) if some.dim() == 3 else some[None]
    if not some.any():
        return None
    ys, xs = some.nonzero(as_tuple=True)
    return [ys.min().item(), xs.min().item(), ys.max().item() + 1, xs.max().item() + 1]


def handed_on(network: Network, maps: list[Tensor], stage: int, shares: Tensor) -> Tensor:
    """Shares of a stage's values, flat -> of what it was given, flat, in double precision.

    By gradients: of a maximum; or of the sum of the positive terms, z+, to which each input adds
    what it is times the slope.
    """
    *before, module = list(network.children())[:stage]
    module = copy.deepcopy(module).double()
    x = given(network, maps, stage).double()
    if not any(isinstance(other, nn.Conv2d | nn.Linear) for other in before):
        x = x - network.normalise(torch.zeros(1)).double()  # counted from paper
    if isinstance(module, nn.MaxPool2d):
        out = module(x.requires_grad_())
        return torch.autograd.grad(out, x, shares.reshape(out.shape))[0].flatten()
    if not isinstance(module, nn.Conv2d | nn.Linear | nn.AvgPool2d):
        return shares
    above, below = x.clamp(min=0).requires_grad_(), x.clamp(max=0).requires_grad_()
    if isinstance(module, nn.AvgPool2d):
        out = module(above) + 0 * module(below)
    else:
        out = _half(module, min=0)(above) + _half(module, max=0)(below)
    slope = shares.reshape(out.shape) / torch.where(out > 0, out, torch.inf)
    slopes = torch.autograd.grad(out, [above, below], slope)
    return (above * slopes[0] + below * slopes[1]).detach().flatten()


def _half(module: nn.Module, **bound: float) -> nn.Module:
    """A copy without bias and with the weights of one sign."""
    half = copy.deepcopy(module)
    half.weight.data.clamp_(**bound)
    half.bias.data.zero_()
    return half


def muted(network: Network, digits: Tensor, units: dict[int, set[int]]) -> list[Tensor]:
    """What every stage gives when some of its channels or neurons, by stage, are 0."""
    maps = [_silenced(digits, units.get(0, set()))]
    x = network.normalise(maps[0])
    for index, (_, stage) in enumerate(network.stages(), 1):
        x = _silenced(stage(x), units.get(index, set()))
        maps.append(x)
    return maps


def _silenced(x: Tensor, units: set[int]) -> Tensor:
    keep = torch.ones(x.shape[1])
    keep[list(units)] = 0
    return x * keep.reshape(-1, *[1] * (x.dim() - 2))
