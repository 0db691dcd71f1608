"""What people with bad manners send, and what the real server, in its own process, answers."""

import base64
import contextlib
import http.client
import io
import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image, ImageDraw
from server import free_port, memory_of, start, stop

from cnn.page.body_limit import ARRIVAL_S

MB = 1_000_000
MISTAKE_S = 0.05  # in which a client's mistake is answered
JSON = {"Content-Type": "application/json"}
PREDICT = "/gradio_api/run/predict"
SEVEN = {"canvas": 280, "strokes": [[60, 60, 200, 60, 120, 230]], "label": 7}


class Server(NamedTuple):
    process: subprocess.Popen
    port: int

    def ask(
        self, method: str, path: str, body: object = None, headers: dict | None = None
    ) -> tuple[int, str]:
        """Status and text of the answer; a connection that is reset fails the test."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            connection.request(method, path, sent, JSON | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")

    def opened(self, head: str, body: bytes = b"") -> socket.socket:
        """A connection on which a request has begun, and not ended."""
        connection = socket.create_connection(("127.0.0.1", self.port), ARRIVAL_S + 10)
        connection.sendall(head.encode() + b"\r\nHost: 127.0.0.1\r\n\r\n")
        with contextlib.suppress(OSError):  # the server has given it up
            connection.sendall(body)
        return connection

    def memory(self, line: str = "VmRSS") -> float:
        """Bytes in use; "VmHWM": the most since `forget_peak`."""
        return memory_of(self.process, line)

    def forget_peak(self) -> None:
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    port = free_port()
    process = start(port)
    try:
        yield Server(process, port)
    finally:
        stop(process)


@pytest.fixture(scope="module", autouse=True)
def dawdler(server) -> Iterator[socket.socket]:
    """A body that begins before all other tests, and never ends."""
    with server.opened("POST /site/picture HTTP/1.1\r\nContent-Length: 1000", b"{") as connection:
        yield connection


def data_url(image: Image.Image, kind: str = "PNG") -> str:
    file = io.BytesIO()
    image.save(file, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(file.getvalue()).decode()}"


def seven() -> Image.Image:
    image = Image.new("L", (300, 240), 255)
    ImageDraw.Draw(image).line([(110, 40), (190, 40), (140, 200)], 0, 16)
    return image


def call(url: object, **more: object) -> dict:
    return {"data": [{"url": url}], **more}


LONG = "a" * 700_000
FORM = {"Content-Type": "multipart/form-data; boundary=x"}
MISTAKES = [
    # routes of Gradio that nothing here needs
    ("POST", "/gradio_api/component_server/", {"fn_name": LONG}, {}, 404),
    ("POST", "/gradio_api/component_server", {"data": 1}, {}, 404),
    ("GET", "/gradio_api/file=/etc/passwd", None, {}, 404),
    ("GET", "/gradio_api/file/etc/passwd", None, {}, 404),
    ("GET", "/gradio_api/proxy=http://localhost/", None, {}, 404),
    ("GET", "/gradio_api/stream/a/b/1/playlist.m3u8", None, {}, 404),
    ("POST", "/gradio_api/process_recording", b"x", FORM, 404),
    ("POST", "/gradio_api/vibe-edit", {"prompt": "x"}, {}, 404),
    ("GET", "/gradio_api/runs", None, {}, 404),
    ("GET", "/gradio_api/token", None, {}, 404),
    ("GET", "/gradio_api/upload_progress?upload_id=a", None, {}, 404),
    ("GET", "/gradio_api/deep_link", None, {}, 404),
    ("GET", "/monitoring", None, {}, 404),
    ("GET", "/dev/reload", None, {}, 404),
    ("GET", "/svelte/x.js", None, {}, 404),
    ("POST", "/login", b"username=a", {}, 404),
    ("GET", "/static/../app.py", None, {}, 403),
    ("GET", "/site/browser/%2e%2e/site.py", None, {}, 404),
    ("GET", "/site/picture", None, {}, 404),
    ("PUT", "/site/picture", {}, {}, 404),
    # calls that nobody made: the event stream says so, and ends
    ("GET", "/gradio_api/call/predict/abc", None, {}, 200),
    ("GET", "/gradio_api/call/v2/predict/abc", None, {}, 200),
    ("GET", "/gradio_api/queue/data?session_hash=abc", None, {}, 200),
    # names, hashes and ids
    ("POST", PREDICT, call("", session_hash=LONG), {}, 400),
    ("POST", PREDICT, call("", session_hash="a b"), {}, 400),
    ("POST", PREDICT, call("", session_hash=["a"]), {}, 400),
    ("POST", PREDICT, call("", event_id=LONG), {}, 400),
    ("POST", PREDICT, call("", fn_name=LONG), {}, 400),
    ("POST", PREDICT, call("", event_data={"a": LONG}), {}, 400),
    ("POST", "/gradio_api/queue/join", call("", fn_index=0, session_hash=LONG), {}, 400),
    ("POST", "/gradio_api/cancel", {"session_hash": LONG}, {}, 413),
    ("GET", f"/gradio_api/heartbeat/{'a' * 65}", None, {}, 404),
    ("GET", f"/gradio_api/call/predict/{'a' * 65}", None, {}, 404),
    ("GET", f"/gradio_api/queue/data?session_hash={'a' * 65}", None, {}, 400),
    ("POST", f"/gradio_api/upload?upload_id={'a' * 65}", None, {}, 400),
    ("GET", f"/config?{'a' * 3000}", None, {}, 414),
    # calls that Gradio met with a traceback
    ("POST", PREDICT, {"data": [None]}, {}, 500),
    ("POST", PREDICT, call("", fn_index=99), {}, 404),
    ("POST", "/gradio_api/queue/join", call("", fn_index=99, session_hash="a"), {}, 404),
    ("POST", "/gradio_api/run/other", call(""), {}, 404),
    ("POST", "/gradio_api/call/other", call(""), {}, 404),
    ("GET", "/site/browser/page.js", None, {"Range": "bytes=1-2-3"}, 200),
    # bodies that are none
    ("POST", PREDICT, b"", {}, 400),
    ("POST", PREDICT, b"{", {}, 400),
    ("POST", PREDICT, b"null", {}, 400),
    ("POST", PREDICT, b"\xff\xfe", {}, 400),
    ("POST", PREDICT, b"[" * 100_000, {}, 400),
    ("POST", PREDICT, b'{"data":[' + b"[]," * 100_000 + b"[]]}", {}, 400),
    # the page's own addresses
    ("POST", "/site/picture", b"", {}, 400),
    ("POST", "/site/picture", b"[" * 100_000, {}, 400),
    ("POST", "/site/picture", [], {}, 400),
    ("POST", "/site/picture", {"picture": None}, {}, 400),
    ("POST", "/site/picture", {"picture": "http://localhost/7.png"}, {}, 400),
    ("POST", "/site/picture", {"picture": "data:image/png;base64,AAAA"}, {}, 400),
    ("POST", "/site/picture", {"picture": ""}, {"Content-Type": "text/plain"}, 415),
    ("POST", "/site/picture", {"picture": LONG + LONG}, {}, 413),
    ("POST", "/site/mnist", {"a": LONG}, {}, 413),
    ("POST", "/site/correction", {"a": LONG}, {}, 413),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    MISTAKES,
    ids=[f"{i}-{row[1][:40]}" for i, row in enumerate(MISTAKES)],
)
def test_a_mistake_gets_its_answer_soon(server, method, path, body, headers, status):
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        answered, text = server.ask(method, path, body, headers)
        times.append(time.perf_counter() - begun)
        assert answered == status, text[:300]
    assert min(times) < MISTAKE_S  # the slower ones tell of the machine, not of the server


def test_a_refusal_names_its_reason_and_says_it_in_a_sentence(server):
    for path, body, name in [
        ("/site/picture", b"", "bad_request"),
        ("/site/elsewhere", {}, "not_found"),
        ("/site/picture", LONG + LONG, "too_large"),
    ]:
        answer = json.loads(server.ask("POST", path, body)[1])
        assert answer["error"] == name
        assert re.fullmatch(r"[A-Z].*\.", answer["detail"])


OURS = "http://127.0.0.1:{port}"
CORRECTIONS = [
    ({"Origin": OURS}, 400),  # let in, and then found to be no correction
    ({"Origin": OURS, "Sec-Fetch-Site": "same-origin"}, 400),
    ({"Origin": "http://localhost:{port}", "Host": "localhost:{port}"}, 400),
    ({}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "https://example.org"}, 403),
    ({"Origin": "http://127.0.0.1:1"}, 403),
    ({"Origin": OURS, "Sec-Fetch-Site": "cross-site"}, 403),
    ({"Origin": OURS, "Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "http://evil.example", "Host": "evil.example"}, 403),
    ({"Origin": "http://127.0.0.1.evil.example", "Host": "127.0.0.1.evil.example"}, 403),
    ({"Origin": OURS, "Content-Type": "text/plain"}, 415),
    ({"Origin": OURS, "Content-Type": "application/x-www-form-urlencoded"}, 415),
]


@pytest.mark.parametrize(("headers", "status"), CORRECTIONS)
def test_only_the_page_itself_gives_corrections(server, headers, status):
    headers = {name: text.format(port=server.port) for name, text in headers.items()}
    kept, text = server.ask("POST", "/site/correction", SEVEN | {"label": 11}, headers)
    assert kept == status, text


def test_no_other_site_may_ask_with_json(server):
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("OPTIONS", "/site/correction", headers=asked)
    assert connection.getresponse().headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("path", ["/site/picture", "/gradio_api/upload", PREDICT])
def test_a_hundred_megabytes_get_413_and_no_reset(server, path):
    server.forget_peak()
    before = server.memory()
    status, text = server.ask("POST", path, bytes(100 * MB))
    assert (status, json.loads(text)["error"]) == (413, "too_large")
    assert server.memory("VmHWM") - before < 20 * MB


def test_hashes_and_names_of_700_kb_are_not_kept(server):
    before = server.memory()
    for i in range(100):
        hash_ = f"{i}{LONG}"
        assert server.ask("POST", PREDICT, call("", session_hash=hash_))[0] == 400
    assert server.memory() - before < 30 * MB


def test_bodies_held_open_keep_no_one_out_and_stay_within_their_memory(server):
    server.forget_peak()
    before = server.memory()
    head = f"POST /gradio_api/upload HTTP/1.1\r\nContent-Length: {12 * MB}"
    held = [server.opened(head, bytes(12 * MB - 1)) for _ in range(40)]
    try:
        status, text = server.ask("POST", "/site/picture", {"picture": data_url(seven())})
        assert (status, len(json.loads(text)["digits"])) == (200, 1)
        assert server.memory("VmHWM") - before < 200 * MB
    finally:
        for connection in held:
            connection.close()


PHOTOGRAPHS = {
    "png": lambda: Image.new("L", (6000, 4000)),
    "rgb png": lambda: Image.new("RGB", (5000, 3900)),
    "jpeg": lambda: Image.new("RGB", (6000, 4000)),
}


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
def test_forty_photographs_at_once_take_200_mb_and_some_are_asked_to_wait(server, kind):
    url = data_url(PHOTOGRAPHS[kind](), kind.split()[-1].upper())
    server.ask("POST", PREDICT, call(url))  # what Pillow and scipy load once
    server.forget_peak()
    before = server.memory()
    with ThreadPoolExecutor(40) as pool:
        asked = [pool.submit(server.ask, "POST", PREDICT, call(url)) for _ in range(40)]
        wait(asked, return_when=FIRST_COMPLETED)  # the line is full, and someone was sent away
        reader = server.ask("POST", "/site/picture", {"picture": data_url(seven())})
        answers = [each.result() for each in asked]
    assert (reader[0], len(json.loads(reader[1])["digits"])) == (200, 1)
    assert server.memory("VmHWM") - before < 200 * MB
    assert server.memory() - before < 50 * MB
    said = dict(answers)
    assert said.keys() == {500, 503}  # 500 is Gradio's for a sentence: "Nothing is drawn ..."
    assert "Nothing is drawn" in said[500]
    assert json.loads(said[503])["error"] == "busy"


def test_the_page_takes_one_megapixel(server):
    url = data_url(Image.new("L", (1001, 1000), 255))
    status, text = server.ask("POST", "/site/picture", {"picture": url})
    assert (status, json.loads(text)["error"]) == (400, "too_many_pixels")


def test_who_has_left_the_line_is_not_served(server):
    url = data_url(Image.new("L", (6000, 4000)))
    begun = time.perf_counter()
    server.ask("POST", PREDICT, call(url))
    one = time.perf_counter() - begun
    body = json.dumps(call(url)).encode()
    head = f"POST {PREDICT} HTTP/1.1\r\nContent-Type: application/json\r\n"
    head += f"Content-Length: {len(body)}"
    begun = time.perf_counter()
    for _ in range(10):
        waiting = [server.opened(head, body) for _ in range(20)]
        for connection in waiting:
            connection.close()
    picture = {"picture": data_url(seven())}
    while server.ask("POST", "/site/picture", picture)[0] != 200:  # until the line is free
        assert time.perf_counter() - begun < 20 * one  # all 200, two at once: 100 times one


def test_a_body_that_does_not_arrive_is_dropped(server, dawdler):
    """The last test of all: it waits for what remains of the dawdler's time."""
    answer = dawdler.recv(1000)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"too_slow" in answer
