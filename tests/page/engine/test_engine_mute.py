"""Muted channels and neurons give 0, and the network goes on as torch does with zeros there."""

import numpy as np
import pytest
from engine_fixture import NETWORKS, floats, networks, torchs_maps
from ways import muted

CLOSE = 1e-5  # where values are of order 1; of larger ones a share, as float32's own steps are

# What all stages give for all digits: without muted units, and with each of the cases. Whether they
# give the same again after each.
MUTES = """async ([name, cases]) => {
  const network = await loaded(`/${name}.safetensors`);
  const digits = (await torchsMaps(name)).map(([digit]) => digit);
  const all = (muted) => {
    const runs = digits.map((digit) => network.run(digit, muted));
    return network.stages.map((_, stage) => joined(runs.map((maps) => maps[stage])));
  };
  const steady = all();
  const silent = [];
  const same = [];
  for (const units of cases) {
    silent.push(all(new Map(units.map(([stage, some]) => [stage, new Set(some)]))).map(base64));
    const again = all();
    same.push(again.every((maps, i) => maps.every((value, k) => value === steady[i][k])));
  }
  return { steady: steady.map(base64), silent, same };
}"""


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_muted_gives_zero_and_every_stage_after_sees_it(engine, fixture_folder, name):
    network = networks()[name]
    steady = torchs_maps(fixture_folder, name)
    rng = np.random.default_rng(4)
    some = [set(rng.integers(maps.shape[1], size=3).tolist()) for maps in steady]
    cases = [{stage: units} for stage, units in enumerate(some)]
    cases.append(dict(enumerate(some[1:-1], 1)))  # of all stages between the first and the last
    found = engine.evaluate(MUTES, [name, [[(s, [*u]) for s, u in c.items()] for c in cases]])
    for got, torchs in zip(found["steady"], steady, strict=True):
        assert_close(got, torchs.numpy())
    assert found["same"] == [True] * len(cases)
    for units, silent in zip(cases, found["silent"], strict=True):
        for got, torchs in zip(silent, muted(network, steady[0], units), strict=True):
            assert_close(got, torchs.detach().numpy())


def assert_close(text: str, torchs: np.ndarray) -> None:
    differ = np.abs(floats(text, *torchs.shape) - torchs)
    assert (differ <= CLOSE * np.maximum(1, np.abs(torchs))).all(), differ.max()


def test_muting_leaves_the_maps_of_the_stages_before_as_they_were(engine):
    same = engine.evaluate(
        """async () => {
          const network = await loaded("/convnet.safetensors");
          const digit = Float32Array.from({ length: 784 }, (_, i) => i % 2);
          const [flatten, pool] = [7, 6];
          const before = network.run(digit)[pool].slice();
          const maps = network.run(digit, new Map([[flatten, new Set(before.keys())]]));
          return [
            before.some((value) => value > 0),
            maps[pool].every((value, i) => value === before[i]),
            maps[flatten].every((value) => value === 0),
          ];
        }"""
    )
    assert same == [True, True, True]
