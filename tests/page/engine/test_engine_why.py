"""Why one digit and not another: what each neuron adds is what torch's logits lose without it."""

import pytest
from engine_fixture import DIGITS, NETWORKS, networks, torchs_maps
from torch import Tensor
from torch.nn.functional import linear

CLOSE = 1e-4  # of the difference: four digits

WHY_NOT = """async (name) => {
  const { whyNot } = await import("/engine/explain.js");
  const network = await loaded(`/${name}.safetensors`);
  const maps = await torchsMaps(name);
  return maps.map((map, digit) => whyNot(network, map, digit % 10, (digit * 3 + 1) % 10));
}"""


def of(logits: Tensor, digit: int, other: int) -> float:
    """The difference of two logits (1, 10)."""
    return (logits[0, digit] - logits[0, other]).item()


@pytest.mark.parametrize("name", NETWORKS)
def test_the_neurons_contributions_and_the_bias_are_the_difference_of_the_logits(
    engine, fixture_folder, name
):
    network = networks()[name]
    layer = network.output_layer
    stage = list(network.children()).index(layer) + 1
    maps = torchs_maps(fixture_folder, name)
    comparisons = engine.evaluate(WHY_NOT, name)
    assert len(comparisons) == DIGITS
    for i, said in enumerate(comparisons):
        activations = maps[stage - 1][i : i + 1]
        digit, other = i % 10, (i * 3 + 1) % 10
        difference = of(linear(activations, layer.weight, layer.bias), digit, other)
        assert said["stage"] == stage - 1
        assert said["difference"] == pytest.approx(difference, rel=CLOSE, abs=CLOSE)
        contributions = [neuron["contribution"] for neuron in said["neurons"]]
        assert said["bias"] + sum(contributions) == pytest.approx(difference, rel=CLOSE, abs=CLOSE)
        assert sorted(map(abs, contributions), reverse=True) == list(map(abs, contributions))
        # What a neuron adds is what the difference loses when it is 0.
        for neuron in said["neurons"][:5]:
            without = activations.clone()
            without[0, neuron["neuron"]] = 0
            lost = difference - of(linear(without, layer.weight, layer.bias), digit, other)
            assert neuron["contribution"] == pytest.approx(lost, rel=CLOSE, abs=CLOSE)
