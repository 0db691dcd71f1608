"""At which address the page is asked for, and by whom: what headers may say of it.

Gradio believes whoever names another host, and says yes to any website that asks whether it may
send such headers here. A proxy as in the README hands the Host on as it came, and what it says of
https and of addresses uvicorn believes, where FORWARDED_ALLOW_IPS names it (as it does 127.0.0.1).
"""

import os

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from cnn.page.refusal import Refusal, send_refusal

FORWARDED = "x-forwarded-host", "x-forwarded-proto", "x-gradio-server"

# A Space is reached through its platform's proxies alone.
ON_SPACE = bool(os.environ.get("SPACE_ID"))
if ON_SPACE:
    os.environ.setdefault("FORWARDED_ALLOW_IPS", "*")


class Hosts:
    """ASGI middleware: Host is what is believed, and no other website may send the page's requests.

    Nothing behind it sees FORWARDED.
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
    """Put Hosts before Gradio's own middleware, which stands before all that Gradio is given."""
    app.middleware_stack = Hosts(app.middleware_stack)


def path_of(scope: Scope) -> str:
    """The request's path without the prefix under which the page is served."""
    path, root = scope["path"], scope.get("root_path", "").rstrip("/")
    if root and path.startswith(root) and path[len(root) : len(root) + 1] in ("", "/"):
        return path[len(root) :] or "/"
    return path
