"""The size of a request, bounded before anything parses it; an answer in words when it fails.

Gradio's `max_file_size` covers uploads only: not the JSON of an event, not a server function.
"""

import json
import logging

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SERVER_FUNCTION_BYTES = 768 * 1024  # the longest drawing is 300 kB of JSON, a picture 700 kB
BODY_BYTES = 12 * 1024 * 1024  # all else: a photograph of 8 MB as base64 is the largest
DRAIN_BYTES = 64 * 1024 * 1024  # of a refused body, thrown away so that the sender hears the answer

log = logging.getLogger(__name__)


class BodyTooLargeError(Exception):
    """The body is longer than its limit."""


class ServerFunctionError(Exception):
    """A server function of the page failed: a bug of ours, whatever the client sent."""


class BodyLimitMiddleware:
    """ASGI middleware: 413 for a body over its limit, 400 or 500 with a sentence for a failure.

    400 where Gradio could not make sense of a call to a server function; 500, logged, for all that
    failed on our side.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            return await self.app(scope, receive, send)
        server_function = "/component_server" in scope["path"]
        limit = SERVER_FUNCTION_BYTES if server_function else BODY_BYTES
        started = False

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            body = await _body(receive, limit)
            await self.app(scope, _once(body, receive), noting_send)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:
            if started:
                raise
            await _refuse(send, error, server_function, limit)


async def _body(receive: Receive, limit: int) -> bytes:
    """The whole body; BodyTooLargeError once it has all been sent, or DRAIN_BYTES of it.

    To answer while the sender still sends would reset the connection, answer and all.
    """
    chunks, received, more = [], 0, True
    while more and received < DRAIN_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk = message.get("body", b"")
        received += len(chunk)
        if received <= limit:
            chunks.append(chunk)
        more = message.get("more_body", False)
    if received > limit:
        raise BodyTooLargeError
    return b"".join(chunks)


def _once(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body first, and then what comes after it."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_body_first() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_body_first


async def _refuse(send: Send, error: Exception, server_function: bool, limit: int) -> None:
    if isinstance(error, BodyTooLargeError):
        status, name = 413, "too_large"
        detail = f"At most {limit // 1024:,} kB a request: send a smaller drawing."
    elif server_function and isinstance(error, ValueError | KeyError | TypeError | RecursionError):
        status, name = 400, "bad_request"
        detail = "This is no request that the page makes: reload the page and draw again."
    else:
        log.exception("a request failed", exc_info=error)
        status, name = 500, "server_error"
        detail = "Something broke on the server. Please try again."
    body = json.dumps({"error": name, "detail": detail}).encode()
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
