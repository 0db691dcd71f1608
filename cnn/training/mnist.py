"""MNIST, whole, as uint8 tensors."""

import hashlib
import os
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

# Bytes and md5 of each file. torchvision lists the md5 of the compressed files, and checks these
# when it downloads them; here is the md5 of the unpacked files, which are what is read.
FILES = {
    "train-images-idx3-ubyte": (47_040_016, "6bbc9ace898e44ae57da46a324031adb"),
    "train-labels-idx1-ubyte": (60_008, "a25bea736e30d166cdddb491f175f624"),
    "t10k-images-idx3-ubyte": (7_840_016, "2646ac647ad5339dbf082846283269ea"),
    "t10k-labels-idx1-ubyte": (10_008, "27ae3e4e09519cfbb04c329615203637"),
}
IMAGES_HEADER, LABELS_HEADER = 16, 8  # bytes: magic number, count; of images also rows, columns


class DataError(Exception):
    """MNIST cannot be read; the message says where to put it."""


def default_dir() -> Path:
    """The folder that MNIST_DIR names; data/ where it names none."""
    return Path(os.environ.get("MNIST_DIR") or "data")


def mnist(train: bool, data_dir: str | Path | None = None) -> tuple[Tensor, Tensor]:
    """Digits uint8 (N, 1, 28, 28), ink 255, and labels int64 (N,): 60,000 to train, 10,000 to test.

    Read from `data_dir`/MNIST/raw, where torchvision keeps them; downloaded to there by torchvision
    if they are missing. Raises DataError, also for a file that is not MNIST's, by its md5.
    """
    data_dir = Path(data_dir or default_dir())
    raw = data_dir / "MNIST" / "raw"
    images, labels = [raw / name for name in FILES if name.startswith("train" if train else "t10k")]
    try:
        if not (images.exists() and labels.exists()):
            _download(data_dir)
        digits = _read(images, IMAGES_HEADER).view(-1, 1, 28, 28)
        return digits, _read(labels, LABELS_HEADER).long()
    except (OSError, RuntimeError, ValueError, AssertionError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(":")
        raise DataError(
            f"cannot read MNIST in {raw} or download it there ({reason}); "
            "put its four idx-ubyte files there, or name a folder with --data-dir or MNIST_DIR"
        ) from error


def _download(data_dir: Path) -> None:
    """Download and unpack the files that are missing."""
    # Here, not above: torchvision takes a second and 160 MB, which only a download needs.
    from torchvision.datasets import MNIST

    MNIST(data_dir, download=True)


def _read(path: Path, header: int) -> Tensor:
    """What follows the header, uint8 (N,), of a file that is MNIST's to the last bit."""
    size, md5 = FILES[path.name]
    remedy = "delete it, and it is downloaded again; or name a folder with --data-dir or MNIST_DIR"
    found = path.stat().st_size
    if found != size:
        raise DataError(f"{path} is not MNIST's: {found:,} bytes, not {size:,}; {remedy}")
    content = np.fromfile(path, np.uint8)
    if hashlib.md5(content, usedforsecurity=False).hexdigest() != md5:
        raise DataError(f"{path} is not MNIST's: its md5 is not {md5}; {remedy}")
    return torch.from_numpy(content[header:])
