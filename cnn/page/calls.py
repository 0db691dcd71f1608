"""What a call to /predict may say besides its picture: names and ids, all of them short."""

import json
import re

from cnn.page.refusal import Refusal

NAMES_BYTES = 1_000
VALUES = 1_000  # in one call: it has one picture. Each may take a hundred times its byte in memory
ID = r"[\w-]{1,64}"
IDS = "session_hash", "event_id", "upload_id"


def checked_call(body: bytes) -> dict:
    """A call to /predict: one picture, all else as short as names are. Raises Refusal for others.

    Gradio keeps names, as they are, for as long as it runs.
    """
    if sum(map(body.count, b"[{,")) > VALUES:
        raise Refusal("bad_request")
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal("bad_request") from None
    if not isinstance(call, dict):
        raise Refusal("bad_request")
    for name, value in call.items():
        if name in ("data", "image"):  # the picture; "image" in call/v2
            continue
        if len(name) > NAMES_BYTES or len(json.dumps(value)) > NAMES_BYTES:
            raise Refusal("bad_request")
        if name in IDS and value is not None and not re.fullmatch(ID, str(value)):
            raise Refusal("bad_request")
        if name == "fn_index" and value not in (None, 0):  # /predict is the only function
            raise Refusal("not_found")
    return call
