"""Train a trained network on the corrections that people gave, without forgetting the rest."""

import torch
from torch import Tensor

from cnn.metrics import accuracy, log_probabilities
from cnn.model import Network
from cnn.training.datasets import Datasets
from cnn.training.trainer import Settings, Trainer, calibrate

EPOCHS, LR = 2, 0.004
SHARE = 0.1  # of what is trained on are corrections, repeated as often as that takes
MAX_REPEATS = 200  # but no correction more often than this
MAX_DROP = 0.2  # points of the held-out digits, six of 3,000; a network that lost more is refused


def finetune(
    model: Network, corrections: tuple[Tensor, Tensor], datasets: Datasets, device: str
) -> tuple[Network, Settings, list[dict], float]:
    """Two epochs over the corrections, uint8 (N, 1, 28, 28) and their labels, among the datasets.

    Returns the tuned network, calibrated; the settings; a row for each epoch; the temperature.
    """
    digits, labels = corrections
    known, answers = datasets.train
    repeats = min(MAX_REPEATS, max(1, round(SHARE * len(known) / len(digits))))
    dropout = model.card["flags"]["dropout"]
    settings = Settings(
        model.card["model"], EPOCHS, min(256, len(known)), LR, dropout, model.card["seed"]
    )
    mixed = torch.cat([known, digits.repeat(repeats, 1, 1, 1)])
    trainer = Trainer(settings, mixed, torch.cat([answers, labels.repeat(repeats)]), device)
    trainer.start_from(model)
    rows = []
    for epoch in range(1, EPOCHS + 1):
        losses = list(trainer.epoch())
        row = {"epoch": epoch, "loss": sum(losses) / len(losses)}
        rows.append(row | held_out_scores(trainer.ema, datasets))
    tuned = trainer.ema.cpu().to(memory_format=torch.contiguous_format)
    held_out, answers = datasets.synthetic_held_out
    temperature = calibrate(tuned, log_probabilities(tuned, held_out), answers)
    return tuned, settings, rows, temperature


def held_out_scores(model: Network, datasets: Datasets) -> dict[str, float]:
    """Percent read right of the held-out digits: of "mnist" and "synthetic"."""
    return {
        name: accuracy(log_probabilities(model, digits), labels)
        for name, (digits, labels) in (
            ("mnist", datasets.held_out),
            ("synthetic", datasets.synthetic_held_out),
        )
    }
