"""A run as it was after an epoch, on disk: a safetensors file with JSON notes inside."""

import json
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from cnn.model import write_files


class ResumeError(Exception):
    """A run that cannot be taken up again; the message says why and what to do."""


def keep(path: Path, tensors: dict[str, Tensor], notes: dict) -> None:
    """Replace the file at once, so that a kill leaves the old one or the new one."""
    tensors = {name: tensor.contiguous() for name, tensor in tensors.items()}
    write_files({path: save(tensors, metadata={"notes": json.dumps(notes)})})


def take_up(path: Path, settings: dict) -> tuple[dict[str, Tensor], dict]:
    """What `keep` was given, if its notes' "settings" are these; else ResumeError."""
    remedy = "run without --resume to begin anew"
    if not path.exists():
        raise ResumeError(f"no interrupted run at {path}; {remedy}")
    try:
        with safe_open(path, "pt") as file:
            notes = json.loads(file.metadata()["notes"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, TypeError, KeyError, ValueError) as error:
        raise ResumeError(f"{path} is damaged ({error}); {remedy}") from error
    then = notes["settings"]
    other = [
        f"{name} was {then.get(name)}" for name in settings if then.get(name) != settings[name]
    ]
    if other:
        raise ResumeError(
            f"the run at {path} had other flags ({', '.join(other)}); give the same, or {remedy}"
        )
    return tensors, notes
