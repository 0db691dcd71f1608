"""At which address the page is requested, and by whom: which headers are believed about that.

Gradio believes anyone who names another host, and says yes to any website that asks whether it may
send such headers here. A proxy set up as in HOSTING.md passes on Host as it came; what it says
about https and client addresses is believed by uvicorn, if FORWARDED_ALLOW_IPS names that proxy (as
it does 127.0.0.1).
"""

import base64
import hashlib
import os
import re

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cnn.page.errors import Refusal, send_refusal

FORWARDED = "x-forwarded-host", "x-forwarded-proto", "x-gradio-server"

# A Space can be reached only through its platform's proxies.
ON_SPACE = bool(os.environ.get("SPACE_ID"))
if ON_SPACE:
    os.environ.setdefault("FORWARDED_ALLOW_IPS", "*")


class Hosts:
    """ASGI middleware: only Host is believed, and no other website may send the page's requests.

    Nothing behind it sees the headers FORWARDED.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["method"] == "OPTIONS" and path_of(scope).startswith("/site/"):
            return await send_refusal(send, Refusal("elsewhere"))
        headers = MutableHeaders(raw=list(scope["headers"]))
        if ON_SPACE and (host := headers.get("x-forwarded-host", "").partition(",")[0].strip()):
            headers["host"] = host
        for name in FORWARDED:
            del headers[name]
        await self.app(scope | {"headers": headers.raw}, receive, send)


def put_hosts_first(app: Starlette) -> None:
    """Put Hosts before Gradio's own middleware, which comes before any that Gradio is given."""
    app.middleware_stack = Hosts(app.middleware_stack)


def path_of(scope: Scope) -> str:
    """The request's path without the prefix under which the page is served."""
    path, root = scope["path"], scope.get("root_path", "").rstrip("/")
    if root and path.startswith(root) and path[len(root) : len(root) + 1] in ("", "/"):
        return path[len(root) :] or "/"
    return path


# What the browser is told to enforce: headers of every answer, and the document's policy.
# Framing stays possible, for Spaces and blogs; a page that another site frames keeps no corrections
# (browser/shared/server.js).

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# Gradio's scripts compile the component's template and its js_on_load (unsafe-eval), and its
# components style themselves (unsafe-inline). No inline scripts run but those whose hashes are
# listed, and nothing is loaded from or sent to any other host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{hashes}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class HeadersMiddleware:
    """ASGI middleware: every answer gets HEADERS.

    An answer that says neither how long it may be cached nor how to check that it is the newest
    must not be cached: the document, for one, names the address at which this one reader asked for
    it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": list(message.get("headers", []))}
                headers = MutableHeaders(raw=message["headers"])
                headers.update(HEADERS)
                if "etag" not in headers:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


def policy_for(document: bytes) -> str:
    """The content security policy of this HTML document, with the hashes of its inline scripts."""
    digests = (hashlib.sha256(script).digest() for script in INLINE_SCRIPT.findall(document))
    hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return POLICY.format(hashes=hashes)
