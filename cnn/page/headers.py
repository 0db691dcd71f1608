"""What the browser is told to keep to: headers of every answer, and the document's policy.

Framing stays possible, for Spaces and blogs; a page that another site frames keeps no corrections
(browser/shared/server.js).
"""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# Gradio's scripts compile the component's template and its js_on_load (unsafe-eval), and its
# components style themselves (unsafe-inline). No script stands in the document but those whose
# hashes are named, and nothing is loaded from or sent to any other host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{hashes}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class HeadersMiddleware:
    """ASGI middleware: every answer gets HEADERS.

    What says neither how long it may be kept nor how to ask whether it is the newest is kept by
    nobody: the document, for one, names the address at which this one reader asked for it.
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
