"""What people with bad manners send, and what it costs the real server in memory and time."""

import contextlib
import json
import re
import secrets
import socket
import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from own_server import LONG, MB, PREDICT, call, data_url, seven
from PIL import Image

from cnn.page.upload_folder import PREFIX


@pytest.fixture(scope="module", autouse=True)
def dawdler(server) -> Iterator[socket.socket]:
    """A body that begins before all other tests, and never ends."""
    with server.opened("POST /site/picture HTTP/1.1\r\nContent-Length: 1000", b"{") as connection:
        yield connection


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
    assert server.memory() - before < 40 * MB  # all that were read: 300 and more
    said = dict(answers)
    assert said.keys() == {400, 503}
    assert "Nothing is drawn" in said[400]
    assert json.loads(said[503])["error"] == "busy"


def test_the_page_takes_one_megapixel(server):
    url = data_url(Image.new("L", (1001, 1000), 255))
    status, text = server.ask("POST", "/site/picture", {"picture": url})
    assert (status, json.loads(text)["error"]) == (400, "too_many_pixels")


def test_who_has_left_the_line_is_not_served(server):
    url = data_url(Image.new("L", (6000, 4000)))
    begun = server.processor_s()
    for _ in range(5):
        server.ask("POST", PREDICT, call(url))
    five = server.processor_s() - begun
    body = json.dumps(call(url)).encode()
    head = f"POST {PREDICT} HTTP/1.1\r\nContent-Type: application/json\r\n"
    head += f"Content-Length: {len(body)}"
    begun = server.processor_s()
    for _ in range(10):
        waiting = [server.opened(head, body) for _ in range(20)]
        for connection in waiting:
            connection.close()
    picture = {"picture": data_url(seven())}
    while server.ask("POST", "/site/picture", picture)[0] != 200:
        pass  # until the line is free
    assert server.processor_s() - begun < 10 * five  # all 200 would be 40 times five


def test_an_upload_is_one_file_in_the_servers_own_folder(server):
    form = {"Content-Type": "multipart/form-data; boundary=x7"}
    head = b'--x7\r\nContent-Disposition: form-data; name="files"; filename="7.png"\r\n\r\n'
    part, end = head + secrets.token_bytes(16) + b"\r\n", b"--x7--\r\n"
    status, text = server.ask("POST", "/gradio_api/upload", part * 999 + end, form)
    assert (status, json.loads(text)["error"]) == (400, "one_file")
    status, text = server.ask("POST", "/gradio_api/upload", part + end, form)
    [name] = json.loads(text)
    assert len(list(Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{name}"))) == 1


def test_answers_that_nobody_reads_are_not_held_whole(server):
    history = "/site/weights/history.safetensors"
    assert server.ask("GET", history)[0] == 200  # now it is in memory
    before = server.memory()
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            asked = f"GET {history} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 3
            reader = server.opened(f"{asked}GET {history} HTTP/1.1")
            stack.enter_context(reader)
            reader.recv(1)  # the answer has begun
        assert server.memory() - before < 40 * MB  # whole: 270 MB


def test_half_open_connections_keep_no_one_out_and_are_not_logged(server):
    limits = Path(f"/proc/{server.process.pid}/limits").read_text()
    assert re.search(r"Max open files +512 +512 ", limits)
    with contextlib.ExitStack() as stack:
        for _ in range(600):
            half = socket.create_connection(("127.0.0.1", server.port), 30)
            stack.enter_context(half).sendall(b"GET / HTTP/1.1\r\n")
        assert server.ask("GET", "/")[0] == 200
    assert "accept" not in server.log.read_text()


def test_a_body_that_does_not_arrive_is_dropped(server, dawdler):
    """The last test of all: it waits for what remains of the dawdler's time."""
    answer = dawdler.recv(1000)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"too_slow" in answer
