"""What a call to /predict may say: one picture, and ids. It is made anew of these for Gradio.

Gradio would fetch a web address, and it keeps names, as they are, for as long as it runs.
"""

import json
import re
from urllib.parse import unquote

from cnn.page.refusal import Refusal
from cnn.page.uploads import uploaded_file

NAMES_BYTES = 1_000
VALUES = 1_000  # in one call: it has one picture. Each may take a hundred times its byte in memory
ID = r"[\w-]{1,64}"
IDS = "session_hash", "event_id", "upload_id"


def json_from(body: bytes) -> object:
    """The value of a JSON text; raises Refusal for all else, such as NaN and half a character."""
    if sum(map(body.count, b"[{,")) > VALUES:
        raise Refusal("bad_call")
    try:
        value = json.loads(body)
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal("bad_call") from None
    return value


def checked_call(body: bytes) -> bytes:
    """{"data": [picture]} and ids, as Gradio may see it. Raises Refusal for others."""
    call = _object(body)
    data = call.get("data")
    if not isinstance(data, list) or len(data) != 1:
        raise Refusal("no_picture")
    return json.dumps(_ids(call) | {"data": [checked_picture(data[0])]}).encode()


def checked_named_call(body: bytes) -> bytes:
    """{"image": picture}, as Gradio's call/v2 has it."""
    return json.dumps({"image": checked_picture(_object(body).get("image"))}).encode()


def checked_ids(body: bytes) -> bytes:
    """What ends a call: its ids alone."""
    return json.dumps(_ids(_object(body))).encode()


def checked_picture(value: object) -> dict[str, str]:
    """A picture of a call -> {"path": of an upload's file}, or {"url": data URL}.

    It comes as an upload's name or a data URL, or as Gradio's clients describe a file: either of
    these as "path" or "url". Raises Refusal for all else: no other path or address is looked at.
    """
    if isinstance(value, dict):
        path, url = value.get("path"), value.get("url")
        if path and url and not _leads_to(url, path):
            raise Refusal("not_uploaded")
        value = path or url
    if not value:
        raise Refusal("no_picture")
    if isinstance(value, str) and value.startswith("data:"):
        return {"url": value}
    return {"path": str(uploaded_file(value))}


def _leads_to(url: object, path: object) -> bool:
    """Whether it is the address that Gradio's client in a browser adds to an upload's name."""
    return isinstance(url, str) and unquote(url).endswith(f"/file={path}")


def _object(body: bytes) -> dict:
    call = json_from(body)
    if not isinstance(call, dict):
        raise Refusal("bad_call")
    return call


def _ids(call: dict) -> dict:
    if call.get("fn_index") not in (None, 0):  # /predict is the only function
        raise Refusal("not_found")
    ids = {name: call[name] for name in IDS if call.get(name) is not None}
    if not all(isinstance(value, str) and re.fullmatch(ID, value) for value in ids.values()):
        raise Refusal("bad_call")
    return ids | {"fn_index": 0}
