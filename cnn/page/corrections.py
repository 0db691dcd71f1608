"""Keeping a correction, where the page is allowed to: on one's own computer."""

import ipaddress
import logging
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from cnn.page.errors import Refusal
from cnn.page.limits import ByteQuota
from cnn.page.payload import label_from, strokes_from
from cnn.training.corrections import CorrectionsError, append, withdraw

FILE_VARIABLE = "CORRECTIONS_FILE"
DAY_BYTES = 2_000_000  # kept in one day: about a thousand corrections
DAY_S = 24 * 60 * 60.0

log = logging.getLogger(__name__)


def correction_saver(classes: int) -> Callable[[object], dict] | None:
    """A server function that keeps corrections; None where nothing may be kept.

    classes: how many the network has.

    CORRECTIONS_FILE names the file, and permits this anywhere. Without it: data/corrections.jsonl,
    and only if no other computer can reach the page.
    """
    named = os.environ.get(FILE_VARIABLE)
    if not named and _reachable_from_elsewhere():
        return None
    return saver_to(Path(named or "data/corrections.jsonl"), classes)


def may_be_anywhere() -> bool:
    """Whether corrections are kept wherever the page is reached, since CORRECTIONS_FILE says so."""
    return bool(os.environ.get(FILE_VARIABLE))


def _reachable_from_elsewhere() -> bool:
    if any(os.environ.get(name) for name in ("SPACE_ID", "GRADIO_SHARE", "GRADIO_ROOT_PATH")):
        return True
    address = os.environ.get("GRADIO_SERVER_NAME", "localhost")
    try:
        return address != "localhost" and not ipaddress.ip_address(address).is_loopback
    except ValueError:  # some other name, which may lead anywhere
        return True


def saver_to(
    path: Path, classes: int, clock: Callable[[], float] = time.monotonic
) -> Callable[[object], dict]:
    """A server function that keeps corrections in the file at `path`, DAY_BYTES a day."""
    today = ByteQuota(DAY_BYTES, DAY_S, clock)

    def save_correction(payload: object) -> dict:
        """Keep a correction, or take it back: {"saved": label}, or {"error": name}.

        payload: the strokes of one digit as `strokes_from` takes them, and "label": which was
        meant; and optionally "key", 32 hexadecimal digits. A correction replaces the one before it
        of the same key; {"label": None, "key": key} takes it back.
        """
        try:
            key = _key_from(payload)
            if key is not None and payload.get("label") is None:
                withdraw(path, key)
                return {"saved": None}
            strokes, canvas = strokes_from(payload)
            label = label_from(payload, classes)
            if not strokes:
                raise Refusal("bad_request")
            if today.is_spent():
                return {"error": "enough_today"}
            today.take(append(path, strokes, canvas, label, key))
        except Refusal as error:
            return {"error": error.name}
        except CorrectionsError as error:
            log.warning("%s", error)
            return {"error": "cannot_keep"}
        return {"saved": label}

    return save_correction


def _key_from(payload: object) -> str | None:
    key = payload.get("key") if isinstance(payload, dict) else None
    if key is not None and not (isinstance(key, str) and re.fullmatch("[0-9a-f]{32}", key)):
        raise Refusal("bad_request")
    return key
