import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from engine_fixture import write_fixture
from playwright.sync_api import Page

from cnn.model import WEIGHTS

ENGINE = Path(__file__).resolve().parents[3] / "cnn" / "page" / "browser" / "engine"

# What every test's JavaScript may use.
PRELUDE = """
window.fetched = async (path) => (await fetch(path)).arrayBuffer();
window.base64 = (floats) => {
  const bytes = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
};
window.joined = (arrays) => {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  arrays.reduce((at, array) => (all.set(array, at), at + array.length), 0);
  return all;
};
window.loaded = async (path) => {
  const { readSafetensors } = await import("/engine/safetensors.js");
  const { Network } = await import("/engine/network.js");
  const { card, tensors } = readSafetensors(await fetched(path));
  return new Network(card, tensors);
};
// What every stage gives, by torch, for each digit of the fixture.
window.torchsMaps = async (name) => {
  const { readSafetensors } = await import("/engine/safetensors.js");
  const { card } = readSafetensors(await fetched(`/${name}.safetensors`));
  const { tensors: maps } = readSafetensors(await fetched(`/${name}.maps`));
  const stages = card.architecture.map(({ name }) => maps.get(name));
  return Array.from({ length: stages[0].shape[0] }, (_, digit) =>
    stages.map(({ data, shape }) => {
      const size = data.length / shape[0];
      return data.slice(size * digit, size * (digit + 1));
    }));
};
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def fixture_folder(tmp_path_factory) -> Path:
    """The fixture of both languages, beside it the engine and the committed weights."""
    folder = tmp_path_factory.mktemp("engine")
    write_fixture(folder)
    (folder / "engine").symlink_to(ENGINE)
    (folder / "weights").symlink_to(WEIGHTS.parent)
    (folder / "index.html").write_text(f"<!doctype html><script>{PRELUDE}</script>")
    return folder


@pytest.fixture(scope="session")
def engine(fixture_folder, browser):
    """A page of the real Chromium beside the engine's modules."""
    handler = partial(Quiet, directory=str(fixture_folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page: Page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    page.close()
    server.shutdown()
    server.server_close()
