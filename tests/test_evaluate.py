import sys
from collections.abc import Callable

import numpy as np
import pytest
import torch

from cnn import evaluate as module
from cnn.activations import activations, dead_units
from cnn.evaluate import redrawn
from cnn.metrics import accuracy, log_probabilities
from cnn.model import WEIGHTS, load, save
from cnn.page.digits import held_out


def test_the_committed_networks_read_mnist_as_their_cards_say(mnist_test):
    digits, labels = mnist_test
    for name, at_least in (("convnet", 99.3), ("mlp", 97.5)):
        model = load(WEIGHTS.with_name(f"{name}.safetensors"))
        right = accuracy(log_probabilities(model, digits), labels)
        assert right == pytest.approx(model.card["mnist"], abs=0.02)
        assert right >= at_least


def test_no_map_and_no_neuron_of_the_committed_networks_is_dead(mnist_test):
    digits, _ = mnist_test
    for name in ("convnet", "mlp"):
        model = load(WEIGHTS.with_name(f"{name}.safetensors"))
        dead = dead_units(model, digits)
        assert not any(dead.values()), (name, dead)
        assert len(dead) == {"convnet": 3, "mlp": 1}[name]


def test_a_dead_map_and_a_dead_neuron_are_found():
    model = load()
    with torch.no_grad():
        model.conv2.weight[5], model.conv2.bias[5] = 0, 0
        model.fc1.weight[7], model.fc1.bias[7] = 0, -1
    digits = (255 * torch.rand(50, 1, 28, 28)).byte()
    dead = dead_units(model, digits)
    assert 5 in dead["relu2"]
    assert 7 in dead["relu3"]
    maps = activations(model, digits.float() / 255)
    assert dead["relu2"] == [c for c in range(16) if maps["relu2"][:, c].max() <= 0]
    assert dead["relu3"] == [c for c in range(128) if maps["relu3"][:, c].max() <= 0]


def test_redrawn_digits_are_the_same_digits(mnist_test):
    digits = mnist_test[0][:100]
    again = redrawn(digits)
    like = [
        np.corrcoef(a.flatten(), b.flatten())[0, 1]
        for a, b in zip(digits.numpy(), again.numpy(), strict=True)
    ]
    assert np.median(like) > 0.9


@pytest.fixture
def evaluate(monkeypatch, capsys, mnist_test) -> Callable[..., tuple[str, str]]:
    """Run it in this process, on some of all digits: what it printed, and how it ended."""
    some = tuple(part[::20] for part in mnist_test)
    monkeypatch.setattr(module, "mnist", lambda train, data_dir: some)

    def run(*flags: str) -> tuple[str, str]:
        few = ["--redrawn", "100", "--synthetic", "800"]
        monkeypatch.setattr(sys, "argv", ["evaluate", *few, *flags])
        try:
            module.main()
        except SystemExit as exit:
            printed = capsys.readouterr()
            return printed.out, f"{printed.err}{exit.code}"
        return capsys.readouterr().out, ""

    return run


def test_it_prints_every_digit_and_style_and_passes_bounds_that_hold(evaluate):
    printed, ended = evaluate("--at-least", "90", "synthetic=80", "redrawn=80")
    assert ended == ""
    assert all(f"mnist     {digit} " in printed for digit in range(10))
    assert "synthetic 7 crossed" in printed
    assert printed.splitlines()[-1].startswith("mnist ")


def test_it_exits_below_a_bound_and_names_it(evaluate):
    _, ended = evaluate("--at-least", "100", "synthetic=100.1", "redrawn=20")
    # A sentence is the code 1, and goes to stderr.
    assert ended == "mnist is below 100.0 %; synthetic is below 100.1 %"


def test_a_bound_on_something_else_is_refused(evaluate):
    assert "not one of mnist, redrawn, synthetic" in evaluate("--at-least", "cats=9")[1]


def test_a_network_from_the_page_is_measured_on_the_pages_digits_first(evaluate, tmp_path):
    model, path = load(WEIGHTS.with_stem("mlp")), tmp_path / "mine.safetensors"
    facts = {"model": "mlp", "threshold": 0.5, "trained_in": "browser", "held_out": 98.3}
    save(model, path, facts)
    printed, ended = evaluate("--weights", str(path))
    assert ended == ""
    digits, labels = held_out()
    with torch.no_grad():
        read = model(torch.from_numpy(digits[:, None]) / 255).argmax(1).numpy()
    lines = [" ".join(line.split()) for line in printed.splitlines() if line.startswith("held out")]
    assert len(lines) == 13
    assert lines[10] == f"held out all {100 * np.mean(read == labels):.2f} % of 1000"
    assert lines[12] == "held out as the page showed it 98.30 %"
    assert printed.index("mnist") > printed.index("as the page showed it")
