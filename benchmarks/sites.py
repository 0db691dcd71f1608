"""Where people reach the page: one server, or two behind nginx, and the memory that these take."""

import contextlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from nginx import MISSING, find_nginx, running_nginx
from server import free_port, memory_of, processor_s_of, start, stop

# What HOSTING.md says to put in front of two servers; its ports are replaced.
HOSTING = Path(__file__).resolve().parent.parent / "HOSTING.md"
CONFIGURATION = re.compile(r"```nginx\n(upstream .*?)```", re.DOTALL)
PORTS = 7860, 7861


class Site(NamedTuple):
    """What people reach, and the servers that answer there."""

    port: int
    servers: list[subprocess.Popen]


def megabytes(process: subprocess.Popen) -> float:
    """Resident memory of a process that runs; 0 of one that was killed."""
    with contextlib.suppress(OSError, LookupError):
        return memory_of(process) / 1024**2
    return 0.0


def processor_s(process: subprocess.Popen) -> float:
    """CPU seconds that the process has used; 0 for one that was killed."""
    with contextlib.suppress(OSError):
        return processor_s_of(process)
    return 0.0


@contextlib.contextmanager
def one_server(log: IO | None = None, **environment: str) -> Iterator[Site]:
    port = free_port()
    process = start(port, log=log, **environment)
    try:
        yield Site(port, [process])
    finally:
        stop(process)


@contextlib.contextmanager
def servers_behind_nginx() -> Iterator[Site]:
    """Two servers behind one address, with HOSTING.md's configuration."""
    if find_nginx() is None:
        sys.exit(MISSING)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sites = [stack.enter_context(one_server()) for _ in PORTS]
        port = free_port()
        servers = CONFIGURATION.search(HOSTING.read_text(encoding="utf-8"))[1]
        servers = servers.replace("\nserver {\n", f"\nserver {{\n  listen 127.0.0.1:{port};\n")
        for written, site in zip(PORTS, sites, strict=True):
            servers = servers.replace(f":{written};", f":{site.port};")
        stack.enter_context(running_nginx(folder, servers, [port]))
        yield Site(port, [process for site in sites for process in site.servers])
