import pytest
import torch

from cnn.training.muon import Muon, orthogonal


@pytest.mark.parametrize("shape", [(128, 784), (16, 72), (8, 9), (40, 10)])
def test_singular_values_come_near_1_and_directions_stay(shape):
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    u, _, v = torch.linalg.svd(matrix, full_matrices=False)
    along = (u.T @ orthogonal(matrix) @ v.T).diagonal()
    assert along.min() > 0.4
    assert along.max() < 1.3


def test_it_finds_the_matrix_of_a_linear_map():
    torch.manual_seed(0)
    wanted, weight = torch.randn(4, 1, 2, 3), torch.nn.Parameter(torch.zeros(4, 1, 2, 3))
    optimizer = Muon([weight], lr=0.3)
    for step in range(300):
        optimizer.param_groups[0]["lr"] = 0.3 * (1 - step / 300)
        x = torch.randn(32, 6)
        weight.grad = None
        (x @ (weight - wanted).flatten(1).T).square().mean().backward()
        optimizer.step()
    torch.testing.assert_close(weight.detach(), wanted, atol=0.02, rtol=0)
