import pytest
import torch

from cnn.metrics import accuracy, log_probabilities
from cnn.model import load
from cnn.synthetic.generate import non_digits
from cnn.training import datasets as module
from cnn.training.datasets import prepare
from cnn.training.finetune import MAX_DROP, MAX_REPEATS, finetune
from cnn.training.held_out import held_out_scores


@pytest.fixture(scope="module")
def datasets(mnist_dir):
    """With less to draw, which takes longer than all that is done with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "HELD_OUT", 1500)
        for name in ("SYNTHETIC", "PICTURED", "NON_DIGITS"):
            patch.setattr(module, name, 600)
        return prepare(mnist_dir, limit=12_000)


def test_corrections_are_learnt_and_the_rest_is_not_forgotten(datasets):
    # Drawings that it was not trained on, each labelled with the network's third likeliest digit.
    digits = torch.from_numpy(non_digits(6, seed=77)).unsqueeze(1)
    model = load()
    labels = model(digits.float() / 255).topk(3).indices[:, 2]
    assert accuracy(log_probabilities(model, digits), labels) == 0
    tuned, settings, rows, steps = finetune(model, (digits, labels), datasets, "cpu")
    assert accuracy(log_probabilities(tuned, digits), labels) >= 75
    before, after = held_out_scores(model, datasets), held_out_scores(tuned, datasets)
    # With a fifth of MNIST to hold on to; with all of it MAX_DROP is the bound.
    assert after["mnist"] >= before["mnist"] - 3 * MAX_DROP
    assert rows[-1]["mnist"] == pytest.approx(after["mnist"])
    examples = len(datasets.train[0]) + len(digits) * MAX_REPEATS
    assert steps == settings.epochs * -(-examples // settings.batch_size)
    assert settings.dropout == model.card["flags"]["dropout"]


def test_what_was_held_out_is_in_no_training_set_and_reported_apart(datasets):
    def rows_of(examples):
        return {digit.numpy().tobytes() for digit in examples[0]}

    trained = rows_of(datasets.train)
    held_out, test = rows_of(datasets.held_out), rows_of(datasets.test)
    synthetic = rows_of(datasets.synthetic_held_out), rows_of(datasets.synthetic_test)
    assert not held_out & trained
    assert not held_out & test
    assert not synthetic[0] & synthetic[1]
    assert len(synthetic[0] & trained) < 0.01 * len(synthetic[0])  # a tiny dot may be drawn twice
