"""Few at once, a short line of those who wait, and an allowance for a span of time."""

import asyncio

from asgi import run
from starlette.requests import ClientDisconnect

from cnn.page.allowance import Allowance
from cnn.page.refusal import Refusal
from cnn.page.turnstile import Turnstile


def test_few_are_let_through_at_once_and_who_left_the_line_is_passed_over():
    served, at_once = [], []

    async def crowd():
        turnstile, inside, go_on = Turnstile(at_once=2, in_line=2), 0, asyncio.Event()
        leave = asyncio.Event()

        async def visit(name: str, leaves: bool = False) -> str:
            nonlocal inside

            async def receive():
                await (leave if leaves else asyncio.Event()).wait()
                return {"type": "http.disconnect"}

            try:
                async with turnstile.place(receive):
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


def test_an_allowance_is_for_its_span_only():
    seconds = [0.0]
    allowance = Allowance(10, 60.0, lambda: seconds[0])
    assert not allowance.is_spent()
    allowance.take(9)
    assert not allowance.is_spent()
    allowance.take(9)
    assert allowance.is_spent()
    seconds[0] = 60.0
    assert not allowance.is_spent()
