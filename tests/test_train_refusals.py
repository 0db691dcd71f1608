"""What cannot be trained gets a sentence, no traceback, and loses nothing."""

import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
import torch
from train_run import finish

import train
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
def test_a_mistake_gets_a_sentence_and_no_traceback(
    command, tmp_path, monkeypatch, capsys, flags, remedy
):
    (tmp_path / "a file").write_text("not a folder")
    line = command(*(flag.format(here=tmp_path) for flag in flags))
    monkeypatch.setattr(sys, "argv", [str(word) for word in line[1:]])
    with pytest.raises(SystemExit) as exit:
        train.main()
    said = capsys.readouterr().err + str(exit.value.code)
    assert exit.value.code != 0
    assert remedy in said


def test_a_full_disk_leaves_what_was_there_and_gets_a_sentence(command, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    path = Path(shutil.copy(WEIGHTS, out))
    full = finish(command("--epochs", "9"), at_most=1_000_000)  # bytes; .resume takes more
    assert full.returncode == 1
    assert "make room there, or name another folder" in full.stderr
    assert "--resume" not in full.stderr  # there is nothing to go on from
    assert "Traceback" not in full.stderr
    assert path.read_bytes() == WEIGHTS.read_bytes()
    assert list(out.iterdir()) == [path]


def test_a_second_network_that_cannot_be_resumed_is_refused_before_the_first_is_trained(
    command, tmp_path, monkeypatch, capsys
):
    settings = Settings("mlp", batch_size=100, **DEFAULTS["mlp"] | {"lr": 0.5})
    notes = {"settings": asdict(settings) | {"limit": 600}}
    save_checkpoint(tmp_path / "out" / "mlp.resume", {"epochs": torch.tensor(1)}, notes)
    line = command("--model", "all", "--resume")
    monkeypatch.setattr(sys, "argv", [str(word) for word in line[1:]])
    with pytest.raises(SystemExit, match=r"mlp\.resume had other flags .lr was 0\.5.*delete it"):
        train.main()
    assert capsys.readouterr().out == ""  # not even MNIST was read


def test_a_damaged_checkpoint_gets_a_sentence(command, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "convnet.resume").write_bytes(b"half a file")
    wrong = finish(command("--resume"))
    assert wrong.returncode == 1
    assert "damaged" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_checkpoint_of_another_version_gets_a_sentence(command, tmp_path):
    settings = Settings("convnet", batch_size=100, **DEFAULTS["convnet"])
    notes = {"settings": asdict(settings) | {"limit": 600}}
    save_checkpoint(tmp_path / "out" / "convnet.resume", {"epochs": torch.tensor(1)}, notes)
    wrong = finish(command("--resume"))
    assert wrong.returncode == 1
    assert "another version" in wrong.stderr
    assert "without --resume" in wrong.stderr
    assert "Traceback" not in wrong.stderr
