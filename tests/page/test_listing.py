"""The class that the lesson shows: the one in cnn/model.py, and what is copied runs alone."""

import json
import subprocess
import sys
from pathlib import Path

import torch

from cnn import model
from cnn.model import ConvNet, load
from cnn.page.listing import FILE, listing

SHOWN = json.loads(FILE.read_text(encoding="utf-8"))
LONGEST = 20  # lines: about fifteen, and a line before and after
ALONE = """
import sys
weights, digits = torch.load(sys.argv[1])
network = ConvNet().eval()
network.load_state_dict(weights)
with torch.no_grad():
    torch.save(network(digits), sys.argv[2])
assert "cnn" not in sys.modules
"""


def test_the_lesson_shows_the_class_as_it_stands():
    assert listing() == SHOWN, "run: python -m cnn.page.listing"
    assert SHOWN["shown"] in Path(model.__file__).read_text(encoding="utf-8")
    assert SHOWN["shown"].startswith(f"class {ConvNet.__name__}(")
    assert len(SHOWN["shown"].splitlines()) <= LONGEST


def test_what_is_copied_runs_alone_and_gives_what_the_network_gives(tmp_path):
    torch.manual_seed(0)
    network, digits = load(), torch.rand(20, 1, 28, 28)
    given, gave = tmp_path / "given.pt", tmp_path / "gave.pt"
    torch.save((network.state_dict(), digits), given)
    script = tmp_path / "copied.py"
    script.write_text(SHOWN["before"] + SHOWN["shown"] + ALONE, encoding="utf-8")
    subprocess.run([sys.executable, "-I", script, given, gave], check=True, cwd=tmp_path)
    with torch.no_grad():
        assert torch.equal(torch.load(gave), network(digits))
