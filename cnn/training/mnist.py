"""MNIST, whole, as uint8 tensors."""

import os
from pathlib import Path

from torch import Tensor


class DataError(Exception):
    """MNIST cannot be read; the message says where to put it."""


def default_dir() -> Path:
    """The folder that MNIST_DIR names; data/ where it names none."""
    return Path(os.environ.get("MNIST_DIR") or "data")


def mnist(train: bool, data_dir: str | Path | None = None) -> tuple[Tensor, Tensor]:
    """Digits uint8 (N, 1, 28, 28), ink 255, and labels int64 (N,): 60,000 to train, 10,000 to test.

    Read from `data_dir`/MNIST/raw, where torchvision keeps them; downloaded to there, and checked
    against its checksums, if they are missing. Raises DataError.
    """
    # Here, not above: torchvision takes a second and 160 MB, which only training needs.
    from torchvision.datasets import MNIST

    data_dir = Path(data_dir or default_dir())
    try:
        data = MNIST(data_dir, train=train, download=True)
    except (OSError, RuntimeError, ValueError, AssertionError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(":")
        raise DataError(
            f"cannot read MNIST in {data_dir / 'MNIST' / 'raw'} or download it there ({reason}); "
            "put its four idx-ubyte files there, or name a folder with --data-dir or MNIST_DIR"
        ) from error
    return data.data.unsqueeze(1), data.targets
