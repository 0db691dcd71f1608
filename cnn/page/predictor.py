"""What the server reads for the page and for /predict: pictures."""

import base64
from collections.abc import Iterable
from itertools import islice

import numpy as np
import torch

from cnn.model import Network, confidence
from cnn.page.payload import PayloadError, image_from_url, picture_from
from cnn.page.verdict import verdict
from cnn.preprocess.segment import split_image

MAX_DIGITS = 8  # in one number


def split_picture(payload: object) -> dict:
    """Take a picture apart: {"picture": data URL} -> its digits, which the browser reads itself.

    Returns {"digits": [base64 of float32 (28, 28), little-endian, or None for a mark], "marks":
    [None, or ".", "," or "-" between digits], "boxes": [left, top, right, bottom in shares of a
    square around the picture]}, all from left to right, or {"error": name}. Never raises for what
    a browser may send.
    """
    try:
        parts = _parts(image_from_url(picture_from(payload)))
    except PayloadError as error:
        return {"error": error.name}
    return {
        "digits": [None if digit is None else _base64(digit) for _, digit, _ in parts],
        "marks": [mark for _, _, mark in parts],
        "boxes": [box for box, _, _ in parts],
    }


class Predictor:
    """One network, in eval mode, and how it reads an image."""

    def __init__(self, model: Network) -> None:
        self.model = model
        self.threshold = model.card["threshold"]

    @torch.inference_mode()
    def read(self, image: np.ndarray) -> list[dict]:
        """image uint8 (H, W, 3 or 4) -> its digits and the marks between them, left to right.

        A digit is {"digit", "confident", "runner_up", "probs", "box"}, a mark {"mark", "box"}; a
        box is left, top, right, bottom in shares of a square around the image. Raises PayloadError
        for more than MAX_DIGITS digits.
        """
        parts = _parts(image)
        digits = [digit for _, digit, _ in parts if digit is not None]
        if not digits:
            return []
        log_probs = self.model(torch.from_numpy(np.stack(digits))[:, None])
        said = iter(zip(log_probs.exp().tolist(), confidence(log_probs).tolist(), strict=True))
        return [
            {"mark": mark, "box": box} if digit is None else self._digit(*next(said)) | {"box": box}
            for box, digit, mark in parts
        ]

    def _digit(self, probs: list[float], largest: float) -> dict:
        return {**vars(verdict(probs, largest, self.threshold)), "probs": probs}


def _parts(image: np.ndarray) -> list[tuple[list[float], np.ndarray | None, str | None]]:
    """image uint8 (H, W, 3 or 4) -> (box in shares of a square around it, digit, mark)."""
    few = list(islice(split_image(image), MAX_DIGITS + 1))  # further ones are not even read
    if len(few) > MAX_DIGITS:
        raise PayloadError("too_many_digits")
    height, width = image.shape[:2]
    side = max(height, width)
    margin = np.array([side - width, side - height] * 2) / 2
    return [
        (((np.array(box) + margin) / side).round(4).tolist(), digit, mark)
        for box, digit, mark in few
    ]


def _base64(digit: np.ndarray) -> str:
    return base64.b64encode(digit.astype("<f4").tobytes()).decode()
