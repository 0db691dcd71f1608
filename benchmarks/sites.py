"""Where people reach the page: one server, or two behind nginx, and the memory that these take."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nginx import MISSING, find_nginx, running_nginx
from server import free_port, memory_of, start, stop

COUNT = 2
# A request that one server has not answered goes to the other: also a picture, since to take it
# apart twice changes nothing; a correction, which would then stand there twice, does not.
SERVERS = """
  upstream page {{
    {upstream}
    keepalive 32;
    keepalive_timeout 4s;
  }}
  server {{
    listen 127.0.0.1:{port};
    proxy_set_header Host $http_host;
    proxy_set_header Connection "";
    proxy_connect_timeout 2s;
    client_max_body_size 13m;
    location / {{ proxy_pass http://page; }}
    location ~ ^/site/(picture|mnist)$ {{
      proxy_pass http://page;
      proxy_next_upstream error timeout non_idempotent;
    }}
  }}
"""


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
    """Seconds of a processor that the process has used; 0 of one that was killed."""
    with contextlib.suppress(OSError):
        used = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")
    return 0.0


@contextlib.contextmanager
def one_server() -> Iterator[Site]:
    port = free_port()
    process = start(port)
    try:
        yield Site(port, [process])
    finally:
        stop(process)


@contextlib.contextmanager
def servers_behind_nginx() -> Iterator[Site]:
    """COUNT servers behind one address."""
    if find_nginx() is None:
        sys.exit(MISSING)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sites = [stack.enter_context(one_server()) for _ in range(COUNT)]
        port = free_port()
        upstream = "\n    ".join(f"server 127.0.0.1:{site.port};" for site in sites)
        servers = SERVERS.format(upstream=upstream, port=port)
        stack.enter_context(running_nginx(folder, servers, [port]))
        yield Site(port, [process for site in sites for process in site.servers])
