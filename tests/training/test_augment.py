import math

import pytest
import torch
from torch.nn import functional as F

from cnn.training import augment as module
from cnn.training.augment import augment, move, thicken

JITTERS = ("SHIFT", "TURN", "SCALE", "SHEAR", "WARP")


@pytest.fixture
def only(monkeypatch):
    """Leave only the named kinds of jitter."""

    def leave(*names: str) -> None:
        torch.manual_seed(0)
        for name in JITTERS:
            if name not in names:
                monkeypatch.setattr(module, name, 0.0)

    return leave


@pytest.fixture(scope="session")
def digits(mnist_test):
    return mnist_test[0][:256].float() / 255


def moments(digits):
    """Ink (B,), centre (B, 2) and covariance (B, 2, 2) in px, of x and y."""
    ink = digits.sum((1, 2, 3))
    ys, xs = torch.meshgrid(torch.arange(28.0), torch.arange(28.0), indexing="ij")
    at = torch.stack([xs, ys], -1).view(784, 2)
    share = digits.flatten(1) / ink[:, None]
    centre = share @ at
    off = at - centre[:, None]
    return ink, centre, torch.einsum("bp,bpi,bpj->bij", share, off, off)


def test_jittered_digits_are_digits_and_no_two_alike(digits):
    torch.manual_seed(0)
    jittered = augment(digits[:1].expand(64, -1, -1, -1))
    assert jittered.shape == (64, 1, 28, 28)
    assert jittered.min() >= 0
    assert jittered.max() <= 1
    assert len(jittered.flatten(1).unique(dim=0)) == 64


def test_the_seed_repeats_the_jitter(digits):
    torch.manual_seed(3)
    first = augment(digits)
    torch.manual_seed(3)
    assert torch.equal(first, augment(digits))


def test_without_jitter_nothing_moves(digits, only):
    only()
    torch.testing.assert_close(move(digits), digits, atol=1e-4, rtol=0)


def test_shifting_moves_the_centre_by_at_most_its_bound(digits, only):
    only("SHIFT")
    moved = moments(move(digits))[1] - moments(digits)[1]
    assert moved.abs().max() <= module.SHIFT + 0.05
    assert (moved.std(0) > module.SHIFT / 3).all()  # of a uniform one: 1 / sqrt(3) of the bound


def test_turning_keeps_ink_and_spread_and_turns_the_axis(digits, only):
    only("TURN")
    ink, _, spread = moments(digits)
    turned_ink, _, turned = moments(move(digits))
    torch.testing.assert_close(turned_ink, ink, rtol=0.04, atol=0)
    trace = lambda m: m.diagonal(dim1=1, dim2=2).sum(1)  # noqa: E731
    torch.testing.assert_close(trace(turned), trace(spread), rtol=0.05, atol=0)
    axis = lambda m: torch.atan2(2 * m[:, 0, 1], m[:, 0, 0] - m[:, 1, 1]) / 2  # noqa: E731
    by = (axis(turned) - axis(spread) + math.pi / 2) % math.pi - math.pi / 2
    long = (spread[:, 1, 1] / spread[:, 0, 0]) > 3  # only a long digit has a clear axis
    assert by[long].abs().max() <= module.TURN + 0.03
    assert by[long].std() > module.TURN / 3


def test_scaling_changes_the_spread_within_its_bound(digits, only):
    only("SCALE")
    before, after = moments(digits)[2], moments(move(digits))[2]
    by = (after / before).diagonal(dim1=1, dim2=2).sqrt()
    wide = before.diagonal(dim1=1, dim2=2).amin(1) > 9  # interpolation alone widens a thin stroke
    by = by[wide]
    assert by.min() >= 1 / (1 + module.SCALE) - 0.03
    assert by.max() <= 1 / (1 - module.SCALE) + 0.03
    assert (by[:, 0] - by[:, 1]).abs().max() > module.SCALE / 2  # each axis its own way


def test_the_pen_is_a_blend_with_the_largest_or_smallest_neighbour(digits):
    torch.manual_seed(0)
    wide, thin = thicken(digits).chunk(2)
    a, b = digits.chunk(2)
    assert (wide >= a).all()
    assert (wide <= a.lerp(F.max_pool2d(a, 3, 1, 1), module.PEN) + 1e-6).all()
    assert (thin <= b).all()
    assert (thin >= b.lerp(-F.max_pool2d(-b, 3, 1, 1), module.PEN) - 1e-6).all()
    assert wide.sum() > 1.1 * a.sum()
    assert thin.sum() < 0.9 * b.sum()
