"""The folder for what this server is sent: its own. What is old in it goes, and stopped servers'.

Gradio would share one with every Gradio on the machine, and leave there what a server had when it
was stopped, every folder of an upload that it deleted, and every part of one that it did not take.
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
    a sentence where it cannot be made.
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
                os.stat(folder)  # a server that starts beside may have taken it for one left
                return folder
    except OSError as error:
        sys.exit(f"app.py: no folder for uploads ({error}); name a place for it: GRADIO_TEMP_DIR")


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
    """While the block lasts, delete every `age_s` what is twice as old, and folders without files.

    Gradio has then deleted and forgotten what it knows. In the loop's thread, as Gradio makes a
    folder and puts the upload there: it never loses the folder in between.
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
    """Delete the files below the folder that have not changed for so long, and empty folders."""
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
