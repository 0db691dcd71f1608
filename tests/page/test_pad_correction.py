"""Corrections from the pad: one is kept however often it is tapped, and it can be taken back."""

import json

import pytest

from cnn.page.corrections import saver_to

ONE = [(0.5, 0.15), (0.5, 0.85)]
CORRECT = """(labels) => {
    for (const label of labels) window.store.set("correction", { label, outcome: null });
}"""


@pytest.fixture
def correcting(visit_pad, tmp_path):
    """A pad whose corrections go into a file, and what the file holds."""
    path = tmp_path / "corrections.jsonl"
    v = visit_pad(server={"save_correction": saver_to(path, 10)})

    def correct(*labels, outcome):
        v.page.evaluate(CORRECT, list(labels))
        v.page.wait_for_function(
            "(outcome) => window.store.get('correction')?.outcome === outcome", arg=outcome
        )
        lines = path.read_text().splitlines() if path.exists() else []
        return [json.loads(line) for line in lines if line.strip()]

    return v, correct


def test_three_quick_taps_keep_one_correction(correcting):
    v, correct = correcting
    v.draw(ONE)
    [record] = correct(7, 7, 7, outcome="correction.saved")
    assert record["label"] == 7
    assert record["strokes"] == [[round(at, 1) for at in v.strokes()[0].ravel().tolist()]]
    assert len(correct(7, outcome="correction.saved")) == 1


def test_another_label_replaces_the_first(correcting):
    v, correct = correcting
    v.draw(ONE)
    assert [r["label"] for r in correct(7, 4, 9, outcome="correction.saved")] == [9]
    assert [r["label"] for r in correct(1, outcome="correction.saved")] == [1]


def test_a_correction_is_taken_back_and_can_be_given_again(correcting):
    v, correct = correcting
    v.draw(ONE)
    correct(7, outcome="correction.saved")
    assert correct(None, outcome="correction.taken_back") == []
    assert [r["label"] for r in correct(4, outcome="correction.saved")] == [4]


def test_each_drawing_has_its_own(correcting):
    v, correct = correcting
    v.draw(ONE)
    correct(7, outcome="correction.saved")
    v.draw([(0.2, 0.15), (0.2, 0.85)])
    assert [r["label"] for r in correct(4, outcome="correction.saved")] == [7, 4]
    assert [r["label"] for r in correct(None, outcome="correction.taken_back")] == [7]


def test_a_server_that_is_not_reached_is_said_and_the_next_tap_tries_again(visit_pad):
    asked = []

    def save(payload):
        asked.append(payload)
        return None if len(asked) == 1 else {"saved": payload["label"]}

    v = visit_pad(server={"save_correction": save})
    v.draw(ONE)
    outcome = "(outcome) => window.store.get('correction')?.outcome === outcome"
    v.page.evaluate(CORRECT, [7])
    v.page.wait_for_function(outcome, arg="status.failed")
    v.page.evaluate(CORRECT, [7])
    v.page.wait_for_function(outcome, arg="correction.saved")
    assert asked[0] == asked[1]  # with the same key, so it cannot be there twice
