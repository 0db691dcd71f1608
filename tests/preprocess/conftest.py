import pytest

from cnn.synthetic.generate import drawings


@pytest.fixture(scope="module")
def drawn():
    """Strokes of 120 synthetic digits on a 280 px canvas."""
    return drawings(120, seed=3)[0]
