"""The README's figures are what its commands print, and both languages say the same.

Those that take minutes to print are checked by CI: see readme.py.
"""

import re

import pytest
from readme import README, ROOT, claimed, figures, missing, rows

from cnn.model import NETWORKS, WEIGHTS, load

CHINESE = (ROOT / "README.zh.md").read_text(encoding="utf-8")
HOSTING = (ROOT / "HOSTING.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EVALUATE = "python -m cnn.evaluate"


def test_what_a_network_reads_of_mnist_is_what_its_card_says():
    found = [figure for _, figure, command in rows(README) if command.startswith(EVALUATE)]
    cards = [load(WEIGHTS.with_name(f"{name}.safetensors")).card for name in ("convnet", "mlp")]
    for figure, card in zip((found[0], found[-1]), cards, strict=True):
        assert figure == f"{card['mnist']:.2f} %"


def test_the_commands_that_ci_runs_have_figures_and_one_that_is_not_printed_is_found():
    assert all(claimed().values())
    assert EVALUATE in claimed()
    printed = "1,234 of 10,000 digits: 99.48 %, in 3 s"
    assert missing(["99.49", "99.50", "1234", "10000", "3"], printed) == []
    assert missing(["99.51", "99.45", "1235", "4"], printed) == ["99.51", "99.45", "1235", "4"]


def test_every_command_of_the_tables_is_there():
    holds = HOSTING[HOSTING.index("## What it holds") :]
    for _, _, command in rows(README) + rows(holds):
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
    tree = re.search(r"```\n(app\.py.*?)```", CONTRIBUTING, flags=re.S)[1]
    folders: list[str] = []
    for line in tree.splitlines():
        indent, names = re.match(r"( *)(.+?)(?:  +.*)?$", line).groups()
        folders = folders[: len(indent) // 2]
        for name in names.split(", "):
            path = ROOT.joinpath(*folders, name)
            assert path.exists(), path
        if names.endswith("/"):
            folders.append(names)


def test_every_path_that_contributing_names_is_there():
    browser = ROOT / "cnn" / "page" / "browser"
    elsewhere = {"data/", "../shared/data"}  # where MNIST may be
    for name in re.findall(r"`([\w./-]+/[\w./-]*)`", prose(CONTRIBUTING)):
        if "NAME" not in name and name not in elsewhere:
            roots = ROOT, browser, browser / "words"
            assert any((root / name).exists() for root in roots), name
