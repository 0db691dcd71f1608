import numpy as np
import pytest
import torch
from history_run import note, snapshots  # noqa: F401  fixtures
from steps_page import open_step, step_page  # noqa: F401  fixtures

from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import drawings
from cnn.synthetic.handwriting import CANVAS


@pytest.fixture(scope="session")
def digits() -> torch.Tensor:
    """Fifty drawings as the network gets them, (50, 1, 28, 28)."""
    drawn, _, _ = drawings(50, seed=17)
    made = [digit_from_strokes(strokes, CANVAS).reshape(1, 28, 28) for strokes in drawn]
    return torch.from_numpy(np.stack(made))
