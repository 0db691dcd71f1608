import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import train
from cnn.model import load

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


def finish(line: list[str]) -> subprocess.CompletedProcess:
    # One thread: small batches gain nothing from more, and lose when tests run side by side.
    return subprocess.run(
        line, capture_output=True, text=True, timeout=300, env=os.environ | {"OMP_NUM_THREADS": "1"}
    )


def heed_interrupts() -> None:
    """In the child: a test run in the background ignores SIGINT, and would hand that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupt(line: list[str], after: Path, how: signal.Signals) -> tuple[int, str]:
    """Start a run, send the signal once the file is there; its exit code and what it said."""
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        line, stderr=subprocess.PIPE, text=True, env=env, preexec_fn=heed_interrupts
    ) as process:
        while not after.exists() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(how)
        return process.wait(), process.stderr.read()


def sha256(folder: Path) -> str:
    return json.loads((folder / "convnet.json").read_text())["sha256"]


def test_a_killed_run_leaves_no_half_file_and_resumes_to_the_same_weights(command, tmp_path):
    whole = finish(command("--epochs", "4", "--dropout", "0.3", out="whole"))
    assert whole.returncode == 0, whole.stderr
    files = sorted(path.name for path in (tmp_path / "whole").iterdir())
    assert files == ["convnet.json", "convnet.png", "convnet.safetensors"]
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
    assert not (out / "convnet.resume").exists()


def test_ctrl_c_keeps_the_best_so_far(command, tmp_path):
    out = tmp_path / "out"
    code, said = interrupt(command("--epochs", "500"), out / "convnet.resume", signal.SIGINT)
    assert code == 1
    assert "--resume" in said
    assert "Traceback" not in said
    card = load(out / "convnet.safetensors").card
    assert card["epoch"] >= 1
    assert card["flags"]["epochs"] == 500


@pytest.mark.parametrize(
    ("pens", "kept"),
    [
        ([97.0, 98.0, 98.5], 3),
        ([97.0, 98.6, 98.5], 3),  # the second was no better but by chance
        ([97.0, 98.8, 98.5], 2),
        ([97.0, 97.1, 40.0, 20.0], 2),
    ],
)
def test_the_epoch_kept_is_the_last_of_those_that_read_best(pens, kept):
    rows = [{"epoch": i, "mnist": 99.3, "pen": pen} for i, pen in enumerate(pens, 1)]
    assert train.best_of(rows)["epoch"] == kept


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


def test_a_damaged_state_gets_a_sentence(command, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "convnet.resume").write_bytes(b"half a file")
    wrong = finish(command("--resume"))
    assert wrong.returncode == 1
    assert "damaged" in wrong.stderr
    assert "Traceback" not in wrong.stderr
