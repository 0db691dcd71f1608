"""The engine's training is PyTorch's: its gradients, its optimisers' steps; the same seed, the same
bits; and steps that are too long end in a sentence."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from engine_fixture import floats
from safetensors.torch import save_file
from torch import nn
from trained import (
    Random,
    drawn,
    input_gradient,
    loss_of,
    losses,
    networks,
    optimizer,
    some_digits,
)

from cnn.model import HYPERPARAMETERS, ConvNet, Network, describe, float_tensors
from cnn.training.trainer import EMA_SPAN

DIGITS = 5
SEED, SMOOTHING = 7, 0.1
CLOSE = 1e-5  # of the largest gradient of a tensor
# How far weights are moved to see how the loss changes: where a unit turns on or off, or another
# cell wins a window, within the one, it hardly will within the other.
NUDGES = 1e-3, 2e-4
STEPS = 200
BATCH = 16
DROPOUT = 0.2  # instead of the networks' own rate
NUMBERS = itertools.count()
RATES = {"sgd": 0.02, "adam": 0.003, "muon": 0.02}

# `training` is what `written` wrote; the tensors and the digits come as files.
OPEN = """
  const { readSafetensors } = await import("/engine/safetensors.js");
  const { Trainer } = await import("/engine/train.js");
  const { card, tensors } = readSafetensors(await fetched(training.weights));
  const digits = new Float32Array(await fetched(training.digits));
  const labels = Uint8Array.from(training.labels);
  const base64s = (tensors) =>
    Object.fromEntries(Array.from(tensors, ([name, { data }]) => [name, base64(data)]));
"""
# A step of rate 0, so that the weights stay; and how the loss changes along each gradient.
GRADIENTS = f"""async (training) => {{{OPEN}
  const {{ seed, smoothing, aim }} = training;
  const options = {{ seed, smoothing, optimizer: "sgd", rate: 0 }};
  const trainer = new Trainer(card.architecture, {{ ...options, tensors }});
  const result = trainer.step(digits, labels);
  const inputGradient = trainer.inputGradient(digits.subarray(0, 784), Float32Array.from(aim));
  const slopes = {{}};
  for (const [name, {{ data: gradient }}] of trainer.gradients()) {{
    const length = Math.hypot(...gradient.subarray(0, 1e5));
    slopes[name] = {list(NUDGES)}.map((step) => {{
      const losses = [step, -step].map((moved) => {{
        const {{ shape, data }} = tensors.get(name);
        const there = data.map((value, i) => value + moved * gradient[i] / length);
        const around = new Map([...tensors, [name, {{ shape, data: there }}]]);
        const other = new Trainer(card.architecture, {{ ...options, tensors: around }});
        return other.step(digits, labels).loss;
      }});
      return (losses[0] - losses[1]) / (2 * step);
    }});
  }}
  return {{
    ...result, slopes, inputGradient: base64(inputGradient),
    gradients: base64s(trainer.gradients()), tensors: base64s(trainer.tensors()),
  }};
}}"""
LOSSES = f"""async (training) => {{{OPEN}
  const {{ steps, batch, ...options }} = training;
  const trainer = new Trainer(card.architecture, {{ ...options, tensors }});
  const batches = Math.ceil(labels.length / batch); // the last is smaller
  return Array.from({{ length: steps }}, (_, step) => {{
    const [from, to] = [step % batches * batch, (step % batches + 1) * batch];
    trainer.inputGradient(digits.subarray(0, 784), new Float32Array(10).fill(1)); // changes nothing
    return trainer.step(digits.subarray(784 * from, 784 * to), labels.subarray(from, to)).loss;
  }});
}}"""


def written(folder: Path, network: Network, digits: np.ndarray, labels: np.ndarray) -> dict:
    """Write weights and digits where the engine's page finds them; what a script is given."""
    card = {"card": json.dumps({"architecture": describe(network), "classes": network.classes})}
    name = f"trained{next(NUMBERS)}"  # a new one, since the browser may keep a file by its name
    save_file(float_tensors(network), folder / f"{name}.safetensors", card)
    (folder / f"{name}.digits").write_bytes(digits.tobytes())
    paths = {"weights": f"/{name}.safetensors", "digits": f"/{name}.digits"}
    return paths | {"labels": labels.tolist(), "seed": SEED, "smoothing": SMOOTHING}


def assert_close(got: np.ndarray, torchs: torch.Tensor, name: str) -> None:
    expected = torchs.detach().numpy()
    off, largest = np.abs(got - expected).max(), np.abs(expected).max()
    assert off <= CLOSE * largest, f"{name}: {off:.1e} off, of at most {largest:.1e}"


def test_the_drawn_networks_have_every_kind_of_layer():
    kinds = {type(stage) for network in networks().values() for stage in network.children()}
    assert kinds == HYPERPARAMETERS.keys()


@pytest.mark.parametrize("name", networks())
def test_gradients_and_what_is_remembered_are_torchs(engine, fixture_folder, name):
    network = networks()[name]
    digits, labels = some_digits(DIGITS, seed=2)
    if name == "ties":
        digits = digits.round()
    aim = np.random.default_rng(3).normal(size=10).tolist()
    training = written(fixture_folder, network, digits, labels) | {"aim": aim}
    got = engine.evaluate(GRADIENTS, training)

    network = network.double()
    x, y = torch.from_numpy(digits).double(), torch.from_numpy(labels).long()
    loss, right = loss_of(network, x, y, SMOOTHING, Random(SEED))
    loss.backward()
    assert got["loss"] == pytest.approx(loss.item(), rel=1e-6)
    assert got["right"] == right
    assert got["gradients"].keys() == dict(network.named_parameters()).keys()
    for part, weight in network.named_parameters():
        gradient = floats(got["gradients"][part], *weight.shape)
        # All that a bias before a batch norm adds is taken away again: torch's gradient is 1e-17.
        if weight.grad.abs().max() > 1e-12:
            assert_close(gradient, weight.grad, part)
            off = np.divide(got["slopes"][part], np.linalg.norm(gradient)) - 1
            assert np.abs(off).min() < 0.01, f"{part}: {off}"
        else:
            assert np.abs(gradient).max() < 1e-6
    remembered = float_tensors(network)
    assert got["tensors"].keys() == remembered.keys()
    for part, tensor in remembered.items():
        assert_close(floats(got["tensors"][part], *tensor.shape), tensor, part)
    expected = input_gradient(network, x[:1], torch.tensor(aim, dtype=torch.float64))
    assert_close(floats(got["inputGradient"], 28, 28), expected, "input")


def small(activation: type[nn.Module] = nn.Tanh) -> Network:
    """A network with a wide, a tall and a last matrix, of which 200 steps cost little."""
    torch.manual_seed(4)
    return Network(
        conv1=nn.Conv2d(1, 12, 3, stride=3),  # a tall matrix, (12, 9); gives (12, 9, 9)
        act1=activation(),
        pool1=nn.MaxPool2d(3),  # (12, 3, 3)
        flatten=nn.Flatten(),
        dropout=nn.Dropout(0.5),
        fc1=nn.Linear(108, 16),
        act2=activation(),
        fc2=nn.Linear(16, 10),
        log_softmax=nn.LogSoftmax(dim=1),
    )


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize(("make", "steps"), [(small, STEPS), (ConvNet, 4)])
def test_steps_from_equal_weights_end_at_torchs_losses(engine, fixture_folder, name, make, steps):
    network = make()
    digits, labels = some_digits(4 * BATCH - 5, seed=5)
    training = written(fixture_folder, network, digits, labels)
    options = {"optimizer": name, "rate": RATES[name], "dropout": DROPOUT}
    options |= {"steps": steps, "batch": BATCH}
    got = engine.evaluate(LOSSES, training | options)

    network = network.double()
    network.set_dropout(DROPOUT)
    x, y = torch.from_numpy(digits).double(), torch.from_numpy(labels).long()
    batches = list(zip(x.split(BATCH), y.split(BATCH), strict=True)) * (steps // 4)
    step = optimizer(network, name, RATES[name])
    expected = losses(network, step, batches, SMOOTHING, Random(SEED))
    assert np.abs(np.subtract(got, expected)).max() <= 1e-3
    if make is small:
        assert expected[-1] < expected[0] / 2  # it does learn


SAME = f"""async (training) => {{{OPEN}
  const weights = (seed) => {{
    const options = {{ seed, optimizer: "adam", rate: 0.01, dropout: 0.5 }};
    const trainer = new Trainer(card.architecture, options);
    const first = base64s(trainer.tensors());
    for (let step = 0; step < 3; step++) trainer.step(digits, labels);
    return [first, base64s(trainer.tensors())];
  }};
  return [weights(1), weights(1), weights(2)];
}}"""


def test_the_same_seed_gives_the_same_bits_and_begins_as_torch_does(engine, fixture_folder):
    network = drawn(0)
    digits, labels = some_digits(DIGITS, seed=2)
    one, same, other = engine.evaluate(SAME, written(fixture_folder, network, digits, labels))
    assert one == same
    for part, module in network.named_modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            bound = module.weight[0].numel() ** -0.5  # U(-bound, bound), weights and biases
            weights = floats(one[0][f"{part}.weight"])
            assert np.abs(weights).max() <= bound
            assert abs(weights.mean()) < 4 * bound / (3 * len(weights)) ** 0.5
            assert weights.std() == pytest.approx(bound / 3**0.5, rel=1.5 / len(weights) ** 0.5)
            assert 0 < np.abs(floats(one[0][f"{part}.bias"])).max() <= bound
            assert one[0][f"{part}.weight"] != other[0][f"{part}.weight"]
            assert one[0][f"{part}.weight"] != one[1][f"{part}.weight"]


TOO_FAST = f"""async (training) => {{{OPEN}
  const {{ seed, optimizer, rate }} = training;
  const trainer = new Trainer(card.architecture, {{ tensors, seed, optimizer, rate }});
  const copy = () => JSON.stringify(base64s(trainer.tensors()));
  const areFinite = () =>
    [...trainer.tensors().values()].every(({{ data }}) => data.every(Number.isFinite));
  const seen = [];
  const finite = [];
  for (let step = 0; step < 50; step++) {{
    seen.push(copy());
    finite.push(areFinite());
    try {{
      trainer.step(digits, labels);
    }} catch (error) {{
      const {{ name, message }} = error;
      finite.push(areFinite());
      return {{ name, message, finite, back: seen.indexOf(copy()), step }};
    }}
  }}
}}"""


@pytest.mark.parametrize(
    ("name", "rate"), [("sgd", 1e4), ("sgd", 1e300), ("adam", 1e30), ("muon", 1e25)]
)
def test_too_high_a_rate_ends_in_a_sentence_and_the_last_good_weights(
    engine, fixture_folder, name, rate
):
    digits, labels = some_digits(DIGITS, seed=2)
    training = written(fixture_folder, small(nn.LeakyReLU), digits, labels)
    got = engine.evaluate(TOO_FAST, training | {"optimizer": name, "rate": rate})
    assert got["name"] == "DivergedError"
    assert "lower rate" in got["message"]
    assert all(got["finite"])  # after every step, and now
    assert got["step"] - 1 <= got["back"] <= got["step"]


WRONG = f"""async (training) => {{{OPEN}
  const options = {{ tensors, optimizer: "sgd", rate: 0.1 }};
  const trainer = new Trainer(card.architecture, options);
  const tried = [
    () => trainer.step(digits, labels.subarray(1)),
    () => trainer.step(new Float32Array(), new Uint8Array()),
    () => trainer.step(digits.subarray(0, 784), Uint8Array.of(10)),
    () => new Trainer(card.architecture.slice(0, -1), options),
    () => new Trainer(card.architecture, {{ ...options, tensors: new Map() }}),
    () => new Trainer([{{ ...card.architecture[0], kind: "GELU" }}], options),
  ];
  return tried.map((attempt) => {{
    try {{
      return attempt();
    }} catch ({{ name, message }}) {{
      return `${{name}}: ${{message}}`;
    }}
  }});
}}"""


def test_what_cannot_be_learned_from_is_refused_in_a_sentence(engine, fixture_folder):
    digits, labels = some_digits(DIGITS, seed=2)
    said = engine.evaluate(WRONG, written(fixture_folder, small(), digits, labels))
    assert said[0] == "RangeError: 3920 pixels are not 4 digits, one or more"
    assert said[1] == "RangeError: 0 pixels are not 0 digits, one or more"
    assert said[2] == "RangeError: 10 is not one of 10 classes"
    assert "fc2 gives no log-probabilities" in said[3]
    assert "has no weight" in said[4]
    assert "is of no kind that can learn here" in said[5]


WORKER = """
import { Trainer } from "/engine/train.js";

onmessage = ({ data: { architecture, options, digits, labels } }) => {
  const trainer = new Trainer(architecture, options);
  trainer.step(digits, labels);
  postMessage(trainer.tensors());
};
"""
IN_A_WORKER = f"""async (training) => {{{OPEN}
  const {{ architecture }} = card;
  const options = {{ seed: 1, optimizer: "adam", rate: 0.01 }};
  const worker = new Worker("/worker.js", {{ type: "module" }});
  const answer = await new Promise((resolve, reject) => {{
    worker.onmessage = ({{ data }}) => resolve(base64s(data));
    worker.onerror = reject;
    worker.postMessage({{ architecture, options, digits, labels }});
  }});
  worker.terminate();
  const trainer = new Trainer(architecture, options);
  trainer.step(digits, labels);
  return [answer, base64s(trainer.tensors())];
}}"""


def test_a_module_worker_learns_the_same_bits(engine, fixture_folder):
    (fixture_folder / "worker.js").write_text(WORKER)
    digits, labels = some_digits(DIGITS, seed=2)
    there, here = engine.evaluate(IN_A_WORKER, written(fixture_folder, small(), digits, labels))
    assert there == here


AVERAGE = """async ({ steps }) => {
  const { average } = await import("/engine/optimizers.js");
  const tensors = (values) =>
    new Map([["fc1.weight", { shape: [values.length], data: Float32Array.from(values) }]]);
  const mean = tensors(steps[0]);
  steps.slice(1).forEach((values, step) => average(mean, tensors(values), step));
  return [...mean.get("fc1.weight").data];
}"""


def test_the_average_of_the_steps_weights_is_that_of_train_py(engine):
    steps = torch.randn(40, 12, generator=torch.Generator().manual_seed(0))
    mean = steps[0].clone()
    for step, weights in enumerate(steps[1:]):
        mean.lerp_(weights, (EMA_SPAN - 1) / (step + EMA_SPAN))
    assert np.allclose(engine.evaluate(AVERAGE, {"steps": steps.tolist()}), mean, atol=1e-6)
