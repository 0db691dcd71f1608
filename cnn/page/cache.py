"""Files that stay the same while the server runs: read and compressed once, then sent from memory.

Opening the page takes about forty of them, its own and Gradio's; found, read and compressed again
for every reader, they would cost the server ten times as much.
"""

import asyncio
import gzip
import posixpath
import re
from typing import NamedTuple

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAME = re.compile(r".*/(assets|static|site/(browser|weights))/.+|.*/theme\.css")
KEPT_BYTES = 16 * 1024 * 1024  # in total; the page's own files and Gradio's that it needs: 6 MB
PIECE_BYTES = 64 * 1024  # of a body, sent at a time
PACKED_TYPES = re.compile(r"text/|application/(json|javascript)|image/svg")
WORTH_PACKING = 400  # bytes
BROTLI_QUALITY = 9  # of 11: within two percent of it, in a tenth of the time
# Request headers that would have the file sent in part, compressed, or not at all.
ASKS = b"range", b"if-range", b"if-none-match", b"if-modified-since", b"accept-encoding"


class Answer(NamedTuple):
    """bodies: {content encoding, "" for none: body}, the best first."""

    status: int
    headers: list[tuple[bytes, bytes]]
    etag: str | None
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))


class ResponseCache:
    """ASGI middleware: keeps answers with status 200 to GETs of SAME paths, up to KEPT_BYTES."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._answers: dict[str, Answer] = {}
        self._room = KEPT_BYTES
        self._one_reads = asyncio.Lock()  # on behalf of all who open the page at that moment

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_same(path):
            return await self.app(scope, receive, send)
        answer = self._answers.get(path)
        if answer is None:
            async with self._one_reads:
                answer = self._answers.get(path) or await self._read(scope, receive)
        status, headers, body = _fitting(answer, Headers(scope=scope))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for at in range(0, len(body), PIECE_BYTES):
            piece = body[at : at + PIECE_BYTES]  # the next waits until this one is taken
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _read(self, scope: Scope, receive: Receive) -> Answer:
        """The whole answer, whatever part or form of it is asked for; kept if there is room."""
        status, headers, body = 500, [], bytearray()

        async def hold(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], list(message.get("headers", []))
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        asked = [(name, value) for name, value in scope["headers"] if name not in ASKS]
        # Without extensions the file comes as bytes, not as a path for the server to send.
        await self.app(scope | {"headers": asked, "extensions": {}}, receive, hold)
        answer = await asyncio.to_thread(_packed, status, headers, bytes(body))
        if status == 200 and answer.size <= self._room:
            self._answers[scope["path"]] = answer
            self._room -= answer.size
        return answer


def _is_same(path: str) -> bool:
    """Whether the path names a file that stays the same, and in its one canonical form."""
    return bool(SAME.fullmatch(path)) and posixpath.normpath(path) == path


def _packed(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> Answer:
    told = MutableHeaders(raw=[pair for pair in headers if pair[0] != b"content-length"])
    bodies = {"": body}
    if PACKED_TYPES.match(told.get("content-type", "")) and len(body) >= WORTH_PACKING:
        told.add_vary_header("Accept-Encoding")
        br, gz = brotli.compress(body, quality=BROTLI_QUALITY), gzip.compress(body, mtime=0)
        bodies = {"br": br, "gzip": gz} | bodies
    return Answer(status, told.raw, told.get("etag"), bodies)


def _fitting(answer: Answer, asked: Headers) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body for a request with the headers `asked`."""
    if answer.status == 200 and answer.etag and answer.etag in asked.get("if-none-match", ""):
        return 304, answer.headers, b""
    accepted = asked.get("accept-encoding", "")
    encoding = next(name for name in answer.bodies if name in accepted)
    headers = list(answer.headers)
    if encoding:
        headers.append((b"content-encoding", encoding.encode()))
    body = answer.bodies[encoding]
    return answer.status, [*headers, (b"content-length", b"%d" % len(body))], body
