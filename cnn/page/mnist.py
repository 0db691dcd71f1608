"""A random MNIST test digit for the page, read straight from the file: no torchvision here."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

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
