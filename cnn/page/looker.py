"""One drawing in, everything the page shows out, in about a millisecond.

The maps of all stages travel as one string: signed bytes in base64, `SHOWN` stage after stage, each
stage divided by a scale of its own. The scales are the largest values that the project's own
example digits excite, fixed when the page starts: a quiet map looks quiet, and nothing flickers.
"""

import base64
from collections.abc import Callable, Iterable
from itertools import islice

import numpy as np
import torch

from cnn.activations import activations
from cnn.grouping import group_strokes, split_image
from cnn.model import certainty
from cnn.page.payload import (
    BadPayload,
    canvas_box,
    drawing_from_url,
    lean_from,
    number_from,
    picture_from,
    strokes_from,
)
from cnn.page.verdict import lean, verdict
from cnn.preprocess import digit_from_strokes

SHOWN = ("conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "fc1", "relu3", "fc2")
MOST_DIGITS = 8  # in one number
SURE_FROM = 0.75  # certainty from which a digit is one, for weights whose card does not say


def base64_of(values: torch.Tensor, scale: float | torch.Tensor) -> str:
    """Values in [-scale, scale] -> signed bytes -127..127, row-major, in base64."""
    signed = (values * (127 / scale)).round_().clamp_(-127, 127).to(torch.int8)
    return base64.b64encode(signed.numpy().tobytes()).decode()


class Looker:
    """What the page knows of one network: how to look at a drawing, and how its layers look.

    model: the ConvNet in eval mode. examples: digits float32 (B, 1, 28, 28) that set the scales.
    """

    def __init__(self, model: torch.nn.Module, examples: torch.Tensor) -> None:
        self.model = model
        self.sure_from = model.card.get("sure_from", SURE_FROM)
        with torch.inference_mode():
            maps = activations(model, examples)
            self.scales = {name: maps[name].abs().max().item() for name in SHOWN}
            self.shapes = {name: list(maps[name].shape[1:]) for name in SHOWN}
            self.divisor = torch.cat(
                [torch.full((maps[name][0].numel(),), self.scales[name]) for name in SHOWN]
            )

    def layers(self) -> list[dict]:
        """What the browser draws the network from: each shown stage's name, shape and scale."""
        return [
            {"name": name, "shape": self.shapes[name], "scale": self.scales[name]}
            | self._kernels(getattr(self.model, name))
            for name in SHOWN
        ]

    def _kernels(self, stage: torch.nn.Module) -> dict:
        if not isinstance(stage, torch.nn.Conv2d):
            return {}
        kernels = stage.weight.detach()
        scale = kernels.abs().max().item()
        values = base64_of(kernels, scale)
        return {"kernels": {"shape": list(kernels.shape), "scale": scale, "values": values}}

    def look(self, payload: object) -> dict:
        """Look at strokes: {"strokes": [[x, y, x, y, ...], ...], "canvas": size}.

        Also in the payload, both optional: "follow", which digit of a number to show the network
        for, counted from the left (default: the one drawn last); "lean", as the answer before gave
        it, while the pen is down. Never raises for what a browser may send. Returns {"error": name}
        for a bad payload, {"blank": True} when nothing is drawn, else
        {"digits": [{"digit", "sure", "perhaps", "odds", "box"}], "followed": index,
        "lean": {"digit", "odds"}, "seen": base64 of int8 (28, 28), "maps": base64 of the SHOWN
        stages}; a box is left, top, right, bottom in shares of the canvas.
        """
        return self._answer(payload, self._drawn)

    def look_at_picture(self, payload: object) -> dict:
        """Look at a picture: {"picture": data URL}; "follow" and the answer as in `look`."""
        return self._answer(payload, self._pictured)

    def read(self, drawing: np.ndarray) -> list[dict]:
        """drawing uint8 (H, W, 3 or 4) -> its digits from left to right, as in `look`'s answer.

        Raises BadPayload for more than eight digits.
        """
        boxes, digits = _split(drawing)
        return self._read(boxes, digits)[0] if digits else []

    def _drawn(self, payload: object) -> tuple[list, list, int]:
        strokes, canvas = strokes_from(payload)
        groups = _at_most_eight(group_strokes(strokes, canvas))
        boxes = [canvas_box([strokes[i] for i in group], canvas) for group in groups]
        digits = [digit_from_strokes([strokes[i] for i in group], canvas) for group in groups]
        return boxes, digits, drawn_last(groups)

    def _pictured(self, payload: object) -> tuple[list, list, int]:
        return *_split(drawing_from_url(picture_from(payload))), 0

    def _answer(self, payload: object, digits_of: Callable) -> dict:
        try:
            boxes, digits, newest = digits_of(payload)
            follow, before = number_from(payload, "follow"), lean_from(payload)
        except BadPayload as bad:
            return {"error": bad.name}
        if not digits:
            return {"blank": True}
        followed = newest if follow is None else min(follow, len(digits) - 1)
        said, maps = self._read(boxes, digits)
        shown = torch.cat([maps[name][followed].flatten() for name in SHOWN])
        return {
            "digits": said,
            "followed": followed,
            "lean": vars(lean(said[followed]["odds"], before)),
            "seen": base64_of(torch.from_numpy(digits[followed]), 1.0),
            "maps": base64_of(shown, self.divisor),
        }

    @torch.inference_mode()
    def _read(self, boxes: list, digits: list) -> tuple[list[dict], dict[str, torch.Tensor]]:
        """All digits in one batch: what to say of each, and every stage's output."""
        maps = activations(self.model, torch.from_numpy(np.stack(digits))[:, None])
        log_odds = maps["log_softmax"]
        said = [
            {**vars(verdict(odds, sure, self.sure_from)), "odds": odds, "box": box}
            for odds, sure, box in zip(
                log_odds.exp().tolist(), certainty(log_odds).tolist(), boxes, strict=True
            )
        ]
        return said, maps


def drawn_last(groups: list[list[int]]) -> int:
    """Which group has the newest stroke, the one of the highest index."""
    return max(range(len(groups)), key=lambda g: max(groups[g]), default=0)


def _at_most_eight(digits: Iterable) -> list:
    few = list(islice(digits, MOST_DIGITS + 1))  # a ninth is not even read
    if len(few) > MOST_DIGITS:
        raise BadPayload("too_many_digits")
    return few


def _split(drawing: np.ndarray) -> tuple[list, list]:
    """drawing uint8 (H, W, 3 or 4) -> boxes in shares of a square around it, and digits."""
    found = _at_most_eight(split_image(drawing))
    height, width = drawing.shape[:2]
    side = max(height, width)
    margin = np.array([side - width, side - height] * 2) / 2
    boxes = [((np.array(box) + margin) / side).round(4).tolist() for box, _ in found]
    return boxes, [digit for _, digit in found]
