"""Quick runs of train.py in a process of their own: to the end, or interrupted."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
QUICK = ["--limit", "600", "--batch-size", "100"]


@pytest.fixture
def command(mnist_dir, tmp_path):
    """The command line of a quick run into tmp_path / out."""

    def line(*flags: str, out: str = "out") -> list[str | Path]:
        return quick_run(mnist_dir, tmp_path / out, *flags)

    return line


def quick_run(mnist_dir: Path, out: Path, *flags: str) -> list[str | Path]:
    """Its command line; flags: those that come last hold."""
    return [
        *(sys.executable, ROOT / "train.py", "--data-dir", mnist_dir),
        *("--out", out, "--model", "convnet", *QUICK, *flags),
    ]


def finish(line: list[str], at_most: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess:
    """Run it to its end; at_most: bytes that a file may have, as if the disk were full then."""
    return subprocess.run(
        line,
        capture_output=True,
        text=True,
        timeout=300,
        # One thread: small batches gain nothing from more, and lose when tests run side by side.
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (at_most, at_most)),
    )


def heed_interrupts() -> None:
    """In the child: a test run in the background ignores SIGINT, and would hand that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupt(line: list[str], after: Path, how: signal.Signals) -> tuple[int, str]:
    """Start a run, send the signal once the file is there; its exit code and what it said."""
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=env,
        preexec_fn=heed_interrupts,
    ) as process:
        while not after.exists() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(how)
        said = process.stdout.read()
        return process.wait(), said
