import pytest
import torch

from cnn.training.checkpoint import (
    DIGEST,
    CheckpointError,
    load_checkpoint,
    resume_run,
    save_checkpoint,
    save_run,
)
from cnn.training.history import History
from cnn.training.trainer import Settings, Trainer

SETTINGS = {"epochs": 3, "lr": 0.1}
RUN = Settings("mlp", epochs=3, lr=0.1)
ROW_OF_ONE = {"epoch": 1, "loss": 0.5, "mnist": 90.0, "synthetic": 80.0, "seconds": 1.5}
GENERATOR = torch.Generator().manual_seed(0)
DIGITS = torch.randint(0, 256, (60, 1, 28, 28), dtype=torch.uint8, generator=GENERATOR)
LABELS = torch.arange(60) % 10


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "run.resume"
    save_checkpoint(path, {"w": torch.arange(4.0)}, {"settings": SETTINGS, "rows": [{"loss": 0.1}]})
    return path


def test_what_was_saved_is_loaded(saved):
    tensors, notes = load_checkpoint(saved, SETTINGS)
    assert torch.equal(tensors["w"], torch.arange(4.0))
    assert notes == {"settings": SETTINGS, "rows": [{"loss": 0.1}]}


def test_other_flags_are_refused_by_name(saved):
    with pytest.raises(CheckpointError, match=r"lr was 0\.1.*without --resume"):
        load_checkpoint(saved, SETTINGS | {"lr": 0.2})


@pytest.mark.parametrize("content", [b"", b"no safetensors", bytes(100), None])
def test_a_damaged_file_is_refused_with_a_remedy(saved, content):
    saved.write_bytes(saved.read_bytes()[:-3] if content is None else content)
    with pytest.raises(CheckpointError, match=r"damaged.*without --resume"):
        load_checkpoint(saved, SETTINGS)


def test_no_file_is_refused_with_a_remedy(tmp_path):
    with pytest.raises(CheckpointError, match=r"no interrupted run.*without --resume"):
        load_checkpoint(tmp_path / "run.resume", SETTINGS)


def test_not_one_flipped_bit_is_taken_up(saved):
    whole = saved.read_bytes()
    for i in range(len(whole)):
        content = bytearray(whole)
        content[i] ^= 1 << i % 8
        saved.write_bytes(content)
        with pytest.raises(CheckpointError, match=r"damaged.*without --resume"):
            load_checkpoint(saved, SETTINGS)


def test_a_file_of_before_there_were_checksums_is_refused(saved):
    saved.write_bytes(saved.read_bytes()[:-DIGEST])
    with pytest.raises(CheckpointError, match=r"version without checksums.*delete it"):
        load_checkpoint(saved, SETTINGS)


@pytest.mark.parametrize(
    "notes", [None, 7, [], {}, {"settings": None}, {"settings": 7}, {"settings": "abc"}]
)
def test_odd_notes_with_a_checksum_that_fits_are_refused(saved, notes):
    save_checkpoint(saved, {"w": torch.zeros(1)}, notes)
    with pytest.raises(CheckpointError, match=r"another version.*without --resume"):
        load_checkpoint(saved, SETTINGS)


@pytest.fixture
def run(tmp_path):
    """A run after one of its three epochs, on disk."""
    trainer, history = Trainer(RUN, DIGITS, LABELS), History((DIGITS, LABELS), (DIGITS, LABELS))
    history.record(trainer.ema, 0, 0)
    list(trainer.epoch())
    history.record(trainer.ema, 1, 1)
    save_run(tmp_path / "run.resume", SETTINGS, trainer, history, [ROW_OF_ONE])
    return tmp_path / "run.resume"


def resumed(path):
    trainer, history = Trainer(RUN, DIGITS, LABELS), History((DIGITS, LABELS), (DIGITS, LABELS))
    return resume_run(path, SETTINGS, trainer, history)


def test_a_run_that_was_saved_is_resumed(run):
    assert resumed(run) == [ROW_OF_ONE]


@pytest.mark.parametrize(
    "odd",
    [
        {"rows": None},
        {"rows": []},
        {"rows": [7]},
        {"rows": [ROW_OF_ONE, ROW_OF_ONE]},
        {"rows": [ROW_OF_ONE | {"mnist": "many"}]},
        {"rows": [ROW_OF_ONE | {"epoch": float("inf")}]},
        {"rows": "x"},
        {"moments": None},
        {"moments": []},
        {"moments": [{}]},
        {"moments": {"step": 0}},
    ],
    ids=range(11),
)
def test_odd_rows_and_moments_are_refused_in_one_sentence(run, odd):
    tensors, notes = load_checkpoint(run, SETTINGS)
    save_checkpoint(run, tensors, notes | odd)
    with pytest.raises(CheckpointError, match=r"another version.*delete it") as refused:
        resumed(run)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "tensor"),
    [
        ("epochs", None),
        ("epochs", torch.zeros(2)),
        ("rng", torch.zeros(3)),
        ("rng", torch.zeros(3, dtype=torch.uint8)),
        ("model.fc1.weight", torch.zeros(2, 2)),
        ("ema.fc1.weight", None),
        ("optimizer.0.0.momentum", torch.zeros(2)),
        ("optimizer.1.0.step", None),
        ("optimizer.0.x", torch.zeros(2)),
        ("history.x", torch.zeros(2)),
        ("history.0.fc1.bias", None),
    ],
)
def test_odd_tensors_are_refused_in_one_sentence(run, name, tensor):
    tensors, notes = load_checkpoint(run, SETTINGS)
    changed = {k: v for k, v in tensors.items() if k != name}
    if tensor is not None:
        changed[name] = tensor
    save_checkpoint(run, changed, notes)
    with pytest.raises(CheckpointError, match=r"another version.*delete it") as refused:
        resumed(run)
    assert "\n" not in str(refused.value)
