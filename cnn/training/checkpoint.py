"""A run as it was after an epoch, on disk: a safetensors file with JSON notes inside."""

import json
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from cnn.model import write_files

REMEDY = "run without --resume to begin anew"


class CheckpointError(Exception):
    """A run that cannot be resumed; the message says why and what to do."""


def save_checkpoint(path: Path, tensors: dict[str, Tensor], notes: dict) -> None:
    """Replace the file at once, so that a kill leaves the old one or the new one."""
    tensors = {name: tensor.contiguous() for name, tensor in tensors.items()}
    write_files({path: save(tensors, metadata={"notes": json.dumps(notes)})})


def load_checkpoint(path: Path, settings: dict) -> tuple[dict[str, Tensor], dict]:
    """What `save_checkpoint` was given, if its "settings" are these; else CheckpointError."""
    if not path.exists():
        raise CheckpointError(f"no interrupted run at {path}; {REMEDY}")
    try:
        with safe_open(path, "pt") as file:
            notes = json.loads(file.metadata()["notes"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        then = notes["settings"]
        other = [f"{k} was {then.get(k)}" for k in settings if then.get(k) != settings[k]]
    except (SafetensorError, OSError, TypeError, KeyError, ValueError, AttributeError) as error:
        raise CheckpointError(f"{path} is damaged ({error}); {REMEDY}") from error
    if other:
        raise CheckpointError(
            f"the run at {path} had other flags ({', '.join(other)}); give the same, or {REMEDY}"
        )
    return tensors, notes
