"""The card of a weights file, as it is read: which fields it has, and what they may hold.

cnn/training/card.py says what they mean, and fills them. A card may lack what only newer versions
write, and may hold more than is listed here.

A network that was trained on the page has "trained_in": "browser", the "plan" it was built and
trained by, how many digits it has "seen" one after the other, and "held_out", percent read right of
the page's own held-out digits.
"""

import json
import math
import re
import reprlib

MAX_BYTES = 64 * 1024  # of the JSON; ours take 2 kB
REQUIRED = "model", "classes", "architecture", "sha256", "threshold"
MAX_CLASSES, MAX_NAME = 100, 20  # classes; characters of the name of one
PERCENTS = "mnist", "synthetic", "held_out", "held_out_mnist", "held_out_synthetic"
PERCENT, SHARE = (float, 0, 100), (float, 0, 1)

NUMBERS = {  # type, least, most
    "parameters": (int, 1, 10**9),
    "seed": (int, 0, 2**63 - 1),
    "epoch": (int, 1, 10_000),
    "seconds": (int, 0, 10**9),
    "corrections": (int, 1, 10**9),
    "seen": (int, 0, 10**12),
    "temperature": (float, 0.1, 10),
    "label_smoothing": SHARE,
    "threshold": SHARE,
    **dict.fromkeys(PERCENTS, PERCENT),
}
TEXTS = {  # as regular expressions
    "model": r"\w{1,40}",
    "date": r"\d{4}-\d\d-\d\d",
    "commit": r".{1,100}",
    "command": r".*",
    "torch": r".{1,100}",
    "sha256": r"[0-9a-f]{64}",
    "finetuned_from": r"[0-9a-f]{64}",
    "trained_in": "browser",
}
PLAIN = str, int, float, bool, type(None)  # the types that a training flag may have


def read_card(text: str) -> dict:
    """The card from its JSON; ValueError with a sentence that names what is wrong with it."""
    if not isinstance(text, str) or len(text.encode(errors="replace")) > MAX_BYTES:
        raise ValueError(f"it is longer than {MAX_BYTES:,} bytes, or not text")
    try:
        card = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except ValueError as error:
        raise ValueError(f"it is not JSON: {error}") from error
    if not isinstance(card, dict):
        raise ValueError("it is not a JSON object")
    for name in REQUIRED:
        if name not in card:
            raise ValueError(f"it has no {name}")
    for name, bounds in NUMBERS.items():
        if name in card:
            check_number(name, card[name], *bounds)
    for name, pattern in TEXTS.items():
        if name in card:
            _check_text(name, card[name], pattern)
    _check_classes(card["classes"])
    _check_flags(card.get("flags", {}))
    _check_counts(card.get("training_set", {}))
    return card


def check_number(name: str, value: object, kind: type, low: float, high: float) -> None:
    """Raise ValueError unless it is a number of this kind from low to high; 1 counts as a float."""
    fits = type(value) is int or (kind is float and type(value) is float and math.isfinite(value))
    if not (fits and low <= value <= high):
        what = "a whole number" if kind is int else "a number"
        raise ValueError(f"its {name} is {reprlib.repr(value)}, not {what} from {low} to {high}")


def _check_text(name: str, value: object, pattern: str) -> None:
    if not (isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII | re.DOTALL)):
        raise ValueError(f"its {name} is {reprlib.repr(value)}, which is not a valid one")


def _check_classes(classes: object) -> None:
    """Raise ValueError unless they are the distinct names of two or more classes."""
    if not (isinstance(classes, list) and 2 <= len(classes) <= MAX_CLASSES):
        said = f"its classes are {reprlib.repr(classes)}"
        raise ValueError(f"{said}, not a list of 2 to {MAX_CLASSES} names")
    for name in classes:
        if not (isinstance(name, str) and name.isprintable() and name == name.strip()):
            raise ValueError(f"its classes name {reprlib.repr(name)}, which is not a valid name")
        if not (1 <= len(name) <= MAX_NAME and classes.count(name) == 1):
            said = f"its classes name {reprlib.repr(name)}"
            raise ValueError(f"{said}; each must appear once, with 1 to {MAX_NAME} characters")


def _check_flags(flags: object) -> None:
    if not (isinstance(flags, dict) and all(type(value) in PLAIN for value in flags.values())):
        raise ValueError(f"its flags are {reprlib.repr(flags)}, not names with plain values")
    if "dropout" in flags:
        check_number("dropout", flags["dropout"], *SHARE)


def _check_counts(counts: object) -> None:
    if not isinstance(counts, dict):
        raise ValueError(f"its training_set is {reprlib.repr(counts)}, not names with counts")
    for name, count in counts.items():
        check_number(f"training_set's {name}", count, int, 0, 10**9)


def _refuse(constant: str) -> None:
    raise ValueError(f"it contains {constant}")  # which json.loads accepts and no browser does
