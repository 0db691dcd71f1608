"""Tiny runs of train.py, what may happen to them, and what they must leave."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from harness import ROOT

from cnn.model import NETWORKS, WEIGHTS, WeightsError, load

TINY = ["--limit", "200", "--batch-size", "100", "--epochs", "3"]


class Accidents:
    """What was tried, by kind, and what ended badly."""

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self.bad: list[str] = []

    def note(self, kind: str, *problems: str | None) -> None:
        """One accident; a problem is a sentence, or None where there is none."""
        self.tried[kind] += 1
        found = [f"{kind}: {problem}" for problem in problems if problem]
        self.bad += found
        for sentence in found:
            print(sentence, flush=True)


class Runs:
    """Tiny runs of train.py, both networks, and the weights with which an undisturbed one ends."""

    def __init__(self, data_dir: Path, folder: Path) -> None:
        self.line = [sys.executable, ROOT / "train.py", "--data-dir", data_dir, *TINY]
        begun = time.perf_counter()
        code, said = self.run(folder)
        self.seconds = time.perf_counter() - begun
        if code:
            sys.exit(said)
        self.end = weights_in(folder)

    def start(self, out: Path, *flags: str, at_most: int | None = None) -> subprocess.Popen:
        """A run into the folder; at_most: bytes that a file may have."""
        limits = (at_most or resource.RLIM_INFINITY,) * 2
        return subprocess.Popen(
            [*self.line, "--out", out, *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
        )

    def run(self, out: Path, *flags: str, at_most: int | None = None) -> tuple[int, str]:
        """A run to its end: its exit code, and what it said."""
        with self.start(out, *flags, at_most=at_most) as process:
            said = process.stdout.read()
        return process.returncode, said

    def go_on(self, out: Path) -> Iterator[str | None]:
        """Resume what was interrupted, or begin anew if nothing was; yields what went wrong."""
        code, said = self.run(out, "--resume")
        if code and "no interrupted run" in said:
            yield traceback_in(said)
            code, said = self.run(out)
        yield f"--resume failed: {said[-500:]}" if code else traceback_in(said)
        yield (
            None if weights_in(out) == self.end else f"other weights at the end: {weights_in(out)}"
        )
        left = [path.name for path in out.iterdir() if path.name.endswith((".part", ".resume"))]
        yield f"left over: {left}" if left else None


def prepared(folder: Path) -> Path:
    """The folder, with the committed weights in it, which read more than a tiny run's."""
    folder.mkdir(exist_ok=True)
    for name in NETWORKS:
        shutil.copy(WEIGHTS.with_name(f"{name}.safetensors"), folder)
    return folder


def weights_in(folder: Path) -> dict[str, str]:
    """The sha256 of each network's weights; a WeightsError's sentence where they do not load."""
    found = {}
    for name in NETWORKS:
        try:
            found[name] = load(folder / f"{name}.safetensors").card["sha256"]
        except WeightsError as error:
            found[name] = str(error)
    return found


def old_or_new(out: Path, runs: Runs) -> str | None:
    """None if each network is the committed one or the undisturbed run's."""
    old = weights_in(WEIGHTS.parent)
    found = weights_in(out)
    odd = [found[name] for name in NETWORKS if found[name] not in (old[name], runs.end[name])]
    return f"neither the old weights nor the new: {odd}" if odd else None


def kept_in(out: Path) -> str | None:
    """None if the better weights are kept beside what a finished tiny run wrote."""
    for name in NETWORKS:
        previous, old = (
            out / f"{name}.previous.safetensors",
            WEIGHTS.with_name(f"{name}.safetensors"),
        )
        if not previous.exists() or previous.read_bytes() != old.read_bytes():
            return f"{previous.name} is not what was there before"
    return None


def traceback_in(said: str) -> str | None:
    return f"a traceback: {said[-500:]}" if "Traceback" in said else None
