"""Few at once, a short line of those who wait, and an allowance for a span of time."""

import asyncio

from asgi import run
from starlette.requests import ClientDisconnect

from cnn.page.errors import Refusal
from cnn.page.limits import ByteQuota, ConcurrencyLimiter


def test_few_are_let_through_at_once_and_who_left_the_line_is_passed_over():
    served, at_once = [], []

    async def crowd():
        limiter, inside, go_on = ConcurrencyLimiter(at_once=2, in_line=2), 0, asyncio.Event()
        leave = asyncio.Event()

        async def visit(name: str, leaves: bool = False) -> str:
            nonlocal inside

            async def receive():
                await (leave if leaves else asyncio.Event()).wait()
                return {"type": "http.disconnect"}

            try:
                async with limiter.slot(receive, "home"):
                    inside += 1
                    at_once.append(inside)
                    await go_on.wait()
                    served.append(name)
                    inside -= 1
                return "served"
            except (Refusal, ClientDisconnect) as error:
                return getattr(error, "name", "left")

        visits = [asyncio.create_task(visit(name, name == "c")) for name in "abcde"]
        outcome = {"e": await visits[-1]}  # the fifth: two are inside, two wait
        leave.set()
        outcome["c"] = await visits[2]
        go_on.set()
        outcome |= {name: await visits["abcde".index(name)] for name in "abd"}
        outcome["later"] = await visit("f")
        return outcome

    expected = dict.fromkeys(["a", "b", "d", "later"], "served") | {"c": "left", "e": "busy"}
    assert run(crowd()) == expected
    assert served == ["a", "b", "d", "f"]
    assert max(at_once) == 2


def test_each_home_has_its_turn_and_the_last_of_the_largest_makes_room():
    served = []

    async def crowd():
        limiter, go_on = ConcurrencyLimiter(at_once=1, in_line=4), asyncio.Event()

        async def visit(name: str) -> str:
            try:
                async with limiter.slot(asyncio.Event().wait, name[0]):
                    await go_on.wait()
                    served.append(name)
                return "served"
            except Refusal as refusal:
                return refusal.name

        names = ["a1", "a2", "a3", "a4", "a5", "b1", "c1", "a6", "b2", "d1", "e1"]
        visits = {name: asyncio.create_task(visit(name)) for name in names}
        sent_away = ["a5", "a4", "a6", "b2", "a3", "e1"]
        outcome = [await asyncio.wait_for(visits[name], 5) for name in sent_away]
        go_on.set()
        await asyncio.gather(*visits.values())
        return outcome

    # a5, a4 and a3 made room for b1, c1 and d1; the others would have had as many as anybody.
    assert run(crowd()) == ["busy"] * 6
    assert served == ["a1", "a2", "b1", "c1", "d1"]


def test_who_leaves_with_the_place_that_he_has_just_been_given_hands_it_on():
    async def crowd():
        limiter, leave = ConcurrencyLimiter(at_once=1, in_line=2), asyncio.Event()

        async def visit() -> None:
            async with limiter.slot(leave.wait, "home"):
                pass

        async with limiter.slot(asyncio.Event().wait, "home"):
            visits = [asyncio.create_task(visit()) for _ in range(2)]
            await asyncio.sleep(0)
            leave.set()
        left = await asyncio.gather(*visits, return_exceptions=True)
        async with asyncio.timeout(5), limiter.slot(asyncio.Event().wait, "home"):
            return left

    assert [type(each) for each in run(crowd())] == [ClientDisconnect] * 2


def test_an_allowance_is_for_its_span_only():
    seconds = [0.0]
    allowance = ByteQuota(10, 60.0, lambda: seconds[0])
    assert not allowance.is_spent()
    allowance.take(9)
    assert not allowance.is_spent()
    allowance.take(9)
    assert allowance.is_spent()
    seconds[0] = 60.0
    assert not allowance.is_spent()
