"""Corrections that people gave: strokes and the digit that was meant, one JSON line each.

{"label": 7, "canvas": 280, "strokes": [[x, y, x, y, ...], ...]}

A line may begin with a "key", which identifies the drawing: the line replaces an earlier one with
that key, and can be withdrawn. What was replaced or withdrawn is overwritten with spaces, so that
nothing of it remains, and no other line moves.
"""

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from cnn.model import CLASSES
from cnn.preprocess import digit_from_strokes
from cnn.preprocess.strokes import flatten, unflatten

MAX_BYTES = 16 * 1024 * 1024  # of the file: about ten thousand corrections

_lock = threading.Lock()  # held while a line is appended, by the threads of this process


class CorrectionsError(Exception):
    """A file of corrections that cannot be read or added to; the message says what to do."""


def append(
    path: Path, strokes: list[np.ndarray], canvas: float, label: int, key: str | None = None
) -> int:
    """Append one correction, wholly or not at all; returns the bytes that it takes.

    strokes: float (N, 2), canvas pixels; label: which class; key: the drawing's, whose earlier line
    is removed. Raises CorrectionsError when the file or the disk is full.
    """
    record = {} if key is None else {"key": key}
    record |= {"label": label, "canvas": canvas, "strokes": [flatten(s) for s in strokes]}
    line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "a+b", buffering=0) as file, _alone(file):
            size = os.fstat(file.fileno()).st_size
            file.seek(max(size - 1, 0))
            if file.read(1) not in (b"", b"\n"):  # an editor left the last line without its end
                line = b"\n" + line
            if size + len(line) > MAX_BYTES:
                raise CorrectionsError(f"{path} is full; train with it (--extra), then move it")
            try:
                whole = file.write(line) == len(line)
            except OSError:
                file.truncate(size)  # nobody else has written since: they wait for the lock
                raise
            if not whole:
                file.truncate(size)
                raise CorrectionsError(f"{path} could not be written: the disk is full")
            if key is not None:
                _overwrite(path, key, size)
        return len(line)
    except OSError as error:
        raise CorrectionsError(f"{path} could not be written ({error.strerror})") from error


def withdraw(path: Path, key: str) -> None:
    """Take the correction with this key out of the file, if it is there.

    Raises CorrectionsError when the file cannot be written.
    """
    if not path.exists():
        return
    try:
        with open(path, "ab", buffering=0) as file, _alone(file):
            _overwrite(path, key, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise CorrectionsError(f"{path} could not be written ({error.strerror})") from error


def _overwrite(path: Path, key: str, end: int) -> None:
    """Put spaces in place of the lines with this key that begin before byte `end`."""
    mine = f'{{"key":{json.dumps(key)},'.encode()
    with open(path, "r+b") as file:
        at = 0
        for line in file.read(end).splitlines(keepends=True):
            if line.startswith(mine):
                file.seek(at)
                file.write(b" " * len(line.rstrip(b"\n")))
            at += len(line)


@contextlib.contextmanager
def _alone(file: BinaryIO) -> Iterator[None]:
    """Wait until nobody else appends, and keep others waiting until the block ends.

    Others: threads of this process, and where the system has fcntl, other processes.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        fcntl = None
    with _lock:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
        yield


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """All corrections as digits float32 (N, 28, 28) and labels int64 (N,).

    Of several with the same key only the newest counts: the page may have stopped while it was
    replacing one. Raises CorrectionsError when the file is missing, empty or too large, or a line
    is not a correction.
    """
    try:
        if os.path.getsize(path) > MAX_BYTES:
            raise CorrectionsError(f"{path} is larger than {MAX_BYTES:,} bytes; split it")
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CorrectionsError(f"no corrections at {path} ({error.strerror})") from error
    kept = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue  # one that was withdrawn
        try:
            record = json.loads(line)
            strokes = [unflatten(stroke) for stroke in record["strokes"]]
            digit = digit_from_strokes(strokes, float(record["canvas"]))
            label = record["label"]
            if digit is None or type(label) is not int or not 0 <= label < len(CLASSES):
                raise ValueError(f"it has no ink, or no label from 0 to {len(CLASSES) - 1}")
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise CorrectionsError(
                f"line {number} of {path} is not a correction ({error}); delete it"
            ) from error
        key = record.get("key")
        kept[number if key is None else str(key)] = digit, label
    if not kept:
        raise CorrectionsError(f"{path} holds no correction yet; draw, and tap the digit you meant")
    digits, labels = zip(*kept.values(), strict=True)
    return np.stack(digits), np.array(labels)
