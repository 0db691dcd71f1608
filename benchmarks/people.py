"""People on a site: when they come, what they ask for, how long they wait, and what fails."""

import asyncio
import collections
import time

import numpy as np
from visitor import Visitor, picture_body

STAY_S = 3, 15  # that someone draws
PICTURE_EACH, MNIST_EACH = 10, 20
PATIENCE_S = 30
AT_ONCE = 8
SEED = 0


class Crowd:
    """People on one site: how long they waited, and what failed."""

    def __init__(self, port: int, paths: list[str], has_mnist: bool) -> None:
        self.port, self.paths, self.has_mnist = port, paths, has_mnist
        self.picture = picture_body()
        self.loads: list[float] = []  # seconds, from when the page load was due
        self.pictures: list[float] = []
        self.errors: collections.Counter[str] = collections.Counter()

    async def open(self, visitor: Visitor, due: float) -> None:
        await self._ask(visitor, self.paths[0])
        await asyncio.gather(*(self._ask(visitor, path) for path in self.paths[1:]))
        self.last = time.perf_counter()
        self.loads.append(self.last - due)

    async def person(self, due: float, stay: float, number: int) -> None:
        await asyncio.sleep(due - time.perf_counter())
        visitor = Visitor(self.port)
        await self.open(visitor, due)
        due += stay
        await asyncio.sleep(due - time.perf_counter())
        if number % PICTURE_EACH == 0:
            await self._ask(visitor, "/site/picture", self.picture)
            self.pictures.append(time.perf_counter() - due)
        if number % MNIST_EACH == 1 and self.has_mnist:
            await self._ask(visitor, "/site/mnist", b"null")
        visitor.leave()

    async def _ask(self, visitor: Visitor, path: str, body: bytes | None = None) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                status = (await visitor.ask(path, body)).status
            if status != 200:
                self.errors[f"{path}: {status}"] += 1
        except OSError as error:  # also TimeoutError
            self.errors[f"{path}: {error!r}"] += 1

    async def come(self, people: int, seconds: float) -> float:
        """Let `people` come in `seconds`; returns page loads a second, from first to last."""
        rng = np.random.default_rng(SEED)
        begun = time.perf_counter()
        dues = begun + np.sort(rng.uniform(0, seconds, people))  # a Poisson process of that many
        stays = rng.uniform(*STAY_S, people)
        persons = zip(dues.tolist(), stays.tolist(), range(people), strict=True)
        await asyncio.gather(*(self.person(*person) for person in persons))
        return people / (self.last - begun)

    async def ceiling(self, seconds: float) -> float:
        """Page loads a second of AT_ONCE visitors, each followed at once by the next."""
        ends = time.perf_counter() + seconds

        async def visits() -> None:
            while (due := time.perf_counter()) < ends:
                visitor = Visitor(self.port)
                await self.open(visitor, due)
                visitor.leave()

        await asyncio.gather(*(visits() for _ in range(AT_ONCE)))
        return len(self.loads) / seconds
