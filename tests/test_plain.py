"""The plain recipe's figures: the lesson reads the file, and the READMEs say the same."""

import json
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "cnn/page/browser/lesson/steps/mlp-or-cnn/plain.json"
COMMAND = "python benchmarks/plain.py"


@pytest.fixture(scope="module")
def measured() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


def rows(name: str) -> list[str]:
    """The rows of a README's tables."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("|")]


def test_the_convnet_reads_more_than_the_mlp_with_every_seed(measured):
    mlp, convnet = measured["right"]["mlp"], measured["right"]["convnet"]
    assert len(mlp) == len(convnet) >= 3
    assert max(mlp) < min(convnet)
    assert measured["command"] == COMMAND


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_says_the_means(measured, name):
    row = next(row for row in rows(name) if COMMAND in row)
    means = [statistics.mean(measured["right"][network]) for network in ("mlp", "convnet")]
    assert re.findall(r"\d\d\.\d\d", row) == [f"{mean:.2f}" for mean in means]


def test_the_readme_of_the_benchmarks_says_every_run(measured):
    for name, right in {"MLP": "mlp", "ConvNet": "convnet"}.items():
        row = next(row for row in rows("benchmarks/README.md") if row.startswith(f"| {name} |"))
        figures = [float(figure) for figure in re.findall(r"\d\d\.\d\d", row)]
        assert figures[:-1] == measured["right"][right]
        assert figures[-1] == pytest.approx(statistics.mean(figures[:-1]), abs=0.006)
