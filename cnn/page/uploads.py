"""One file per upload, and the name that clients know it by: its path within the upload folder.

Gradio answers an upload with the file's full path, for the client to send back in its call; but
nobody outside needs to know where it lies on this machine.
"""

import json
from pathlib import Path

from gradio.utils import get_upload_folder
from python_multipart.multipart import parse_options_header
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from cnn.page.errors import Refusal

FILE_BYTES = 64_000  # that a file counts as, at least: a thousand tiny ones fill a disk, too


def room_for(content_type: str, body: bytes) -> int:
    """The bytes that this upload counts as; raises Refusal if it has more than one part.

    Gradio would accept a thousand, and make a file and a folder for each.
    """
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if boundary and body.count(b"--" + boundary) > 2:  # one before the file, one after it
        raise Refusal("one_file")
    return max(len(body), FILE_BYTES)


def naming_uploads(send: Send) -> Send:
    """A `send` for the answer to an upload, a JSON list of paths: takes the folder off each."""
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
    """The upload's file, if it is a regular one and, links followed, within the folder; or Refusal.

    The sender chooses the name: it could be any file, or a device that never ends.
    """
    try:
        file = Path(get_upload_folder(), name)  # an absolute one stays
        real = file.resolve(strict=True)
        if real.is_file() and real.is_relative_to(Path(get_upload_folder()).resolve()):
            return file
    # Not a string, missing, forbidden, a null byte in it, or links in a circle.
    except (TypeError, OSError, ValueError, RuntimeError):
        pass
    raise Refusal("not_uploaded")


def _name(path: str) -> str:
    return Path(path).relative_to(get_upload_folder()).as_posix()
