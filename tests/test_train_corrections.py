"""Fine-tuning on corrections: its card is true, and it is refused if it costs held-out digits."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from train_run import finish, prepared, quick_flags

from cnn.metrics import accuracy, log_probabilities
from cnn.model import load
from cnn.training import corrections, finetune
from cnn.training.card import threshold


@pytest.fixture
def corrected(tmp_path):
    """A file of three corrections, each an upright line with the label 1."""
    path = tmp_path / "corrections.jsonl"
    for i in range(3):
        corrections.append(path, [np.array([[140.0, 40], [141 + i, 240]])], 280, 1)
    return path


@pytest.fixture(scope="module")
def trained(mnist_dir, tmp_path_factory) -> Path:
    """The folder of a quick run; leave it as it is."""
    out = tmp_path_factory.mktemp("trained")
    flags = ["--epochs", "6", "--dropout", "0.2"]
    done = finish(quick_flags(mnist_dir, out, *flags))
    assert done.code == 0, done.said
    return out


def history_of(path: Path) -> dict:
    """What the history beside the weights says, and the tensors of its last two moments."""
    with safe_open(path.with_suffix(".history.safetensors"), "pt") as file:
        note = json.loads(file.metadata()["history"])
        count = len(note["moments"])
        names = {key.split(".", 1)[1] for key in file.keys()}  # noqa: SIM118
        tensors = [
            {name: file.get_tensor(f"{i}.{name}") for name in names} for i in (count - 2, count - 1)
        ]
        return note | {"trained": tensors[0], "last": tensors[1]}


def test_a_card_after_corrections_is_true_in_every_field(
    command, mnist_dir, tmp_path, trained, corrected
):
    path = Path(shutil.copytree(trained, tmp_path / "out")) / "convnet.safetensors"
    before, picture = load(path).card, path.with_suffix(".png").read_bytes()
    moments = history_of(path)["moments"]
    flags = command("--extra", corrected)
    assert finish(flags, MAX_DROP=100.0).code == 0  # so few digits may cost anything
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
    assert history["moments"][:-2] == moments
    steps = finetune.EPOCHS * 4  # of 800 digits and a tenth of corrections, in batches of 256
    for moment in history["moments"][-2:]:
        assert moment["step"] == moments[-1]["step"] + steps
        assert moment["epoch"] == 6 + finetune.EPOCHS
    temperatures = [moment["temperature"] for moment in history["moments"][-3:]]
    assert temperatures == [before["temperature"], None, card["temperature"]]
    assert all(torch.equal(history["last"][k], v.half()) for k, v in model.state_dict().items())
    assert torch.equal(history["trained"]["fc1.weight"], history["last"]["fc1.weight"])
    assert not torch.equal(history["trained"]["fc2.weight"], history["last"]["fc2.weight"])
    datasets = prepared(str(mnist_dir), 200)
    for name, examples in (("mnist", datasets.test), ("synthetic", datasets.synthetic_test)):
        right = accuracy(log_probabilities(model, examples[0]), examples[1])
        assert card[name] == pytest.approx(right, abs=0.011)
    assert card["threshold"] == threshold(model, datasets.synthetic_held_out[0])


def test_corrections_that_cost_held_out_digits_are_refused(command, tmp_path, trained, corrected):
    path = Path(shutil.copytree(trained, tmp_path / "out")) / "convnet.safetensors"
    before = path.read_bytes()
    refused = finish(command("--extra", corrected), MAX_DROP=-100.0)  # no network gains that much
    assert refused.code == 1
    assert re.search(r"mnist fell by .* stays as it was", refused.said)
    last = refused.said.splitlines()[-1]
    assert re.match(r"train\.py: convnet: .* read worse, so the old ones stay$", last)
    assert path.read_bytes() == before


def test_where_one_network_is_replaced_and_the_other_is_not_the_last_line_says_both(
    command, tmp_path, corrected
):
    assert finish(command("--epochs", "1", "--model", "all")).code == 0
    paths = [tmp_path / "out" / f"{name}.safetensors" for name in ("convnet", "mlp")]
    before = [path.read_bytes() for path in paths]
    verdicts = iter([{"mnist": 1.0}, {}])  # points by which each fell
    flags = command("--model", "all", "--extra", corrected)
    ended = finish(flags, regressions=lambda *_: next(verdicts))
    assert ended.code == 1
    last = ended.said.splitlines()[-1]
    assert re.match(r"train\.py: mlp: .* in place; convnet: .* so the old ones stay$", last)
    after = [path.read_bytes() for path in paths]
    assert after[0] == before[0]
    assert after[1] != before[1]
