"""What evaluate and training both count: accuracy, confusion, calibration error."""

import torch
from torch import Tensor, nn

from cnn.model import confidence

BATCH = 1000  # digits in one forward pass


@torch.no_grad()
def log_probabilities(model: nn.Module, digits: Tensor) -> Tensor:
    """Log-probabilities (N, classes), on the CPU, of digits uint8 (N, 1, 28, 28)."""
    device = next(model.parameters()).device
    return torch.cat([model(some.to(device).float() / 255).cpu() for some in digits.split(BATCH)])


def likeliest(log_probs: Tensor) -> Tensor:
    """(N, classes) -> int64 (N,): which class has the largest value."""
    return log_probs.argmax(1)


def accuracy(log_probs: Tensor, labels: Tensor) -> float:
    """Percent of the rows of (N, classes) whose largest value is at the label, int64 (N,)."""
    return 100 * (likeliest(log_probs) == labels).double().mean().item()


def confusion(log_probs: Tensor, labels: Tensor) -> Tensor:
    """int64 (classes, classes): how many of each label (row) were read as each class (column)."""
    count = log_probs.shape[1]
    pairs = labels * count + likeliest(log_probs)
    return torch.bincount(pairs, minlength=count**2).view(count, count)


def calibration_error(log_probs: Tensor, labels: Tensor, bins: int = 15) -> float:
    """Expected calibration error, percent: how far probabilities are from how often they are right.

    The mean over digits of |accuracy - mean probability| of the digit's bin; equal bins of the
    largest probability. Naeini, Cooper and Hauskrecht, 2015; 15 bins as in Guo et al., 2017.
    """
    probs = confidence(log_probs)
    right = (likeliest(log_probs) == labels).double()
    which = (probs * bins).long().clamp(max=bins - 1)
    gap = torch.zeros(bins, dtype=torch.double).index_add_(0, which, right - probs.double())
    return 100 * gap.abs().sum().item() / len(labels)
