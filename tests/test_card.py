import json

import pytest

from cnn.card import MAX_BYTES, NUMBERS, REQUIRED, TEXTS, read_card
from cnn.model import NETWORKS, WEIGHTS

CARDS = [json.loads(WEIGHTS.with_name(f"{name}.json").read_text()) for name in NETWORKS]
CARD = CARDS[0] | {
    "trained_in": "browser",
    "seen": 20_480,
    "held_out": 98.3,
    "held_out_mnist": 99.0,
    "held_out_synthetic": 98,
    "corrections": 1,
    "label_smoothing": 0.05,
    "training_set": {"mnist": 57_000, "synthetic": 24_000},
    "finetuned_from": CARDS[0]["sha256"],
}


def test_the_committed_cards_and_a_fine_tuned_one_are_taken_as_they_are():
    for card in [*CARDS, CARD]:
        assert read_card(json.dumps(card)) == card
    assert CARD.keys() >= NUMBERS.keys() | TEXTS.keys()  # so that the tests below try every field


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_of_another_type_or_out_of_range_is_refused_by_name(name):
    kind, low, high = NUMBERS[name]
    odd = [str(CARD[name]), None, True, [CARD[name]], {}, low - 1, high + 1, 10**400, "9" * 9999]
    for value in odd + [low + 0.5] * (kind is int):
        with pytest.raises(ValueError, match=rf"its {name} is .* not a .*number from") as refused:
            read_card(json.dumps(CARD | {name: value}))
        assert len(str(refused.value)) < 200
    for value in (low, high):
        assert read_card(json.dumps(CARD | {name: value}))[name] == value


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_none_is_refused_by_name(name):
    for value in [7, None, ["x"]] + [""] * (name != "command"):
        with pytest.raises(ValueError, match=f"its {name} is"):
            read_card(json.dumps(CARD | {name: value}))


@pytest.mark.parametrize("name", REQUIRED)
def test_a_card_without_what_all_versions_have_is_refused_by_name(name):
    with pytest.raises(ValueError, match=f"it has no {name}"):
        read_card(json.dumps({k: v for k, v in CARD.items() if k != name}))


@pytest.mark.parametrize(
    "classes",
    [
        *(None, "0123456789", {}, [], ["0"], [0, 1], ["0", ["1"]], ["0", None]),
        *(["0", "0"], ["0", ""], ["0", " "], ["0", "a\n"], ["0", "x" * 21]),
        [str(n) for n in range(101)],
    ],
    ids=range(14),
)
def test_classes_that_are_no_names_are_refused(classes):
    with pytest.raises(ValueError, match=r"its classes (are|name)") as refused:
        read_card(json.dumps(CARD | {"classes": classes}))
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("flags", [None, [], "x", {"lr": [1]}, {"dropout": 7}, {"dropout": "0.5"}])
def test_flags_that_are_none_are_refused(flags):
    with pytest.raises(ValueError, match=r"its (flags|dropout) (are|is)"):
        read_card(json.dumps(CARD | {"flags": flags}))


@pytest.mark.parametrize("counts", [None, [7], "x", {"mnist": 0.5}, {"mnist": -1}, {"mnist": {}}])
def test_counts_that_are_none_are_refused(counts):
    with pytest.raises(ValueError, match="its training_set"):
        read_card(json.dumps(CARD | {"training_set": counts}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 100_000, "bytes"),
        ("[" * (MAX_BYTES - 1), "nested too deeply"),
        ("[]", "not a JSON object"),
        ("{", "not JSON"),
        ("", "not JSON"),
        (json.dumps(CARD)[:-9] + " " * MAX_BYTES, "bytes"),
        (json.dumps(CARD | {"more": float("nan")}), "NaN"),
        (json.dumps(CARD | {"threshold": float("nan")}), "NaN"),
        (json.dumps(CARD).replace('"threshold": 0.', '"threshold": 1e999, "x": 0.'), "threshold"),
        (None, "not text"),
    ],
    ids=range(10),
)
def test_what_is_no_card_is_refused_in_a_sentence(text, says):
    with pytest.raises(ValueError, match=says) as refused:
        read_card(text)
    assert type(refused.value) is ValueError
    assert "\n" not in str(refused.value)


def test_what_only_newer_versions_know_is_taken_along():
    assert read_card(json.dumps(CARD | {"new": {"a": [1]}}))["new"] == {"a": [1]}
