"""The same network at successive moments of its training, for the page to scrub through.

One safetensors file of float16: the tensors "0.conv1.weight" and so on, moment after moment, from
the untrained network to the weights that are written. Its metadata holds, as JSON under "history":
{"model", "sha256", "moments"}; sha256 is the card's of the weights that it ends with. A moment is

step, epoch  the batches so far, and how many whole epochs these are
loss         what training minimises: the cross-entropy with labels smoothed by LABEL_SMOOTHING. It
             cannot fall below 0.282, the entropy of a smoothed label; ten equal guesses have 2.303
plain        the cross-entropy with the labels as they are; never minimised
train        percent read right of digits that are trained on; both losses are measured on these
held_out     percent read right of digits that are not trained on
temperature  null while the network learns; in the last moment what its output layer was divided by,
             see `calibrate`

The last two moments are at the same step: the network as training left it, and the same with its
output layer divided by the temperature, which is what is written (to float16). That is not
learning: it changes no answer, only how sure the answers are; it lowers `plain` and raises `loss`.
Corrections that are learnt later add two more such moments.

Every score is that of the averaged weights, used as on the page: no dropout, no jitter, whichever
digits are read. So dropout and jitter are not why held-out digits are read better at first. Those
digits are easier: three networks that were trained on MNIST's test digits alone, on neither of the
two kinds, read 98.4 to 98.7 % of them, and 97.9 to 98.1 % of all others. Even so, from the fifth
epoch on the digits that are trained on are ahead: the network has begun to remember them.
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
from cnn.training.trainer import LABEL_SMOOTHING

# Batches, and whole epochs, after which a snapshot is taken: close together where much is learnt.
STEPS = 0, 100, 130, 160, 200, 250, 300
EPOCHS = 1, 2, 5, 10, 20
NUMBERS = {"step": int, "epoch": int} | dict.fromkeys(("loss", "plain", "train", "held_out"), float)


class History:
    """Snapshots of a network in training, with its losses and accuracies at each moment.

    train, held_out: digits 0 to 9 that every snapshot is scored on.
    """

    def __init__(self, train: Examples, held_out: Examples) -> None:
        self.train, self.held_out = train, held_out
        self.moments: list[dict] = []
        self.snapshots: list[dict[str, Tensor]] = []

    def record(
        self, model: Network, step: int, epoch: int, temperature: float | None = None
    ) -> None:
        """Take a snapshot after `step` batches; `epoch`: how many whole epochs these are.

        temperature: what the output layer was divided by just now.
        """
        log_probs, labels = log_probabilities(model, self.train[0]), self.train[1]
        held_out = log_probabilities(model, self.held_out[0])
        loss = F.cross_entropy(log_probs, labels, label_smoothing=LABEL_SMOOTHING)
        self.moments.append(
            {
                "step": step,
                "epoch": epoch,
                "loss": round(loss.item(), 4),
                "plain": round(F.nll_loss(log_probs, labels).item(), 4),
                "train": round(accuracy(log_probs, labels), 2),
                "held_out": round(accuracy(held_out, self.held_out[1]), 2),
                "temperature": temperature and round(temperature, 3),
            }
        )
        self.snapshots.append({k: v.half().cpu().clone() for k, v in model.state_dict().items()})

    def before(self, step: int) -> "History":
        """A history of the moments before this step: later ones may be of an unfinished epoch."""
        early = History(self.train, self.held_out)
        early.moments = [moment for moment in self.moments if moment["step"] < step]
        early.snapshots = self.snapshots[: len(early.moments)]
        return early

    def state(self) -> dict[str, Tensor]:
        """All snapshots as tensors by name, "0.conv1.weight" and so on."""
        return {
            f"{i}.{name}": tensor.contiguous()
            for i, snapshot in enumerate(self.snapshots)
            for name, tensor in snapshot.items()
        }

    def load_state(self, tensors: dict[str, Tensor], moments: list[dict]) -> None:
        """Load what `state` and `moments` gave; KeyError, TypeError or ValueError for all else."""
        moments = [_moment_of(moment) for moment in moments]
        names = {key.split(".", 1)[1] for key in tensors}
        if len(tensors) != len(names) * len(moments):
            raise ValueError(f"{len(tensors)} tensors of {len(moments)} moments")
        self.snapshots = [{k: tensors[f"{i}.{k}"] for k in names} for i in range(len(moments))]
        self.moments = moments

    def read(self, path: Path, sha256: str) -> bool:
        """Load the file at `path`; False, and nothing is loaded, if it is not of these weights."""
        try:
            content = path.read_bytes()
            note = json.loads(split_safetensors(content)[0]["__metadata__"]["history"])
            if note["sha256"] != sha256:
                return False
            self.load_state(load(content), note["moments"])
        except (OSError, SafetensorError, LookupError, TypeError, ValueError, RuntimeError):
            return False
        return True

    def content(self, card: dict) -> bytes:
        """The file; card: of the weights at its last moment."""
        note = {"model": card["model"], "sha256": card["sha256"], "moments": self.moments}
        return save(self.state(), metadata={"history": json.dumps(note)})


def _moment_of(found: dict) -> dict:
    """A moment as `record` makes it; KeyError, TypeError or ValueError if it is not one."""
    temperature = found["temperature"]
    return {k: kind(found[k]) for k, kind in NUMBERS.items()} | {
        "temperature": None if temperature is None else float(temperature)
    }
