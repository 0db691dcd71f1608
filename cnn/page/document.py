"""Gradio's HTML document, with the page's own head instead of Gradio's preview card, compressed.

Gradio's `head=` is put into the document by its JavaScript, too late for previews, for the first
paint and for fetching the page's modules while Gradio itself still loads.
"""

import gzip
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cnn.page.bundle import MODULE, SERVER, STYLES
from cnn.page.headers import policy_for
from cnn.page.site import PREVIEW, head

GZIP_LEVEL = 6
SITE = "site/"  # where `route` of bundle.py serves the page's files, beside the document

# Gradio names itself in these, and its manifest forgets a path prefix: the page has none.
GRADIOS_HEAD = re.compile(
    rb'<(?:meta\s+(?:property="og:|name="twitter:)|link\s+rel="manifest")[^>]*>\s*'
)
# The document names its own address in Gradio's configuration, as people reach it.
ROOT = re.compile(rb'"root":\s*"(https?://[^"]*)"')


class DocumentMiddleware:
    """ASGI middleware: a text/html answer gets the page's head; all others pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        zipped = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        await self.app(scope, receive, _rewriting(send, zipped))


def _rewriting(send: Send, zipped: bool) -> Send:
    """A `send` that holds an HTML answer back until it is whole, then sends the page's version."""
    start: Message | None = None
    body = b""

    async def rewriting_send(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            if not Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                return await send(message)
            start = message
        elif start is None or message["type"] != "http.response.body":
            await send(message)
        else:
            body += message.get("body", b"")
            if not message.get("more_body", False):
                await _send_document(send, start, with_head(body), zipped)

    return rewriting_send


async def _send_document(send: Send, start: Message, body: bytes, zipped: bool) -> None:
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["Content-Security-Policy"] = policy_for(body)
    headers.add_vary_header("Accept-Encoding")
    if zipped:
        body = gzip.compress(body, GZIP_LEVEL)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})


def with_head(document: bytes) -> bytes:
    """Gradio's document with the page's own head, bytes in and out; others stay as they are."""
    if b"<gradio-app" not in document:
        return document
    root = ROOT.search(document)
    preview = f"{root[1].decode()}/{SITE}{PREVIEW}" if root else f"{SITE}{PREVIEW}"
    ours = head(SITE, preview, [STYLES], [MODULE, SERVER]).encode()
    document = GRADIOS_HEAD.sub(b"", document)
    # After the viewport, which stays Gradio's, and after <base>, against which links resolve.
    return re.sub(rb"<base [^>]*>", lambda found: found[0] + b"\n" + ours, document, count=1)
