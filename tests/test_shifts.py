import json
import shutil
import sys
from collections.abc import Callable

import numpy as np
import pytest
import torch
from scipy import ndimage

from cnn import evaluate
from cnn.metrics import accuracy, log_probabilities
from cnn.model import NETWORKS, WEIGHTS, load
from cnn.shifts import NAME, SHIFTS, shifted, write_shifts

WAYS = (0, 1), (0, -1), (1, 0), (-1, 0)  # as (rows, columns)


@pytest.fixture(scope="module")
def committed() -> dict:
    return json.loads(WEIGHTS.with_name(NAME).read_text())


def moved(digits: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
    """By scipy, which knows nothing of padding by negative numbers."""
    return torch.from_numpy(ndimage.shift(digits.numpy(), (0, 0, rows, columns), order=0))


@pytest.mark.parametrize(("right", "down"), [(0, 0), (3, 0), (-2, 0), (0, 6), (4, -5)])
def test_a_digit_is_shifted_as_scipy_shifts_it(right, down):
    digits = torch.randint(256, (5, 1, 28, 28), dtype=torch.uint8)
    assert torch.equal(shifted(digits, right, down), moved(digits, down, right))


def test_the_committed_table_is_of_the_committed_networks(committed):
    for name in NETWORKS:
        card = load(WEIGHTS.with_name(f"{name}.safetensors")).card
        found = committed["networks"][name]
        again = "run: python -m cnn.evaluate --shifts"
        assert found["sha256"] == card["sha256"], f"{NAME} is of other weights; {again}"
        assert found["right"][0] == pytest.approx(card["mnist"], abs=0.02)
    assert committed["shifts"] == [0, 1, 2, 3, 4, 5, 6]
    assert committed["digits"] == 10_000


@pytest.mark.parametrize("px", [2, 5])
def test_the_committed_figures_are_those_of_digits_that_scipy_moves(committed, mnist_test, px):
    digits, labels = mnist_test
    every = [moved(digits, px * rows, px * columns) for rows, columns in WAYS]
    left = np.mean([some.sum().item() for some in every]) / digits.sum().item()
    assert committed["ink"][px] == pytest.approx(100 * left, abs=0.01)
    model = load(WEIGHTS.with_name("mlp.safetensors"))
    right = np.mean([accuracy(log_probabilities(model, some), labels) for some in every])
    assert committed["networks"]["mlp"]["right"][px] == pytest.approx(right, abs=0.02)


def test_the_convnet_bears_every_shift_better_but_is_not_invariant(committed):
    convnet, mlp = (committed["networks"][name]["right"] for name in ("convnet", "mlp"))
    assert all(ours > theirs for ours, theirs in zip(convnet, mlp, strict=True))
    assert convnet[0] - convnet[-1] > 10


def test_what_is_written_is_what_is_printed(tmp_path, mnist_test):
    for name in NETWORKS:
        shutil.copy(WEIGHTS.with_name(f"{name}.safetensors"), tmp_path)
    digits, labels = (tensor[:200] for tensor in mnist_test)
    printed = write_shifts(tmp_path, digits, labels)
    written = json.loads((tmp_path / NAME).read_text())
    assert written["digits"] == 200
    lines = printed.splitlines()
    assert lines[0].split() == ["shift", "convnet", "mlp", "ink", "left"]
    assert len(lines) == 1 + len(SHIFTS)
    for px, line in zip(SHIFTS, lines[1:], strict=True):
        numbers = [float(word) for word in line.split() if word not in ("px", "%")]
        right = [written["networks"][name]["right"][px] for name in ("convnet", "mlp")]
        assert numbers == [px, *right, written["ink"][px]]


@pytest.fixture
def refused(monkeypatch, capsys) -> Callable[..., str]:
    """What python -m cnn.evaluate --shifts says where it ends in a sentence."""

    def run(*flags: str) -> str:
        monkeypatch.setattr(sys, "argv", ["evaluate", "--shifts", *flags])
        with pytest.raises(SystemExit) as exit:
            evaluate.main()
        assert exit.value.code != 0
        return f"{capsys.readouterr().err}{exit.value.code}"

    return run


def test_without_the_mlp_it_says_so_and_writes_nothing(refused, tmp_path, mnist_dir):
    shutil.copy(WEIGHTS, tmp_path)
    said = refused("--data-dir", str(mnist_dir), "--weights", str(tmp_path / WEIGHTS.name))
    assert "mlp.safetensors" in said
    assert "python train.py" in said
    assert not (tmp_path / NAME).exists()


def test_a_bound_is_refused_since_nothing_would_hold_it(refused):
    said = refused("--at-least", "99")
    assert "--at-least cannot be used with --shifts, which checks no bounds" in said
