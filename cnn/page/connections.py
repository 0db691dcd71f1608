"""Open connections: how many there may be, and how long one may send nothing or take nothing.

uvicorn waits forever for the headers of a request, and for a client that takes no byte of the
answer; and once no more files can be opened, its loop keeps trying to accept, and logs each try.
"""

import asyncio
import functools
import ipaddress
import logging
import socket
from collections.abc import Iterable

from gradio import http_server
from uvicorn.config import Config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEADERS_S = 10.0  # within which the headers of a request must arrive
TAKING_S = 30.0  # within which the client must take some of what was sent
MAX_FILES = 16_384  # open at once, connections among them
MAX_OF_ONE = 256  # connections from one address: a class in a school opens about 200 from one
UNSENT_BYTES = 16 * 1024  # that the system holds for a connection, besides what is on its way
ACCEPT_LOG_S = 60.0  # between log lines about connections that cannot be accepted

log = logging.getLogger(__name__)


class Connection(AutoHTTPProtocol):
    """A connection that is ended if its headers do not arrive or its answer is not taken."""

    def __init__(self, crowd: "Crowd", **given: object) -> None:
        super().__init__(**given)
        self._crowd = crowd
        self._headers_timer: asyncio.TimerHandle | None = None
        self._taking_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # not on Windows
            lowat = socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES
            transport.get_extra_info("socket").setsockopt(*lowat)
        transport.set_write_buffer_limits(0)  # `pause_writing` as soon as anything waits there
        super().connection_made(transport)
        self._await_headers()
        self._crowd.enter(self)

    def connection_lost(self, error: Exception | None) -> None:
        self._headers_came()
        self._all_taken()
        self._crowd.leave(self)
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._headers_came()
        elif not self._headers_timer:
            self._await_headers()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._await_taking()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._all_taken()

    def end(self) -> None:
        """End it at once, whatever is still to be sent."""
        self.transport.abort()

    def _await_headers(self) -> None:
        self._headers_timer = self.loop.call_later(HEADERS_S, self.end)
        self._crowd.waiting[self] = None

    def _headers_came(self) -> None:
        if self._headers_timer:
            self._headers_timer.cancel()
        self._headers_timer = None
        self._crowd.waiting.pop(self, None)

    def _await_taking(self, before: int | None = None) -> None:
        """Check again in TAKING_S; before: bytes that were left at the last check."""
        left = self.transport.get_write_buffer_size()
        if before is not None and left >= before:
            return self.end()
        self._taking_timer = self.loop.call_later(TAKING_S, self._await_taking, left)

    def _all_taken(self) -> None:
        if self._taking_timer:
            self._taking_timer.cancel()
        self._taking_timer = None


class Crowd:
    """All connections: at most `most`, and MAX_OF_ONE from an address that is not a proxy's.

    When there are too many, the one that has waited longest for its headers is ended; a browser's
    headers arrive immediately.
    """

    def __init__(self, most: int, proxies: str | list[str]) -> None:
        self.waiting: dict[Connection, None] = {}  # for their headers, the longest first
        self._most = most
        self._proxies = ProxyHeadersMiddleware(None, proxies).trusted_hosts
        self._home_of: dict[Connection, str] = {}
        self._from: dict[str, dict[Connection, None]] = {}  # by home, the oldest first

    def enter(self, connection: Connection) -> None:
        """Count it; if that is one too many, one is ended: the oldest that waits, or this one."""
        address = connection.client[0] if connection.client else ""
        self._home_of[connection] = home = home_of(address)
        neighbours = self._from.setdefault(home, {})
        neighbours[connection] = None
        if len(neighbours) > MAX_OF_ONE and address not in self._proxies:
            self._make_way(neighbours)
        if len(self._home_of) > self._most:
            self._make_way(self.waiting)

    def leave(self, connection: Connection) -> None:
        """Stop counting it; one that was ended to make way has already left."""
        self.waiting.pop(connection, None)
        home = self._home_of.pop(connection, None)
        if home is not None:
            del self._from[home][connection]
            if not self._from[home]:
                del self._from[home]

    def _make_way(self, among: Iterable[Connection]) -> None:
        """End the oldest of those that wait for their headers; the newest always waits."""
        oldest = next(each for each in among if each in self.waiting)
        self.leave(oldest)
        oldest.end()


def home_of(address: str) -> str:
    """The address; for IPv6, the first half, which a household has to itself."""
    try:
        return str(ipaddress.IPv6Network((address.partition("%")[0], 64), strict=False))
    except ValueError:  # IPv4, or whatever a proxy says
        return address


class Server(http_server.Server):
    """Gradio's server, with limits on its connections."""

    def __init__(self, config: Config, *args: object, **given: object) -> None:
        files = _files()
        crowd = Crowd(files // 2, config.forwarded_allow_ips)
        config.http = functools.partial(Connection, crowd)
        config.ws = "none"  # a WebSocket's connection would no longer be counted
        config.backlog = files // 8  # accepted at a time, before the first of them is counted
        super().__init__(config, *args, **given)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(Accepting())
        await super().startup(sockets)


class Accepting:
    """A loop's exception handler: logs connections that cannot be accepted, one line a minute."""

    def __init__(self) -> None:
        self._next = 0.0  # of the loop's clock

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict) -> None:
        if not context.get("message", "").startswith("socket.accept()"):
            return loop.default_exception_handler(context)
        if loop.time() >= self._next:
            self._next = loop.time() + ACCEPT_LOG_S
            log.warning("no connection can be accepted right now: %s", context.get("exception"))


def _files() -> int:
    """How many files may be open at the same time, raised to MAX_FILES if the system allows it."""
    try:
        import resource
    except ImportError:  # Windows, where connections are not files
        return MAX_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    most = MAX_FILES if hard == unlimited else min(hard, MAX_FILES)
    if soft == unlimited or soft >= most:
        return most
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # macOS may have a further limit of its own
        return soft
    return most


def bound_connections() -> None:
    """Have Gradio's launch start this server, since launch takes no options for uvicorn."""
    http_server.Server = Server
