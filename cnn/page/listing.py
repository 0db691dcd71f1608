"""The network's class as the lesson shows it, cut from cnn/model.py as it stands.

python -m cnn.page.listing writes it for the page; a test says when that has to be done again.
"""

import ast
import inspect
import json

from cnn import model
from cnn.model import ConvNet, describe
from cnn.page.html import BROWSER

FILE = BROWSER / "lesson" / "steps" / "code" / "listing.json"
# What the pieces below need, so that they run in a file of their own.
IMPORTS = """from collections import OrderedDict
from collections.abc import Sequence

import torch
from torch import Tensor, nn
"""
CONSTANTS = "MEAN, STD", "CLASSES"
LAST = "forward"  # what Network has after it, no network needs to run


def listing() -> dict:
    """What the lesson shows and copies: {"before": ..., "shown": ..., "architecture": ...}.

    shown: ConvNet's source; before: all that it needs above it, imports included. architecture:
    what `describe` says of it, without the rate of dropout, which training sets; so the page knows
    whether its network is this one.
    """
    source = inspect.getsource(model)
    lines = source.splitlines()
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    network, shown = classes["Network"], classes["ConvNet"]
    last = next(node for node in network.body if getattr(node, "name", None) == LAST)
    constants = [line for line in lines if line.split(" = ")[0] in CONSTANTS]
    head = "\n".join([IMPORTS, *constants])
    base = "\n".join(lines[network.lineno - 1 : last.end_lineno])
    architecture = [{k: v for k, v in stage.items() if k != "p"} for stage in describe(ConvNet())]
    return {
        "before": f"{head}\n\n\n{base}\n\n\n",
        "shown": "\n".join(lines[shown.lineno - 1 : shown.end_lineno]) + "\n",
        "architecture": architecture,
    }


def main() -> None:
    """Write it for the page."""
    FILE.write_text(json.dumps(listing(), indent=2) + "\n", encoding="utf-8")
    print(FILE)


if __name__ == "__main__":
    main()
