"""The file of digits that a network in the browser learns from is what its command makes."""

import gzip
import sys

import numpy as np
import pytest

from cnn.page import digits
from cnn.page.digits import (
    ATTRIBUTION,
    COUNTS,
    FILE,
    MAX_BYTES,
    STEP,
    choose,
    held_out,
    kinds,
    pack,
    unpacked,
)
from cnn.training.mnist import DataError


def test_the_committed_file_is_what_the_command_makes(mnist_dir):
    # Unpacked, since releases of zlib differ in what they make of the same bytes.
    assert gzip.decompress(FILE.read_bytes()) == unpacked(kinds(mnist_dir, COUNTS))


def test_the_same_digits_give_the_same_bytes():
    digits = np.random.default_rng(0).integers(0, 256, (20, 28, 28), np.uint8)
    some = {kind: (digits, np.arange(20) % 10) for kind in COUNTS}
    assert pack(some) == pack(some)
    assert pack(some)[4:8] == bytes(4)  # gzip's time
    assert gzip.decompress(pack(some)) == unpacked(some)


def test_the_held_out_digits_are_read_back_and_a_file_without_them_is_refused(tmp_path):
    rng = np.random.default_rng(1)
    every = {
        kind: (STEP * rng.integers(0, 16, (count, 28, 28)), rng.integers(0, 10, count))
        for kind, count in (("mnist", 30), ("synthetic", 20), ("held_out", 10))
    }
    path = tmp_path / "digits.bin"
    path.write_bytes(pack(every))
    for read, packed in zip(held_out(path), every["held_out"], strict=True):
        assert np.array_equal(read, packed)
    for broken in (path.read_bytes()[:-9], b"", pack({"mnist": every["mnist"]})):
        path.write_bytes(broken)
        with pytest.raises(DataError, match=r"run: python -m cnn\.page\.digits"):
            held_out(path)


def test_the_file_is_small_and_the_one_beside_it_says_whose_digits_it_holds():
    assert FILE.stat().st_size <= MAX_BYTES
    said = FILE.with_suffix(".txt").read_text(encoding="utf-8")
    assert said == ATTRIBUTION.format(**COUNTS)
    for word in ("Yann LeCun", "Corinna Cortes", "licenses/by-sa/3.0", "license/mit"):
        assert word in said


def test_digits_are_chosen_each_as_often_in_turn_and_none_twice():
    labels = np.random.default_rng(0).integers(0, 10, 500)
    numbered = np.arange(500, dtype=np.uint16)
    chosen, their_labels = choose((numbered, labels), 200, seed=1)
    assert their_labels.tolist() == 20 * list(range(10))
    assert np.array_equal(labels[chosen], their_labels)
    assert len(set(chosen.tolist())) == 200
    assert not np.array_equal(chosen, choose((numbered, labels), 200, seed=2)[0])


def test_without_mnist_the_command_ends_in_a_sentence_and_writes_nothing(tmp_path, monkeypatch):
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"):
        (raw / name).write_bytes(b"none")
    monkeypatch.setattr(digits, "FILE", tmp_path / "digits.bin")
    monkeypatch.setattr(sys, "argv", ["digits", "--data-dir", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"is not MNIST's.*or name a folder with --data-dir"):
        digits.main()
    assert [path.name for path in tmp_path.iterdir()] == ["MNIST"]
