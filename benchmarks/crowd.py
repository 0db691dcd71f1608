"""A crowd on the page: 1,000 people within a minute, who draw and now and then send a picture.

python benchmarks/crowd.py [--quick]    needs Linux, Chromium, playwright and nginx

Runs twice: on one server, and on two behind nginx (sites.py), one of which is killed halfway. The
crowd is on the same machine as the servers, and is an open loop: arrival times are drawn beforehand
and wait for nothing, and lateness counts from when a visit was due. Each person opens the page with
an empty cache and six connections, as a browser does: first the document, then everything that
Chromium, which opens the page at the beginning, was seen to request, compressed as it accepts it.
Nobody has been here before: that is harder than a crowd in which some get 304. Each then draws for
some seconds, which asks the server for nothing; after that one in PICTURE_EACH sends a picture of a
digit, and one in MNIST_EACH, if there is MNIST (MNIST_DIR), takes a digit from it. Whatever is not
answered as it should be within PATIENCE_S, even a picture that is asked to wait, is an error.

That drawing asks for nothing is seen in Chromium, which draws meanwhile, and counts its requests:
each 1 and 7 that it draws must be read as such within ANSWER_LOOPS (drawer.py).

Before each crowd AT_ONCE visitors, each followed by the next, show how many page loads a second
there can be, and a program asks /predict PREDICTIONS times, each with two requests that need the
same server. Memory is the most that a server has at any second above what it had when one visitor
had asked for everything. Exits 1 if anything fails, if someone's drawing stops or asks for
anything, if a server grows by more than MEGABYTES, or if page loads take longer (95th percentile)
than P95_LOOPS of the reference loop in Python, which runs before the crowd (reference.py).
"""

import asyncio
import contextlib
import subprocess

import numpy as np
from browser import CHROMIUM
from drawer import Drawer
from harness import hold_at_most, parser, percentiles
from live import SIZE
from people import AT_ONCE, Crowd
from reference import python_ms
from sites import Site, megabytes, one_server, processor_s, servers_behind_nginx
from visitor import Visitor, answers

PEOPLE, SECONDS = 1000, 60
QUICK = 5  # times fewer people, in as much less time
CEILING_S = 10
PREDICTIONS = 10
MEGABYTES, P95_LOOPS = 50, 100
SITES = {
    "one server": one_server,
    "two servers behind nginx, one killed": servers_behind_nginx,
}


async def introduce(site: Site, paths: list[str]) -> bool:
    """Have every server load what it loads only once; returns whether it has MNIST digits."""
    crowd, visitor = Crowd(site.port, paths, False), Visitor(site.port)
    for _ in range(2 * len(site.servers)):
        await crowd.open(visitor, 0)
        await visitor.ask("/site/picture", crowd.picture)
    has_mnist = (await visitor.ask("/site/mnist", b"null")).status == 200
    visitor.leave()
    return has_mnist


async def most_grown(servers: list[subprocess.Popen], before: list[float]) -> float:
    """Cancelled when the crowd has gone: the most megabytes that any server grew by."""
    most = 0.0
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            grown = [megabytes(s) - b for s, b in zip(servers, before, strict=True)]
            most = max(most, *grown)
            await asyncio.sleep(1)
    return most


async def measure(site: Site, name: str, quick: bool) -> dict[str, tuple[float, float]]:
    """Print what a crowd meets on the site; {what is bounded: (value, bound)}."""
    from playwright.async_api import async_playwright

    fewer = QUICK if quick else 1
    url, loop_ms = f"http://127.0.0.1:{site.port}/", python_ms()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**CHROMIUM)
        drawer = Drawer(await browser.new_page(viewport=SIZE), url, loop_ms)
        paths = await drawer.open()
        has_mnist = await introduce(site, paths)
        answered = await asyncio.to_thread(answers, url, PREDICTIONS)
        before = [megabytes(process) for process in site.servers]
        watching = asyncio.create_task(most_grown(site.servers, before))
        drawing = asyncio.create_task(drawer.draw())

        used = sum(map(processor_s, site.servers))
        rushed = Crowd(site.port, paths, has_mnist)
        ceiling = await rushed.ceiling(CEILING_S / fewer)
        used = (sum(map(processor_s, site.servers)) - used) / len(rushed.loads)
        crowd = Crowd(site.port, paths, has_mnist)
        if len(site.servers) > 1:
            loop = asyncio.get_running_loop()
            loop.call_later(SECONDS / fewer / 2, site.servers[0].kill)
        came = await crowd.come(PEOPLE // fewer, SECONDS / fewer)

        drawer.may_leave = True
        await drawing
        watching.cancel()
        grown = await watching
        await browser.close()

    print(f"{name}: {len(paths)} files a page load, {1000 * used:.0f} ms of a server's processor")
    print(f"  {AT_ONCE} at a time, each followed by the next: {ceiling:.1f} page loads a second")
    print(f"  pictures taken apart, {len(crowd.pictures)}:", percentiles(in_ms(crowd.pictures)))
    print(f"  someone drew {drawer.read} digits, and asked for {len(drawer.asked)} files meanwhile")
    print(f"  {answered} of {PREDICTIONS} calls of /predict answered")
    for error, count in crowd.errors.most_common(5):
        print(f"  {count} times {error}")
    p95 = np.percentile(in_ms(crowd.loads), 95) / loop_ms
    print(f"  {came:.1f} page loads a second", percentiles(in_ms(crowd.loads)))
    print(f"  p95 is {p95:.1f} reference loops of {loop_ms:.1f} ms")
    print(f"  {crowd.errors.total()} errors, RSS +{grown:.0f} MB")
    bounds = {
        "errors": (crowd.errors.total(), 0),
        "drawings not read": (drawer.stopped + (drawer.read == 0), 0),
        "calls of /predict not answered": (PREDICTIONS - answered, 0),
        "files asked for by drawing": (len(drawer.asked), 0),
        "MB that a server grew by": (grown, MEGABYTES),
        "reference loops of a page load, p95": (p95, P95_LOOPS),
    }
    return {f"{name}: {what}": pair for what, pair in bounds.items()}


def in_ms(seconds: list[float]) -> list[float]:
    return [1000 * each for each in seconds]


def main() -> None:
    quick = parser(__doc__, f"{QUICK} times fewer people, in less time").parse_args().quick
    bounds = {}
    for name, sited in SITES.items():
        with sited() as site:
            bounds |= asyncio.run(measure(site, name, quick))
    hold_at_most(bounds, quick)


if __name__ == "__main__":
    main()
