from history_run import note, snapshots  # noqa: F401  fixtures
from steps_page import open_step, step_page  # noqa: F401  fixtures
