import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open

import train
from cnn.metrics import accuracy, log_probabilities
from cnn.model import WEIGHTS, ConvNet, load
from cnn.training import corrections, finetune
from cnn.training.card import threshold
from cnn.training.checkpoint import save_checkpoint
from cnn.training.datasets import prepare
from cnn.training.trainer import DEFAULTS, Settings

ROOT = Path(__file__).resolve().parent.parent
QUICK = ["--limit", "600", "--batch-size", "100"]


@pytest.fixture
def command(mnist_dir, tmp_path):
    """The command line of a quick run into tmp_path / out."""

    def line(*flags: str, out: str = "out") -> list[str]:
        return [
            *(sys.executable, ROOT / "train.py", "--data-dir", mnist_dir),
            *("--out", tmp_path / out, "--model", "convnet", *QUICK, *flags),
        ]

    return line


def finish(line: list[str], at_most: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess:
    """Run it to its end; at_most: bytes that a file may have, as if the disk were full then."""
    return subprocess.run(
        line,
        capture_output=True,
        text=True,
        timeout=300,
        # One thread: small batches gain nothing from more, and lose when tests run side by side.
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (at_most, at_most)),
    )


def heed_interrupts() -> None:
    """In the child: a test run in the background ignores SIGINT, and would hand that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupt(line: list[str], after: Path, how: signal.Signals) -> tuple[int, str]:
    """Start a run, send the signal once the file is there; its exit code and what it said."""
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=env,
        preexec_fn=heed_interrupts,
    ) as process:
        while not after.exists() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(how)
        said = process.stdout.read()
        return process.wait(), said


def sha256(folder: Path) -> str:
    return json.loads((folder / "convnet.json").read_text())["sha256"]


def assert_same_history(one: Path, other: Path) -> None:
    with safe_open(one, "pt") as a, safe_open(other, "pt") as b:
        assert a.metadata() == b.metadata()
        assert set(a.keys()) == set(b.keys())
        assert all(torch.equal(a.get_tensor(key), b.get_tensor(key)) for key in a.keys())  # noqa: SIM118


def test_a_killed_run_leaves_no_half_file_and_resumes_to_the_same_weights(command, tmp_path):
    whole = finish(command("--epochs", "4", "--dropout", "0.3", out="whole"))
    assert whole.returncode == 0, whole.stderr
    files = sorted(path.name for path in (tmp_path / "whole").iterdir())
    history = "convnet.history.safetensors"
    assert files == [history, "convnet.json", "convnet.png", "convnet.safetensors"]
    assert load(tmp_path / "whole" / "convnet.safetensors").card["epoch"] == 4

    out = tmp_path / "out"
    flags = ["--epochs", "4", "--dropout", "0.3"]
    code, _ = interrupt(command(*flags), out / "convnet.resume", signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert not (out / "convnet.safetensors").exists()

    other = finish(command("--epochs", "5", "--dropout", "0.3", "--resume"))
    assert other.returncode == 1
    assert "epochs was 4" in other.stderr

    resumed = finish(command(*flags, "--resume"))
    assert resumed.returncode == 0, resumed.stderr
    assert sha256(out) == sha256(tmp_path / "whole")
    assert_same_history(out / history, tmp_path / "whole" / history)
    assert not (out / "convnet.resume").exists()


def test_ctrl_c_keeps_the_last_whole_epoch(command, tmp_path):
    out = tmp_path / "out"
    code, said = interrupt(command("--epochs", "500"), out / "convnet.resume", signal.SIGINT)
    assert code == 1
    assert "--resume" in said
    assert "Traceback" not in said
    card = load(out / "convnet.safetensors").card
    assert card["epoch"] >= 1
    assert card["flags"]["epochs"] == 500


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


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_does_not_replace_better_weights(command, tmp_path, how):
    out = tmp_path / "out"
    out.mkdir()
    path = Path(shutil.copy(WEIGHTS, out))
    code, said = interrupt(command("--epochs", "500"), out / "convnet.resume", how)
    assert code == 1
    assert re.search(r"stays as it was: .* points less of the held-out mnist digits", said)
    assert "the same flags and --resume go on" in said
    assert "Traceback" not in said
    assert path.read_bytes() == WEIGHTS.read_bytes()
    assert {file.name for file in out.iterdir()} == {path.name, "convnet.resume"}


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


def test_a_finished_run_that_is_worse_says_so_and_keeps_what_was_there(command, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    path = Path(shutil.copy(WEIGHTS, out))
    done = finish(command("--epochs", "1"))
    assert done.returncode == 0, done.stderr
    assert re.search(r"points less of the held-out mnist .* than the weights there", done.stdout)
    assert path.with_name("convnet.previous.safetensors").read_bytes() == WEIGHTS.read_bytes()
    printed = re.search(r"convnet +1 +\S+ +(\S+) +(\S+) ", done.stdout)
    card = load(path).card
    assert [card["held_out_mnist"], card["held_out_synthetic"]] == [
        float(x) for x in printed.groups()
    ]


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


def test_fewer_examples_than_a_batch_still_train(command, tmp_path):
    done = finish(command("--limit", "100", "--batch-size", "512", "--epochs", "1"))
    assert done.returncode == 0, done.stderr
    assert load(tmp_path / "out" / "convnet.safetensors").card["flags"]["limit"] == 100


def test_the_history_is_of_this_run_from_untrained_to_the_weights_it_wrote(command, tmp_path):
    done = finish(command("--epochs", "2", "--seed", "3"))
    assert done.returncode == 0, done.stderr
    model = load(tmp_path / "out" / "convnet.safetensors")
    with safe_open(tmp_path / "out" / "convnet.history.safetensors", "pt") as file:
        note = json.loads(file.metadata()["history"])
        snapshots = [
            {name: file.get_tensor(f"{i}.{name}") for name in model.state_dict()}
            for i in range(len(note["moments"]))
        ]
    steps_per_epoch = 24  # 600 of each of four kinds, in batches of 100
    assert [(m["step"], m["epoch"]) for m in note["moments"]] == [
        *((step, 0) for step in (0, 1, 3, 10)),
        (steps_per_epoch, 1),
        (30, 1),
        (2 * steps_per_epoch, 2),
        (2 * steps_per_epoch, 2),  # calibrated, as written
    ]
    torch.manual_seed(3)
    untrained = ConvNet()
    assert all(torch.equal(snapshots[0][k], v.half()) for k, v in untrained.state_dict().items())
    assert all(torch.equal(snapshots[-1][k], v.half()) for k, v in model.state_dict().items())
    assert note["moments"][-1]["loss"] < note["moments"][0]["loss"]


@pytest.fixture
def corrected(tmp_path):
    """A file of three corrections, each an upright line with the label 1."""
    path = tmp_path / "corrections.jsonl"
    for i in range(3):
        corrections.append(path, [np.array([[140.0, 40], [141 + i, 240]])], 280, 1)
    return path


def history_of(path: Path) -> dict:
    """What the history beside the weights says, and fc1's weights in its last moment."""
    with safe_open(path.with_suffix(".history.safetensors"), "pt") as file:
        note = json.loads(file.metadata()["history"])
        return note | {"last": file.get_tensor(f"{len(note['moments']) - 1}.fc1.weight")}


def test_a_card_after_corrections_is_true_in_every_field(command, tmp_path, corrected, monkeypatch):
    assert finish(command("--epochs", "6", "--dropout", "0.2")).returncode == 0
    path = tmp_path / "out" / "convnet.safetensors"
    before, picture = load(path).card, path.with_suffix(".png").read_bytes()
    moments = history_of(path)["moments"]
    monkeypatch.setattr(train, "MAX_DROP", 100.0)  # so few digits may cost anything
    monkeypatch.setattr(sys, "argv", [str(word) for word in command("--extra", corrected)[1:]])
    train.main()
    model = load(path)
    card = model.card
    assert card["finetuned_from"] == before["sha256"]
    assert card["corrections"] == 3
    assert card["sha256"] != before["sha256"]
    assert "--extra" in card["command"]
    assert card["epoch"] == card["flags"]["epochs"] == finetune.EPOCHS
    assert card["flags"]["lr"] == finetune.LR
    assert card["flags"]["dropout"] == before["flags"]["dropout"] == 0.2
    assert card["torch"] == torch.__version__
    assert card["temperature"] != before["temperature"]
    assert path.with_suffix(".png").read_bytes() != picture
    history = history_of(path)
    assert history["sha256"] == card["sha256"]
    assert history["moments"][:-1] == moments
    steps = finetune.EPOCHS * 11  # of 2,400 digits and a tenth of corrections, in batches of 256
    assert history["moments"][-1]["step"] == moments[-1]["step"] + steps
    assert history["moments"][-1]["epoch"] == 6 + finetune.EPOCHS
    assert torch.equal(history["last"], model.fc1.weight.half())
    datasets = prepare(command()[3], 600)
    for name, examples in (("mnist", datasets.test), ("synthetic", datasets.synthetic_test)):
        right = accuracy(log_probabilities(model, examples[0]), examples[1])
        assert card[name] == pytest.approx(right, abs=0.011)
    assert card["threshold"] == threshold(model, datasets.synthetic_held_out[0])


def test_corrections_that_cost_held_out_digits_are_refused(
    command, tmp_path, corrected, monkeypatch, capsys
):
    assert finish(command("--epochs", "6")).returncode == 0
    path = tmp_path / "out" / "convnet.safetensors"
    before = path.read_bytes()
    monkeypatch.setattr(train, "MAX_DROP", -100.0)  # no network gains that much
    line = command("--extra", corrected)
    monkeypatch.setattr(sys, "argv", [str(word) for word in line[1:]])
    with pytest.raises(SystemExit, match="read worse stay as they were"):
        train.main()
    assert re.search(r"mnist fell by .* stays as it was", capsys.readouterr().out)
    assert path.read_bytes() == before
