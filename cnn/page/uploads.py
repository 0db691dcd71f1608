"""One file an upload, and what it is called outside: its path within Gradio's upload folder.

Gradio answers an upload with its whole path, for the client to send back in its call; but nobody
outside need know where on this machine it lies.
"""

import json
from pathlib import Path

from gradio.utils import get_upload_folder
from python_multipart.multipart import parse_options_header
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from cnn.page.errors import Refusal

FILE_BYTES = 64_000  # that a file counts for at least: a thousand tiny ones fill a disk as well


def room_for(content_type: str, body: bytes) -> int:
    """The bytes that this upload counts for; Refusal where it has more than one part.

    Gradio would take a thousand, and make a file and a folder of each.
    """
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if boundary and body.count(b"--" + boundary) > 2:  # one before the file, one after it
        raise Refusal("one_file")
    return max(len(body), FILE_BYTES)


def naming_uploads(send: Send) -> Send:
    """A `send` for the answer to an upload, a JSON list of paths: they leave without the folder."""
    start: Message = {}
    body = b""

    async def naming_send(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
            return
        body += message.get("body", b"")
        if message.get("more_body", False):
            return
        if start["status"] == 200:
            body = json.dumps([_name(path) for path in json.loads(body)]).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["Content-Length"] = str(len(body))
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    return naming_send


def uploaded_file(name: object) -> Path:
    """The upload's file, a regular one within the folder wherever links lead; Refusal for others.

    The sender chooses the name: it could be any file, or a device that never ends.
    """
    try:
        file = Path(get_upload_folder(), name)  # an absolute one stays
        real = file.resolve(strict=True)
        if real.is_file() and real.is_relative_to(Path(get_upload_folder()).resolve()):
            return file
    # No string, absent, forbidden, a null byte, a circle of links.
    except (TypeError, OSError, ValueError, RuntimeError):
        pass
    raise Refusal("not_uploaded")


def _name(path: str) -> str:
    return Path(path).relative_to(get_upload_folder()).as_posix()
