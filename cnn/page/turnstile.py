"""Few at once, some in line, and the rest are sent away: for work that takes much memory."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from cnn.page.refusal import Refusal

AT_ONCE = 2
IN_LINE = 20


class Turnstile:
    """Lets AT_ONCE requests through at a time, in the order in which they came."""

    def __init__(self, at_once: int = AT_ONCE, in_line: int = IN_LINE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._free = at_once + in_line  # to work or to wait

    @contextlib.asynccontextmanager
    async def place(self, receive: Receive) -> AsyncIterator[None]:
        """A place, for as long as the block lasts; receive: of the request, its body read.

        Raises Refusal("busy") when the line is full, ClientDisconnect for one who left it.
        """
        if not self._free:
            raise Refusal("busy")
        self._free -= 1
        try:
            await self._wait(receive)
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._free += 1

    async def _wait(self, receive: Receive) -> None:
        """Until there is a place, or nobody who wants it."""
        turn = asyncio.ensure_future(self._places.acquire())
        gone = asyncio.ensure_future(receive())
        try:
            await asyncio.wait([turn, gone], return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise ClientDisconnect
        except BaseException:
            if turn.done() and not turn.cancelled():
                self._places.release()
            raise
        finally:
            turn.cancel()
            gone.cancel()
