"""Muon: momentum whose every step is made orthogonal, so that no direction of a matrix lags behind.

Keller Jordan, 2024, https://kellerjordan.github.io/posts/muon/. Here it reaches in one epoch what
AdamW reaches in two, see benchmarks/README.md.

Why not torch.optim.Muon (2.9 and later) for fc1, with AdamW for the convolutions? It reads as many
digits right and takes as many steps, but multiplies in bfloat16: a step of fc1 takes it 1.9 ms on a
processor that can (AVX512_BF16), 7 ms with AVX-512 alone and 40 ms with AVX2, as on most laptops,
where a whole step of training takes 15 ms. This one takes 3 ms on each of them.
"""

from collections.abc import Iterable

import torch
from torch import Tensor


class Muon(torch.optim.Optimizer):
    """For weights of two or more dimensions; a convolution's are one row per output channel.

    lr: the length of a step along every direction of the matrix; a tall one's steps are longer.
    momentum: share of the running mean of gradients that remains when a new gradient is added; the
    step follows its Nesterov look-ahead. decay: of the weights, times lr, before every step.
    """

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float,
        momentum: float = 0.85,
        decay: float = 0.0,
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for weight in group["params"]:
                momentum = self.state[weight].setdefault("momentum", torch.zeros_like(weight))
                momentum.lerp_(weight.grad, 1 - group["momentum"])
                ahead = weight.grad.lerp(momentum, group["momentum"])
                rows = orthogonal(ahead.flatten(1))
                scale = max(1, rows.shape[0] / rows.shape[1]) ** 0.5
                weight.mul_(1 - group["lr"] * group["decay"])
                weight.sub_(rows.view_as(weight), alpha=group["lr"] * scale)


def orthogonal(matrix: Tensor, steps: int = 4) -> Tensor:
    """The matrix (M, N) with its singular values brought near 1, by Newton-Schulz steps."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)  # never by 0
    for _ in range(steps):
        square = x @ x.T
        x = 3.4445 * x + (2.0315 * square @ square - 4.7750 * square) @ x  # Jordan's coefficients
    return x.T if tall else x
