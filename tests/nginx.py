"""nginx before the page, for tests and benchmarks."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from server import stop, wait_for

MISSING = "no nginx here; run: apt-get install nginx-light"
# Everything that it writes lies in one folder, so that it needs no rights.
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
  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
{servers}
}}
"""


def find_nginx() -> str | None:
    """The program's path; None: it is not installed."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextlib.contextmanager
def running_nginx(folder: Path, servers: str, ports: list[int]) -> Iterator[None]:
    """While nginx runs, with these upstreams and servers, which listen on the ports."""
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, servers=servers))
    process = subprocess.Popen([find_nginx(), "-c", str(config), "-e", str(folder / "log")])
    try:
        for port in ports:
            wait_for(process, port)
        yield
    finally:
        stop(process)
