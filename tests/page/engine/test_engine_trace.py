"""The way back to the ink goes through what torch says made each value, step by step."""

import json
from itertools import pairwise

import numpy as np
import pytest
import torch
from engine_fixture import DIGITS, NETWORKS, networks, torchs_maps
from ways import handed_on

from cnn.model import Network

ALL = 10**6  # more cells than any stage has
MOST = 24
EQUAL = 1e-6  # between shares, which are at most 1
INKED = "convnet", "mlp", "rectangles", "whole"  # what sees the ink has weights, no pooling

TRACES = """async ([name, from, most]) => {
  const { trace } = await import("/engine/trace.js");
  const network = await loaded(`/${name}.safetensors`);
  const maps = await torchsMaps(name);
  return JSON.stringify(
    from.map(([digit, stage, index]) => trace(network, maps[digit], stage, index, { most })));
}"""


def starts(maps: list[torch.Tensor]) -> list[tuple[int, int]]:
    """The strongest value of every stage and two others: (stage, index)."""
    rng = np.random.default_rng(3)
    some = [
        [values.argmax().item(), *rng.integers(values.numel(), size=2).tolist()] for values in maps
    ]
    return [(stage, index) for stage, indices in enumerate(some) for index in indices]


@pytest.mark.parametrize(
    ("most", "digits"), [(5, [0, DIGITS - 1, DIGITS - 2]), (ALL, [DIGITS - 1])]
)
@pytest.mark.parametrize("name", NETWORKS)
def test_a_trace_follows_winners_and_positive_terms_in_proportion(
    engine, fixture_folder, name, most, digits
):
    network = networks()[name]
    for digit in digits:
        maps = [stage[digit : digit + 1] for stage in torchs_maps(fixture_folder, name)]
        begins = starts(maps)
        asked = [(digit, *begin) for begin in begins]
        ways = json.loads(engine.evaluate(TRACES, [name, asked, most]))
        for (stage, index), way in zip(begins, ways, strict=True):
            assert [step["stage"] for step in way] == list(range(stage, -1, -1))
            assert way[0]["cells"] == [{"index": index, "share": 1}]
            for after, before in pairwise(way):
                check_step(network, maps, after, before, most)


def check_step(
    network: Network, maps: list[torch.Tensor], after: dict, before: dict, most: int
) -> None:
    """Assert that the cells of one step are the strongest of those that torch hands on to."""
    shares = torch.zeros(maps[after["stage"]].numel(), dtype=torch.float64)
    for cell in after["cells"]:
        shares[cell["index"]] = cell["share"]
    expected = handed_on(network, maps, after["stage"], shares)
    kept = torch.tensor([cell["index"] for cell in before["cells"]], dtype=torch.long)
    got = torch.tensor([cell["share"] for cell in before["cells"]], dtype=torch.float64)
    assert len(kept) == len(kept.unique()) <= most
    if len(kept) == 0:
        assert expected.max() <= EQUAL
        return
    assert got.sum().item() == pytest.approx(1)
    assert (got > 0).all()
    assert (got.diff() <= 0).all()
    torch.testing.assert_close(got, expected[kept] / expected[kept].sum(), atol=EQUAL, rtol=1e-4)
    expected[kept] = 0
    assert expected.max() <= (got.min() if len(kept) == most else 0) + EQUAL


@pytest.mark.parametrize("name", INKED)
def test_every_way_ends_on_ink_alone_which_a_blank_sheet_has_not(engine, fixture_folder, name):
    maps = torchs_maps(fixture_folder, name)
    answers = [(digit, len(maps) - 1, answer) for digit in range(3, DIGITS) for answer in (0, 4)]
    ways = json.loads(engine.evaluate(TRACES, [name, answers, MOST]))
    ends = 0
    for (digit, _, _), way in zip(answers, ways, strict=True):
        pixels = maps[0][digit].flatten()
        ends += len(way[-1]["cells"])
        assert all(pixels[cell["index"]] > 0 for cell in way[-1]["cells"])
    assert ends > 0
