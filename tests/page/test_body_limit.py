"""Bodies in bounds: size, time, and all of them together; the line of those who wait."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import ClientDisconnect

from cnn.page.allowance import Allowance
from cnn.page.body_limit import Bodies
from cnn.page.calls import checked_call
from cnn.page.doors import Doors, door_of
from cnn.page.refusal import Refusal
from cnn.page.turnstile import Turnstile


def run(coroutine):
    """What the coroutine gives; playwright has a loop running in the tests' own thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def sent(*chunks: bytes, ends: bool = True):
    """A `receive` that gives the chunks, and then waits for ever, or says that this was all."""
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    if ends:
        messages[-1]["more_body"] = False

    async def receive():
        return messages.pop(0) if messages else await asyncio.Event().wait()

    return receive


async def whole(bodies: Bodies, receive, limit: int = 100) -> tuple[bytes, int]:
    """The body, and how much was held with it."""
    async with bodies.body(receive, limit) as body:
        return body, bodies.held


def test_a_body_within_its_limit_arrives_whole_and_is_let_go():
    bodies = Bodies()
    assert run(whole(bodies, sent(b"ab", b"", b"c"), limit=3)) == (b"abc", 3)
    assert bodies.held == 0


def test_a_body_that_is_just_being_given_up_is_not_given_up_again():
    bodies = Bodies(most=3)

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
        (Bodies(), sent(b"ab", b"cd"), "too_large"),
        (Bodies(arrival_s=0.01), sent(b"ab", ends=False), "too_slow"),
        (Bodies(most=3), sent(b"ab", b"cd", b"e"), "busy"),
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

    bodies = Bodies()
    with pytest.raises(ClientDisconnect):
        run(whole(bodies, gone))
    assert bodies.held == 0


def test_where_there_is_no_room_the_body_that_began_first_makes_way():
    async def two():
        bodies = Bodies(most=10)
        slow = asyncio.create_task(whole(bodies, sent(b"12345678", ends=False)))
        await asyncio.sleep(0)
        quick = await whole(bodies, sent(b"abcdef"))
        with pytest.raises(Refusal) as refused:
            await slow
        return quick[0], refused.value.name, bodies.held

    assert run(two()) == (b"abcdef", "too_slow", 0)


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


@pytest.mark.parametrize(
    ("method", "path", "is_there"),
    [
        ("GET", "/", True),
        ("HEAD", "/", True),
        ("GET", "/site/browser/page.js", True),
        ("POST", "/site/picture", True),
        ("POST", "/gradio_api/queue/join", True),
        ("POST", "/gradio_api/queue/join?", False),
        ("POST", "/", False),
        ("GET", "/gradio_api/run/predict", False),
        ("GET", "/gradio_api/file=/tmp/x", False),
        ("GET", "//etc/passwd", False),
        ("GET", "/config\n", False),
        ("TRACE", "/", False),
    ],
)
def test_only_what_is_needed_has_a_door(method, path, is_there):
    assert (door_of(method, path) is not None) == is_there


def test_what_gradios_own_clients_send_is_a_call():
    checked_call(
        b'{"data":[{"path":"/tmp/gradio/0/7.png","url":null,"orig_name":"7.png",'
        b'"meta":{"_type":"gradio.FileData"}}],"fn_index":0,"session_hash":"8f-3_a",'
        b'"event_data":null,"trigger_id":null}'
    )


def test_a_bug_of_ours_is_a_server_error_and_logged(caplog):
    async def broken(scope, receive, send):
        raise ZeroDivisionError("our own bug")

    async def ask():
        messages = []

        async def send(message):
            messages.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(Doors(broken)(scope, sent(b""), send), 5)
        return messages

    start, end = run(ask())
    assert start["status"] == 500
    assert b"server_error" in end["body"]
    assert "our own bug" in caplog.text
