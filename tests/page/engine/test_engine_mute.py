"""Muted channels and neurons give 0, and the network goes on as torch does with zeros there."""

import numpy as np
import pytest
from engine_fixture import NETWORKS, floats, networks, torchs_maps
from ways import muted

CLOSE = 1e-5  # where values are of order 1; of larger ones a share, as float32's own steps are

# What all stages give for all digits, with units muted, then without.
MUTES = """async ([name, units]) => {
  const network = await loaded(`/${name}.safetensors`);
  const digits = (await torchsMaps(name)).map(([digit]) => digit);
  const all = (muted) => {
    const runs = digits.map((digit) => network.run(digit, muted).map((map) => map.slice()));
    return network.stages.map((_, stage) => base64(joined(runs.map((maps) => maps[stage]))));
  };
  return [all(new Map(units.map(([stage, some]) => [stage, new Set(some)]))), all()];
}"""


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_muted_gives_zero_and_every_stage_after_sees_it(engine, fixture_folder, name):
    network = networks()[name]
    steady = torchs_maps(fixture_folder, name)
    rng = np.random.default_rng(4)
    some = [set(rng.integers(maps.shape[1], size=3).tolist()) for maps in steady]
    cases = [{stage: units} for stage, units in enumerate(some)]
    cases.append(dict(enumerate(some[1:-1], 1)))  # of all stages between the first and the last
    for units in cases:
        wanted = muted(network, steady[0], units)
        silent, again = engine.evaluate(MUTES, [name, [(s, [*u]) for s, u in units.items()]])
        for got, torchs in zip(silent, wanted, strict=True):
            assert_close(got, torchs.detach().numpy())
        for got, torchs in zip(again, steady, strict=True):
            assert_close(got, torchs.numpy())


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
