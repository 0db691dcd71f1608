"""One drawing in, everything that the page shows out.

The maps of all stages travel as one string: float32 in base64, stage after stage, just as the
network computed them. Each stage's colour scale is the largest value that the project's own example
digits excite, fixed when the page starts: a quiet map looks quiet, and nothing flickers.
"""

import base64
from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np
import torch

from cnn.activations import activations
from cnn.model import Network, confidence, describe
from cnn.page.payload import (
    PayloadError,
    canvas_box,
    image_from_url,
    number_from,
    picture_from,
    smoothed_from,
    strokes_from,
)
from cnn.page.verdict import smooth, verdict
from cnn.preprocess import digit_from_strokes
from cnn.preprocess.segment import group_strokes, split_image

HIDDEN = "Normalize", "Flatten", "Dropout", "LogSoftmax"  # kinds of stages that have no maps
MAX_DIGITS = 8  # in one number
DEFAULT_THRESHOLD = 0.75  # confidence from which a digit is one, for a card that does not say


def base64_of(values: torch.Tensor) -> str:
    """Values -> float32, little-endian, row-major, in base64."""
    return base64.b64encode(values.numpy().astype("<f4").tobytes()).decode()


class Predictor:
    """What the page knows of one network: how to read a drawing, and how its layers look.

    model: the network in eval mode. examples: digits float32 (B, 1, 28, 28) that set the scales.
    """

    def __init__(self, model: Network, examples: torch.Tensor) -> None:
        self.model = model
        self.threshold = model.card.get("threshold", DEFAULT_THRESHOLD)
        self.shown = [stage for stage in describe(model) if stage["kind"] not in HIDDEN]
        with torch.inference_mode():
            maps = activations(model, examples)
        names = [stage["name"] for stage in self.shown]
        self.scales = {name: maps[name].abs().max().item() for name in names}

    def layers(self) -> list[dict]:
        """What the browser draws the network from: the shown stages as of `describe`.

        Each has also its colour scale, and a convolution its kernels.
        """
        return [
            stage
            | {"scale": self.scales[stage["name"]]}
            | self._kernels(getattr(self.model, stage["name"]))
            for stage in self.shown
        ]

    def _kernels(self, stage: torch.nn.Module) -> dict:
        if not isinstance(stage, torch.nn.Conv2d):
            return {}
        kernels = stage.weight.detach()
        return {
            "kernels": {
                "shape": list(kernels.shape),
                "scale": kernels.abs().max().item(),
                "values": base64_of(kernels),
            }
        }

    def predict_strokes(self, payload: object) -> dict:
        """Read strokes: {"strokes": [[x, y, x, y, ...], ...], "canvas": size}.

        Also in the payload, both optional: "follow", which digit of a number to show the network
        for, counted from the left (default: the one drawn last); "smoothed", as the answer before
        gave it, while the pen is down. Never raises for what a browser may send. Returns
        {"error": name} for a bad payload, {"blank": True} when nothing is drawn, else
        {"digits": [{"digit", "confident", "runner_up", "probs", "box"}], "followed": index,
        "smoothed": {"digit", "probs"}, "seen": base64 of (28, 28), "maps": base64 of the shown
        stages}; a box is left, top, right, bottom in shares of the canvas.
        """
        return self._answer(payload, self._drawn)

    def predict_picture(self, payload: object) -> dict:
        """Read a picture: {"picture": data URL}; "follow" and the answer are `predict_strokes`'."""
        return self._answer(payload, self._pictured)

    def read(self, image: np.ndarray) -> list[dict]:
        """image uint8 (H, W, 3 or 4) -> its digits from left to right, as in an answer's "digits".

        Raises PayloadError for more than MAX_DIGITS of them.
        """
        boxes, digits = _split(image)
        return self._read(boxes, digits)[0] if digits else []

    def _drawn(self, payload: object) -> tuple[list, list, int]:
        strokes, canvas = strokes_from(payload)
        groups = _limited(group_strokes(strokes, canvas))
        boxes = [canvas_box([strokes[i] for i in group], canvas) for group in groups]
        digits = [digit_from_strokes([strokes[i] for i in group], canvas) for group in groups]
        return boxes, digits, drawn_last(groups)

    def _pictured(self, payload: object) -> tuple[list, list, int]:
        return *_split(image_from_url(picture_from(payload))), 0

    def _answer(self, payload: object, digits_of: Callable) -> dict:
        try:
            boxes, digits, newest = digits_of(payload)
            follow, before = number_from(payload, "follow"), smoothed_from(payload)
        except PayloadError as error:
            return {"error": error.name}
        if not digits:
            return {"blank": True}
        followed = newest if follow is None else min(follow, len(digits) - 1)
        said, maps = self._read(boxes, digits)
        shown = torch.cat([maps[stage["name"]][followed].flatten() for stage in self.shown])
        return {
            "digits": said,
            "followed": followed,
            "smoothed": vars(smooth(said[followed]["probs"], before)),
            "seen": base64_of(torch.from_numpy(digits[followed])),
            "maps": base64_of(shown),
        }

    @torch.inference_mode()
    def _read(self, boxes: list, digits: list) -> tuple[list[dict], dict[str, torch.Tensor]]:
        """All digits in one batch: what to say of each, and every stage's output."""
        maps = activations(self.model, torch.from_numpy(np.stack(digits))[:, None])
        log_probs = list(maps.values())[-1]
        said = [
            {**vars(verdict(probs, largest, self.threshold)), "probs": probs, "box": box}
            for probs, largest, box in zip(
                log_probs.exp().tolist(), confidence(log_probs).tolist(), boxes, strict=True
            )
        ]
        return said, maps


def drawn_last(groups: list[list[int]]) -> int:
    """Which group has the newest stroke, the one of the highest index."""
    return max(range(len(groups)), key=lambda g: max(groups[g]), default=0)


def _limited(digits: Iterable) -> list:
    """The digits as a list; PayloadError for more than MAX_DIGITS."""
    few = list(islice(digits, MAX_DIGITS + 1))  # further ones are not even read
    if len(few) > MAX_DIGITS:
        raise PayloadError("too_many_digits")
    return few


def _split(image: np.ndarray) -> tuple[list, list]:
    """image uint8 (H, W, 3 or 4) -> boxes in shares of a square around it, and digits."""
    found = _limited(split_image(image))
    height, width = image.shape[:2]
    side = max(height, width)
    margin = np.array([side - width, side - height] * 2) / 2
    boxes = [((np.array(box) + margin) / side).round(4).tolist() for box, _ in found]
    return boxes, [digit for _, digit in found]
