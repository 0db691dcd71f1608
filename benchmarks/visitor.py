"""Visitors as a server sees them, a thousand in one process: a light HTTP/1.1 client.

Light, because it shares the machine's cores with the server that it asks.
"""

import asyncio
import base64
import contextlib
import io
import json
import tempfile
from typing import NamedTuple

from PIL import Image, ImageDraw

CONNECTIONS = 6  # that a browser opens to one host
HEAD_END = b"\r\n\r\n"


def seven() -> bytes:
    """A PNG of a seven."""
    image, file = Image.new("L", (640, 480), 255), io.BytesIO()
    ImageDraw.Draw(image).line([(240, 90), (400, 90), (300, 390)], 0, 30)
    image.save(file, "PNG")
    return file.getvalue()


def picture_body() -> bytes:
    """What the page sends of a picture of a seven."""
    url = f"data:image/png;base64,{base64.b64encode(seven()).decode()}"
    return json.dumps({"picture": url}).encode()


def answers(url: str, calls: int) -> int:
    """How many calls of /predict, one after the other by Gradio's client, are answered rightly."""
    from gradio_client import Client, handle_file

    client = Client(url, verbose=False)
    right = 0
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.write(seven())
        file.flush()
        for _ in range(calls):
            with contextlib.suppress(Exception):  # whatever it is: one answer fewer
                right += client.predict(handle_file(file.name), api_name="/predict")["digit"] == 7
    return right


class Answer(NamedTuple):
    """body: as it came, packed or in chunks."""

    status: int
    body: bytes


class Connection(asyncio.Protocol):
    """One connection, kept alive, one request at a time."""

    def __init__(self) -> None:
        self.is_open = True
        self.is_used = False  # has answered before
        self._reset()

    def _reset(self) -> None:
        self._answer: asyncio.Future[Answer] | None = None
        self._data = bytearray()
        self._body_at = self._length = self._status = 0

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        """Send the request; raises ConnectionError where no whole answer comes."""
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._body_at:
            end = self._data.find(HEAD_END)
            if end < 0:
                return
            self._read_head(bytes(self._data[:end]).lower())
            self._body_at = end + len(HEAD_END)
        if self._length is None:
            if self._data.endswith(b"\r\n0" + HEAD_END):
                self._finish(bytes(self._data[self._body_at :]))
        elif len(self._data) - self._body_at >= self._length:
            self._finish(bytes(self._data[self._body_at :]))

    def _read_head(self, head: bytes) -> None:
        self._status = int(head[9:12])
        self._length = None  # in chunks
        if (at := head.find(b"\r\ncontent-length:")) >= 0:
            self._length = int(head[at + 17 :].split(b"\r\n", 1)[0])
        elif b"\r\ntransfer-encoding: chunked" not in head:
            self._length = 0
        self._closes = b"\r\nconnection: close" in head

    def _finish(self, body: bytes) -> None:
        answer, self.is_used = self._answer, True
        told = Answer(self._status, body)
        closes = self._closes
        self._reset()
        if closes:
            self.close()
        if answer and not answer.done():
            answer.set_result(told)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if self._answer and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError("closed without an answer"))

    def close(self) -> None:
        self.is_open = False
        self.transport.close()


class Visitor:
    """One browser: up to CONNECTIONS to the host, reused while the host keeps them open."""

    def __init__(self, port: int, address: str | None = None) -> None:
        """address: where it comes from, one of this machine's; None: as the system has it."""
        self.port, self._from = port, (address, 0) if address else None
        self._idle: list[Connection] = []
        self._places = asyncio.Semaphore(CONNECTIONS)

    async def ask(self, path: str, body: bytes | None = None) -> Answer:
        """GET, or POST where there is a body of JSON."""
        lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1"]
        lines += [f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip, deflate, br, zstd"]
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        request = "\r\n".join(lines).encode() + HEAD_END + (body or b"")
        async with self._places:
            while True:
                connection = await self._connection()
                was_used = connection.is_used
                try:
                    answer = await connection.ask(request)
                except ConnectionError:
                    if was_used:  # the host closed it meanwhile: browsers ask anew
                        continue
                    raise
                if connection.is_open:
                    self._idle.append(connection)
                return answer

    async def _connection(self) -> Connection:
        while self._idle:
            if (connection := self._idle.pop()).is_open:
                return connection
        loop = asyncio.get_running_loop()
        where = {"host": "127.0.0.1", "port": self.port, "local_addr": self._from}
        return (await loop.create_connection(Connection, **where))[1]

    def leave(self) -> None:
        """Close the connections that are idle."""
        for connection in self._idle:
            connection.close()
