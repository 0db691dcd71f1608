"""The real page in a process of its own, for browser tests and benchmarks."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90  # seconds that a busy machine may take to bring the page up


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(port: int, **environment: str) -> subprocess.Popen:
    """Start `python app.py` on the port and wait until it answers."""
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=os.environ
        | {"GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": str(port)}
        | environment,
        stdout=subprocess.DEVNULL,
    )
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/"):
            return process
        time.sleep(0.05)  # there is no event to wait for: the port opens when it opens
    stop(process)
    raise RuntimeError(f"the page did not come up on port {port} in {PATIENCE} s")


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(10)


@contextlib.contextmanager
def running_page(**environment: str) -> Iterator[str]:
    """The page's URL while it runs."""
    port = free_port()
    process = start(port, **environment)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        stop(process)
