"""Runs of train.py: killed, stopped, resumed, finished, and the history that they leave."""

import json
import re
import shutil
import signal
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from train_run import finish, interrupt, quick_run

from cnn.model import WEIGHTS, ConvNet, load


def sha256(folder: Path) -> str:
    return json.loads((folder / "convnet.json").read_text())["sha256"]


def assert_same_history(one: Path, other: Path) -> None:
    with safe_open(one, "pt") as a, safe_open(other, "pt") as b:
        assert a.metadata() == b.metadata()
        assert set(a.keys()) == set(b.keys())
        assert all(torch.equal(a.get_tensor(key), b.get_tensor(key)) for key in a.keys())  # noqa: SIM118


FLAGS = ["--epochs", "5", "--dropout", "0.3", "--seed", "3"]


@pytest.fixture(scope="module")
def whole(mnist_dir, tmp_path_factory) -> Path:
    """The folder of a run with FLAGS that nothing interrupted."""
    out = tmp_path_factory.mktemp("whole")
    done = finish(quick_run(mnist_dir, out, *FLAGS))
    assert done.returncode == 0, done.stderr
    return out


def test_a_killed_run_leaves_no_half_file_and_resumes_to_the_same_weights(command, tmp_path, whole):
    files = sorted(path.name for path in whole.iterdir())
    history = "convnet.history.safetensors"
    assert files == [history, "convnet.json", "convnet.png", "convnet.safetensors"]
    assert load(whole / "convnet.safetensors").card["epoch"] == 5

    out = tmp_path / "out"
    code, _ = interrupt(command(*FLAGS), out / "convnet.resume", signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert not (out / "convnet.safetensors").exists()

    other = finish(command(*FLAGS, "--epochs", "6", "--resume"))
    assert other.returncode == 1
    assert "epochs was 5" in other.stderr

    resumed = finish(command(*FLAGS, "--resume"))
    assert resumed.returncode == 0, resumed.stderr
    assert sha256(out) == sha256(whole)
    assert_same_history(out / history, whole / history)
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


def test_fewer_examples_than_a_batch_still_train(command, tmp_path):
    done = finish(command("--limit", "100", "--batch-size", "512", "--epochs", "1"))
    assert done.returncode == 0, done.stderr
    assert load(tmp_path / "out" / "convnet.safetensors").card["flags"]["limit"] == 100


def test_the_history_is_of_this_run_from_untrained_to_the_weights_it_wrote(whole):
    model = load(whole / "convnet.safetensors")
    with safe_open(whole / "convnet.history.safetensors", "pt") as file:
        note = json.loads(file.metadata()["history"])
        snapshots = [
            {name: file.get_tensor(f"{i}.{name}") for name in model.state_dict()}
            for i in range(len(note["moments"]))
        ]
    steps_per_epoch = 24  # 600 of each of four kinds, in batches of 100
    assert [(m["step"], m["epoch"]) for m in note["moments"]] == [
        (0, 0),
        (steps_per_epoch, 1),
        (2 * steps_per_epoch, 2),
        (100, 4),
        *((epoch * steps_per_epoch, epoch) for epoch in (5, 5)),
    ]
    temperature = model.card["temperature"]
    assert [m["temperature"] for m in note["moments"]] == [None] * 5 + [temperature]
    for name in ("fc2.weight", "fc2.bias"):
        trained, written = (snapshots[i][name].float() for i in (-2, -1))
        torch.testing.assert_close(trained / temperature, written, rtol=2e-3, atol=1e-6)
    torch.manual_seed(3)
    untrained = ConvNet()
    assert all(torch.equal(snapshots[0][k], v.half()) for k, v in untrained.state_dict().items())
    assert all(torch.equal(snapshots[-1][k], v.half()) for k, v in model.state_dict().items())
    assert note["moments"][-2]["loss"] < note["moments"][0]["loss"]
