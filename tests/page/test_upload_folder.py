"""A server's uploads are its own: of what others left, only what nobody uses is deleted."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cnn.page.upload_folder import PREFIX, delete_old, own_folder

SERVER = "from cnn.page.upload_folder import own_folder; print(own_folder(), flush=True); input()"


@contextlib.contextmanager
def server(within: Path) -> Iterator[Path]:
    """The folder of a process that runs until the block ends, and is then killed."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=os.environ | {"GRADIO_TEMP_DIR": str(within)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Path(process.stdout.readline().strip())
        process.kill()


def upload(folder: Path) -> Path:
    path = folder / "0a1b" / "seven.png"
    path.parent.mkdir()
    path.write_bytes(b"7")
    return path


def test_the_next_server_deletes_what_a_stopped_one_left_and_nothing_of_a_living_one(tmp_path):
    within = tmp_path / "new"
    with server(within) as stopped:
        left = upload(stopped)
    assert left.exists()
    with server(within) as living:
        assert not stopped.exists()
        kept = upload(living)
        others = [within / "0a1b", within / f"{PREFIX}link", within / f"{PREFIX}file"]
        others[0].mkdir()
        others[1].symlink_to(others[0])
        others[2].touch()
        with server(within) as next_:
            assert sorted(within.iterdir()) == sorted([living, next_, *others])
            assert kept.read_bytes() == b"7"
            assert next_.stat().st_mode & 0o777 == 0o700


def test_a_place_where_no_folder_can_be_made_gets_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "file" / "uploads"))
    with pytest.raises(SystemExit, match=r"no folder for uploads .*GRADIO_TEMP_DIR"):
        own_folder()


def test_what_is_old_and_folders_without_files_are_deleted(tmp_path):
    new = upload(tmp_path)
    part, old = tmp_path / "tmp0", tmp_path / "2c3d" / "eight.png"
    old.parent.mkdir()
    for path in (part, old):
        path.touch()
        os.utime(path, (0, 0))
    (tmp_path / "4e5f").mkdir()
    delete_old(str(tmp_path), 600)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [new]
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [new.parent]
