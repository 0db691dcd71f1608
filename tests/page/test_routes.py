"""Only what is needed has a door, and what goes wrong behind it is a sentence and a log."""

import asyncio
import contextlib
import gc
import threading
import weakref

import numpy as np
import pytest
from asgi import run, sent
from starlette.concurrency import run_in_threadpool

from cnn.page.errors import Refusal
from cnn.page.routes import RouteAllowlist, allowed_route

PATIENCE_S = 30


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
    assert (allowed_route(method, path) is not None) == is_there


async def broken(scope, receive, send):
    raise ZeroDivisionError("our own bug")


def ask(app, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    """Status and body that the app answers."""
    messages = []

    async def send(message):
        messages.append(message)

    async def asked():
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": []}
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(app(scope, sent(body), send), 5)

    run(asked())
    start, end = messages
    return start["status"], end["body"]


def test_a_bug_of_ours_is_a_server_error_and_logged(caplog):
    status, body = ask(RouteAllowlist(broken), "GET", "/")
    assert status == 500
    assert b"server_error" in body
    assert "our own bug" in caplog.text


def test_a_picture_that_is_refused_is_let_go_at_once_and_not_at_some_garbage_collection():
    gone = threading.Event()

    def read(picture: np.ndarray) -> None:
        raise Refusal("nothing_drawn")

    async def app(scope, receive, send):
        picture = np.zeros((1000, 1000), np.uint8)
        weakref.finalize(picture, gone.set)
        await run_in_threadpool(read, picture)

    gc.disable()
    try:
        assert ask(RouteAllowlist(app), "POST", "/site/picture", b"{}")[0] == 400
        assert gone.wait(PATIENCE_S)  # the thread that read it may be the last to let go
    finally:
        gc.enable()


CALLS = "run/predict", "call/predict", "call/v2/predict", "queue/join", "cancel", "reset"


@pytest.mark.parametrize("road", CALLS)
@pytest.mark.parametrize("value", [b"NaN", b"Infinity", b"-Infinity", b"1e999", rb'"\ud800"'])
def test_what_is_no_json_gets_a_sentence_one_line_in_the_log_and_never_in(caplog, road, value):
    for body in (b'{"data": [%s]}' % value, b'{"image": {"url": %s}}' % value, b'{"%s": 1' % value):
        caplog.clear()
        status, answer = ask(RouteAllowlist(broken), "POST", f"/gradio_api/{road}", body)
        assert (status, b"Send JSON" in answer) == (400, True)
        [record] = caplog.records
        assert "\n" not in record.getMessage()
        assert not record.exc_info
