"""Which requests are let in: the routes that the page, /predict and its clients need, no others.

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

from cnn.constants import CONSTANTS
from cnn.page.api import (
    ID,
    IDS,
    NAMES_BYTES,
    checked_call,
    checked_ids,
    checked_named_call,
)
from cnn.page.connections import home_of
from cnn.page.errors import Refusal, forget_frames, send_refusal
from cnn.page.hosts import path_of
from cnn.page.limits import BodyLimit, ByteQuota, ConcurrencyLimiter, drain, replayed
from cnn.page.uploads import naming_uploads, room_for

log = logging.getLogger(__name__)

PICTURE_BYTES = CONSTANTS["picture"]["MAX_URL"] + 20_000  # JSON with the page's longest data URL
CORRECTION_BYTES = 300_000  # the longest drawing
CALL_BYTES = 2_000_000  # a picture as a data URL; larger ones are uploaded
UPLOAD_BYTES = 13_000_000  # Gradio's own limit for the file is 12 MB
URL_BYTES = 2_000  # of path and query: a Space's signed address has some hundreds

# Uploads stay on the disk until Gradio deletes them, after KEPT_S: at most KEPT_BYTES meanwhile.
KEPT_BYTES = 512_000_000
KEPT_S = 600.0


class AllowedRoute(NamedTuple):
    """most: bytes of the body; checked: what of it is let in; is_heavy: it decodes a picture.

    query: parameters that are added, unless the caller gives them.

    Heavy requests wait in their route's own line, where the homes take turns: programs that fill
    the lines of their routes keep no reader of the page out.
    """

    methods: str
    path: re.Pattern
    most: int = 0
    checked: Callable[[bytes], bytes] | None = None
    is_heavy: bool = False
    is_upload: bool = False
    query: bytes = b""


def _route(methods: str, path: str, **properties: object) -> AllowedRoute:
    return AllowedRoute(methods, re.compile(path), **properties)


ALLOWED = (
    _route("GET HEAD", r"/|/(config|theme\.css|favicon\.ico|robots\.txt)/?"),
    _route("GET HEAD", r"/(assets|static|site/(browser|weights))/.+"),
    _route("GET", r"/gradio_api/(app_id|openapi\.json|startup-events)/?"),
    # Without a "page", Gradio keeps for everyone what it told the first caller, with their Host.
    _route("GET", "/gradio_api/info/?", query=b"page=&"),
    _route("GET", rf"/gradio_api/(queue/(data|status)|heartbeat/{ID})"),
    _route("GET", rf"/gradio_api/call/(v2/)?predict/{ID}"),
    _route("POST", "/site/mnist", most=NAMES_BYTES),
    _route("POST", "/site/picture", most=PICTURE_BYTES, is_heavy=True),
    _route("POST", "/site/correction", most=CORRECTION_BYTES),
    _route("POST", "/gradio_api/upload/?", most=UPLOAD_BYTES, is_upload=True),
    _route("POST", "/gradio_api/run/predict", most=CALL_BYTES, checked=checked_call, is_heavy=True),
    _route("POST", "/gradio_api/call/predict/?", most=CALL_BYTES, checked=checked_call),
    _route("POST", "/gradio_api/queue/join/?", most=CALL_BYTES, checked=checked_call),
    _route("POST", "/gradio_api/call/v2/predict/?", most=CALL_BYTES, checked=checked_named_call),
    _route("POST", "/gradio_api/(cancel|reset)/?", most=NAMES_BYTES, checked=checked_ids),
    # If MCP is on; a GET gets 405, from which clients learn that nothing is streamed.
    _route("GET", "/gradio_api/mcp((/http)?/?|/schema)"),
    _route("POST", "/gradio_api/mcp(/http)?/?", most=CALL_BYTES, is_heavy=True),
)


def allowed_route(method: str, path: str) -> AllowedRoute | None:
    """The route of this path, given without any prefix of the server's; None if there is none."""
    for route in ALLOWED:
        if method in route.methods.split() and route.path.fullmatch(path):
            return route
    return None


class RouteAllowlist:
    """ASGI middleware: what matches no route gets 404, a body over its limit 413, and so on.

    What fails further inside is logged, and answered with a sentence.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.bodies = BodyLimit()
        self.limiters = {route: ConcurrencyLimiter() for route in ALLOWED if route.is_heavy}
        self.uploads = ByteQuota(KEPT_BYTES, KEPT_S)

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
        except Refusal as refusal:
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
        route = _route_for(scope)
        # Our files are small; and Starlette fails on a range that makes no sense.
        headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
        scope = scope | {"headers": headers, "query_string": route.query + scope["query_string"]}
        if not route.most:
            return await self.app(scope, receive, send)
        if route.is_upload and self.uploads.is_spent():
            raise Refusal("busy")
        async with self.bodies.body(receive, route.most) as body:
            if route.checked:
                body = _checked(route, body)
            if route.is_upload:
                self.uploads.take(room_for(Headers(scope=scope).get("content-type", ""), body))
                send = naming_uploads(send)
            if not route.is_heavy:
                return await self.app(scope, replayed(body, receive), send)
            async with self.limiters[route].slot(receive, _home(scope)):
                await self.app(scope, replayed(body, receive), send)


def _checked(route: AllowedRoute, body: bytes) -> bytes:
    """What is let in of a call; one line in the log if nothing is."""
    try:
        return route.checked(body)
    except Refusal as refusal:
        log.warning("a call was refused, %d bytes: %s", len(body), refusal.name)
        raise


def _home(scope: Scope) -> str:
    """Whose request it is, as far as the address says."""
    address, _ = scope.get("client") or ("", 0)
    return home_of(address)


def _route_for(scope: Scope) -> AllowedRoute:
    """The route of a request whose address and announced length are within bounds."""
    query = scope.get("query_string", b"")
    if len(scope["path"]) + len(query) > URL_BYTES:
        raise Refusal("uri_too_long")
    route = allowed_route(scope["method"], path_of(scope))
    if route is None:
        raise Refusal("not_found")
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in IDS and not re.fullmatch(ID, value):
            raise Refusal("bad_request")
    length = Headers(scope=scope).get("content-length", "0")
    if not re.fullmatch(r"\d{1,9}", length) or int(length) > route.most:
        raise Refusal("too_large", kilobytes=route.most // 1000)
    return route
