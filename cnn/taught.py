"""Corrections that people gave: strokes and the digit that was meant, one JSON line each.

{"label": 7, "canvas": 280, "strokes": [[x, y, x, y, ...], ...]}
"""

import json
import os
from pathlib import Path

import numpy as np

from cnn.preprocess import digit_from_strokes

MAX_BYTES = 16 * 1024 * 1024  # of the file: some ten thousand corrections


class TaughtError(Exception):
    """A file of corrections that cannot be read or added to; the message says what to do."""


def add(path: Path, strokes: list[np.ndarray], canvas: float, label: int) -> None:
    """Append one correction, wholly or not at all.

    strokes: float (N, 2), canvas pixels; label: 0 to 9. Raises TaughtError when the file is full,
    or the disk is.
    """
    flat = [stroke.astype(float).round(1).ravel().tolist() for stroke in strokes]
    record = {"label": label, "canvas": canvas, "strokes": flat}
    line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered and in one write: lines of several people never mix.
        with open(path, "ab", buffering=0) as file:
            size = file.tell()
            if size + len(line) > MAX_BYTES:
                raise TaughtError(f"{path} is full; train with it (--extra), then move it away")
            if file.write(line) != len(line):
                file.truncate(size)
                raise TaughtError(f"{path} could not be written: the disk is full")
    except OSError as error:
        raise TaughtError(f"{path} could not be written ({error.strerror})") from error


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """All corrections as digits float32 (N, 28, 28) and labels int64 (N,).

    Raises TaughtError when the file is missing, empty, too large, or a line is no correction.
    """
    try:
        if os.path.getsize(path) > MAX_BYTES:
            raise TaughtError(f"{path} is larger than {MAX_BYTES:,} bytes; split it")
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise TaughtError(f"no corrections at {path} ({error.strerror})") from error
    digits, labels = [], []
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            strokes = [np.array(s, np.float64).reshape(-1, 2) for s in record["strokes"]]
            digit = digit_from_strokes(strokes, float(record["canvas"]))
            label = record["label"]
            if digit is None or type(label) is not int or not 0 <= label <= 9:
                raise ValueError("no ink, or no digit from 0 to 9")
        except (ValueError, KeyError, TypeError) as error:
            raise TaughtError(
                f"line {number} of {path} is no correction ({error}); delete it"
            ) from error
        digits.append(digit)
        labels.append(label)
    if not digits:
        raise TaughtError(f"{path} holds no correction yet; draw, and tap the digit you meant")
    return np.stack(digits), np.array(labels)
