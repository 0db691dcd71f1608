"""Quick runs of train.py: in this process to their end, or in one of their own and interrupted."""

import contextlib
import functools
import io
import multiprocessing
import os
import resource
import runpy
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import train
from cnn.training import datasets as module
from cnn.training.datasets import Datasets

ROOT = Path(__file__).resolve().parent.parent
QUICK = ["--model", "convnet", "--limit", "200", "--batch-size", "25"]
HELD_OUT = 300  # for a quick run, which reads them after each epoch


@functools.cache
def prepared(data_dir: str, limit: int) -> Datasets:
    """What a quick run prepares, with a twentieth of MNIST's test digits; once for all runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "HELD_OUT", HELD_OUT)
        datasets = module.prepare(data_dir, limit)
    return datasets._replace(test=tuple(part[::20] for part in datasets.test))


def quick_flags(mnist_dir: Path, out: Path, *more: str | Path) -> list[str]:
    """The flags of a quick run into the folder; more: those that come last hold."""
    return [*map(str, ["--data-dir", mnist_dir, "--out", out]), *QUICK, *map(str, more)]


class Ended(NamedTuple):
    """A run that has ended: its exit code, and what it said."""

    code: int
    said: str


def finish(flags: list[str], **changed: object) -> Ended:
    """Run train.py in this process to its end; changed: of its names, for this run."""
    said, code = io.StringIO(), 0
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        patch.setattr(sys, "argv", ["train.py", *flags])
        for name, value in {"prepare": prepared, **changed}.items():
            patch.setattr(train, name, value)
        try:
            train.main()
        except SystemExit as exit:  # as the interpreter does at the end
            code = exit.code if isinstance(exit.code, int) else 1
            said.write("" if isinstance(exit.code, int) else f"{exit.code}\n")
    return Ended(code, said.getvalue())


@contextlib.contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """While it lasts no file can have more bytes, as if the disk were full then."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def interrupt(flags: list[str], after: Path, how: signal.Signals) -> Ended:
    """Run train.py in a process of its own, and send it the signal once the file is there.

    The process is forked from this one, where PyTorch and what a quick run prepares are in memory.
    """
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as said:
        process = multiprocessing.get_context("fork").Process(target=run, args=(flags, said.name))
        process.start()
        while not after.exists() and process.is_alive():
            time.sleep(0.02)
        if process.is_alive():
            os.kill(process.pid, how)
        process.join()
        return Ended(process.exitcode, said.read())


def run(flags: list[str], log: str) -> None:
    """Run train.py as the command does; what it says goes into the log."""
    sys.stdout = sys.stderr = open(log, "w", 1, encoding="utf-8")  # noqa: SIM115, until the end
    sys.argv, module.prepare = ["train.py", *flags], prepared
    runpy.run_path(str(ROOT / "train.py"), run_name="__main__")
