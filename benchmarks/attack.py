"""Floods beside an honest visitor: how long the visitor waits, and what happens to the memory.

python benchmarks/attack.py [--quick]    needs Linux

The visitor sends a picture of a digit and opens the document, in turn, each as soon as the last is
answered. For CALM_S nobody else is there; then come the floods, one after another, for FLOOD_S
each, from a process of their own on the same machine, and from another address of it; then it is
calm again. No phase ends before the visitor has had LEAST answers. The floods:

- pictures: AT_ONCE pictures of 24 megapixels at a time to /predict, each followed immediately by
  the next;
- page's pictures: AT_ONCE pictures at a time, as large as the page may send, to the address to
  which the visitor sends theirs;
- tools: AT_ONCE calls at a time by the Model Context Protocol, each with a picture of a digit;
- addresses: AT_ONCE calls at a time with a web address for a picture;
- hashes, names: AT_ONCE calls at a time with a picture of a digit and a session_hash, or a fn_name,
  of 700 kB;
- held bodies: AT_ONCE bodies of 12 MB, of which all but the last byte is sent; any that is dropped
  is sent again;
- tiny parts: AT_ONCE uploads at a time of 999 files of a byte each;
- half-open: HALF_OPEN connections that send one line of a request; any that is ended is reopened;
- slow readers: READERS connections that ask four times for the history and read none of it.

Before any of them, every mistake of tests/mistakes.py is made five times; what counts is the
fastest of the five answers, for the mistake that takes longest.

Printed for each phase: the waits, the most memory in it, what the server logs, and how many of the
visitor's answers were not 200. Exits 1 if any was not, if in a flood the visitor waits (95th
percentile) more than TIMES as long as before, if a mistake takes more than MISTAKE_LOOPS of the
reference loop in Python (reference.py), or if the server grows by more than DURING_MB in a flood,
has grown by more than AFTER_MB at the end, or logs more than LOG_KB in one.
"""

import asyncio
import collections
import contextlib
import io
import json
import multiprocessing
import os
import resource
import socket
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Coroutine, Iterator
from multiprocessing.synchronize import Event
from typing import IO, NamedTuple

import numpy as np
from harness import hold, hold_at_most, parser
from mistakes import MISTAKES
from own_server import Server
from PIL import Image
from reference import python_ms
from sites import Site, megabytes, one_server
from visitor import Connection, Visitor, picture_body

CALM_S, FLOOD_S, LEAST = 10, 15, 60
QUICK = 3  # times less time, and fewer answers
AT_ONCE = 40
HALF_OPEN, READERS = 2000, 600
PATIENCE_S = 60
TIMES, DURING_MB, LOG_KB = 40, 200, 2000
MISTAKE_LOOPS = 10
AFTER_MB = 100  # threads and buffers of the first flood stay; a second round adds none
ATTACKER = "127.0.0.2"
PREDICT, UPLOAD, TOOLS = "/gradio_api/run/predict", "/gradio_api/upload", "/gradio_api/mcp/"
HISTORY = "/site/weights/history.safetensors"
UPLOAD_BYTES = 12_000_000
LONG = "a" * 700_000


def data_url(width: int, height: int) -> str:
    """A black picture."""
    file = io.BytesIO()
    Image.new("L", (width, height)).save(file, "PNG")
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


def seven() -> str:
    """A picture of a digit, as a data URL."""
    return json.loads(picture_body())["picture"]


def call(url: str, **more: str) -> bytes:
    return json.dumps({"data": [{"url": url}], **more}).encode()


def photograph() -> bytes:
    return call(data_url(6000, 4000))


def page_picture() -> bytes:
    return json.dumps({"picture": data_url(1000, 1000)}).encode()


def tool_call() -> bytes:
    params = {"name": "predict", "arguments": {"image": seven()}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    return json.dumps(message).encode()


def asked(method: str, path: str, *headers: str) -> bytes:
    """The head of a request."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def upload(body: bytes, kind: str = "image/png") -> bytes:
    return asked("POST", UPLOAD, f"Content-Type: {kind}", f"Content-Length: {len(body)}") + body


def tiny_parts() -> bytes:
    head = '--x7\r\nContent-Disposition: form-data; name="files"; filename="7.png"\r\n\r\n'
    body = "".join(f"{head}{i % 10}\r\n" for i in range(999)) + "--x7--\r\n"
    return upload(body.encode(), "multipart/form-data; boundary=x7")


Attack = Callable[[int, bytes], Coroutine]  # the server's port, what is sent; until it is ended


def posting_to(path: str) -> Attack:
    """Send calls there one after the other, whatever the answer."""

    async def post_again(port: int, body: bytes) -> None:
        visitor = Visitor(port, ATTACKER)
        while True:
            with contextlib.suppress(OSError):
                await visitor.ask(path, body)

    return post_again


async def send_again(port: int, request: bytes) -> None:
    """Send a request, or a part of one, and wait until it is answered or ended, again and again."""
    loop = asyncio.get_running_loop()
    while True:
        with contextlib.suppress(OSError):
            _, connection = await loop.create_connection(
                Connection, "127.0.0.1", port, local_addr=(ATTACKER, 0)
            )
            await connection.ask(request)
            connection.close()


async def read_nothing(port: int, request: bytes) -> None:
    """Send a request and take nothing of its answer, again and again."""
    loop = asyncio.get_running_loop()
    while True:
        with contextlib.suppress(OSError), socket.socket() as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.setblocking(False)
            reader.bind((ATTACKER, 0))
            await loop.sock_connect(reader, ("127.0.0.1", port))
            await loop.sock_sendall(reader, request)
            await asyncio.sleep(FLOOD_S)


class Flood(NamedTuple):
    """at_once: how many do the same; sent: what each sends, made in the attacker's process."""

    attack: Attack
    sent: Callable[[], bytes]
    at_once: int = AT_ONCE


FLOODS = {
    "pictures": Flood(posting_to(PREDICT), photograph),
    "page's pictures": Flood(posting_to("/site/picture"), page_picture),
    "tools": Flood(posting_to(TOOLS), tool_call),
    "addresses": Flood(posting_to(PREDICT), lambda: call("http://127.0.0.1:9/7.png")),
    "hashes": Flood(posting_to(PREDICT), lambda: call(seven(), session_hash=LONG)),
    "names": Flood(posting_to(PREDICT), lambda: call(seven(), fn_name=LONG)),
    "held bodies": Flood(send_again, lambda: upload(bytes(UPLOAD_BYTES))[:-1]),
    "tiny parts": Flood(send_again, tiny_parts),
    "half-open": Flood(send_again, lambda: b"GET / HTTP/1.1\r\n", HALF_OPEN),
    "slow readers": Flood(read_nothing, lambda: asked("GET", HISTORY) * 4, READERS),
}


def flood(name: str, port: int, begins: Event) -> None:
    """The work of the attacker's process, until it is ended."""
    attack, sent, at_once = FLOODS[name]
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    async def attack_by_all() -> None:
        request = sent()
        begins.set()
        await asyncio.gather(*(attack(port, request) for _ in range(at_once)))

    asyncio.run(attack_by_all())


@contextlib.contextmanager
def flooded(name: str | None, port: int) -> Iterator[None]:
    """Keep the flood of that name going while the block lasts; None: no flood."""
    if name is None:
        yield
        return
    context = multiprocessing.get_context("spawn")
    begins = context.Event()
    attacker = context.Process(target=flood, args=(name, port, begins))
    attacker.start()
    try:
        begins.wait()
        yield
    finally:
        attacker.terminate()
        attacker.join()


class Phase:
    """What the honest visitor meets in one stretch of time."""

    def __init__(self, site: Site, log: IO) -> None:
        self.site, self._log = site, log
        self.waits: list[float] = []  # ms
        self.others: collections.Counter[str] = collections.Counter()  # answers that are not 200
        self.memory = self.logged = 0.0  # MB, the most; kB

    async def last(self, seconds: float, least: int) -> None:
        """Go on until this many seconds have passed and at least `least` answers have come."""
        begun, picture = time.perf_counter(), picture_body()
        watching = asyncio.create_task(self._watch())
        logged = os.fstat(self._log.fileno()).st_size
        while time.perf_counter() < begun + seconds or len(self.waits) < least:
            await self._ask("/site/picture", picture)
            await self._ask("/")
        watching.cancel()
        self.logged = (os.fstat(self._log.fileno()).st_size - logged) / 1000

    async def _ask(self, path: str, body: bytes | None = None) -> None:
        begun, visitor = time.perf_counter(), Visitor(self.site.port)
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await visitor.ask(path, body)
            if answer.status != 200:
                self.others[f"{answer.status} {path}"] += 1
        except OSError as error:  # also TimeoutError
            self.others[f"{type(error).__name__} {path}"] += 1
        self.waits.append(1000 * (time.perf_counter() - begun))
        visitor.leave()

    @property
    def p95(self) -> float:
        return np.percentile(self.waits, 95)

    def __str__(self) -> str:
        waits = f"{np.median(self.waits):6.0f} {self.p95:6.0f}"
        others = "".join(f", {count} times {what}" for what, count in self.others.items())
        answers = f"{self.others.total()} of {len(self.waits)}{others}"
        return f"{waits} {self.memory:8.0f} {self.logged:8.1f}  {answers}"

    async def _watch(self) -> None:
        while True:
            self.memory = max(self.memory, megabytes(self.site.servers[0]))
            await asyncio.sleep(0.1)


async def introduce(site: Site) -> None:
    """Have the server load what it loads only once."""
    visitor = Visitor(site.port)
    for path, body in (("/", None), ("/site/picture", picture_body()), (PREDICT, photograph())):
        await visitor.ask(path, body)
    visitor.leave()


def slowest_mistake_ms(server: Server) -> float:
    """Milliseconds of the fastest of five answers, for the mistake that takes longest."""
    slowest = 0.0
    for method, path, body, headers, _ in MISTAKES:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            server.ask(method, path, body, headers)
            times.append(1000 * (time.perf_counter() - begun))
        slowest = max(slowest, min(times))
    return slowest


def main() -> None:
    quick = parser(__doc__, f"{QUICK} times less time").parse_args().quick
    less = QUICK if quick else 1
    phases: dict[str, Phase] = {}
    with tempfile.TemporaryFile() as log, one_server(log, GRADIO_MCP_SERVER="True") as site:
        asyncio.run(introduce(site))
        loop_ms, mistake_ms = python_ms(), slowest_mistake_ms(Server(site.servers[0], site.port))
        mistake = mistake_ms / loop_ms
        print(f"the slowest mistake: {mistake_ms:.0f} ms, {mistake:.1f} loops of {loop_ms:.1f} ms")
        print(f"{'':15s} p50 ms p95 ms   RSS MB   log kB  answers that were not 200")
        for name in ("before", *FLOODS, "after"):
            phases[name] = phase = Phase(site, log)
            with flooded(name if name in FLOODS else None, site.port):
                seconds = FLOOD_S if name in FLOODS else CALM_S
                asyncio.run(phase.last(seconds / less, LEAST // less))
            print(f"{name:15s} {phase}", flush=True)
    before, after = phases.pop("before"), phases.pop("after")
    floods = phases.values()
    worst, most = max(p.p95 for p in floods), max(p.memory for p in floods)
    print(f"a wait of {before.p95:.0f} ms (p95) becomes one of {worst:.0f} ms in the worst flood,")
    print(f"memory grows by {most - before.memory:.0f} MB in the floods,", end=" ")
    print(f"and by {after.memory - before.memory:.0f} MB when they are over")
    others = sum(phase.others.total() for phase in (before, *floods, after))
    hold_at_most(
        {
            "reference loops until a mistake is answered": (mistake, MISTAKE_LOOPS),
            "times the wait, p95, in a flood": (worst / before.p95, TIMES),
            "MB more in a flood": (most - before.memory, DURING_MB),
            "MB more after them": (after.memory - before.memory, AFTER_MB),
            "kB of log in a flood": (max(p.logged for p in floods), LOG_KB),
        },
        quick,
    )
    hold(("all answers 200", not others))


if __name__ == "__main__":
    main()
