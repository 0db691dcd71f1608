"""Runs on disks that are too small or read-only: nothing is lost, and they go on."""

import contextlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tiny_runs import Accidents, Runs, kept_in, old_or_new, prepared, traceback_in

MEGABYTES = 1, 2, 3, 4, 6, 8, 12  # of the full disks: the tiny run needs ten
SIZES = (
    100_000,
    300_000,
    420_000,
    1_000_000,
    2_000_000,
)  # bytes of a file, where none can be mounted
ROOM = 64  # megabytes that are enough


def mount(folder: Path, *words: str) -> bool:
    """Mount with these words; whether that was possible."""
    with contextlib.suppress(OSError):
        return not subprocess.run(["mount", *words, folder], capture_output=True).returncode
    return False


def disturb_disks(accidents: Accidents, runs: Runs, folder: Path, quick: bool) -> None:
    """Runs on disks that are too small by more or less, and on a read-only one."""
    folder.mkdir()
    if not mount(folder, "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs"):
        print("no file system can be mounted here: the size of a file is limited instead")
        for i, size in enumerate(SIZES[::3] if quick else SIZES):
            out = prepared(folder / f"full{i}")
            too_full(accidents, runs, out, at_most=size)
        return
    try:
        for i, size in enumerate(MEGABYTES[::3] if quick else MEGABYTES):
            out = prepared(folder / f"full{i}")
            mount(folder, "-o", f"remount,size={size}m")
            too_full(accidents, runs, out, lambda: mount(folder, "-o", f"remount,size={ROOM}m"))
            shutil.rmtree(out)
        out = prepared(folder / "read-only")
        mount(folder, "-o", "remount,ro")
        code, said = runs.run(out)
        right = code == 1 and re.search(r"cannot write to .*[Rr]ead-only", said)
        accidents.note(
            "read-only disks",
            None if right else f"exit {code}: {said[-500:]}",
            traceback_in(said),
            old_or_new(out, runs),
        )
    finally:
        subprocess.run(["umount", folder], check=True)


def too_full(
    accidents: Accidents,
    runs: Runs,
    out: Path,
    make_room: Callable[[], object] = lambda: None,
    at_most: int | None = None,
) -> None:
    """A run that the disk is too small for, or perhaps not; then there is room, and it goes on."""
    code, said = runs.run(out, at_most=at_most)
    after = old_or_new(out, runs)
    right = code == 0 or (code == 1 and "make room there" in said)
    make_room()
    wrong = None if right else f"exit {code}: {said[-500:]}"
    again = runs.go_on(out) if code else ()
    accidents.note("full disks", wrong, traceback_in(said), after, *again, kept_in(out))
