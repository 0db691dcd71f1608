"""Gradio's HTML document, with the page's own head instead of Gradio's preview card, compressed.

Gradio's `head=` is put into the document by its JavaScript, too late for previews, for the first
paint and for fetching the page's modules while Gradio itself still loads.
"""

import gzip
import json
import re
from collections.abc import Sequence

import gradio as gr
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cnn.page.bundle import MODULE, SERVER, STYLES
from cnn.page.hosts import policy_for
from cnn.page.html import PREVIEW, head, page_html

GZIP_LEVEL = 6
SITE = "site/"  # where `route` of bundle.py serves the page's files, beside the document

# Gradio names itself in these, and its manifest ignores a path prefix: the page leaves them out.
GRADIOS_HEAD = re.compile(
    rb'<(?:meta\s+(?:property="og:|name="twitter:)|link\s+rel="manifest")[^>]*>\s*'
)
# Gradio's configuration in the document has the document's own address, as people reach it.
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


# The page as a Gradio component.
# The document's head names the module, at the address where it lies under any prefix.
# A page that embeds ours as <gradio-app> has no such head, and our styles would apply to it, too:
# HOSTING.md says to embed ours as an iframe.
#
# The page moves out of Gradio's container: Gradio's styles apply to whatever is in there, and would
# turn our boxes into empty squares without a focus ring.
ON_LOAD = """
    const module = document.querySelector('link[rel="modulepreload"][href$="browser/page.js"]');
    if (!module) throw new Error("This page is made to be embedded as an iframe.");
    const functions = new URL("shared/server.js", module.href);
    const main = document.createElement("main");
    main.append(element.querySelector(".page"));
    document.body.prepend(main);
    Promise.all([import(module.href), import(functions)]).then(([{ mount }, { connect }]) =>
        mount(main, { server: connect(OFFERS, KEEPS_AT) }));
"""


class DrawingPage(gr.HTML):
    """The whole page.

    offers: the functions that the server has for it, name -> address. keeps_at: the hosts at which
    it keeps corrections; None: wherever it is opened. classes: the network's.
    """

    def __init__(
        self, offers: dict[str, str], keeps_at: Sequence[str] | None, classes: Sequence[str]
    ) -> None:
        on_load = ON_LOAD.replace("OFFERS", json.dumps(offers))
        super().__init__(
            html_template=page_html(classes),
            js_on_load=on_load.replace("KEEPS_AT", json.dumps(keeps_at)),
            apply_default_css=False,
        )
