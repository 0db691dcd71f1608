"""Keeping a correction, where the page may: on a computer of one's own."""

import ipaddress
import logging
import os
from collections.abc import Callable
from pathlib import Path

from cnn.grouping import group_strokes
from cnn.page.looker import drawn_last
from cnn.page.payload import BadPayload, number_from, strokes_from
from cnn.taught import TaughtError, add

log = logging.getLogger(__name__)


def teacher() -> Callable[[object], dict] | None:
    """A server function that keeps corrections; None where nothing may be kept.

    TEACH_FILE names the file, and permits it anywhere. Without it: data/taught.jsonl, where only
    this computer can reach the page.
    """
    named = os.environ.get("TEACH_FILE")
    if not named and _reachable_from_elsewhere():
        return None
    return teacher_to(Path(named or "data/taught.jsonl"))


def _reachable_from_elsewhere() -> bool:
    if any(os.environ.get(name) for name in ("SPACE_ID", "GRADIO_SHARE", "GRADIO_ROOT_PATH")):
        return True
    address = os.environ.get("GRADIO_SERVER_NAME", "localhost")
    try:
        return address != "localhost" and not ipaddress.ip_address(address).is_loopback
    except ValueError:  # some other name, which may lead anywhere
        return True


def teacher_to(path: Path) -> Callable[[object], dict]:
    """A server function that appends corrections to the file at `path`."""

    def teach(payload: object) -> dict:
        """payload: as of `Looker.look`, and "label", the digit that was meant, 0 to 9."""
        try:
            strokes, canvas = strokes_from(payload)
            label, follow = number_from(payload, "label"), number_from(payload, "follow")
            groups = group_strokes(strokes, canvas)
            if label is None or not groups:
                raise BadPayload("bad_request")
            group = groups[drawn_last(groups) if follow is None else min(follow, len(groups) - 1)]
            add(path, [strokes[i] for i in group], canvas, label)
        except BadPayload as bad:
            return {"error": bad.name}
        except TaughtError as error:
            log.warning("%s", error)
            return {"error": "cannot_keep"}
        return {"taught": label}

    return teach
