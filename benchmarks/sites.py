"""Where people reach the page: one server, or two behind nginx, and the memory that these take."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from server import free_port, start, stop, wait_for

COUNT = 2
# A request that one server has not answered goes to the other: also a picture, since to take it
# apart twice changes nothing; a correction, which would then stand there twice, does not.
CONFIG = """
daemon off;
pid {folder}/pid;
worker_rlimit_nofile 20000;
events {{ worker_connections 9000; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;

  upstream page {{
    {servers}
    keepalive 32;
    keepalive_timeout 4s;
  }}
  server {{
    listen 127.0.0.1:{port};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_connect_timeout 2s;
    client_max_body_size 13m;
    location / {{ proxy_pass http://page; }}
    location ~ ^/site/(picture|mnist)$ {{
      proxy_pass http://page;
      proxy_next_upstream error timeout non_idempotent;
    }}
  }}
}}
"""


class Site(NamedTuple):
    """What people reach, and the servers that answer there."""

    port: int
    servers: list[subprocess.Popen]


def megabytes(process: subprocess.Popen) -> float:
    """Resident memory of a process that runs; 0 of one that was killed."""
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{process.pid}/status").read_text()
        if found := re.search(r"VmRSS:\s+(\d+) kB", status):
            return int(found[1]) / 1024
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
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        sys.exit("no nginx here; run: apt-get install nginx-light")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sites = [stack.enter_context(one_server()) for _ in range(COUNT)]
        port, config = free_port(), folder / "nginx.conf"
        servers = "\n    ".join(f"server 127.0.0.1:{site.port};" for site in sites)
        config.write_text(CONFIG.format(folder=folder, servers=servers, port=port))
        nginx = subprocess.Popen([program, "-c", str(config), "-e", str(folder / "log")])
        stack.callback(stop, nginx)
        wait_for(nginx, port)
        yield Site(port, [process for site in sites for process in site.servers])
