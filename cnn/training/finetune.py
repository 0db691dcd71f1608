"""Train a trained network on the corrections that people gave, without forgetting the rest."""

import torch
from torch import Tensor, nn

from cnn.metrics import accuracy, log_probabilities
from cnn.model import Network
from cnn.training.datasets import Datasets
from cnn.training.trainer import Settings, Trainer, calibrate

EPOCHS, LR = 2, 0.004  # epochs; the peak of the cycle
SHARE = 0.1  # of the examples are corrections: they are repeated until they are
MAX_REPEATS = 200  # of one correction
MAX_DROP = 0.2  # percentage points, 6 of 3,000 held-out digits: a larger loss is refused


def finetune(
    model: Network, corrections: tuple[Tensor, Tensor], datasets: Datasets, device: str
) -> tuple[Network, Settings, list[dict], float]:
    """Train for EPOCHS epochs on the training set with the corrections mixed in.

    corrections: digits uint8 (N, 1, 28, 28) and labels int64 (N,). Returns a new network,
    calibrated, on the CPU; the settings; a row for each epoch; the temperature.
    """
    digits, labels = corrections
    known, answers = datasets.train
    repeats = min(MAX_REPEATS, max(1, round(SHARE * len(known) / len(digits))))
    rates = [stage.p for stage in model.children() if isinstance(stage, nn.Dropout)]
    dropout = rates[0] if rates else 0.0
    settings = Settings(model.card["model"], EPOCHS, lr=LR, dropout=dropout)
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
    """{"mnist", "synthetic"}: percent of the held-out digits that are read right."""
    return {
        name: accuracy(log_probabilities(model, digits), labels)
        for name, (digits, labels) in (
            ("mnist", datasets.held_out),
            ("synthetic", datasets.synthetic_held_out),
        )
    }
