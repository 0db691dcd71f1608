"""The endpoint opens uploads, and nothing else on the machine."""

import http.client
import json
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from gradio.utils import get_upload_folder
from PIL import Image, ImageDraw

from cnn.page.errors import Refusal
from cnn.page.uploads import uploaded_file

PATIENCE = 10  # s; a device file made this call wait for ever


JSON = {"Content-Type": "application/json"}


def post(url: str, path: str, body: dict | bytes, kind: dict = JSON) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection.request("POST", path, sent, kind)
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
        with pytest.raises(Refusal, match="neither an uploaded picture"):
            uploaded_file(str(path))


def test_an_upload_is_answered_without_the_folder_and_found_again(page_url, outside):
    form = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="seven.png"\r\n\r\n'
        + outside.read_bytes()
        + b"\r\n--x--\r\n"
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    [name] = json.loads(post(page_url, "/gradio_api/upload", form, kind)[1])
    assert re.fullmatch(r"[0-9a-f]{64}/seven\.png", name)
    for route in (run, call):
        status, answer = route(page_url, {"path": name, "meta": {"_type": "gradio.FileData"}})
        assert status == 200
        assert re.search(r'"digit":\s*7', answer)


def test_a_name_that_is_no_upload_is_answered_without_a_folder(page_url):
    for name in ("seven.png", "../private.png", "../../etc/passwd", "~/x.png", ""):
        for meta in (None, {"_type": "gradio.FileData"}):
            for route in (run, call):
                status, answer = route(page_url, {"path": name, "meta": meta})
                assert status != 200
                assert tempfile.gettempdir() not in answer
                assert os.getcwd() not in answer


def test_an_upload_is_opened(outside, inbox):
    path = inbox / "seven.png"
    path.write_bytes(outside.read_bytes())
    assert uploaded_file(f"{inbox.name}/seven.png") == path
