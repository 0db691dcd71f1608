"""The README's table of numbers: what it claims, and whether its commands print that.

python tests/readme.py    runs those whose figures are the same on every machine; CI does

Exits 1 where a command fails, or does not print a figure beside it. The others take a quiet machine
or many minutes: they are run by hand, and exit 1 below what they claim.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
THE_SAME = {"the same", "同上"}
BY_HAND = r"benchmarks/(?!flips)\w+\.py"
# Another processor rounds otherwise, so one digit in a thousand may be read otherwise.
SLACK = 0.02


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


def claimed() -> dict[str, list[str]]:
    """Every command whose figures are the same on every machine, and these."""
    by_command: dict[str, list[str]] = {}
    for _, figure, command in rows(README):
        if not re.search(BY_HAND, command):
            by_command.setdefault(command, []).extend(figures(figure))
    return by_command


def missing(wanted: list[str], printed: str) -> list[str]:
    """The figures that are not among what was printed, within SLACK where they have decimals."""
    there = [float(number) for number in figures(printed)]
    return [
        figure
        for figure in wanted
        if not any(abs(number - float(figure)) <= SLACK * ("." in figure) for number in there)
    ]


def main() -> None:
    for command, wanted in claimed().items():
        print("+", command, flush=True)
        words = [sys.executable, *command.split()[1:]]
        done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        print("\n".join(done.stdout.splitlines()[-3:]), flush=True)
        if done.returncode:
            sys.exit(f"{command} fails")
        if lost := missing(wanted, done.stdout):
            sys.exit(f"{command} does not print {', '.join(lost)}")


if __name__ == "__main__":
    main()
