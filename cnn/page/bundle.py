"""The page's files as every host sends them: its modules as one, its styles as one, the weights."""

import functools
import hashlib
import mimetypes

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cnn.model import WEIGHTS
from cnn.page.joined import compact, joined, joined_styles
from cnn.page.site import BROWSER, files_of

STYLES, MODULE = "page.css", "page.js"  # in browser/
SERVER = "shared/server.js"  # in browser/: how the page asks a server; other hosts have none
# What the lesson fetches when it is opened, and when a step of it asks for more.
LATER_STYLES = "lesson/lesson.css"
LATER_WEIGHTS = "mlp.safetensors", "convnet.history.safetensors", "shifts.json"
PICTURES = ".svg", ".png"

# Windows may call .js text/plain in its registry, and a browser runs no such module.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/octet-stream", ".safetensors")


@functools.cache
def bundle() -> dict[str, bytes]:
    """{path: content} of all files but the document, which lies beside browser/ and weights/."""
    sheets = [(BROWSER / path).read_text(encoding="utf-8") for path in files_of("css")]
    texts = joined(BROWSER / MODULE) | {
        STYLES: compact("\n".join(sheets)),
        LATER_STYLES: joined_styles(BROWSER / LATER_STYLES),
    }
    pictures = [path for path in sorted(BROWSER.iterdir()) if path.suffix in PICTURES]
    weights = [WEIGHTS, *(WEIGHTS.parent / name for name in LATER_WEIGHTS)]
    return (
        {f"browser/{path}": text.encode() for path, text in texts.items()}
        | {f"browser/{path.name}": path.read_bytes() for path in pictures}
        | {f"weights/{path.name}": path.read_bytes() for path in weights}
    )


def route() -> Route:
    """What the page's server sends besides Gradio: browser/ and weights/, under site/.

    A Route, since a Mount finds nothing behind a proxy that takes the path's prefix away.
    """
    files = bundle() | {f"browser/{SERVER}": (BROWSER / SERVER).read_bytes()}
    etags = {path: f'"{hashlib.sha256(body).hexdigest()[:32]}"' for path, body in files.items()}

    async def send(request: Request) -> Response:
        path = request.path_params["path"]
        if path not in files:
            raise HTTPException(404)
        # Browsers ask each time whether it is still the newest (304 if so): files of two ages do
        # not run together.
        headers = {"cache-control": "no-cache", "etag": etags[path]}
        return Response(files[path], 200, headers, mimetypes.guess_type(path)[0])

    return Route("/site/{path:path}", send)
