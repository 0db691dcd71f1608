import numpy as np
import pytest
import torch

from cnn.metrics import accuracy, calibration_error, confusion, log_probabilities
from cnn.model import ConvNet

LOG_PROBS = torch.randn(300, 10, generator=torch.Generator().manual_seed(0)).log_softmax(1)
LABELS = torch.arange(300) % 10


def test_accuracy_and_confusion_count_what_a_loop_counts():
    table = np.zeros((10, 10), int)
    for row, label in zip(LOG_PROBS.tolist(), LABELS.tolist(), strict=True):
        table[label, row.index(max(row))] += 1
    assert (confusion(LOG_PROBS, LABELS).numpy() == table).all()
    assert accuracy(LOG_PROBS, LABELS) == pytest.approx(100 * table.trace() / 300)


def test_calibration_error_is_what_bins_filled_one_by_one_give():
    rows = [(max(row), row.index(max(row))) for row in LOG_PROBS.exp().tolist()]
    bins = [[] for _ in range(15)]
    for (prob, read), label in zip(rows, LABELS.tolist(), strict=True):
        bins[int(prob * 15)].append((prob, read == label))
    expected = 0
    for members in filter(None, bins):
        probs, right = np.array(members).T
        expected += abs(probs.mean() - right.mean()) * len(members) / 300
    assert calibration_error(LOG_PROBS, LABELS) == pytest.approx(100 * expected, abs=1e-4)


def test_probabilities_that_come_true_have_no_calibration_error():
    torch.manual_seed(0)
    log_probs = (2 * torch.randn(100_000, 10)).log_softmax(1)
    labels = torch.distributions.Categorical(logits=log_probs).sample()
    assert calibration_error(log_probs, labels) < 1
    assert calibration_error((3 * log_probs).log_softmax(1), labels) > 5


def test_batches_change_nothing():
    model = ConvNet().eval()
    digits = torch.randint(0, 256, (1500, 1, 28, 28), dtype=torch.uint8)
    torch.testing.assert_close(
        log_probabilities(model, digits), model(digits.float() / 255).detach()
    )
