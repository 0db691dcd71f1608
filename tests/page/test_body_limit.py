"""A failure of ours is said to be ours and logged; what Gradio can't parse is the client's."""

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from cnn.page.body_limit import BodyLimitMiddleware, ServerFunctionError
from cnn.page.component import _server_function

SERVER_FUNCTION = "/gradio_api/component_server/"


def answer_of(app, path: str = SERVER_FUNCTION) -> tuple[int, dict]:
    """What the middleware answers to an empty POST around this app: status and JSON."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path}
    with ThreadPoolExecutor(1) as pool:  # playwright has a loop running in this thread
        pool.submit(lambda: asyncio.run(BodyLimitMiddleware(app)(scope, receive, send))).result()
    return sent[0]["status"], json.loads(sent[1]["body"])


def failing(error: Exception):
    async def app(scope, receive, send):
        raise error

    return app


@pytest.mark.parametrize("kind", [ValueError, KeyError, TypeError, RecursionError])
def test_what_gradio_cannot_understand_is_no_request_of_the_page(kind, caplog):
    status, answer = answer_of(failing(kind("what Gradio said")))
    assert (status, answer["error"]) == (400, "bad_request")
    assert not caplog.records


@pytest.mark.parametrize("kind", [ValueError, KeyError, TypeError, ZeroDivisionError])
def test_a_bug_of_ours_is_a_server_error_and_logged_whatever_it_raises(kind, caplog):
    def predict(_):
        raise kind("our own bug")

    async def app(scope, receive, send):
        _server_function(predict)(None)

    with caplog.at_level(logging.ERROR):
        status, answer = answer_of(app)
    assert (status, answer["error"]) == (500, "server_error")
    assert "our own bug" in caplog.text


def test_a_server_function_gives_what_it_gave_and_keeps_its_name():
    def double(payload):
        return 2 * payload

    assert _server_function(double)(3) == 6
    assert _server_function(double).__name__ == "double"
    assert _server_function(len)([1, 2]) == 2


def test_a_failure_names_the_function_that_failed():
    def predict(_):
        raise ValueError("no")

    with pytest.raises(ServerFunctionError, match="predict failed"):
        _server_function(predict)(None)
