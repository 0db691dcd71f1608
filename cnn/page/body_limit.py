"""The bodies of requests: how large, how slow, and how much of all of them is held at once.

Gradio's `max_file_size` covers uploads only, not the JSON of a call, and nothing of Gradio or
uvicorn gives up a body that never ends.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from cnn.page.refusal import Refusal

ARRIVAL_S = 20.0  # in which a body must be there: 12 MB at 5 Mbit/s
HELD_BYTES = 64 * 1024 * 1024  # of all bodies together
DRAIN_BYTES = 256 * 1024 * 1024  # of a refused body, thrown away so that the sender hears why


class Bodies:
    """The bodies that the server holds: those that still arrive, and those that are worked on."""

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
            arrived.clear()  # the refusal's traceback, while it is answered, still leads here

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
                            raise Refusal(
                                "too_large", f"At most {limit // 1000:,} kB are taken here."
                            )
                        self._make_room(len(chunk), patience)
                        self.held += len(chunk)
                        body += chunk
                        more = message.get("more_body", False)
                finally:
                    del self._arriving[body_id]
        except TimeoutError:
            raise Refusal("too_slow") from None

    def _make_room(self, count: int, patience: asyncio.Timeout) -> None:
        """Give up the bodies that have been arriving for longest, if there is no room for more.

        So those who send a byte now and then do not keep out those who send at once.
        """
        if self.held + count <= self._most:
            return
        oldest = next(iter(self._arriving.values()))
        if oldest is patience:
            raise Refusal("busy")
        if not oldest.expired():  # else it is being given up already
            oldest.reschedule(asyncio.get_running_loop().time())


async def drain(receive: Receive) -> None:
    """Throw away what still comes of a body, for ARRIVAL_S and DRAIN_BYTES at most."""
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
