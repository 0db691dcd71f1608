"""BodyLimit in bounds: size, time, and all of them together."""

import asyncio

import pytest
from asgi import run, sent
from starlette.requests import ClientDisconnect

from cnn.page.errors import Refusal
from cnn.page.limits import BodyLimit


async def whole(bodies: BodyLimit, receive, limit: int = 100) -> tuple[bytes, int]:
    """The body, and how much was held with it."""
    async with bodies.body(receive, limit) as body:
        return body, bodies.held


def test_a_body_within_its_limit_arrives_whole_and_is_let_go():
    bodies = BodyLimit()
    assert run(whole(bodies, sent(b"ab", b"", b"c"), limit=3)) == (b"abc", 3)
    assert bodies.held == 0


def test_a_body_that_is_just_being_given_up_is_not_given_up_again():
    bodies = BodyLimit(most=3)

    def after(turns: int):
        async def receive():
            for _ in range(turns):
                await asyncio.sleep(0)
            return {"type": "http.request", "body": b"cd", "more_body": False}

        return receive

    async def crowd():
        oldest = asyncio.create_task(whole(bodies, sent(b"ab", ends=False)))
        await asyncio.sleep(0)
        later = (whole(bodies, after(turns)) for turns in range(4))
        return await asyncio.gather(oldest, *later, return_exceptions=True)

    given_up, *others = run(crowd())
    assert given_up.name == "too_slow"
    assert [body for body, _ in others] == [b"cd"] * 4


@pytest.mark.parametrize(
    ("bodies", "receive", "name"),
    [
        (BodyLimit(), sent(b"ab", b"cd"), "too_large"),
        (BodyLimit(arrival_s=0.01), sent(b"ab", ends=False), "too_slow"),
        (BodyLimit(most=3), sent(b"ab", b"cd", b"e"), "busy"),
    ],
)
def test_what_is_refused_is_let_go(bodies, receive, name):
    limit = 3 if name == "too_large" else 100
    with pytest.raises(Refusal) as refused:
        run(whole(bodies, receive, limit))
    assert refused.value.name == name
    assert bodies.held == 0


def test_who_leaves_is_let_go():
    async def gone():
        return {"type": "http.disconnect"}

    bodies = BodyLimit()
    with pytest.raises(ClientDisconnect):
        run(whole(bodies, gone))
    assert bodies.held == 0


def test_where_there_is_no_room_the_body_that_began_first_makes_way():
    async def two():
        bodies = BodyLimit(most=10)
        slow = asyncio.create_task(whole(bodies, sent(b"12345678", ends=False)))
        await asyncio.sleep(0)
        quick = await whole(bodies, sent(b"abcdef"))
        with pytest.raises(Refusal) as refused:
            await slow
        return quick[0], refused.value.name, bodies.held

    assert run(two()) == (b"abcdef", "too_slow", 0)
