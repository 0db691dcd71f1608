import pytest
import torch

from cnn.training.checkpoint import CheckpointError, load_checkpoint, save_checkpoint

SETTINGS = {"epochs": 3, "lr": 0.1}


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


@pytest.mark.parametrize("content", [b"", b"no safetensors", None])
def test_a_damaged_file_is_refused_with_a_remedy(saved, content):
    saved.write_bytes(saved.read_bytes()[:-3] if content is None else content)
    with pytest.raises(CheckpointError, match=r"damaged.*without --resume"):
        load_checkpoint(saved, SETTINGS)


def test_no_file_is_refused_with_a_remedy(tmp_path):
    with pytest.raises(CheckpointError, match=r"no interrupted run.*without --resume"):
        load_checkpoint(tmp_path / "run.resume", SETTINGS)
