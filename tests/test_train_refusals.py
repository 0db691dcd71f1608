"""A run that cannot go ahead ends with a sentence, not a traceback, and loses nothing."""

import re
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
import torch
from train_run import files_of_at_most, finish

from cnn.model import WEIGHTS
from cnn.training.checkpoint import save_checkpoint
from cnn.training.trainer import DEFAULTS, Settings


@pytest.mark.parametrize(
    ("flags", "remedy"),
    [
        (["--epochs", "0"], "not a number from 1"),
        (["--lr", "nan"], "not a number from"),
        (["--dropout", "1"], "not a number from 0"),
        (["--batch-size", "many"], "not a number from 1"),
        (["--model", "resnet"], "choose from"),
        (["--data-dir", "{here}"], "--data-dir or MNIST_DIR"),
        (["--out", "{here}/a file"], "another folder with --out"),
        (["--resume"], "without --resume"),
    ],
)
def test_a_mistake_gets_a_sentence_and_no_traceback(command, tmp_path, flags, remedy):
    (tmp_path / "a file").write_text("not a folder")
    wrong = finish(command(*(flag.format(here=tmp_path) for flag in flags)))
    assert wrong.code != 0
    assert remedy in wrong.said


def test_a_full_disk_leaves_what_was_there_and_gets_a_sentence(command, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    path = Path(shutil.copy(WEIGHTS, out))
    with files_of_at_most(1_000_000):  # bytes; .resume takes more
        full = finish(command("--epochs", "9"))
    assert full.code == 1
    assert "make room there, or name another folder" in full.said
    assert "--resume" not in full.said  # there is nothing to go on from
    assert path.read_bytes() == WEIGHTS.read_bytes()
    assert list(out.iterdir()) == [path]


def save_notes(path: Path, name: str, **flags: float) -> None:
    """A checkpoint of a quick run of the network, with nothing to go on from."""
    settings = Settings(name, batch_size=25, **DEFAULTS[name] | flags)
    notes = {"settings": asdict(settings) | {"limit": 200}}
    save_checkpoint(path, {"epochs": torch.tensor(1)}, notes)


def test_a_second_network_that_cannot_be_resumed_is_refused_before_the_first_is_trained(
    command, tmp_path
):
    save_notes(tmp_path / "out" / "mlp.resume", "mlp", lr=0.5)
    wrong = finish(command("--model", "all", "--resume"))
    assert wrong.code == 1
    # From the first word on: not even MNIST was read.
    assert re.match(r"train\.py: .*mlp\.resume had other flags .lr was 0\.5.*delete it", wrong.said)


def test_a_damaged_checkpoint_gets_a_sentence(command, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "convnet.resume").write_bytes(b"half a file")
    wrong = finish(command("--resume"))
    assert wrong.code == 1
    assert "damaged" in wrong.said


def test_a_checkpoint_of_another_version_gets_a_sentence(command, tmp_path):
    save_notes(tmp_path / "out" / "convnet.resume", "convnet")
    wrong = finish(command("--resume"))
    assert wrong.code == 1
    assert "another version" in wrong.said
    assert "without --resume" in wrong.said
