from pathlib import Path

import pytest
from history_run import note, snapshots  # noqa: F401  fixtures
from steps_page import open_step, step_page  # noqa: F401  fixtures

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder: it takes as long as all other tests together."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.lesson)
