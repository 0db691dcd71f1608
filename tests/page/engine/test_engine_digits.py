"""The digits to train on: packed by Python, read by the browser, jittered by it as by Python."""

import base64

import numpy as np
import pytest
import torch
from engine_fixture import floats
from trained import Random

from cnn.page.digits import STEP, pack
from cnn.training import augment

COUNT = 60
SEED = 11
# In a module worker, as on the page; what it read, or the error.
READ = """async (path) => {
  const from = (path) => JSON.stringify(new URL(path, location.href));
  const source = `
    import { DigitsError, fetchDigits } from ${from("/engine/digits.js")};
    fetchDigits(${from(path)}).then(postMessage, (error) => {
      const { reason, message } = error;
      postMessage(error instanceof DigitsError ? { reason, message } : String(error));
    });`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  const read = await new Promise((done) => worker.onmessage = ({ data }) => done(data));
  worker.terminate();
  if (!read.mnist) return read;
  return Object.fromEntries(Object.entries(read).map(([kind, { digits, labels }]) =>
    [kind, { digits: base64(digits), labels: Array.from(labels) }]));
}"""
JITTER = """async ({ digits, seed }) => {
  const { jitter } = await import("/engine/jitter.js");
  const { randomOf } = await import("/engine/random.js");
  const all = Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
  const random = randomOf(seed);
  const out = new Float32Array(all.length).fill(NaN);
  for (let at = 0; at < all.length; at += 784) {
    jitter(all.subarray(at, at + 784), random, out.subarray(at, at + 784));
  }
  return base64(out);
}"""


@pytest.fixture(scope="module")
def kinds() -> dict:
    rng = np.random.default_rng(0)
    counts = {"mnist": 7, "synthetic": 4, "held_out": 3}
    return {
        kind: (rng.integers(0, 256, (n, 28, 28), np.uint8), rng.integers(0, 10, n, np.uint8))
        for kind, n in counts.items()
    }


@pytest.fixture
def read(engine, fixture_folder):
    """A function: what the browser reads of a file with this content; None: there is no file."""

    def read(name: str, content: bytes | None) -> dict:
        if content is not None:
            (fixture_folder / name).write_bytes(content)
        return engine.evaluate(READ, f"/{name}")

    return read


def test_a_worker_reads_what_was_packed_to_4_bits(read, kinds):
    got = read("digits.bin", pack(kinds))
    assert list(got) == ["mnist", "synthetic", "heldOut"]
    for mine, (digits, labels) in zip(got.values(), kinds.values(), strict=True):
        pixels = np.frombuffer(base64.b64decode(mine["digits"]), np.uint8).reshape(-1, 28, 28)
        assert np.array_equal(pixels, np.round(digits / STEP) * STEP)
        assert mine["labels"] == labels.tolist()


def test_a_file_that_is_missing_or_broken_ends_in_a_sentence_with_the_remedy(read, kinds):
    missing = read("none.bin", None)
    assert missing["reason"] == "missing"
    assert "check the connection" in missing["message"]
    whole = pack(kinds)
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    fewer = pack({kind: (digits, labels[1:]) for kind, (digits, labels) in kinds.items()})
    broken = {"cut": whole[:-9], "flipped": flipped, "page": b"<!doctype html>", "fewer": fewer}
    for name, content in (broken | {"empty": b""}).items():
        got = read(f"{name}.bin", content)
        assert got["reason"] == "broken", name
        assert "python -m cnn.page.digits" in got["message"]


def test_digits_are_jittered_as_python_jitters_them(engine, monkeypatch):
    digits = np.random.default_rng(1).integers(0, 256, (COUNT, 28, 28), np.uint8)
    given = {"digits": base64.b64encode(digits).decode(), "seed": SEED}
    got = floats(engine.evaluate(JITTER, given), COUNT, 28, 28)

    # Of each digit's six numbers Python asks for all turns first, then for all shears, and so on.
    turn, shear, scale, shift = Random(SEED)(torch.Size([COUNT, 6])).split([1, 1, 2, 2], 1)
    numbers = iter([turn[:, 0], shear[:, 0], scale, shift[..., None]])
    monkeypatch.setattr(torch, "rand", lambda *shape, device: next(numbers).reshape(shape).float())
    monkeypatch.setattr(augment, "WARP", 0)
    expected = augment.move(torch.from_numpy(digits)[:, None] / 255)[:, 0].numpy()
    assert np.abs(got - expected).max() < 1e-4
    assert np.abs(got - digits / 255).max() > 0.5
