"""Worse weights never replace better ones without a word."""

import shutil

import pytest
import torch

from cnn.model import WEIGHTS, ConvNet, load, save
from cnn.training.datasets import prepare
from cnn.training.held_out import held_out_scores, may_replace, regressions

PERFECT, NOTHING = {"mnist": 100.0, "synthetic": 100.0}, {"mnist": 0.0, "synthetic": 0.0}


@pytest.fixture(scope="module")
def datasets(mnist_dir):
    return prepare(mnist_dir, limit=200)


@pytest.fixture
def good(tmp_path):
    """A copy of the committed weights."""
    return shutil.copy(WEIGHTS, tmp_path / "convnet.safetensors")


def previous(path):
    return path.with_name("convnet.previous.safetensors")


def test_the_scores_are_percent_of_the_digits_that_are_held_out(datasets):
    torch.manual_seed(0)
    model, scores = ConvNet().eval(), []
    assert len(datasets.held_out[0]) == 3000  # of MNIST, whatever the limit is
    datasets = datasets._replace(held_out=tuple(part[:200] for part in datasets.held_out))
    for digits, labels in (datasets.held_out, datasets.synthetic_held_out):
        read = [model(some[None] / 255).argmax().item() for some in digits]
        right = sum(a == b for a, b in zip(read, labels.tolist(), strict=True))
        scores.append(pytest.approx(100 * right / len(labels)))
    assert list(held_out_scores(model, datasets).values()) == scores


def test_only_what_fell_by_more_than_is_allowed_counts_as_fallen():
    before, after = {"mnist": 99.0, "synthetic": 98.0}, {"mnist": 98.0, "synthetic": 99.0}
    assert regressions(before, after) == {"mnist": 1.0}
    assert regressions(before, after, allowed=1.0) == {}
    assert regressions(before, before) == regressions({}, after) == {}


def test_a_run_that_did_not_reach_its_end_may_not_replace_better_weights(good, datasets, capsys):
    before = good.read_bytes()
    for scores in (NOTHING, PERFECT | {"synthetic": 0.0}, PERFECT | {"mnist": 0.0}):
        assert not may_replace(good, scores, False, datasets)
        assert "stays as it was" in capsys.readouterr().out
    assert good.read_bytes() == before
    assert not previous(good).exists()


def test_weights_that_read_no_more_are_replaced_without_a_word(good, datasets, capsys):
    same = held_out_scores(load(good), datasets)
    for finished in (False, True):
        assert may_replace(good, same, finished, datasets)
        assert may_replace(good, PERFECT, finished, datasets)
        assert may_replace(good.with_name("none"), NOTHING, finished, datasets)
    good.write_bytes(b"damaged")
    assert may_replace(good, NOTHING, False, datasets)
    assert capsys.readouterr().out == ""
    assert not previous(good).exists()


def test_a_finished_run_says_by_how_much_it_is_worse_and_the_old_file_is_kept(
    good, datasets, capsys
):
    content, scores = good.read_bytes(), held_out_scores(load(good), datasets)
    assert may_replace(good, scores | {"mnist": scores["mnist"] - 1.25}, True, datasets)
    said = capsys.readouterr().out
    assert "1.25 points less of the held-out mnist" in said
    assert "synthetic" not in said
    assert str(previous(good)) in said
    assert previous(good).read_bytes() == content
    assert load(previous(good)).card == load(good).card


def test_the_best_weights_stay_through_two_worse_runs(good, datasets, capsys):
    best = good.read_bytes()
    assert may_replace(good, NOTHING, True, datasets)
    torch.manual_seed(0)
    save(ConvNet(), good, {"threshold": 0.8})  # what the first worse run wrote
    capsys.readouterr()
    assert may_replace(good, NOTHING, True, datasets)
    assert f"{previous(good)}, which reads more" in capsys.readouterr().out
    assert previous(good).read_bytes() == best
