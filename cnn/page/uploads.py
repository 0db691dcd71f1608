"""What an upload is called outside: its path within Gradio's upload folder.

Gradio answers an upload with its whole path, for the client to send back in its call; but nobody
outside need know where on this machine it lies.
"""

import json
from pathlib import Path

from gradio.utils import get_upload_folder
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send


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


def found_uploads(call: dict) -> dict:
    """The call with the paths of its uploads whole again: in "data", or by name, as call/v2 has it.

    Whether a path leads to an upload, and to nothing else, is for `uploaded_file` to say.
    """
    data = call.get("data")
    found = {name: _found(value) for name, value in call.items()}
    return found | ({"data": [_found(value) for value in data]} if isinstance(data, list) else {})


def _name(path: str) -> str:
    return Path(path).relative_to(get_upload_folder()).as_posix()


def _found(value: object) -> object:
    """A picture of the call with its path in the upload folder; all else as it is."""
    if not isinstance(value, dict) or not isinstance(path := value.get("path"), str):
        return value
    if not path or "://" in path:  # Gradio refuses addresses
        return value
    return value | {"path": str(Path(get_upload_folder(), path))}  # an absolute one stays
