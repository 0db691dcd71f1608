import subprocess
import sys

import numpy as np
import pytest
import torch

from cnn.evaluate import accuracy, confusion, log_odds, redrawn
from cnn.model import WEIGHTS, ConvNet, load


def test_the_committed_networks_read_mnist_as_their_cards_say(mnist_test):
    digits, labels = mnist_test
    for name, at_least in (("convnet", 99.3), ("mlp", 97.5)):
        model = load(WEIGHTS.with_name(f"{name}.safetensors"))
        right = accuracy(log_odds(model, digits), labels)
        assert right == pytest.approx(model.card["mnist"], abs=0.02)
        assert right >= at_least


def test_accuracy_and_confusion_count_what_a_loop_counts():
    odds = torch.randn(300, 10, generator=torch.Generator().manual_seed(0)).log_softmax(1)
    labels = torch.arange(300) % 10
    table = np.zeros((10, 10), int)
    for row, label in zip(odds.tolist(), labels.tolist(), strict=True):
        table[label, row.index(max(row))] += 1
    assert (confusion(odds, labels).numpy() == table).all()
    assert accuracy(odds, labels) == pytest.approx(100 * table.trace() / 300)


def test_batches_change_nothing():
    model = ConvNet().eval()
    digits = torch.randint(0, 256, (1500, 1, 28, 28), dtype=torch.uint8)
    torch.testing.assert_close(log_odds(model, digits), model(digits.float() / 255).detach())


def test_redrawn_digits_are_the_same_digits(mnist_test):
    digits = mnist_test[0][:100]
    again = redrawn(digits)
    like = [
        np.corrcoef(a.flatten(), b.flatten())[0, 1]
        for a, b in zip(digits.numpy(), again.numpy(), strict=True)
    ]
    assert np.median(like) > 0.9


def evaluate(mnist_dir, *flags: str) -> subprocess.CompletedProcess:
    few = ["--redrawn", "100", "--pen", "800", "--data-dir", str(mnist_dir)]
    return subprocess.run(
        [sys.executable, "-m", "cnn.evaluate", *few, *flags], capture_output=True, text=True
    )


def test_it_prints_every_digit_and_style_and_passes_bounds_that_hold(mnist_dir):
    done = evaluate(mnist_dir, "--at-least", "90", "pen=80", "redrawn=80")
    assert done.returncode == 0, done.stderr
    assert all(f"mnist    {digit} " in done.stdout for digit in range(10))
    assert "pen      7 crossed" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("mnist ")


def test_it_exits_1_below_a_bound_and_names_it(mnist_dir):
    done = evaluate(mnist_dir, "--at-least", "100", "pen=100.1", "redrawn=20")
    assert done.returncode == 1
    assert "mnist is below 100.0 %; pen is below 100.1 %" in done.stderr
    assert "redrawn" not in done.stderr


def test_a_bound_on_something_else_is_refused(mnist_dir):
    assert "none of mnist, redrawn, pen" in evaluate(mnist_dir, "--at-least", "cats=9").stderr
