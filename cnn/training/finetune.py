"""Train a trained network on the corrections that people gave, without forgetting the rest."""

from typing import NamedTuple

import torch
from torch import Tensor

from cnn.model import Network
from cnn.training.datasets import Datasets
from cnn.training.held_out import held_out_scores
from cnn.training.trainer import Settings, Trainer

EPOCHS, LR = 2, 0.004  # epochs; the peak of the cycle
SHARE = 0.1  # of the examples are corrections: they are repeated until they are
MAX_REPEATS = 200  # of one correction
MAX_DROP = 0.2  # percentage points, 6 of 3,000 held-out digits: a larger loss is refused


class Tuned(NamedTuple):
    """A fine-tuned network, and how it was made."""

    model: Network  # on the CPU, to be calibrated
    settings: Settings
    rows: list[dict]  # one for each epoch
    steps: int  # batches in all epochs


def finetune(
    model: Network, corrections: tuple[Tensor, Tensor], datasets: Datasets, device: str
) -> Tuned:
    """Train a copy for EPOCHS epochs on the training set with the corrections mixed in.

    corrections: digits uint8 (N, 1, 28, 28) and labels int64 (N,).
    """
    digits, labels = corrections
    known, answers = datasets.train
    repeats = min(MAX_REPEATS, max(1, round(SHARE * len(known) / len(digits))))
    settings = Settings(model.card["model"], EPOCHS, LR, model.dropout_rate)
    mixed = torch.cat([known, digits.repeat(repeats, 1, 1, 1)])
    trainer = Trainer(settings, mixed, torch.cat([answers, labels.repeat(repeats)]), device)
    trainer.start_from(model)
    rows = []
    for epoch in range(1, EPOCHS + 1):
        losses = list(trainer.epoch())
        row = {"epoch": epoch, "loss": sum(losses) / len(losses)}
        rows.append(row | held_out_scores(trainer.ema, datasets))
    tuned = trainer.ema.cpu().to(memory_format=torch.contiguous_format)
    return Tuned(tuned, settings, rows, EPOCHS * trainer.steps_per_epoch)
