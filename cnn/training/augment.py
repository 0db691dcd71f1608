"""digits -> jittered digits, each its own way, a whole batch in a few tensor operations.

Shift, turn, scale, shear and a smooth warp are one matrix product, a basis of the image plane times
each digit's own coefficients, that says where to fetch every pixel; `grid_sample` fetches them.
"""

import math
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

SHIFT = 0.7  # px, at most, along x and y; every digit comes with its centre of mass in one place
TURN = math.radians(10)  # at most, either way
SCALE = 0.08  # at most, of 1, for x and y each
SHEAR = 0.15  # at most
WARP = 0.045  # standard deviation of the slowest wave's amplitude, in half images
PEN = 0.4  # px, at most, by which the pen grows or shrinks on every side
WAVES = [(i, j) for i in range(4) for j in range(4) if i + j > 1]  # half waves along x and y


def augment(digits: Tensor) -> Tensor:
    """float (B, 1, 28, 28), paper 0, ink 1 -> the same shape, every digit jittered its own way.

    Draws from torch's global generator, so `torch.manual_seed` repeats it.
    """
    return move(thicken(digits))


def move(digits: Tensor) -> Tensor:
    """Shift, turn, scale, shear and warp each digit of (B, 1, H, W) its own way."""
    b, _, h, w = digits.shape

    def jitter(*shape: int) -> Tensor:  # uniform in [-1, 1]
        return torch.rand(b, *shape, device=digits.device) * 2 - 1

    turn, shear, scale = jitter() * TURN, jitter() * SHEAR, 1 + jitter(2) * SCALE
    cos, sin = turn.cos(), turn.sin()
    x_from = torch.stack([cos, -sin + shear * cos], 1) * scale[:, :1]
    y_from = torch.stack([sin, cos + shear * sin], 1) * scale[:, 1:]
    shift = jitter(2, 1) * SHIFT * 2 / w  # grid_sample's unit is half an image
    fall = torch.tensor([1 / (i * i + j * j) for i, j in WAVES], device=digits.device)
    warp = torch.randn(b, 2, len(WAVES), device=digits.device) * WARP * fall
    coefficients = torch.cat(
        [torch.stack([x_from, y_from], 1), shift, warp], 2
    )  # (B, 2, 3 + waves)
    grid = _basis(h, w, digits.device) @ coefficients.transpose(1, 2)  # (B, H*W, 2)
    return F.grid_sample(digits, grid.view(b, h, w, 2), align_corners=False)


def thicken(digits: Tensor) -> Tensor:
    """Give the first half of the digits (B, 1, H, W) a wider pen, the others a thinner one."""
    wide, thin = digits.split([len(digits) // 2, len(digits) - len(digits) // 2])
    return torch.cat([_blend(wide, _widen(wide)), _blend(thin, -_widen(-thin))])


def _blend(a: Tensor, b: Tensor) -> Tensor:
    return a.lerp(b, torch.rand(len(a), 1, 1, 1, device=a.device) * PEN)


def _widen(digits: Tensor) -> Tensor:
    """The largest of every 3 x 3 neighbourhood; slices do it in a tenth of max_pool2d's time."""
    x = F.pad(digits, (1, 1, 1, 1), mode="replicate")
    x = torch.maximum(torch.maximum(x[..., :-2], x[..., 1:-1]), x[..., 2:])
    return torch.maximum(torch.maximum(x[..., :-2, :], x[..., 1:-1, :]), x[..., 2:, :])


@cache
def _basis(h: int, w: int, device: torch.device) -> Tensor:
    """Columns x, y, 1 and the smooth waves, at every pixel: (H*W, 3 + waves)."""
    ys, xs = torch.meshgrid(
        (torch.arange(h) * 2 + 1) / h - 1, (torch.arange(w) * 2 + 1) / w - 1, indexing="ij"
    )
    waves = [
        torch.cos(math.pi * i * (xs + 1) / 2) * torch.cos(math.pi * j * (ys + 1) / 2)
        for i, j in WAVES
    ]
    columns = torch.stack([xs, ys, torch.ones_like(xs), *waves], -1)
    return columns.view(h * w, -1).to(device)
