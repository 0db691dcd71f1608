"""Which requests come in: the routes that the page, /predict and its clients need, and no others.

Gradio has some sixty routes; most of them serve what this page does not have.
"""

import logging
import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cnn.page.allowance import Allowance
from cnn.page.body_limit import Bodies, drain, replayed
from cnn.page.calls import (
    ID,
    IDS,
    NAMES_BYTES,
    checked_call,
    checked_ids,
    checked_named_call,
)
from cnn.page.connections import home_of
from cnn.page.hosts import path_of
from cnn.page.payload import PayloadError
from cnn.page.refusal import Refusal, forget_frames, send_refusal
from cnn.page.turnstile import Turnstile
from cnn.page.uploads import naming_uploads, room_for

log = logging.getLogger(__name__)

PICTURE_BYTES = (
    720_000  # JSON with a data URL of 700,000 characters: drawing.js sends no longer one
)
CORRECTION_BYTES = 300_000  # the longest drawing
CALL_BYTES = 2_000_000  # a picture as a data URL; larger ones are uploaded
UPLOAD_BYTES = 13_000_000  # Gradio's own limit for the file is 12 MB
URL_BYTES = 2_000  # of path and query: a Space's signed address has some hundreds

# Uploads lie on the disk until Gradio deletes them, after KEPT_S: no more than these meanwhile.
KEPT_BYTES = 512_000_000
KEPT_S = 600.0


class Door(NamedTuple):
    """most: bytes of the body; checked: what goes in of it; heavy: it decodes a picture.

    query: what is asked besides, wherever the caller does not ask otherwise.

    What is heavy waits in its door's own line, where each home has its turn: programs that fill
    theirs keep no reader out.
    """

    methods: str
    path: re.Pattern
    most: int = 0
    checked: Callable[[bytes], bytes] | None = None
    is_heavy: bool = False
    is_upload: bool = False
    query: bytes = b""


def _door(methods: str, path: str, **properties: object) -> Door:
    return Door(methods, re.compile(path), **properties)


DOORS = (
    _door("GET HEAD", r"/|/(config|theme\.css|favicon\.ico|robots\.txt)/?"),
    _door("GET HEAD", r"/(assets|static|site/(browser|weights))/.+"),
    _door("GET", r"/gradio_api/(app_id|openapi\.json|startup-events)/?"),
    # With no page named, Gradio keeps for all what it told the first, with the Host that he named.
    _door("GET", "/gradio_api/info/?", query=b"page=&"),
    _door("GET", rf"/gradio_api/(queue/(data|status)|heartbeat/{ID})"),
    _door("GET", rf"/gradio_api/call/(v2/)?predict/{ID}"),
    _door("POST", "/site/mnist", most=NAMES_BYTES),
    _door("POST", "/site/picture", most=PICTURE_BYTES, is_heavy=True),
    _door("POST", "/site/correction", most=CORRECTION_BYTES),
    _door("POST", "/gradio_api/upload/?", most=UPLOAD_BYTES, is_upload=True),
    _door("POST", "/gradio_api/run/predict", most=CALL_BYTES, checked=checked_call, is_heavy=True),
    _door("POST", "/gradio_api/(call/predict|queue/join)/?", most=CALL_BYTES, checked=checked_call),
    _door("POST", "/gradio_api/call/v2/predict/?", most=CALL_BYTES, checked=checked_named_call),
    _door("POST", "/gradio_api/(cancel|reset)/?", most=NAMES_BYTES, checked=checked_ids),
    # Where it is on; GET gets 405, by which clients learn that nothing is streamed.
    _door("GET", "/gradio_api/mcp((/http)?/?|/schema)"),
    _door("POST", "/gradio_api/mcp(/http)?/?", most=CALL_BYTES, is_heavy=True),
)


def door_of(method: str, path: str) -> Door | None:
    """The door for this path, without any prefix of the server's; None: there is none."""
    for door in DOORS:
        if method in door.methods.split() and door.path.fullmatch(path):
            return door
    return None


class Doors:
    """ASGI middleware: what has no door gets 404, a body over its door's limit 413, and so on.

    What fails inside is logged, and answered in words.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.bodies = Bodies()
        self.turnstiles = {door: Turnstile() for door in DOORS if door.is_heavy}
        self.uploads = Allowance(KEPT_BYTES, KEPT_S)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            return await self.app(scope, receive, send)
        started = is_whole = False

        async def noting_receive() -> Message:
            nonlocal is_whole
            message = await receive()
            is_whole = is_whole or not message.get("more_body", False)
            return message

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._admit(scope, noting_receive, noting_send)
        except ClientDisconnect:
            return  # nobody is left to answer
        except (Refusal, PayloadError) as refusal:
            forget_frames(refusal)
            await send_refusal(send, refusal, last=is_whole)
            if not is_whole:
                await drain(receive)
                await send({"type": "http.response.body", "body": b""})
        except Exception as error:
            if started and isinstance(error.__cause__, HTTPException):
                # Gradio's event stream: the client has already been told that there is no such call
                return await send({"type": "http.response.body", "body": b""})
            if started:
                raise
            log.exception("a request failed", exc_info=error)
            await send_refusal(send, Refusal("server_error"))

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or raise Refusal before anything has been sent."""
        door = _checked_door(scope)
        # Our files are small; and Starlette fails on a range that makes no sense.
        headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
        scope = scope | {"headers": headers, "query_string": door.query + scope["query_string"]}
        if not door.most:
            return await self.app(scope, receive, send)
        if door.is_upload and self.uploads.is_spent():
            raise Refusal("busy")
        async with self.bodies.body(receive, door.most) as body:
            if door.checked:
                body = _checked(door, body)
            if door.is_upload:
                self.uploads.take(room_for(Headers(scope=scope).get("content-type", ""), body))
                send = naming_uploads(send)
            if not door.is_heavy:
                return await self.app(scope, replayed(body, receive), send)
            async with self.turnstiles[door].place(receive, _home(scope)):
                await self.app(scope, replayed(body, receive), send)


def _checked(door: Door, body: bytes) -> bytes:
    """What goes in of a call; one line in the log where nothing does."""
    try:
        return door.checked(body)
    except Refusal as refusal:
        log.warning("a call was refused, %d bytes: %s", len(body), refusal.name)
        raise


def _home(scope: Scope) -> str:
    """Whose request it is, as far as the address says."""
    address, _ = scope.get("client") or ("", 0)
    return home_of(address)


def _checked_door(scope: Scope) -> Door:
    """The door of a request whose address and announced length are within bounds."""
    query = scope.get("query_string", b"")
    if len(scope["path"]) + len(query) > URL_BYTES:
        raise Refusal("uri_too_long")
    door = door_of(scope["method"], path_of(scope))
    if door is None:
        raise Refusal("not_found")
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in IDS and not re.fullmatch(ID, value):
            raise Refusal("bad_request")
    length = Headers(scope=scope).get("content-length", "0")
    if not re.fullmatch(r"\d{1,9}", length) or int(length) > door.most:
        raise Refusal("too_large", f"At most {door.most // 1000:,} kB are taken here.")
    return door
