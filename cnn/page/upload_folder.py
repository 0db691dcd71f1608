"""This server's own folder for uploads. Old files in it are deleted, and stopped servers' folders.

Gradio would share one folder with every Gradio on the machine, and leave in it what a server had
when it was stopped, the folder of every upload that it deleted, and the parts of every upload that
it did not accept.
"""

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where nobody can tell whether a folder's server still runs
    fcntl = None

PREFIX = "draw-a-digit-"


def own_folder() -> str:
    """A new folder, locked as long as this process runs; those of stopped servers are deleted.

    It lies in the folder for temporary files, or in the one that GRADIO_TEMP_DIR names. Exits with
    a sentence if it cannot be made.
    """
    named = os.environ.get("GRADIO_TEMP_DIR")
    try:
        within = Path(named or tempfile.gettempdir()).resolve()
        within.mkdir(parents=True, exist_ok=True)
        for left in within.glob(f"{PREFIX}*"):
            _delete_if_left(left)
        while True:
            folder = tempfile.mkdtemp(prefix=PREFIX, dir=within)
            if not fcntl:
                return folder
            with contextlib.suppress(FileNotFoundError):
                fcntl.flock(_opened(folder), fcntl.LOCK_EX)
                os.stat(folder)  # a server starting now may have taken it for a stopped server's
                return folder
    except OSError as error:
        sys.exit(f"app.py: no folder for uploads ({error}); name a place for it in GRADIO_TEMP_DIR")


def _delete_if_left(folder: Path) -> None:
    """Delete the folder unless its server runs, or it is another user's."""
    if not fcntl:
        return
    with contextlib.suppress(OSError):
        lock = _opened(folder)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
        finally:
            os.close(lock)


def _opened(folder: str | Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)


@contextlib.asynccontextmanager
async def emptied(folder: str, age_s: float) -> AsyncIterator[None]:
    """While the block lasts, every `age_s`, delete files twice that old, and folders without files.

    By then Gradio has deleted and forgotten those it knows. This runs in the event loop's thread,
    as does Gradio when it makes a folder and puts the upload there: so the folder never vanishes in
    between.
    """

    async def empty() -> None:
        while True:
            await asyncio.sleep(age_s)
            delete_old(folder, 2 * age_s)

    emptying = asyncio.create_task(empty())
    try:
        yield
    finally:
        emptying.cancel()


def delete_old(folder: str, age_s: float) -> None:
    """Delete the files below the folder that have not changed for `age_s`, and empty folders."""
    newest = time.time() - age_s
    for below, folders, files in os.walk(folder, topdown=False):
        for name in files:
            with contextlib.suppress(OSError):  # Gradio was quicker
                path = os.path.join(below, name)
                if os.lstat(path).st_mtime <= newest:
                    os.unlink(path)
        for name in folders:
            with contextlib.suppress(OSError):  # it has files
                os.rmdir(os.path.join(below, name))
