"""One drawing in, everything the page shows out, in about a millisecond.

The maps of all stages travel as one string: signed bytes in base64, `SHOWN` stage after stage, each
stage divided by a scale of its own. The scales are the largest values that the project's own
example digits excite, fixed when the page starts: a quiet map looks quiet, and nothing flickers.
"""

import base64
from collections.abc import Callable

import numpy as np
import torch

from cnn.activations import activations
from cnn.page.payload import BadPayload, drawing_from_url, strokes_from
from cnn.preprocess import digit_from_image, digit_from_strokes

SHOWN = ("conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "fc1", "relu3", "fc2")


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
        return {
            "kernels": {
                "shape": list(kernels.shape),  # (maps out, maps in, 3, 3)
                "scale": scale,
                "values": base64_of(kernels, scale),
                "bias": [round(b, 4) for b in stage.bias.tolist()],
            }
        }

    def look(self, payload: object) -> dict:
        """Look at strokes: {"strokes": [[x, y, x, y, ...], ...], "canvas": size}.

        Never raises for what a browser may send. Returns {"error": name} for a bad payload,
        {"blank": True} when nothing is drawn, else {"odds": [10], "seen": base64 of int8 (28, 28),
        "maps": base64 of the SHOWN stages}.
        """
        return self._look(lambda: digit_from_strokes(*strokes_from(payload)))

    def look_at_picture(self, payload: object) -> dict:
        """Look at a picture, a data URL; answers as `look` does."""
        return self._look(lambda: digit_from_image(drawing_from_url(payload)))

    def odds(self, drawing: np.ndarray) -> list[float] | None:
        """drawing uint8 (H, W, 3 or 4) -> the ten odds, or None when nothing is drawn."""
        digit = digit_from_image(drawing)
        if digit is None:
            return None
        with torch.inference_mode():
            return self.model(torch.from_numpy(digit)[None, None]).exp()[0].tolist()

    def _look(self, digit_of_payload: Callable[[], np.ndarray | None]) -> dict:
        try:
            digit = digit_of_payload()
        except BadPayload as bad:
            return {"error": bad.name}
        return {"blank": True} if digit is None else self._answer(digit)

    @torch.inference_mode()
    def _answer(self, digit: np.ndarray) -> dict:
        seen = torch.from_numpy(digit)
        maps = activations(self.model, seen[None, None])  # (1, C, H, W) or (1, N) each
        flat = torch.cat([maps[name].flatten() for name in SHOWN])
        return {
            "odds": [round(p, 4) for p in maps["log_softmax"].exp()[0].tolist()],
            "seen": base64_of(seen, 1.0),
            "maps": base64_of(flat, self.divisor),
        }
