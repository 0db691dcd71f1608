"""Many people drawing at once on one page: how long each waits for a look.

python benchmarks/many.py [--people 20] [--quick]

Each person draws the project's pen digits, point by point, at 30 looks a second, from a process
beside the server's; a look that is late delays that person's next, as in the browser.
"""

import argparse
import asyncio
import json
import sys
import time
import urllib.request
from pathlib import Path

import httpx
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from server import running_page  # noqa: E402

from cnn.strokes import drawings  # noqa: E402

RATE = 30  # looks a second and person


def bodies(person: int, pad_id: int) -> list[bytes]:
    """The requests of one person who draws ten digits."""
    drawn, _, _ = drawings(10, seed=person)
    requests = []
    for strokes in drawn:
        flat = [s.astype(float).round(1).ravel().tolist() for s in strokes]
        for s, stroke in enumerate(flat):
            for n in range(2, len(stroke) + 1, 2):
                payload = {"canvas": 280, "strokes": [*flat[:s], stroke[:n]]}
                call = {"component_id": pad_id, "fn_name": "look", "session_hash": f"p{person}"}
                requests.append(json.dumps({"data": payload, **call}).encode())
    return requests


async def draw(client: httpx.AsyncClient, requests: list[bytes], until: float) -> list[float]:
    """Milliseconds that each look took."""
    waits, due, at = [], time.perf_counter(), 0
    while (now := time.perf_counter()) < until:
        await asyncio.sleep(max(0, due - now))
        began = time.perf_counter()
        answer = await client.post("/gradio_api/component_server/", content=requests[at])
        answer.raise_for_status()
        waits.append(1e3 * (time.perf_counter() - began))
        due, at = max(due + 1 / RATE, time.perf_counter()), (at + 1) % len(requests)
    return waits


async def crowd(url: str, people: int, seconds: float) -> list[float]:
    with urllib.request.urlopen(url + "config") as answer:
        components = json.load(answer)["components"]
    pad_id = next(c["id"] for c in components if "look" in c["props"].get("server_fns", []))
    requests = [bodies(person, pad_id) for person in range(people)]
    headers = {"Content-Type": "application/json"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client:
        until = time.perf_counter() + seconds
        waits = await asyncio.gather(*(draw(client, r, until) for r in requests))
    return [wait for person in waits for wait in person]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--quick", action="store_true", help="2 seconds instead of 15")
    args = parser.parse_args()
    seconds = 2 if args.quick else 15
    with running_page() as url:
        waits = asyncio.run(crowd(url, args.people, seconds))
    p50, p95 = np.percentile(waits, [50, 95])
    print(
        f"{args.people} people, {len(waits) / seconds:.0f} looks a second: "
        f"p50 {p50:.1f} p95 {p95:.1f} ms"
    )


if __name__ == "__main__":
    main()
