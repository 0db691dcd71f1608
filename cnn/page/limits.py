"""How much the server takes on: simultaneous requests, bytes of bodies, bytes in a day, and memory.

Decoding a picture takes much memory, so few are let in at the same time, some wait in line, and the
rest are turned away.
"""

import asyncio
import collections
import contextlib
import ctypes
import threading
import time
from collections.abc import AsyncIterator, Callable

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from cnn.page.errors import Refusal

AT_ONCE = 2
IN_LINE = 20


class ConcurrencyLimiter:
    """Lets AT_ONCE requests through at a time. In line, the homes (see `home_of`) take turns.

    So a home that sends many pictures waits behind its own, and keeps no one else out.
    """

    def __init__(self, at_once: int = AT_ONCE, in_line: int = IN_LINE) -> None:
        self._slots, self._in_line = at_once, in_line
        # Who waits, by home: the homes in the order of their turns, their requests as they came.
        self._lines: dict[str, collections.deque[asyncio.Future[None]]] = {}

    @contextlib.asynccontextmanager
    async def slot(self, receive: Receive, home: str) -> AsyncIterator[None]:
        """A slot, for as long as the block lasts; receive: the request's, once its body is read.

        Raises Refusal("busy") if the line is full, ClientDisconnect if the client left it.
        """
        if self._slots:
            self._slots -= 1
        else:
            await self._wait(receive, home)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, receive: Receive, home: str) -> None:
        """Wait until there is a slot, or the client has gone."""
        if sum(map(len, self._lines.values())) >= self._in_line:
            self._make_room(home)
        turn = asyncio.get_running_loop().create_future()
        self._lines.setdefault(home, collections.deque()).append(turn)
        gone = asyncio.ensure_future(receive())
        try:
            await asyncio.wait([turn, gone], return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise ClientDisconnect
            turn.result()
        except BaseException:
            self._leave(turn, home)
            raise
        finally:
            gone.cancel()

    def _make_room(self, home: str) -> None:
        """Refuse the last request of the home with most in line; if that is no fairer, this one."""
        most = max(self._lines, key=lambda each: len(self._lines[each]))
        if len(self._lines[most]) <= len(self._lines.get(home, ())) + 1:
            raise Refusal("busy")
        self._lines[most].pop().set_exception(Refusal("busy"))

    def _leave(self, turn: asyncio.Future[None], home: str) -> None:
        """Give up the turn, or the slot that it has just become."""
        if not turn.done():
            self._lines[home].remove(turn)
            if not self._lines[home]:
                del self._lines[home]
        elif not turn.exception():
            self._pass_on()

    def _pass_on(self) -> None:
        """Give a slot to the home whose turn it is; its next turn comes after all other homes'."""
        if not self._lines:
            self._slots += 1
            return
        home = next(iter(self._lines))
        line = self._lines.pop(home)
        line.popleft().set_result(None)
        if line:
            self._lines[home] = line


# A number of bytes in a span of time, and no more until the next span.


class ByteQuota:
    """most: bytes in each span of `seconds`; the first span begins when the first byte is taken."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._taken, self._ends = 0, 0.0
        self._lock = threading.Lock()

    def is_spent(self) -> bool:
        """Whether nothing more may be taken now."""
        with self._lock:
            return self._clock() < self._ends and self._taken >= self._most

    def take(self, count: int) -> None:
        """Note that `count` bytes were taken; the last to take may go over."""
        with self._lock:
            now = self._clock()
            if now >= self._ends:
                self._taken, self._ends = 0, now + self._seconds
            self._taken += count


# The bodies of requests: how large, how slow, and how much of all of them is held at a time.
# Gradio's `max_file_size` covers uploads only, not the JSON of a call, and nothing in Gradio or
# uvicorn gives up on a body that never ends.

ARRIVAL_S = 20.0  # within which a body must have arrived: 12 MB at 5 Mbit/s
HELD_BYTES = 64 * 1024 * 1024  # of all bodies together
DRAIN_BYTES = 256 * 1024 * 1024  # of a refused body, thrown away so that the sender learns why


class BodyLimit:
    """The bodies that the server holds: those still arriving, and those being worked on."""

    def __init__(self, most: int = HELD_BYTES, arrival_s: float = ARRIVAL_S) -> None:
        self.held = 0  # bytes
        self._most, self._arrival_s = most, arrival_s
        self._arriving: dict[object, asyncio.Timeout] = {}  # the oldest first

    @contextlib.asynccontextmanager
    async def body(self, receive: Receive, limit: int) -> AsyncIterator[bytes]:
        """The whole body, held for as long as the block lasts.

        Raises Refusal: "too_large" as soon as it is known, "too_slow", "busy"; ClientDisconnect.
        """
        arrived, size = bytearray(), 0
        try:
            await self._fill(arrived, receive, limit)
            body, size = bytes(arrived), len(arrived)
            arrived.clear()  # or it would be held twice
            yield body
        finally:
            self.held -= len(arrived) or size
            arrived.clear()  # the refusal's traceback, until it is answered, still refers to this

    async def _fill(self, body: bytearray, receive: Receive, limit: int) -> None:
        try:
            async with asyncio.timeout(self._arrival_s) as patience:
                self._arriving[body_id := object()] = patience
                try:
                    more = True
                    while more:
                        message = await receive()
                        if message["type"] == "http.disconnect":
                            raise ClientDisconnect
                        chunk = message.get("body", b"")
                        if len(body) + len(chunk) > limit:
                            raise Refusal("too_large", kilobytes=limit // 1000)
                        self._make_room(len(chunk), patience)
                        self.held += len(chunk)
                        body += chunk
                        more = message.get("more_body", False)
                finally:
                    del self._arriving[body_id]
        except TimeoutError:
            raise Refusal("too_slow") from None

    def _make_room(self, count: int, patience: asyncio.Timeout) -> None:
        """Give up the bodies that have been arriving longest, if there is no room for more.

        So those who send a byte now and then do not keep out those who send without delay.
        """
        if self.held + count <= self._most:
            return
        oldest = next(iter(self._arriving.values()))
        if oldest is patience:
            raise Refusal("busy")
        if not oldest.expired():  # otherwise it is being given up already
            oldest.reschedule(asyncio.get_running_loop().time())


async def drain(receive: Receive) -> None:
    """Throw away what still arrives of a body, for ARRIVAL_S and DRAIN_BYTES at most."""
    count, message = 0, {"more_body": True}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ARRIVAL_S):
            while message.get("more_body", False) and count < DRAIN_BYTES:
                message = await receive()
                count += len(message.get("body", b""))


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body first, and then what comes after it."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_body_first() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_body_first


# The memory that pictures and uploads took goes back to the system when they are done.

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # of glibc's mallopt
LARGE = 1024 * 1024  # bytes


def give_back_large_blocks() -> None:
    """Have blocks of LARGE bytes or more given back as soon as they are free; only glibc needs it.

    Left to itself, it raises that threshold, up to 32 MB, with each such block that is freed, and
    keeps smaller blocks: after forty simultaneous photographs 150 MB, forever.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # not glibc; TypeError: Windows
        return
    mallopt(M_MMAP_THRESHOLD, LARGE)
    mallopt(M_TRIM_THRESHOLD, LARGE)
