"""Floods beside an honest visitor: how long they have them wait, and what they do to the memory.

python benchmarks/attack.py [--quick]    needs Linux

The visitor sends a picture of a digit RATE times a second, and every third time opens the document
too: an open loop, what is late counts from when it was due. For CALM_S nobody else is there; then
comes one flood after the other, for FLOOD_S each, from a process of its own on the same machine;
then it is calm again:

- pictures: AT_ONCE times a picture of 24 megapixels at a time to /predict, each followed at once by
  the next;
- held bodies: AT_ONCE bodies of 12 MB, of which all but the last byte is sent; what is dropped is
  sent anew;
- hashes, names: AT_ONCE calls at a time with a session_hash, or a fn_name, of 700 kB.

Printed for each phase: the waits, the answers that were not 200, and the most memory in it. Exits 1
if the visitor gets any such answer, waits longer than P95_MS (95th percentile), or if the server
grows by more than DURING_MB in a flood or has grown by more than AFTER_MB at the end.
"""

import asyncio
import collections
import contextlib
import io
import json
import multiprocessing
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Event

import numpy as np
from harness import hold_at_most, parser
from PIL import Image
from sites import Site, megabytes, one_server
from visitor import Connection, Visitor, picture_body

RATE = 5
CALM_S, FLOOD_S = 10, 15
QUICK = 3  # times less time
AT_ONCE = 40
PATIENCE_S = 30
P95_MS, DURING_MB = 1000, 200
AFTER_MB = 100  # threads and buffers of the first flood stay; a second round adds none
PREDICT = "/gradio_api/run/predict"
UPLOAD_BYTES = 12_000_000
LONG = "a" * 700_000


def call(url: str = "", **more: str) -> bytes:
    return json.dumps({"data": [{"url": url}], **more}).encode()


def photograph() -> bytes:
    """A call with a picture of 24 megapixels."""
    file = io.BytesIO()
    Image.new("L", (6000, 4000)).save(file, "PNG")
    return call(f"data:image/png;base64,{b64encode(file.getvalue()).decode()}")


# What is sent to /predict; held bodies are none of these.
CALLS: dict[str, Callable[[], bytes]] = {
    "pictures": photograph,
    "hashes": lambda: call(session_hash=LONG),
    "names": lambda: call(fn_name=LONG),
}
FLOODS = "pictures", "held bodies", "hashes", "names"


async def send(port: int, body: bytes) -> None:
    """Send calls one after the other, whatever the answer."""
    visitor = Visitor(port)
    while True:
        with contextlib.suppress(OSError):
            await visitor.ask(PREDICT, body)


async def hold_open(port: int, body: bytes) -> None:
    """Send the body without its last byte, and wait until it is given up, again and again."""
    head = f"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}"
    loop = asyncio.get_running_loop()
    while True:
        with contextlib.suppress(OSError):
            _, connection = await loop.create_connection(Connection, "127.0.0.1", port)
            await connection.ask(f"{head}\r\n\r\n".encode() + body[:-1])
            connection.close()


def flood(name: str, port: int, begins: Event) -> None:
    """The work of the attacker's process, until it is ended."""
    if name in CALLS:
        sender, body = send, CALLS[name]()
    else:
        sender, body = hold_open, bytes(UPLOAD_BYTES)

    async def attack() -> None:
        begins.set()
        await asyncio.gather(*(sender(port, body) for _ in range(AT_ONCE)))

    asyncio.run(attack())


@contextlib.contextmanager
def flooded(name: str | None, port: int) -> Iterator[None]:
    """While the flood of that name is on; None: while there is none."""
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

    def __init__(self, site: Site) -> None:
        self.site = site
        self.waits: list[float] = []  # ms
        self.others: collections.Counter[str] = collections.Counter()  # answers that are not 200
        self.memory = 0.0  # MB, the most

    async def last(self, seconds: float) -> None:
        rng = np.random.default_rng(0)
        begun, picture = time.perf_counter(), picture_body()
        dues = begun + np.sort(rng.uniform(0, seconds, int(RATE * seconds)))
        watching = asyncio.create_task(self._watch())
        asked = [self._ask(due, "/site/picture", picture) for due in dues.tolist()]
        asked += [self._ask(due, "/") for due in dues[::3].tolist()]
        await asyncio.gather(*asked)
        watching.cancel()

    async def _ask(self, due: float, path: str, body: bytes | None = None) -> None:
        await asyncio.sleep(due - time.perf_counter())
        visitor = Visitor(self.site.port)
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await visitor.ask(path, body)
            if answer.status != 200:
                self.others[f"{answer.status} {path}"] += 1
        except OSError as error:  # also TimeoutError
            self.others[f"{type(error).__name__} {path}"] += 1
        self.waits.append(1000 * (time.perf_counter() - due))
        visitor.leave()

    async def _watch(self) -> None:
        while True:
            self.memory = max(self.memory, megabytes(self.site.servers[0]))
            await asyncio.sleep(0.1)


async def introduce(site: Site) -> None:
    """Have the server load what it loads once."""
    visitor = Visitor(site.port)
    for path, body in (("/", None), ("/site/picture", picture_body()), (PREDICT, photograph())):
        await visitor.ask(path, body)
    visitor.leave()


def main() -> None:
    quick = parser(__doc__, f"{QUICK} times less time").parse_args().quick
    less = QUICK if quick else 1
    phases: dict[str, Phase] = {}
    with one_server() as site:
        asyncio.run(introduce(site))
        print(f"{'':12s} p50 ms p95 ms   RSS MB  answers that were not 200")
        for name in ("before", *FLOODS, "after"):
            phases[name] = phase = Phase(site)
            with flooded(name if name in FLOODS else None, site.port):
                asyncio.run(phase.last((FLOOD_S if name in FLOODS else CALM_S) / less))
            p50, p95 = np.percentile(phase.waits, [50, 95])
            others = ", ".join(f"{count} times {what}" for what, count in phase.others.items())
            print(f"{name:12s} {p50:6.0f} {p95:6.0f} {phase.memory:8.0f}  {others or 'none'}")
    before = phases["before"].memory
    during = [phases[name] for name in FLOODS]
    hold_at_most(
        {
            "answers that were not 200": (sum(p.others.total() for p in phases.values()), 0),
            "ms, p95 in a flood": (max(np.percentile(p.waits, 95) for p in during), P95_MS),
            "MB more in a flood": (max(p.memory for p in during) - before, DURING_MB),
            "MB more after them": (phases["after"].memory - before, AFTER_MB),
        },
        quick,
    )


if __name__ == "__main__":
    main()
