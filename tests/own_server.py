"""The real server, in a process of its own, asked over bare HTTP and watched from outside."""

import base64
import contextlib
import http.client
import io
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw
from server import free_port, memory_of, processor_s_of, start, stop

from cnn.page.limits import ARRIVAL_S

MB = 1_000_000
JSON = {"Content-Type": "application/json"}
PREDICT = "/gradio_api/run/predict"
LONG = "a" * 700_000
# It may have 256 files open and ask for 512: few connections are then too many.
FEW_FILES = 'ulimit -Sn 256; ulimit -Hn 512; exec "$0" app.py', sys.executable


class Server(NamedTuple):
    process: subprocess.Popen
    port: int
    log: Path | None = None

    def ask(
        self, method: str, path: str, body: object = None, headers: dict | None = None
    ) -> tuple[int, str]:
        """Status and text of the answer; a connection that is reset fails the test."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            connection.request(method, path, sent, JSON | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")

    def opened(self, head: str, body: bytes = b"") -> socket.socket:
        """A connection on which a request has begun, and not ended."""
        connection = socket.create_connection(("127.0.0.1", self.port), ARRIVAL_S + 10)
        connection.sendall(head.encode() + b"\r\nHost: 127.0.0.1\r\n\r\n")
        with contextlib.suppress(OSError):  # the server has given it up
            connection.sendall(body)
        return connection

    def memory(self, line: str = "VmRSS") -> float:
        """Bytes in use; "VmHWM": the most since `forget_peak`."""
        return memory_of(self.process, line)

    def processor_s(self) -> float:
        """Seconds of a processor that it has used: its work, whatever else the machine does."""
        return processor_s_of(self.process)

    def forget_peak(self) -> None:
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")


@contextlib.contextmanager
def running_server(**environment: str) -> Iterator[Server]:
    port = free_port()
    with tempfile.NamedTemporaryFile() as log:
        process = start(port, "sh", log, ("-c", *FEW_FILES), **environment)
        try:
            yield Server(process, port, Path(log.name))
        finally:
            stop(process)


def data_url(image: Image.Image, kind: str = "PNG") -> str:
    file = io.BytesIO()
    image.save(file, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"


def seven() -> Image.Image:
    image = Image.new("L", (300, 240), 255)
    ImageDraw.Draw(image).line([(110, 40), (190, 40), (140, 200)], 0, 16)
    return image


def call(url: object, **more: object) -> dict:
    return {"data": [{"url": url}], **more}
