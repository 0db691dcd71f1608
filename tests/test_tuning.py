import numpy as np
import pytest
import torch

from cnn.examples import prepare
from cnn.model import load
from cnn.strokes import not_digits
from cnn.tuning import MAY_FALL, tune


@pytest.fixture(scope="module")
def examples(mnist_dir):
    return prepare(mnist_dir, limit=8000)


def test_corrections_are_learnt_and_mnist_is_not_forgotten(examples):
    # Drawings that were never learnt, each called by the digit that the network thinks third of.
    digits = torch.from_numpy(not_digits(12, seed=77)).unsqueeze(1)
    model = load()
    labels = model(digits.float() / 255).topk(3).indices[:, 2]
    tuned, right = tune(model, "convnet", digits, labels, examples, "cpu")
    assert right["corrections"][0] == 0
    assert right["corrections"][1] >= 75
    # With a fifteenth of the examples to hold on to; with all of them it is MAY_FALL or nothing.
    assert right["mnist"][1] >= right["mnist"][0] - 5 * MAY_FALL
    digits, labels = examples["test"]
    again = np.mean((tuned(digits.float() / 255).argmax(1) == labels).numpy())
    assert 100 * again == pytest.approx(right["mnist"][1], abs=0.011)
