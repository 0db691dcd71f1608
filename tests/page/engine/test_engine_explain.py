"""What the page says of a value adds up to it, and is what torch.nn.functional says."""

import json

import pytest
from engine_fixture import CELLS, NETWORKS

DIGITS_ALIKE = 1e-4  # of a value: four digits
ZERO = 1e-5  # below which two values are equal, whatever their digits

# The explanations, with torch's own maps, of the cells of a network.
EXPLAINS = """async (name) => {
  const { explain, receptiveField } = await import("/engine/explain.js");
  const network = await loaded(`/${name}.safetensors`);
  const maps = await torchsMaps(name);
  const cells = (await (await fetch("/cells.json")).json())[name];
  return JSON.stringify(
    cells.map(({ digit, stage, index, row, column }) => [
      explain(network, maps[digit], stage, index),
      receptiveField(network, stage, row, column),
    ]),
    (_, value) => ArrayBuffer.isView(value) ? [...value] : value,
  );
}"""

# By how much, at most, the sums of each stage's explanations miss what the network's run shows.
MISSES = """async ([name, digits, step]) => {
  const { explain, givenTo } = await import("/engine/explain.js");
  const network = await loaded(`/${name}.safetensors`);
  const total = (terms) => terms.reduce((sum, term) => sum + term, 0);
  const sums = {
    Normalize: ({ pixel, mean, std }) => (pixel - mean) / std,
    Conv2d: ({ bias, patches }) => bias + total(patches.map(({ products }) => total(products))),
    BatchNorm2d: ({ input, mean, deviation, weight, bias }) =>
      (input - mean) / deviation * weight + bias,
    ReLU: ({ input }) => Math.max(0, input),
    LeakyReLU: ({ input, slope }) => input > 0 ? input : slope * input,
    Tanh: ({ input }) => Math.tanh(input),
    MaxPool2d: ({ cells, winner }) => cells[winner].value,
    AvgPool2d: ({ cells }) => total(cells.map(({ value }) => value)) / cells.length,
    Flatten: ({ from }, before) => before[from.index],
    Dropout: (_, before, index) => before[index],
    Linear: ({ bias, terms }) => bias + total(terms.map(({ product }) => product)),
    LogSoftmax: ({ digit, exps, sum }) => Math.log(exps[digit] / sum),
  };
  return (await torchsMaps(name)).slice(0, digits).map(([digit]) => {
    const maps = network.run(digit);
    return network.stages.map(({ kind }, stage) => {
      let most = 0;
      for (let index = 0; index < maps[stage].length; index += step) {
        const how = explain(network, maps, stage, index);
        const sum = sums[kind](how, stage && givenTo(network, maps, stage).x, index);
        most = Math.max(most, Math.abs(sum - how.value) / Math.max(1, Math.abs(how.value)));
      }
      return most;
    });
  });
}"""
STEP = 5  # every fifth value of each of so many digits
EXPLAINED = 5


@pytest.fixture(scope="module")
def cells(fixture_folder):
    return json.loads((fixture_folder / "cells.json").read_text(encoding="utf-8"))


def same(said, expected, path: str = "") -> None:
    """Assert that two explanations have the same keys and the same values, numbers to 4 digits."""
    if isinstance(expected, dict):
        assert said.keys() == expected.keys(), path
        for key in expected:
            same(said[key], expected[key], f"{path}.{key}")
    elif isinstance(expected, list):
        assert len(said) == len(expected), path
        for i, (one, other) in enumerate(zip(said, expected, strict=True)):
            same(one, other, f"{path}[{i}]")
    elif isinstance(expected, float) and said is not None:
        assert said == pytest.approx(expected, rel=DIGITS_ALIKE, abs=ZERO), path
    else:
        assert said == expected, path


def test_the_fixture_has_two_hundred_cells_of_every_kind_of_stage(cells):
    kinds = [cell["explained"]["kind"] for some in cells.values() for cell in some]
    assert len(kinds) >= 200
    assert min(kinds.count(kind) for kind in kinds) >= CELLS
    assert len(set(kinds)) == 12


@pytest.mark.parametrize("name", NETWORKS)
def test_every_number_of_an_explanation_is_torchs(engine, cells, name):
    said = json.loads(engine.evaluate(EXPLAINS, name))
    for cell, (explanation, _) in zip(cells[name], said, strict=True):
        same(explanation, cell["explained"], f"{name} {cell['stage']} {cell['index']}")


@pytest.mark.parametrize("name", NETWORKS)
def test_a_receptive_field_is_where_the_gradient_is_not_zero(engine, cells, name):
    said = json.loads(engine.evaluate(EXPLAINS, name))
    for cell, (_, fields) in zip(cells[name], said, strict=True):
        sides = "top", "left", "bottom", "right"
        got = [rect and [rect[side] for side in sides] for rect in fields]
        assert got == cell["field"], cell


@pytest.mark.parametrize("name", NETWORKS)
def test_an_explanation_adds_up_to_the_value_that_the_network_shows(engine, name):
    misses = engine.evaluate(MISSES, [name, EXPLAINED, STEP])
    assert max(max(of_digit) for of_digit in misses) <= ZERO, misses


def test_a_value_that_is_not_there_is_refused(engine):
    said = engine.evaluate(
        """async () => {
          const { explain } = await import("/engine/explain.js");
          const network = await loaded("/convnet.safetensors");
          const maps = network.run(new Float32Array(784));
          return [[13, 0], [1, 6272], [12, -1]].map(([stage, index]) => {
            try {
              return explain(network, maps, stage, index);
            } catch (error) {
              return `${error.name}: ${error.message}`;
            }
          });
        }"""
    )
    assert said[0] == "RangeError: stage 13 has no value 0"
    assert said[1:] == [
        "RangeError: stage 1 has no value 6272",
        "RangeError: stage 12 has no value -1",
    ]
