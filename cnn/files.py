"""Files that are replaced whole: whatever stops the program, either the old or the new are there.

A file is first written beside its destination, as .NAME.PID.part, where PID is the writing process.
"""

import contextlib
import os
import re
from pathlib import Path


def write_files(contents: dict[Path, bytes]) -> None:
    """First write every file beside its destination, then move each there: never half a file.

    Part files that a killed process left of the same files are removed. Raises OSError; then no
    file has changed, unless the moves themselves failed half-way.
    """
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in contents}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _remove_leftovers(path)
            with open(part, "wb") as file:
                file.write(contents[path])
                file.flush()
                os.fsync(file.fileno())
        for path, part in parts.items():
            os.replace(part, path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _remove_leftovers(path: Path) -> None:
    """Remove this file's part files whose process has ended."""
    left = re.compile(rf"\.{re.escape(path.name)}\.(\d{{1,9}})\.part")
    for beside in path.parent.iterdir():
        if (match := left.fullmatch(beside.name)) and not _alive(int(match[1])):
            with contextlib.suppress(OSError):  # another process was quicker, or owns it
                beside.unlink()


def _alive(pid: int) -> bool:
    """Whether a process may be running; on Windows, where asking could end it, always True."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it runs, but is another user's
        return True
    return True
