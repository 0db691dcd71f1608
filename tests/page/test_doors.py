"""Only what is needed has a door, and what goes wrong behind it is a sentence and a log."""

import asyncio
import contextlib

import pytest
from asgi import run, sent

from cnn.page.calls import checked_call
from cnn.page.doors import Doors, door_of


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
