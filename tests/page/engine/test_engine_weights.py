"""The browser reads a safetensors file as the library does, and refuses what is none."""

import json

import numpy as np
import pytest
from engine_fixture import floats
from safetensors.numpy import load_file, save

from cnn.model import WEIGHTS

READ = """async (path) => {
  const { readSafetensors } = await import("/engine/safetensors.js");
  const { card, metadata, tensors } = readSafetensors(await fetched(path));
  const entries = [...tensors].map(([name, { shape, data }]) => [name, [shape, base64(data)]]);
  return { card, metadata, tensors: Object.fromEntries(entries) };
}"""

# For each content (latin-1) the reason of its refusal, "" if it is read, or what else is thrown.
REFUSALS = """async (contents) => {
  const { readSafetensors, WeightsError } = await import("/engine/safetensors.js");
  return contents.map((content) => {
    const bytes = Uint8Array.from(content, (character) => character.charCodeAt(0));
    try {
      readSafetensors(bytes.buffer);
      return "";
    } catch (error) {
      if (!(error instanceof WeightsError)) return String(error);
      return error.message.endsWith("; run: python train.py") ? error.reason : error.message;
    }
  });
}"""

SMALL = save(
    {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.ones(2, np.float16)},
    {"card": json.dumps({"model": "convnet"})},
)
HEADER = 8 + int.from_bytes(SMALL[:8], "little")  # bytes before the data


def refusals(engine, contents: list[bytes]) -> list[str]:
    return engine.evaluate(REFUSALS, [content.decode("latin-1") for content in contents])


def with_header(header: object, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def tensor(dtype: str = "F32", shape: object = (1,), at: object = (0, 4)) -> dict:
    return {"dtype": dtype, "shape": shape, "data_offsets": at}


@pytest.mark.parametrize("name", ["convnet", "mlp", "convnet.history"])
def test_the_committed_files_are_read_as_the_library_reads_them(engine, name):
    path = WEIGHTS.with_name(f"{name}.safetensors")
    read = engine.evaluate(READ, f"/weights/{path.name}")
    expected = load_file(path)
    assert read["tensors"].keys() == expected.keys()
    for key, values in expected.items():
        shape, data = read["tensors"][key]
        assert shape == list(values.shape)
        assert np.array_equal(floats(data, *shape), values.astype(np.float32))


def test_the_card_is_that_of_the_file(engine):
    card = engine.evaluate(READ, "/weights/convnet.safetensors")["card"]
    assert card == json.loads(WEIGHTS.with_suffix(".json").read_text())


def test_every_float16_is_read_as_numpy_reads_it(engine, fixture_folder):
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    (fixture_folder / "half.safetensors").write_bytes(save({"every": every}))
    _, data = engine.evaluate(READ, "/half.safetensors")["tensors"]["every"]
    assert np.array_equal(floats(data), every.astype(np.float32), equal_nan=True)


def test_a_file_without_a_card_has_an_empty_one(engine, fixture_folder):
    (fixture_folder / "bare.safetensors").write_bytes(save({"a": np.ones(1, np.float32)}))
    assert engine.evaluate(READ, "/bare.safetensors")["card"] == {}


def test_a_file_cut_anywhere_is_said_to_be_cut(engine):
    assert refusals(engine, [SMALL]) == [""]
    assert set(refusals(engine, [SMALL[:length] for length in range(len(SMALL))])) == {"cut"}


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><title>404</title>",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        bytes(100),
        with_header(b"{"),
        with_header(b"{" * 100_000),
        with_header(b"[1, 2]"),
        with_header({}, b"left over"),
        with_header({"a": None}),
        with_header({"a": 5}),
        with_header({"a": tensor("F64", (1,), (0, 8))}, bytes(8)),
        with_header({"a": tensor("toString")}, bytes(4)),
        with_header({"a": tensor(shape=(2,))}, bytes(4)),
        with_header({"a": tensor(shape=(-1,))}, bytes(4)),
        with_header({"a": tensor(shape=(0.5,))}, bytes(4)),
        with_header({"a": tensor(shape=None)}, bytes(4)),
        with_header({"a": tensor(at=(4, 8))}, bytes(8)),
        with_header({"a": tensor(at=(4, 0))}, bytes(4)),
        with_header({"a": tensor(at=(-4, 0))}, bytes(4)),
        with_header({"a": tensor(at=(0,))}, bytes(4)),
        with_header({"a": tensor(at="04")}, bytes(4)),
        with_header({"a": tensor(), "b": tensor()}, bytes(4)),
        with_header({"a": tensor(), "b": tensor(at=(2, 6))}, bytes(6)),
        with_header({"a": tensor(shape=(2**40, 2**40), at=(0, 2**52))}, bytes(4)),
    ],
)
def test_what_is_no_safetensors_file_is_said_to_be_none(engine, content):
    assert refusals(engine, [content]) == ["not_safetensors"]


def test_a_card_that_is_no_json_does_not_fit(engine):
    assert refusals(engine, [with_header({"__metadata__": {"card": "{"}})]) == ["unfit"]


def test_a_damaged_header_is_refused_or_read_but_throws_nothing_else(engine):
    rng = np.random.default_rng(0)
    damaged = []
    for _ in range(3000):
        content = bytearray(SMALL)
        for place in rng.integers(0, HEADER, rng.integers(1, 4)):
            content[place] = rng.integers(32, 127) if place >= 8 else rng.integers(256)
        damaged.append(bytes(content))
    said = refusals(engine, damaged)
    assert set(said) <= {"", "cut", "not_safetensors", "unfit"}
    assert said.count("not_safetensors") > 1000
