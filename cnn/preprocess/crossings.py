"""Lines from top to bottom of an image, and how they cross its ink."""

import numpy as np


def line(height: int, lean: float) -> np.ndarray:
    """How far a line with this lean is to the right of its middle, row by row: int (height, 1)."""
    return np.round(lean * (np.arange(height) - height / 2)).astype(int)[:, None]


def runs(mask: np.ndarray) -> np.ndarray:
    """bool (h, w) -> how often each column enters the ink, int (w,)."""
    return mask[0] + (mask[1:] & ~mask[:-1]).sum(0)
