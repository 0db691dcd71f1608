"""Many people drawing at once on one page: how long after it is due each look is answered.

python benchmarks/many.py [--people 10] [--seconds 15] [--quick]

An open loop: everyone draws synthetic digits, point by point, and asks 30 times a second whether or
not the answer before has come, from a process beside the server's. A look's time counts from the
moment it was due, so a server that falls behind cannot slow its askers down and look fast; a look
without an answer counts with the time until the end, PATIENCE after the last was due. Exits 1 if
the 95th percentile is above P95_MS.
"""

import asyncio
import contextlib
import json
import time
import urllib.request

import httpx
import numpy as np
from harness import hold_at_most, parser
from playback import payload, played_back
from server import running_page

from cnn.synthetic.generate import drawings

RATE = 30  # looks a second and person
PEOPLE = 10
P95_MS = 60  # for so many people, on two cores that also run the crowd
PATIENCE = 5  # s
CONNECTIONS = 6  # of one person at once, as browsers have; a look may have to wait for one
DRAWINGS = 10  # that each person draws, and then draws again


def requests_of(person: int, pad_id: int) -> list[bytes]:
    """The bodies of one person's looks, in their order."""
    call = {"component_id": pad_id, "fn_name": "predict_strokes", "session_hash": f"p{person}"}
    drawn, _, _ = drawings(DRAWINGS, seed=person)
    return [
        json.dumps({"data": payload(so_far), **call}).encode()
        for strokes in drawn
        for stroke in played_back(strokes)
        for so_far in stroke
    ]


def pad_id_of(url: str) -> int:
    """Which component of the page reads strokes."""
    with urllib.request.urlopen(url + "config") as answer:
        components = json.load(answer)["components"]
    reads = "predict_strokes"
    return next(c["id"] for c in components if reads in c["props"].get("server_fns", []))


async def person(
    url: str, bodies: list[bytes], dues: list[float], answered: dict[float, float]
) -> None:
    """Ask at each of the moments `dues`; note in `answered` when each was answered."""
    headers = {"Content-Type": "application/json"}
    connections = asyncio.Semaphore(CONNECTIONS)

    async def look(body: bytes, due: float) -> None:
        await asyncio.sleep(due - time.perf_counter())
        async with connections:
            answer = await client.post("/gradio_api/component_server/", content=body)
        answer.raise_for_status()
        answered[due] = time.perf_counter()

    async with (
        httpx.AsyncClient(base_url=url, headers=headers, timeout=None) as client,
        asyncio.TaskGroup() as looks,
    ):
        for k, due in enumerate(dues):
            looks.create_task(look(bodies[k % len(bodies)], due))


async def crowd(url: str, people: int, seconds: float) -> tuple[np.ndarray, float]:
    """Milliseconds from due to answered of every look, and looks answered a second."""
    pad_id = pad_id_of(url)
    requests = [requests_of(number, pad_id) for number in range(people)]
    await person(url, requests[0], [0] * people, {})  # warm
    start = time.perf_counter()
    dues = [
        [start + (k + number / people) / RATE for k in range(round(seconds * RATE))]
        for number in range(people)
    ]
    answered = {}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds + PATIENCE), asyncio.TaskGroup() as group:
            for bodies, mine in zip(requests, dues, strict=True):
                group.create_task(person(url, bodies, mine, answered))
    end = time.perf_counter()
    waits = [1e3 * (answered.get(due, end) - due) for mine in dues for due in mine]
    in_time = sum(moment <= start + seconds for moment in answered.values())
    return np.array(waits), in_time / seconds


def main() -> None:
    flags = parser(__doc__, "2 seconds")
    flags.add_argument("--people", type=int, default=PEOPLE, help="default: %(default)s")
    flags.add_argument("--seconds", type=float, default=15, help="default: %(default)s")
    args = flags.parse_args()
    seconds = 2 if args.quick else args.seconds
    with running_page() as url:
        waits, answered = asyncio.run(crowd(url, args.people, seconds))
    p50, p95 = np.percentile(waits, [50, 95])
    print(
        f"{args.people} people, looks a second: {len(waits) / seconds:.0f} offered, "
        f"{answered:.0f} answered; p50 {p50:.1f} p95 {p95:.1f} ms"
    )
    hold_at_most({"p95 in ms": (p95, P95_MS)}, args.quick)


if __name__ == "__main__":
    main()
