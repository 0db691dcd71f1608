"""Quick runs of train.py: in this process to their end, or in one of their own and interrupted."""

import contextlib
import functools
import io
import resource
import signal
import subprocess
import sys
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
PROGRAM = f"""
import runpy
from cnn.training import datasets
datasets.HELD_OUT = {HELD_OUT}
runpy.run_path("train.py", run_name="__main__")
"""


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
    """Start train.py in a process of its own, and send it the signal once the file is there."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *flags],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        while not after.exists() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(how)
        said = process.stdout.read()
        return Ended(process.wait(), said)
