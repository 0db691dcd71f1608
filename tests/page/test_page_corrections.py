"""Corrections are kept only where the page may keep them, and only what was drawn."""

import json
import os

import pytest

from cnn.page.corrections import correction_saver, saver_to

ONE_AND_SEVEN = {
    "canvas": 280,
    "strokes": [[60, 60, 60, 220], [150, 60, 230, 60, 180, 220]],
    "label": 7,
}


def records(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_digit_drawn_last_is_kept_with_its_label(tmp_path):
    path = tmp_path / "corrections.jsonl"
    assert saver_to(path)(ONE_AND_SEVEN) == {"saved": 7}
    assert records(path) == [{"label": 7, "canvas": 280, "strokes": [[150, 60, 230, 60, 180, 220]]}]


def test_the_followed_digit_is_kept_instead(tmp_path):
    path = tmp_path / "corrections.jsonl"
    saver_to(path)(ONE_AND_SEVEN | {"follow": 0, "label": 1})
    assert records(path) == [{"label": 1, "canvas": 280, "strokes": [[60, 60, 60, 220]]}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": None},
        {"label": 10},
        {"label": "7"},
        {"label": True},
        {"strokes": []},
        {"follow": -1},
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(tmp_path, wrong):
    path = tmp_path / "corrections.jsonl"
    assert saver_to(path)(ONE_AND_SEVEN | wrong) == {"error": "bad_request"}
    assert not path.exists()


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_lost(tmp_path):
    (tmp_path / "file").touch()
    save = saver_to(tmp_path / "file" / "corrections.jsonl")
    assert save(ONE_AND_SEVEN) == {"error": "cannot_keep"}


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
    assert (correction_saver() is not None) is may
