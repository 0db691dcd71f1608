"""Runs of train.py: killed, stopped, resumed, finished, and the history that they leave."""

import itertools
import json
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from train_run import finish, interrupt, quick_flags

from cnn.model import WEIGHTS, ConvNet, load
from cnn.training.held_out import held_out_scores


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
    done = finish(quick_flags(mnist_dir, out, *FLAGS))
    assert done.code == 0, done.said
    return out


def test_a_killed_run_leaves_no_half_file_and_resumes_to_the_same_weights(command, tmp_path, whole):
    files = sorted(path.name for path in whole.iterdir())
    history = "convnet.history.safetensors"
    assert files == [history, "convnet.json", "convnet.png", "convnet.safetensors"]
    assert load(whole / "convnet.safetensors").card["epoch"] == 5

    out = tmp_path / "out"
    killed = interrupt(command(*FLAGS), out / "convnet.resume", signal.SIGKILL)
    assert killed.code == -signal.SIGKILL
    assert not (out / "convnet.safetensors").exists()

    other = finish(command(*FLAGS, "--epochs", "6", "--resume"))
    assert other.code == 1
    assert "epochs was 5" in other.said

    resumed = finish(command(*FLAGS, "--resume"))
    assert resumed.code == 0, resumed.said
    assert sha256(out) == sha256(whole)
    assert_same_history(out / history, whole / history)
    assert not (out / "convnet.resume").exists()


@pytest.fixture
def ctrl_c_in_the_second_epoch() -> Iterator[Callable[..., dict]]:
    """For `held_out_scores`, which ends an epoch: the second time a real SIGINT comes before."""
    heed = signal.signal(signal.SIGINT, signal.default_int_handler)  # also in the background
    epochs = itertools.count(1)

    def scores(*measured: object) -> dict:
        if next(epochs) == 2:
            signal.raise_signal(signal.SIGINT)
        return held_out_scores(*measured)

    yield scores
    signal.signal(signal.SIGINT, heed)


def test_ctrl_c_keeps_the_last_whole_epoch(command, tmp_path, ctrl_c_in_the_second_epoch):
    stopped = finish(command("--epochs", "500"), held_out_scores=ctrl_c_in_the_second_epoch)
    assert stopped.code == 1
    assert "--resume" in stopped.said
    card = load(tmp_path / "out" / "convnet.safetensors").card
    assert card["epoch"] == 1
    assert card["flags"]["epochs"] == 500


@pytest.fixture
def better(tmp_path) -> Path:
    """Weights that read more than a quick run's, where it will write its own."""
    (tmp_path / "out").mkdir()
    return Path(shutil.copy(WEIGHTS, tmp_path / "out"))


@pytest.mark.parametrize("how", ["Ctrl-C", "kill"])
def test_a_run_that_is_stopped_does_not_replace_better_weights(
    command, better, how, ctrl_c_in_the_second_epoch
):
    checkpoint, flags = better.with_name("convnet.resume"), command("--epochs", "500")
    if how == "kill":
        stopped = interrupt(flags, checkpoint, signal.SIGTERM)
    else:
        stopped = finish(flags, held_out_scores=ctrl_c_in_the_second_epoch)
    assert stopped.code == 1
    assert re.search(r"stays as it was: .* points less of the held-out mnist digits", stopped.said)
    assert "add --resume to the same flags" in stopped.said
    assert "Traceback" not in stopped.said
    assert better.read_bytes() == WEIGHTS.read_bytes()
    assert set(better.parent.iterdir()) == {better, checkpoint}


def test_a_finished_run_that_is_worse_says_so_and_keeps_what_was_there(command, better):
    done = finish(command("--epochs", "1"))
    assert done.code == 0, done.said
    assert re.search(r"points less of the held-out mnist .* than the weights there", done.said)
    assert better.with_name("convnet.previous.safetensors").read_bytes() == WEIGHTS.read_bytes()
    printed = re.search(r"convnet +1 +\S+ +(\S+) +(\S+) ", done.said)
    card = load(better).card
    assert [card["held_out_mnist"], card["held_out_synthetic"]] == [
        float(x) for x in printed.groups()
    ]


def test_fewer_examples_than_a_batch_still_train(command, tmp_path):
    done = finish(command("--limit", "100", "--batch-size", "512", "--epochs", "1"))
    assert done.code == 0, done.said
    assert load(tmp_path / "out" / "convnet.safetensors").card["flags"]["limit"] == 100


def test_the_history_is_of_this_run_from_untrained_to_the_weights_it_wrote(whole):
    model = load(whole / "convnet.safetensors")
    with safe_open(whole / "convnet.history.safetensors", "pt") as file:
        note = json.loads(file.metadata()["history"])
        snapshots = [
            {name: file.get_tensor(f"{i}.{name}") for name in model.state_dict()}
            for i in range(len(note["moments"]))
        ]
    # 200 of each of four kinds, in batches of 25: 32 steps an epoch; written after the fifth.
    moments = [(0, 0), (32, 1), (64, 2), (100, 3), (130, 4), (160, 5), (160, 5)]
    assert [(m["step"], m["epoch"]) for m in note["moments"]] == moments
    temperature = model.card["temperature"]
    assert [m["temperature"] for m in note["moments"]] == [None] * 6 + [temperature]
    for name in ("fc2.weight", "fc2.bias"):
        trained, written = (snapshots[i][name].float() for i in (-2, -1))
        torch.testing.assert_close(trained / temperature, written, rtol=2e-3, atol=1e-6)
    torch.manual_seed(3)
    untrained = ConvNet()
    assert all(torch.equal(snapshots[0][k], v.half()) for k, v in untrained.state_dict().items())
    assert all(torch.equal(snapshots[-1][k], v.half()) for k, v in model.state_dict().items())
    assert note["moments"][-2]["loss"] < note["moments"][0]["loss"]
