"""A run after an epoch, on disk: a safetensors file with JSON notes inside, then a sha256.

The last 32 bytes are the sha256 of all before them, so that no changed bit goes unnoticed.
"""

import json
from hashlib import sha256
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from cnn.files import write_files
from cnn.model import split_safetensors
from cnn.training.history import History
from cnn.training.trainer import Trainer

REMEDY = "delete it or run without --resume, to start over"
DIGEST = sha256().digest_size  # bytes
ROW = {"epoch": int, "loss": float, "mnist": float, "synthetic": float, "seconds": float}


class CheckpointError(Exception):
    """A run that cannot be resumed; the message says why and what to do."""


def save_run(path: Path, flags: dict, trainer: Trainer, history: History, rows: list[dict]) -> None:
    """Save the state of a run. flags: what a run that resumes it must have in common with it."""
    tensors = trainer.state() | {f"history.{k}": v for k, v in history.state().items()}
    save_checkpoint(path, tensors, {"settings": flags, "rows": rows, "moments": history.moments})


def resume_run(path: Path, flags: dict, trainer: Trainer, history: History) -> list[dict]:
    """Set trainer and history to the state of the run at `path`; returns its rows, one per epoch.

    Raises CheckpointError if the file does not fit.
    """
    tensors, notes = load_checkpoint(path, flags)
    try:
        history.load_state(_under("history.", tensors), notes["moments"])
        trainer.resume(tensors)
        rows = [{k: kind(row[k]) for k, kind in ROW.items()} for row in notes["rows"]]
        if [row["epoch"] for row in rows] != list(range(1, trainer.epochs + 1)):
            raise ValueError(f"{len(rows)} rows of {trainer.epochs} epochs")
        return rows
    except (LookupError, TypeError, ValueError, RuntimeError, ArithmeticError) as error:
        reason = " ".join(f"{error!r}".split())
        raise CheckpointError(
            f"{path} is from another version or another device ({reason}); {REMEDY}"
        ) from error


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The tensors whose names begin with the prefix, by the rest of their names."""
    return {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}


def save_checkpoint(path: Path, tensors: dict[str, Tensor], notes: dict) -> None:
    """Replace the file atomically, so that a kill leaves either the old one or the new one."""
    tensors = {name: tensor.contiguous() for name, tensor in tensors.items()}
    content = save(tensors, metadata={"notes": json.dumps(notes)})
    write_files({path: content + sha256(content).digest()})


def load_checkpoint(path: Path, settings: dict) -> tuple[dict[str, Tensor], dict]:
    """What `save_checkpoint` was given, if its "settings" are these; else CheckpointError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise CheckpointError(
            f"no interrupted run at {path}; run without --resume to start over"
        ) from error
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read ({error.strerror}); {REMEDY}") from error
    content, digest = content[:-DIGEST], content[-DIGEST:]
    if sha256(content).digest() != digest:
        raise CheckpointError(
            f"{path} is damaged, or from a version without checksums (sha256); {REMEDY}"
        )
    try:
        notes = json.loads(split_safetensors(content)[0]["__metadata__"]["notes"])
        tensors = load(content)
        then = dict(notes["settings"])
    except (SafetensorError, TypeError, KeyError, ValueError, RecursionError) as error:
        raise CheckpointError(f"{path} is from another version ({error!r}); {REMEDY}") from error
    other = [f"{k} was {then.get(k)}" for k in settings if then.get(k) != settings[k]]
    if other:
        raise CheckpointError(
            f"the run at {path} had other flags ({', '.join(other)}); use the same, or {REMEDY}"
        )
    return tensors, notes
