import os
import resource
import subprocess
import sys

import pytest

from cnn.files import write_files


def test_a_write_that_fails_changes_nothing(tmp_path):
    files = {tmp_path / "a": b"new", tmp_path / "b": "not bytes"}
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(TypeError):
        write_files(files)
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_disk_that_is_full_changes_nothing(tmp_path):
    (tmp_path / "b").write_bytes(b"old")
    program = (
        "import sys; from pathlib import Path; from cnn.files import write_files\n"
        "a, b = map(Path, sys.argv[1:])\n"
        "try: write_files({a: b'small', b: bytes(5000)})\n"
        "except OSError as error: print(error.strerror)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "a", tmp_path / "b"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == os.strerror(27)  # EFBIG: what the limit stands for here
    assert [p.name for p in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == b"old"


def test_parts_of_the_same_file_that_a_dead_process_left_are_removed_and_no_others(tmp_path):
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = tmp_path / f".net.resume.{ended.pid}.part"
    stay = [
        f".net.resume.{os.getppid()}.part",  # it runs, and may be writing
        f".other.resume.{ended.pid}.part",
        f"net.resume.{ended.pid}.part",
        ".net.resume.part",
        f".net.resume.{10**12}.part",  # no process has such a number
        "net.resume.old",
    ]
    for name in [left.name, *stay]:
        (tmp_path / name).write_bytes(b"half")
    write_files({tmp_path / "net.resume": b"whole"})
    assert {p.name for p in tmp_path.iterdir()} == {"net.resume", *stay}
