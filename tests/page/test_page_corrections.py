"""Corrections are kept only where the page may keep them, and only what was drawn."""

import json
import os

import pytest

from cnn.page import corrections
from cnn.page.corrections import correction_saver, saver_to

SEVEN = {"canvas": 280, "strokes": [[150, 60, 230, 60, 180, 220]], "label": 7}
KEY = "0123456789abcdef" * 2


def records(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def test_the_strokes_are_kept_with_their_label(tmp_path):
    path = tmp_path / "corrections.jsonl"
    assert saver_to(path, 10)(SEVEN) == {"saved": 7}
    assert records(path) == [{"label": 7, "canvas": 280, "strokes": [[150, 60, 230, 60, 180, 220]]}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": None},
        {"label": 10},
        {"label": "7"},
        {"label": True},
        {"strokes": []},
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(tmp_path, wrong):
    path = tmp_path / "corrections.jsonl"
    assert saver_to(path, 10)(SEVEN | wrong) == {"error": "bad_request"}
    assert not path.exists()


def test_a_key_keeps_one_correction_which_can_be_replaced_and_taken_back(tmp_path):
    path = tmp_path / "corrections.jsonl"
    save, payload = saver_to(path, 10), {"canvas": 280, "strokes": [[60, 60, 60, 220]]}
    assert save(payload | {"label": 7}) == {"saved": 7}  # without a key: nobody can take it back
    for label in [1, 4]:
        assert save(payload | {"label": label, "key": KEY}) == {"saved": label}
    assert [record["label"] for record in records(path)] == [7, 4]
    assert save({"label": None, "key": KEY}) == {"saved": None}
    assert [record["label"] for record in records(path)] == [7]


@pytest.mark.parametrize("key", [7, "", "x" * 32, KEY + "0", KEY.upper(), KEY + "\n", [KEY]])
def test_a_key_that_no_page_makes_is_refused(tmp_path, key):
    path = tmp_path / "corrections.jsonl"
    payload = {"canvas": 280, "strokes": [[60, 60, 60, 220]], "label": 1, "key": key}
    assert saver_to(path, 10)(payload) == {"error": "bad_request"}
    assert not path.exists()


def test_a_day_has_room_for_so_much_and_the_next_for_as_much_again(tmp_path, monkeypatch):
    path, seconds = tmp_path / "corrections.jsonl", [0.0]
    monkeypatch.setattr(corrections, "DAY_BYTES", 200)
    save = saver_to(path, 10, clock=lambda: seconds[0])
    answers = [save(SEVEN) for _ in range(9)]
    assert answers == sorted(answers, key=lambda answer: "error" in answer)
    assert answers[-1] == {"error": "enough_today"}
    assert 200 <= path.stat().st_size < 300
    assert save({"label": None, "key": KEY}) == {"saved": None}  # to take back is always possible
    seconds[0] = corrections.DAY_S
    assert save(SEVEN) == {"saved": 7}


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_lost(tmp_path):
    (tmp_path / "file").touch()
    save = saver_to(tmp_path / "file" / "corrections.jsonl", 10)
    assert save(SEVEN) == {"error": "cannot_keep"}


@pytest.mark.parametrize(
    ("environment", "may"),
    [
        ({}, True),
        ({"SPACE_ID": "someone/space"}, False),
        ({"GRADIO_SERVER_NAME": "0.0.0.0"}, False),
        ({"GRADIO_SERVER_NAME": "::"}, False),
        ({"GRADIO_SERVER_NAME": "192.168.1.5"}, False),
        ({"GRADIO_SERVER_NAME": "pad.example.org"}, False),
        ({"GRADIO_SHARE": "True"}, False),
        ({"GRADIO_ROOT_PATH": "/pad"}, False),
        ({"GRADIO_SERVER_NAME": "127.0.0.1"}, True),
        ({"GRADIO_SERVER_NAME": "::1"}, True),
        ({"GRADIO_SERVER_NAME": "localhost"}, True),
        ({"SPACE_ID": "someone/space", "CORRECTIONS_FILE": "/data/corrections.jsonl"}, True),
    ],
)
def test_a_public_page_keeps_nothing_unless_told_where(monkeypatch, environment, may):
    for name in list(os.environ):
        if name.startswith(("SPACE_ID", "GRADIO_", "CORRECTIONS_FILE")):
            monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (correction_saver(10) is not None) is may
