"""Few at once, some in line, and the rest are sent away: for work that takes much memory."""

import asyncio
import collections
import contextlib
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from cnn.page.refusal import Refusal

AT_ONCE = 2
IN_LINE = 20


class Turnstile:
    """Lets AT_ONCE requests through at a time. Of those in line each home has its turn.

    So one that sends many pictures waits for its own, and keeps no one else out.
    """

    def __init__(self, at_once: int = AT_ONCE, in_line: int = IN_LINE) -> None:
        self._places, self._in_line = at_once, in_line
        # Who waits, by home: in the order of the homes' turns, each home's in that of their coming.
        self._lines: dict[str, collections.deque[asyncio.Future[None]]] = {}

    @contextlib.asynccontextmanager
    async def place(self, receive: Receive, home: str) -> AsyncIterator[None]:
        """A place, for as long as the block lasts; receive: of the request, its body read.

        Raises Refusal("busy") where the line is full, ClientDisconnect for one who left it.
        """
        if self._places:
            self._places -= 1
        else:
            await self._wait(receive, home)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, receive: Receive, home: str) -> None:
        """Until there is a place, or nobody who wants it."""
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
        """Send away the last of the home with most in line; Refusal where that is no fairer."""
        most = max(self._lines, key=lambda each: len(self._lines[each]))
        if len(self._lines[most]) <= len(self._lines.get(home, ())) + 1:
            raise Refusal("busy")
        self._lines[most].pop().set_exception(Refusal("busy"))

    def _leave(self, turn: asyncio.Future[None], home: str) -> None:
        """Give up the turn, or the place that it has just become."""
        if not turn.done():
            self._lines[home].remove(turn)
            if not self._lines[home]:
                del self._lines[home]
        elif not turn.exception():
            self._pass_on()

    def _pass_on(self) -> None:
        """Give a place to the home whose turn it is; its next comes after all other homes."""
        if not self._lines:
            self._places += 1
            return
        home = next(iter(self._lines))
        line = self._lines.pop(home)
        line.popleft().set_result(None)
        if line:
            self._lines[home] = line
