"""The README's figures are what its commands print, and both languages say the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cnn.model import NETWORKS, WEIGHTS, load

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
THE_SAME = {"the same", "同上"}
# Minutes of time or a quiet machine: these are run by hand, and exit 1 below what they claim.
SLOW = r"benchmarks/(?!flips)\w+\.py"


def rows(text: str) -> list[tuple[str, str, str]]:
    """(what, figure, command) of the table of numbers, "the same" replaced by the command above."""
    table = re.search(r"\|---\|---\|---\|\n((?:\|.*\n)+)", text)[1]
    found = []
    for line in table.splitlines():
        what, figure, command = (cell.strip() for cell in line.strip("|").split(" | "))
        command = found[-1][2] if command in THE_SAME else command.strip("`")
        found.append((what, figure, command))
    return found


def figures(text: str) -> list[str]:
    """The numbers in a text, Chinese or English, without their thousands separators."""
    found = re.findall(r"(?<![a-zA-Z_.\d])\d[\d,]*(?:\.\d+)?", text)
    return [number.replace(",", "").rstrip(".") for number in found]


def cheap_commands() -> dict[str, list[str]]:
    """Every command of the table that is quick and the same on every machine, and its figures."""
    claimed: dict[str, list[str]] = {}
    for _, figure, command in rows(README):
        if not re.search(SLOW, command):
            claimed.setdefault(command, []).extend(figures(figure))
    return claimed


@pytest.mark.parametrize("command", cheap_commands())
def test_a_figure_of_the_readme_is_printed_by_its_command(command, mnist_dir):
    words = command.split()
    assert words[0] == "python"
    done = subprocess.run(
        [sys.executable, *words[1:]],
        cwd=ROOT,
        env=os.environ | {"MNIST_DIR": str(mnist_dir)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    printed = [float(number) for number in figures(done.stdout)]
    for figure in cheap_commands()[command]:
        # Another processor rounds otherwise, so one digit in a thousand may be read otherwise.
        slack = 0.02 if "." in figure else 0
        near = [number for number in printed if abs(number - float(figure)) <= slack]
        assert near, f"{command} does not print {figure}"


def test_every_command_of_the_table_is_there():
    for _, _, command in rows(README):
        script = command.split()[1]
        module = "cnn/evaluate.py" if script == "-m" else script
        assert (ROOT / module).is_file(), command


def prose(text: str) -> str:
    """The text without its front matter and its blocks of code."""
    body = text.split("---\n", 2)[2] if text.startswith("---") else text
    return re.sub(r"```.*?```", "", body, flags=re.S)


def headings(text: str) -> list[int]:
    """The level of every heading, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(text), flags=re.M)]


def commands(text: str) -> list[str]:
    """Every block of commands."""
    return re.findall(r"```bash\n(.*?)```", text, flags=re.S)


def code(text: str) -> set[str]:
    """Every word in code outside of blocks."""
    return set(re.findall(r"`([^`\n]+)`", prose(text)))


def pictures(text: str) -> list[str]:
    return [path.replace(".zh.", ".") for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)]


def test_the_chinese_readme_has_the_same_headings_commands_and_pictures():
    assert headings(CHINESE) == headings(README)
    assert commands(CHINESE) == commands(README)
    assert code(CHINESE) == code(README)
    assert pictures(CHINESE) == pictures(README)


def test_the_chinese_readme_has_the_same_figures():
    for english, chinese in zip(rows(README), rows(CHINESE), strict=True):
        assert figures(chinese[1]) == figures(english[1]), english
        assert chinese[2] == english[2]
    assert sorted(figures(prose(CHINESE))) == sorted(figures(prose(README)))


def test_the_minutes_of_training_are_those_of_the_cards():
    seconds = sum(
        load(WEIGHTS.with_name(f"{name}.safetensors")).card["seconds"] for name in NETWORKS
    )
    for text in (README, CHINESE):
        minutes = re.search(r"(?:in about|用大约) (\d+(?:\.\d)?) ?(?:minutes|分钟)", text)[1]
        assert float(minutes) == pytest.approx(seconds / 60, abs=0.5)


def test_every_file_in_the_tree_is_there():
    tree = re.search(r"```\n(app\.py.*?)```", README, flags=re.S)[1]
    folders: list[str] = []
    for line in tree.splitlines():
        indent, names = re.match(r"( *)(.+?)(?:  +.*)?$", line).groups()
        folders = folders[: len(indent) // 2]
        for name in names.split(", "):
            path = ROOT.joinpath(*folders, name)
            assert path.exists(), path
        if names.endswith("/"):
            folders.append(names)
