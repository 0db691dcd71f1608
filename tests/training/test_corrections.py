"""Corrections survive: what is added is read back, and nothing is ever half written."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import drawings
from cnn.training import corrections
from cnn.training.corrections import CorrectionsError


def test_a_correction_is_read_back_as_the_digit_that_the_page_saw(tmp_path):
    path = tmp_path / "new" / "corrections.jsonl"
    drawn, labels, _ = drawings(20, seed=5)
    for strokes, label in zip(drawn, labels, strict=True):
        corrections.append(path, strokes, 280, int(label))
    digits, read_labels = corrections.read(path)
    np.testing.assert_array_equal(read_labels, labels)
    seen = np.stack([digit_from_strokes(strokes, 280) for strokes in drawn])
    # points are kept to a tenth of a pixel, and a small drawing is enlarged with that
    np.testing.assert_allclose(digits, seen, atol=0.25)
    assert np.abs(digits - seen).mean() < 0.002


def test_lines_of_many_people_never_mix(tmp_path):
    path = tmp_path / "corrections.jsonl"
    stroke = np.linspace(0, 280, 4000).reshape(-1, 2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: corrections.append(path, [stroke], 280, i % 10), range(64)))
    records = [json.loads(line) for line in path.read_text().splitlines()]
    assert sorted(r["label"] for r in records) == sorted(i % 10 for i in range(64))
    assert all(len(r["strokes"][0]) == 4000 for r in records)


def test_a_last_line_that_an_editor_did_not_end_is_ended_first(tmp_path):
    path = tmp_path / "corrections.jsonl"
    path.write_text('{"key":"a","label":1,"canvas":280,"strokes":[[10,10,10,200]]}')
    before = path.stat().st_size
    taken = corrections.append(path, [STROKE], 280, 2)
    assert path.stat().st_size == before + taken
    assert corrections.read(path)[1].tolist() == [1, 2]
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    corrections.append(path, [STROKE], 280, 3, key="a")
    assert corrections.read(path)[1].tolist() == [2, 3]


def test_a_full_file_takes_no_more_and_keeps_what_it_has(tmp_path, monkeypatch):
    path = tmp_path / "corrections.jsonl"
    stroke = np.zeros((3, 2))
    corrections.append(path, [stroke], 280, 1)
    before = path.read_bytes()
    monkeypatch.setattr(corrections, "MAX_BYTES", len(before) + 10)
    with pytest.raises(CorrectionsError, match="is full"):
        corrections.append(path, [stroke], 280, 2)
    assert path.read_bytes() == before


class Halfway:
    """A file whose disk is full in the middle of a line; somebody else appends at that moment."""

    def __init__(self, file, meanwhile):
        self.file, self.meanwhile = file, meanwhile

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def __getattr__(self, name):
        return getattr(self.file, name)

    def write(self, line):
        written = self.file.write(line[: len(line) // 2])
        self.meanwhile()
        return written


def test_a_failed_append_never_cuts_anothers_line(tmp_path, monkeypatch):
    path, stroke = tmp_path / "corrections.jsonl", np.zeros((3, 2))
    corrections.append(path, [stroke], 280, 1)
    other = threading.Thread(target=corrections.append, args=(path, [stroke], 280, 2))

    def meanwhile():
        other.start()
        other.join(0.5)  # it must wait for the lock, and so not be done by then

    def opened(*args, **kwargs):
        monkeypatch.undo()
        return Halfway(open(*args, **kwargs), meanwhile)

    monkeypatch.setattr(corrections, "open", opened, raising=False)
    with pytest.raises(CorrectionsError, match="disk is full"):
        corrections.append(path, [stroke], 280, 3)
    other.join()
    labels = [json.loads(line)["label"] for line in path.read_text().splitlines()]
    assert labels == [1, 2]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_leaves_no_half_line():
    with pytest.raises(CorrectionsError, match="could not be written"):
        corrections.append(Path("/dev/full"), [np.zeros((3, 2))], 280, 1)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "7",
        "{}",
        '{"label":10,"canvas":280,"strokes":[[1,2]]}',
        '{"label":true,"canvas":280,"strokes":[[1,2]]}',
        '{"label":1,"canvas":280,"strokes":[]}',
        '{"label":1,"canvas":280,"strokes":[[1,2,3]]}',
        '{"label":1,"canvas":280,"strokes":[[NaN,2]]}',
        '{"label":1,"canvas":"x","strokes":[[1,2]]}',
    ],
)
def test_a_line_that_is_no_correction_is_named(tmp_path, line):
    path = tmp_path / "corrections.jsonl"
    path.write_text('{"label":1,"canvas":280,"strokes":[[1,2]]}\n' + line + "\n")
    with pytest.raises(CorrectionsError, match="line 2"):
        corrections.read(path)


def test_no_file_and_an_empty_file_say_so(tmp_path):
    with pytest.raises(CorrectionsError, match="no corrections at"):
        corrections.read(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(CorrectionsError, match="no correction yet"):
        corrections.read(tmp_path / "empty.jsonl")


STROKE = np.array([[10, 10], [10, 200]])


def test_a_key_replaces_its_line_and_no_other_byte_moves(tmp_path):
    path = tmp_path / "corrections.jsonl"
    corrections.append(path, [STROKE], 280, 1)
    corrections.append(path, [STROKE], 280, 2, key="a")
    corrections.append(path, [STROKE], 280, 3, key="ab")
    before = path.read_bytes().splitlines(keepends=True)
    corrections.append(path, [STROKE], 280, 4, key="a")
    after = path.read_bytes().splitlines(keepends=True)
    assert [after[0], after[2]] == [before[0], before[2]]
    assert after[1] == b" " * (len(before[1]) - 1) + b"\n"
    assert corrections.read(path)[1].tolist() == [1, 3, 4]


def test_what_is_withdrawn_leaves_nothing_of_itself(tmp_path):
    path = tmp_path / "corrections.jsonl"
    corrections.append(path, [STROKE], 280, 1, key="a")
    corrections.append(path, [STROKE], 280, 2, key="b")
    corrections.withdraw(path, "a")
    assert corrections.read(path)[1].tolist() == [2]
    corrections.withdraw(path, "b")
    assert not path.read_bytes().strip()
    with pytest.raises(CorrectionsError, match="no correction yet"):
        corrections.read(path)
    corrections.withdraw(tmp_path / "none.jsonl", "a")
    assert not (tmp_path / "none.jsonl").exists()


def test_of_a_replacement_that_was_interrupted_the_newest_counts(tmp_path):
    path = tmp_path / "corrections.jsonl"
    line = '{"key":"a","label":%d,"canvas":280,"strokes":[[10,10,10,200]]}\n'
    path.write_text(line % 1 + line % 2)
    assert corrections.read(path)[1].tolist() == [2]


def test_many_people_who_replace_and_withdraw_never_harm_each_others_lines(tmp_path):
    path = tmp_path / "corrections.jsonl"

    def correct(person: int) -> None:
        for label in [1, 2, 3]:
            corrections.append(path, [STROKE], 280, label, key=str(person))
        if person % 2:
            corrections.withdraw(path, str(person))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(correct, range(32)))
    assert corrections.read(path)[1].tolist() == [3] * 16
