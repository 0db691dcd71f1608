"""The real page in a process of its own, for browser tests and benchmarks."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90  # seconds that a busy machine may take to bring the page up


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(
    port: int,
    python: str = sys.executable,
    log: IO | None = None,
    program: Sequence[str] = ("app.py",),
    **environment: str,
) -> subprocess.Popen:
    """Start `python app.py`, or another program with Gradio, on the port; wait until it answers.

    log: what it says goes there.
    """
    process = subprocess.Popen(
        [python, *program],
        cwd=ROOT,
        env=os.environ
        | {"GRADIO_SERVER_NAME": "127.0.0.1", "GRADIO_SERVER_PORT": str(port)}
        | environment,
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    wait_for(process, port)
    return process


def wait_for(process: subprocess.Popen, port: int) -> None:
    """Wait until the process answers on the port; what it answers does not matter."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), PATIENCE) as connection,
        ):
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            if connection.recv(1):
                return
        time.sleep(0.05)  # there is no event to wait for: the port opens when it opens
    stop(process)
    raise RuntimeError(f"nothing answered on port {port} in {PATIENCE} s")


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(10)


def memory_of(process: subprocess.Popen, line: str = "VmRSS") -> int:
    """Bytes in use, on Linux; "VmHWM": the most so far. LookupError of one that has ended."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    found = dict(each.split(":", 1) for each in status.splitlines())[line]
    return 1024 * int(found.removesuffix("kB"))


def processor_s_of(process: subprocess.Popen) -> float:
    """Seconds of a processor that it has used, on Linux. OSError of one that has ended."""
    used = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def running_page(python: str = sys.executable, **environment: str) -> Iterator[str]:
    """The page's URL while it runs."""
    port = free_port()
    process = start(port, python, **environment)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        stop(process)
