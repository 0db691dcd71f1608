"""What the server reads for the page and for /predict: pictures."""

import base64
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from cnn.constants import CONSTANTS
from cnn.model import Network, confidence, probabilities
from cnn.page.errors import Refusal
from cnn.page.payload import PAGE_PIXELS, image_from_url, picture_from
from cnn.preprocess.cuts import Recognizer
from cnn.preprocess.segment import Part, split_image

MAX_DIGITS = CONSTANTS["verdict"]["MAX_DIGITS"]  # in one number


def recognizer_of(model: Network) -> Recognizer:
    """The network as the Recognizer that `split_image` asks where digits touch."""

    @torch.inference_mode()
    def recognize(digits: np.ndarray) -> np.ndarray:
        return probabilities(model(torch.from_numpy(digits)[:, None])).numpy()

    return recognize


class Predictor:
    """One network, in eval mode, and how it takes pictures apart and reads them."""

    def __init__(self, model: Network) -> None:
        self.model = model
        self.classes = model.classes
        self.threshold = model.card["threshold"]
        self._recognizer = recognizer_of(model)

    def split_picture(self, payload: object) -> dict:
        """{"picture": data URL} -> its digits, which the browser reads itself.

        Returns {"digits": [base64 of float32 (28, 28), little-endian, or None for a mark], "marks":
        [None, or ".", "," or "-" for a mark], "boxes": [left, top, right, bottom in shares of a
        square around the picture]}, all from left to right, with at most MAX_DIGITS + 1 digits; or
        {"error": name}. Never raises for anything that a browser may send.
        """
        try:
            image = image_from_url(picture_from(payload), PAGE_PIXELS)
        except Refusal as error:
            return {"error": error.name}
        parts = self._parts(image)
        return {
            "digits": [None if part.mark else _base64(part.digit) for part in parts],
            "marks": [part.mark for part in parts],
            "boxes": [_shares(part.box, image) for part in parts],
        }

    @torch.inference_mode()
    def read(self, image: np.ndarray) -> list[dict]:
        """image uint8 (H, W, 3 or 4) -> its digits and the marks beside them, left to right.

        A digit is {"digit", "confident", "runner_up", "probs", "box"}, a mark {"mark", "box"}; a
        box is left, top, right, bottom in shares of a square around the image. Raises Refusal
        for more than MAX_DIGITS digits.
        """
        parts = self._parts(image)
        digits = [part.digit for part in parts if not part.mark]
        if not digits:
            return []
        if len(digits) > MAX_DIGITS:
            raise Refusal("too_many_digits", digits=MAX_DIGITS)
        log_probs = self.model(torch.from_numpy(np.stack(digits))[:, None])
        probs = probabilities(log_probs).tolist()
        read = iter(zip(probs, confidence(log_probs).tolist(), strict=True))
        return [
            ({"mark": part.mark} if part.mark else self._digit(*next(read)))
            | {"box": _shares(part.box, image)}
            for part in parts
        ]

    def _parts(self, image: np.ndarray) -> list[Part]:
        return _first(split_image(image, self._recognizer), MAX_DIGITS + 1)

    def _digit(self, probs: list[float], largest: float) -> dict:
        return {**vars(verdict(probs, largest, self.threshold)), "probs": probs}


def _first(parts: Iterable[Part], most: int) -> list[Part]:
    """The parts up to and including the `most`-th digit; further ones are not even read."""
    taken, digits = [], 0
    for part in parts:
        taken.append(part)
        digits += part.mark is None
        if digits == most:
            break
    return taken


def _shares(box: tuple[int, int, int, int], image: np.ndarray) -> list[float]:
    """left, top, right, bottom in the image's pixels -> in shares of a square around it."""
    height, width = image.shape[:2]
    side = max(height, width)
    margin = np.array([side - width, side - height] * 2) / 2
    return ((np.array(box) + margin) / side).round(4).tolist()


def _base64(digit: np.ndarray) -> str:
    return base64.b64encode(digit.astype("<f4").tobytes()).decode()


# From probabilities to what the page says: a digit, the runner-up, or "not sure".

CLEAR = CONSTANTS["verdict"]["CLEAR"]  # probability from which no runner-up is named
RUNNER_UP = CONSTANTS["verdict"]["RUNNER_UP"]  # from which a runner-up is worth naming


@dataclass(frozen=True)
class Verdict:
    """What to say of one digit: the best guess, whether to stand by it, and what else it may be.

    digit, runner_up: which of the network's classes, counted from 0.
    """

    digit: int
    confident: bool
    runner_up: int | None


def verdict(probs: list[float], confidence: float, threshold: float) -> Verdict:
    """What to say of one digit.

    probs: one for each class. confidence: as returned by `cnn.model.confidence`. threshold: the
    least confidence at which the page stands by its answer.
    """
    digit, second = sorted(range(len(probs)), key=probs.__getitem__, reverse=True)[:2]
    runner_up = second if probs[digit] < CLEAR and probs[second] >= RUNNER_UP else None
    return Verdict(digit, confidence >= threshold, runner_up)


# A random MNIST test digit for the page, read straight from the file: no torchvision here.

HEADER = 16  # bytes: magic number, count, rows, columns (LeCun's IDX format)


def random_digit_of(folder: Path) -> Callable[[object], str] | None:
    """A server function that gives a random test image, a data URL; None when MNIST is not there.

    folder: where `train.py` keeps MNIST.
    """
    path = folder / "MNIST" / "raw" / "t10k-images-idx3-ubyte"
    try:
        images = np.memmap(path, np.uint8, "r", offset=HEADER).reshape(-1, 28, 28)
    except (OSError, ValueError):  # also for a file without pixels
        return None
    if not len(images):
        return None
    rng = np.random.default_rng()

    def random_mnist(_: object) -> str:
        file = io.BytesIO()
        Image.fromarray(images[rng.integers(len(images))]).save(file, "PNG")
        return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()

    return random_mnist
