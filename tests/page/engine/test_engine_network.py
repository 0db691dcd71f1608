"""A network in the browser gives, stage by stage, what PyTorch gives."""

import numpy as np
import pytest
from engine_fixture import DIGITS, NETWORKS, floats, networks
from safetensors.numpy import load_file
from safetensors.torch import load_file as load_torch

from cnn.activations import activations

CLOSE = 1e-5  # where values are of order 1; of larger ones a share, as float32's own steps are

RUNS = """async ([name, inputs]) => {
  const { readSafetensors } = await import("/engine/safetensors.js");
  const network = await loaded(`/${name}.safetensors`);
  const { data } = readSafetensors(await fetched(`/${name}.maps`)).tensors.get("input");
  const runs = Array.from({ length: inputs }, (_, i) =>
    network.run(data.slice(784 * i, 784 * (i + 1))));
  return network.stages.map(({ name }, stage) =>
    [name, base64(joined(runs.map((maps) => maps[stage])))]);
}"""

# A network of one convolution, changed before it is made.
MADE = """async (change) => {
  const { readSafetensors, WeightsError } = await import("/engine/safetensors.js");
  const { Network } = await import("/engine/network.js");
  const { card, tensors } = readSafetensors(await fetched("/rectangles.safetensors"));
  const stages = card.architecture;
  let architecture = stages;
  eval(change);
  try {
    new Network({ ...card, architecture }, tensors);
    return null;
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    return [error.reason, error.message];
  }
}"""


@pytest.mark.parametrize("name", NETWORKS)
def test_every_stage_gives_what_torch_gives(engine, fixture_folder, name):
    expected = load_file(fixture_folder / f"{name}.maps")
    for stage, values in engine.evaluate(RUNS, [name, DIGITS]):
        torchs = expected.pop(stage)
        differ = np.abs(floats(values, *torchs.shape) - torchs)
        assert (differ <= CLOSE * np.maximum(1, np.abs(torchs))).all(), (stage, differ.max())
    assert not expected  # nor did a stage go missing


@pytest.mark.parametrize("name", NETWORKS)
def test_the_fixture_is_what_double_precision_gives(fixture_folder, name):
    network = networks()[name].double()
    network.load_state_dict(load_torch(fixture_folder / f"{name}.safetensors"))
    expected = load_torch(fixture_folder / f"{name}.maps")
    for stage, values in activations(network, expected["input"].double()).items():
        differ = (expected[stage] - values).abs()
        assert (differ <= CLOSE * values.abs().clamp(min=1)).all(), (stage, differ.max())


def test_the_digit_itself_is_the_first_of_the_maps_and_what_a_run_gave_stays(engine):
    same = engine.evaluate(
        """async () => {
          const network = await loaded("/convnet.safetensors");
          const digit = new Float32Array(784).fill(0.5);
          const first = network.run(digit);
          const before = first.map((map) => map.slice());
          network.run(new Float32Array(784));
          const stays = first.every((map, i) => map.every((value, k) => value === before[i][k]));
          return [first[0] === digit, stays];
        }"""
    )
    assert same == [True, True]


def test_a_network_that_nobody_changed_is_made(engine):
    assert engine.evaluate(MADE, "") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("tensors.delete('conv2.bias')", "Conv2d conv2 has no bias"),
        ("tensors.get('fc1.weight').shape.reverse()", "fc1 has a weight of 260,10, not of 10,260"),
        ("stages[1].kind = 'Conv3d'", "Conv3d conv1 is of no kind that is known here"),
        ("stages[1].kind = 'toString'", "toString conv1 is of no kind"),
        ("stages[1].shape = [5, 15, 28]", "gives 5,15,29, not 5,15,28"),
        ("stages[1].shape = null", "gives 5,15,29, not null"),
        ("stages[1].stride = [0, 1]", "has no windows"),
        ("stages[1].padding = [1e6, 1e6]", "asks for"),
        ("stages[3].padding = [1e7, 0]", "AvgPool2d pool1 asks for"),
        ("stages[1].kernel_size = 5", "has no windows"),
        ("stages[3].kernel_size = [40, 2]", "has windows larger than"),
        ("stages.splice(4, 1)", "MaxPool2d pool2 gives"),
        ("stages[4].in_channels = 4", "conv2 cannot read 5,8,10"),
        ("stages[7].in_features = 259", "fc1 cannot read 260"),
        ("stages[7].out_features = 1e9", "fc1 has a weight of 10,260"),
        ("stages.pop(); stages.splice(-1, 1)", "not one value for each of 10 classes"),
        ("stages[0].std = 0", "no deviation"),
        ("stages.shift()", "describes no network"),
        ("card.classes.pop()", "they give 10, not one value for each of 9 classes"),
        ("delete card.classes", "names no classes"),
        ("card.classes[3] = 3", "names no classes"),
        ("architecture = undefined", "describes no network"),
        ("architecture = {}", "describes no network"),
        ("stages[2] = null", "describes no network"),
    ],
)
def test_what_does_not_fit_is_named_with_its_remedy(engine, change, said):
    reason, message = engine.evaluate(MADE, change)
    assert reason == "unfit"
    assert said in message
    assert message.endswith("run: python train.py")
