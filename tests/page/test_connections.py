"""Who says nothing, or takes nothing, is let go; and of too many, who has waited longest."""

import asyncio
import contextlib
import select
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from server import free_port
from uvicorn.config import Config
from uvicorn.server import ServerState

from cnn.page import connections
from cnn.page.connections import TAKING_S, Accepting, Connection, Crowd, Server

REQUEST = b"GET / HTTP/1.1\r\nHost: digit\r\n\r\n"
HALF = REQUEST[:20]
PATIENCE_S = 30


@contextlib.contextmanager
def serving(app) -> Iterator[int]:
    """The port on which the app is served, with the page's own bounds."""
    port = free_port()
    server = Server(Config(app, port=port, log_level="warning", lifespan="off"))
    server.run_in_thread()
    try:
        yield port
    finally:
        server.close()


def connected(port: int, said: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
    connection.sendall(said)
    return connection


def said_until_the_end(connection: socket.socket) -> bytes:
    """All that comes until the server ends it; TimeoutError where it does not."""
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while more := connection.recv(1 << 16):
            said += more
    return said


async def hello(scope, receive, send) -> None:
    headers = [(b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})


@pytest.mark.parametrize("said", [b"", HALF], ids=["nothing", "half"])
def test_headers_that_do_not_come_end_the_connection(monkeypatch, said):
    monkeypatch.setattr(connections, "HEADERS_S", 0.05)
    with serving(hello) as port, connected(port, said) as silent:
        assert said_until_the_end(silent) == b""


def test_nor_do_those_of_a_second_request(monkeypatch):
    monkeypatch.setattr(connections, "HEADERS_S", 0.05)
    with serving(hello) as port, connected(port, REQUEST) as connection:
        answer = b""
        while not answer.endswith(b"hello"):
            answer += connection.recv(1000)
        connection.sendall(HALF)
        assert said_until_the_end(connection) == b""


def test_headers_that_dribble_gain_no_time(monkeypatch):
    monkeypatch.setattr(connections, "HEADERS_S", 0.2)
    with serving(hello) as port, connected(port, HALF) as dribbling:
        sent = 0
        while not select.select([dribbling], [], [], 0.01)[0] and sent < 3000:
            sent += dribbling.send(b"a")
        assert sent < 3000
        assert said_until_the_end(dribbling) == b""


def test_a_request_that_has_come_is_served_however_long_that_takes(monkeypatch):
    monkeypatch.setattr(connections, "HEADERS_S", 0.05)
    come, go_on = threading.Event(), threading.Event()

    async def slow(scope, receive, send):
        come.set()
        await asyncio.to_thread(go_on.wait, PATIENCE_S)
        await hello(scope, receive, send)

    with serving(slow) as port, connected(port, REQUEST) as served:
        assert come.wait(PATIENCE_S)
        with connected(port, HALF) as later:
            said_until_the_end(later)
        go_on.set()
        assert served.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_an_answer_that_nobody_takes_is_not_held(monkeypatch):
    monkeypatch.setattr(connections, "TAKING_S", 0.05)
    pieces, over, sent = 100, threading.Event(), []

    async def long(scope, receive, send):
        async def give() -> None:
            headers = [(b"content-length", b"%d" % (pieces << 16))]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            for _ in range(pieces):
                piece = bytes(1 << 16)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                sent.append(len(piece))

        giving = asyncio.create_task(give())
        while (await receive())["type"] != "http.disconnect":
            pass
        giving.cancel()
        over.set()

    with serving(long) as port, socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
        reader.connect(("127.0.0.1", port))
        reader.sendall(REQUEST)
        assert over.wait(PATIENCE_S)
    assert sum(sent) < 1_000_000


class Transport:
    """One to a reader who has so many bytes still to take, each time that somebody looks."""

    def __init__(self, *left: int) -> None:
        self.left, self.is_ended, self.socket = list(left), False, socket.socket()

    def get_extra_info(self, name: str) -> socket.socket | None:
        return self.socket if name == "socket" else None

    def set_write_buffer_limits(self, high: int) -> None:
        assert high == 0

    def get_write_buffer_size(self) -> int:
        return self.left.pop(0)

    def abort(self) -> None:
        self.is_ended = True


class Timers:
    """A loop whose time passes when it is told to."""

    def __init__(self) -> None:
        self.set: dict[float, Callable[[], None]] = {}  # by seconds

    def call_later(self, seconds: float, callback: Callable[..., None], *given: object) -> "Timers":
        self.set[seconds] = lambda: callback(*given)
        return self

    def cancel(self) -> None:
        self.set.clear()


def test_who_takes_a_little_is_waited_for_and_who_then_takes_nothing_is_not():
    timers, transport = Timers(), Transport(500, 400, 399, 399)
    given = {"config": Config(hello), "server_state": ServerState(), "app_state": {}}
    connection = Connection(Crowd(10, ""), **given, _loop=timers)
    connection.connection_made(transport)
    connection.pause_writing()
    ends = []
    while transport.left:
        timers.set[TAKING_S]()
        ends.append(transport.is_ended)
    transport.socket.close()
    assert ends == [False, False, True]


class Caller:
    """A connection from an address, which waits for its headers, or is served."""

    def __init__(self, crowd: Crowd, address: str, is_served: bool = False) -> None:
        self.client, self.is_ended = (address, 1), False
        if not is_served:
            crowd.waiting[self] = None
        crowd.enter(self)

    def end(self) -> None:
        self.is_ended = True


def ended(callers: list[Caller]) -> list[bool]:
    return [caller.is_ended for caller in callers]


def test_of_too_many_the_one_makes_way_that_has_waited_longest_and_none_that_is_served():
    crowd = Crowd(3, "")
    served = Caller(crowd, "192.0.2.1", is_served=True)
    assert ended([Caller(crowd, f"192.0.2.{i}") for i in range(5)]) == [True] * 3 + [False] * 2
    assert not served.is_ended


def test_where_all_are_served_the_next_is_turned_away():
    crowd = Crowd(2, "")
    served = [Caller(crowd, "192.0.2.1", is_served=True) for _ in range(2)]
    assert Caller(crowd, "192.0.2.2").is_ended
    crowd.leave(served[0])
    assert not Caller(crowd, "192.0.2.2").is_ended
    assert ended(served) == [False, False]


@pytest.mark.parametrize(
    ("addresses", "are_one"),
    [
        (["192.0.2.1", "192.0.2.1"], True),
        (["192.0.2.1", "192.0.2.2"], False),
        (["2001:db8::1", "2001:db8::ffff:1%eth0"], True),  # one household's
        (["2001:db8::1", "2001:db8:0:1::1"], False),
        (["127.0.0.1", "127.0.0.1"], False),  # a proxy: everybody comes from there
    ],
)
def test_one_address_has_its_share_and_a_proxy_has_all(monkeypatch, addresses, are_one):
    monkeypatch.setattr(connections, "MAX_OF_ONE", 1)
    crowd = Crowd(10, "127.0.0.1")
    assert ended([Caller(crowd, address) for address in addresses]) == [are_one, False]


def test_connections_that_cannot_be_accepted_are_logged_once(caplog):
    loop, full = asyncio.new_event_loop(), OSError(24, "Too many open files")
    loop.set_exception_handler(Accepting())
    with contextlib.closing(loop):
        for _ in range(3):
            accept = "socket.accept() out of system resource"
            loop.call_exception_handler({"message": accept, "exception": full})
        loop.call_exception_handler({"message": "a bug", "exception": ValueError("ours")})
    assert caplog.text.count("Too many open files") == 1
    assert "ours" in caplog.text
