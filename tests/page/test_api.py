"""The endpoint opens uploads, and nothing else on the machine."""

import http.client
import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from gradio.utils import get_upload_folder
from PIL import Image, ImageDraw

from cnn.page.api import uploaded_file
from cnn.page.payload import PayloadError

PATIENCE = 10  # s; a device file made this call wait for ever


def post(url: str, path: str, body: dict) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def run(url: str, payload: object) -> tuple[int, str]:
    return post(url, "/gradio_api/run/predict", {"data": [payload]})


def call(url: str, payload: object) -> tuple[int, str]:
    """Through the queue: what the event stream says of the call."""
    status, answer = post(url, "/gradio_api/call/predict", {"data": [payload]})
    if status != 200:
        return status, answer
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    connection.request("GET", f"/gradio_api/call/predict/{json.loads(answer)['event_id']}")
    said = connection.getresponse().read().decode()
    return (200 if "event: complete" in said else 500), said


@pytest.fixture
def outside(tmp_path) -> Path:
    """A picture of a 7 that nobody uploaded."""
    image = Image.new("L", (300, 240), 255)
    ImageDraw.Draw(image).line([(110, 40), (190, 40), (140, 200)], 0, 16)
    path = tmp_path / "private.png"
    image.save(path)
    return path


@pytest.fixture
def inbox() -> Path:
    """Gradio's upload folder, in a subfolder of the test's own."""
    folder = Path(get_upload_folder()) / f"test-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    yield folder
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def payloads_for(path: Path) -> list[object]:
    meta = {"_type": "gradio.FileData"}
    return [
        {"path": str(path)},
        {"path": str(path), "meta": None},
        {"path": str(path), "meta": {}},
        {"path": str(path), "meta": {"_type": "gradio.Other"}},
        {"path": str(path), "meta": "gradio.FileData"},
        {"path": str(path), "meta": meta},
        {"path": path.as_uri(), "meta": meta},
        {"path": f"{get_upload_folder()}/../{os.path.relpath(path, '/tmp')}"},
        {"path": None, "url": path.as_uri()},
        {"path": "", "url": str(path)},
        {"path": [str(path)]},
        {"path": {"path": str(path)}},
        {"path": {"path": str(path), "meta": meta}},
        [{"path": str(path)}],
        str(path),
    ]


@pytest.mark.parametrize("route", [run, call])
def test_a_picture_that_nobody_uploaded_is_never_opened(page_url, outside, route):
    for payload in payloads_for(outside):
        status, answer = route(page_url, payload)
        assert status != 200, payload
        assert "probs" not in answer


@pytest.mark.parametrize("device", ["/dev/ptmx", "/dev/zero", "/dev/stdin", "/proc/self/mem"])
def test_a_device_is_refused_and_never_waited_for(page_url, device):
    for payload in payloads_for(Path(device)):
        status, _ = run(page_url, payload)
        assert status != 200, payload


def test_a_link_or_a_pipe_in_the_upload_folder_leads_nowhere_else(outside, inbox):
    link, pipe = inbox / "link.png", inbox / "pipe.png"
    link.symlink_to(outside)
    os.mkfifo(pipe)
    for path in (link, pipe, inbox, inbox / "none.png", f"{inbox}/\0.png", "x" * 10_000):
        with pytest.raises(PayloadError, match="no uploaded picture"):
            uploaded_file(str(path))


def test_an_upload_is_opened(outside, inbox):
    path = inbox / "seven.png"
    path.write_bytes(outside.read_bytes())
    assert uploaded_file(str(path)) == path.resolve()
