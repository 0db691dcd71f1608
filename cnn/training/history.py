"""The same network at moments of its training, for the page to scrub through.

One safetensors file of float16: the tensors "0.conv1.weight" and so on, moment after moment, from
the untrained network to the weights that are written, the last being equal to them to float16. Its
metadata holds, as JSON under "history": {"model", "sha256", "moments": [{"step", "epoch", "loss",
"train", "held_out"}]}; sha256 is the card's of the weights that it ends with.
"""

import json
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor
from torch.nn import functional as F

from cnn.metrics import accuracy, log_probabilities
from cnn.model import Network, split_safetensors
from cnn.training.datasets import Examples

STEPS = 0, 1, 3, 10, 30, 100, 300  # batches after which a snapshot is taken
FIELDS = {"step": int, "epoch": int, "loss": float, "train": float, "held_out": float}
EPOCHS = 1, 2, 5, 10, 20  # and whole epochs after which one is taken


class History:
    """Snapshots of a network in training, with its loss and accuracies at each moment.

    train, held_out: digits 0 to 9 that every snapshot is scored on. The loss is the cross-entropy
    over `train`; the accuracies are percent.
    """

    def __init__(self, train: Examples, held_out: Examples) -> None:
        self.train, self.held_out = train, held_out
        self.moments: list[dict] = []
        self.snapshots: list[dict[str, Tensor]] = []

    def record(self, model: Network, step: int, epoch: int) -> None:
        """Take a snapshot after `step` batches; `epoch`: how many whole epochs these are."""
        log_probs = log_probabilities(model, self.train[0])
        held_out = log_probabilities(model, self.held_out[0])
        self.moments.append(
            {
                "step": step,
                "epoch": epoch,
                "loss": round(F.nll_loss(log_probs, self.train[1]).item(), 4),
                "train": round(accuracy(log_probs, self.train[1]), 2),
                "held_out": round(accuracy(held_out, self.held_out[1]), 2),
            }
        )
        self.snapshots.append({k: v.half().cpu().clone() for k, v in model.state_dict().items()})

    def state(self) -> dict[str, Tensor]:
        """All snapshots as tensors by name, "0.conv1.weight" and so on."""
        return {
            f"{i}.{name}": tensor.contiguous()
            for i, snapshot in enumerate(self.snapshots)
            for name, tensor in snapshot.items()
        }

    def load_state(self, tensors: dict[str, Tensor], moments: list[dict]) -> None:
        """Load what `state` and `moments` gave; KeyError, TypeError or ValueError if it is none."""
        moments = [{k: kind(moment[k]) for k, kind in FIELDS.items()} for moment in moments]
        names = {key.split(".", 1)[1] for key in tensors}
        if len(tensors) != len(names) * len(moments):
            raise ValueError(f"{len(tensors)} tensors of {len(moments)} moments")
        self.snapshots = [{k: tensors[f"{i}.{k}"] for k in names} for i in range(len(moments))]
        self.moments = moments

    def read(self, path: Path, sha256: str) -> bool:
        """Load the file at `path`; False, and nothing is loaded, if it is none of these weights."""
        try:
            content = path.read_bytes()
            note = json.loads(split_safetensors(content)[0]["__metadata__"]["history"])
            if note["sha256"] != sha256:
                return False
            self.load_state(load(content), note["moments"])
        except (OSError, SafetensorError, LookupError, TypeError, ValueError, RuntimeError):
            return False
        return True

    def content(self, model: Network, step: int, epoch: int) -> bytes:
        """The file, its last moment being `model`, whose card is at `.card`.

        Moments after `step` are left out: they are of an epoch that was stopped half-way.
        """
        whole = History(self.train, self.held_out)
        whole.moments = [moment for moment in self.moments if moment["step"] <= step]
        whole.snapshots = self.snapshots[: len(whole.moments)]
        whole.record(model, step, epoch)
        note = {
            "model": model.card["model"],
            "sha256": model.card["sha256"],
            "moments": whole.moments,
        }
        return save(whole.state(), metadata={"history": json.dumps(note)})
