"""Teach a trained network the corrections that people gave, without forgetting the rest."""

import torch
from torch import Tensor

from cnn.evaluate import accuracy, log_odds
from cnn.model import Network
from cnn.training import Settings, Training, calibrate

SHARE = 0.1  # of what is learnt are the corrections, repeated as often as that takes
MOST_TIMES = 200  # but no correction more often than this
MAY_FALL = 0.1  # points of MNIST's test digits; a network that lost more is not worth keeping


def tune(
    model: Network, name: str, digits: Tensor, labels: Tensor, examples: dict, device: str
) -> tuple[Network, dict[str, tuple[float, float]]]:
    """Two epochs over the corrections, uint8 (N, 1, 28, 28), among the examples.

    Returns the tuned network, calibrated, and the percent of "corrections" and of "mnist" read
    right before and after.
    """
    known, answers = examples["learn"]
    times = min(MOST_TIMES, max(1, round(SHARE * len(known) / len(digits))))
    settings = Settings(name, epochs=2, lr=0.004, batch_size=min(256, len(known)))
    mixed = torch.cat([known, digits.repeat(times, 1, 1, 1)])
    training = Training(settings, mixed, torch.cat([answers, labels.repeat(times)]), device)
    training.start_from(model)
    for _ in range(settings.epochs):
        list(training.epoch())
    tuned = training.average.cpu().to(memory_format=torch.contiguous_format)
    calibrate(tuned, log_odds(tuned, examples["pen"][0]), examples["pen"][1])
    return tuned, {
        kind: tuple(accuracy(log_odds(network, some), truth) for network in (model, tuned))
        for kind, (some, truth) in {
            "corrections": (digits, labels),
            "mnist": examples["test"],
        }.items()
    }
