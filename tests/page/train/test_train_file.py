"""A network trained in the browser, as a file: Python loads it, and both read the same numbers."""

import base64
import hashlib

import numpy as np

from cnn.model import ConvNet, describe, float_tensors, load

PLAN = {
    "network": "cnn",
    "convolutions": [
        {"kernels": kernels, "size": 3, "stride": 1, "padding": 1} for kernels in (8, 16)
    ],
    **{"pooling": "max", "activation": "relu", "hidden": 128, "dropout": 0.1, "batch": 32},
    **{"optimizer": "muon", "rate": 0.03, "smoothing": 0.05, "seed": 7},
}
FACTS = {
    "plan": PLAN,
    "counts": {"mnist": 5000, "synthetic": 7000, "own": 3},
    **{"seen": 20_480, "seconds": 9.6, "epoch": 1.7, "heldOut": 0.983},
}
# A network at random, written with its card and read again.
WRITTEN = """async ({ architecture, facts }) => {
    const { Trainer } = await import("/browser/engine/train.js");
    const { readSafetensors } = await import("/browser/engine/safetensors.js");
    const { cardOf } = await import("/browser/train/card.js");
    const { writeSafetensors } = await import("/browser/train/write.js");
    const base64 = (buffer) => {
        let text = "";
        for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
        return btoa(text);
    };
    const tensors = new Trainer(architecture, { seed: 7, optimizer: "sgd", rate: 0.1 }).tensors();
    const card = { architecture, threshold: 0.7, finetuned_from: "0".repeat(64) };
    const known = { ...facts, card, tensors };
    const file = writeSafetensors(cardOf(known), tensors, { points: "[]" });
    const read = readSafetensors(file);
    const asText = (all) => [...all].map(([name, { shape, data }]) =>
        [name, shape, base64(data.slice().buffer)]);
    return {
        file: base64(file),
        tensors: asText(tensors),
        again: asText(read.tensors),
        card: read.card,
        points: read.metadata.points,
    };
}"""


def test_python_loads_what_the_browser_wrote_and_the_browser_reads_it_again(modules, tmp_path):
    architecture = describe(ConvNet())
    known = {"architecture": architecture, "facts": FACTS}
    written = modules.evaluate(WRITTEN, known)
    path = tmp_path / "mine.safetensors"
    path.write_bytes(base64.b64decode(written["file"]))
    model = load(path)
    tensors = {
        name: np.frombuffer(base64.b64decode(data), "<f4").reshape(shape)
        for name, shape, data in written["tensors"]
    }
    assert tensors.keys() == float_tensors(model).keys()
    for name, tensor in float_tensors(model).items():
        assert np.array_equal(tensor.numpy(), tensors[name])
    assert written["again"] == written["tensors"]
    assert written["points"] == "[]"

    card = model.card
    assert written["card"] == card
    assert (card["model"], card["parameters"]) == ("convnet", 103_018)
    assert (card["trained_in"], card["held_out"], card["seen"]) == ("browser", 98.3, 20_480)
    assert (card["plan"], card["training_set"]) == (PLAN, FACTS["counts"])
    assert (card["seconds"], card["epoch"], card["threshold"]) == (10, 1, 0.7)
    assert card["finetuned_from"] == 64 * "0"


def test_sha256_is_that_of_hashlib_around_each_end_of_a_block(modules):
    lengths = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 5000]
    digest = """async (lengths) => {
        const { sha256 } = await import("/browser/train/sha256.js");
        return lengths.map((length) => sha256(Uint8Array.from({ length }, (_, i) => 37 * i)));
    }"""
    contents = [bytes(37 * i % 256 for i in range(length)) for length in lengths]
    wanted = [hashlib.sha256(content).hexdigest() for content in contents]
    assert modules.evaluate(digest, lengths) == wanted
