"""Keeping a correction, where the page may: on a computer of one's own."""

import ipaddress
import logging
import os
from collections.abc import Callable
from pathlib import Path

from cnn.page.payload import PayloadError, number_from, strokes_from
from cnn.page.predictor import drawn_last
from cnn.preprocess.segment import group_strokes
from cnn.training.corrections import CorrectionsError, append

log = logging.getLogger(__name__)


def correction_saver() -> Callable[[object], dict] | None:
    """A server function that keeps corrections; None where nothing may be kept.

    CORRECTIONS_FILE names the file, and permits it anywhere. Without it: data/corrections.jsonl,
    where only this computer can reach the page.
    """
    named = os.environ.get("CORRECTIONS_FILE")
    if not named and _reachable_from_elsewhere():
        return None
    return saver_to(Path(named or "data/corrections.jsonl"))


def _reachable_from_elsewhere() -> bool:
    if any(os.environ.get(name) for name in ("SPACE_ID", "GRADIO_SHARE", "GRADIO_ROOT_PATH")):
        return True
    address = os.environ.get("GRADIO_SERVER_NAME", "localhost")
    try:
        return address != "localhost" and not ipaddress.ip_address(address).is_loopback
    except ValueError:  # some other name, which may lead anywhere
        return True


def saver_to(path: Path) -> Callable[[object], dict]:
    """A server function that appends corrections to the file at `path`."""

    def save_correction(payload: object) -> dict:
        """payload: as of `Predictor.predict_strokes`, and "label", the digit that was meant."""
        try:
            strokes, canvas = strokes_from(payload)
            label, follow = number_from(payload, "label"), number_from(payload, "follow")
            groups = group_strokes(strokes, canvas)
            if label is None or not groups:
                raise PayloadError("bad_request")
            group = groups[drawn_last(groups) if follow is None else min(follow, len(groups) - 1)]
            append(path, [strokes[i] for i in group], canvas, label)
        except PayloadError as error:
            return {"error": error.name}
        except CorrectionsError as error:
            log.warning("%s", error)
            return {"error": "cannot_keep"}
        return {"saved": label}

    return save_correction
