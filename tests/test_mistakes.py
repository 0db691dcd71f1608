"""Mistakes get their answer soon, and only the page itself gives corrections."""

import http.client
import json
import math
import re
import time

import pytest
from own_server import LONG, PREDICT, call

MISTAKE_S = 0.05  # in which a client's mistake is answered
SEVEN = {"canvas": 280, "strokes": [[60, 60, 200, 60, 120, 230]], "label": 7}
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
    ("GET", "/site/browser/%2e%2e/html.py", None, {}, 404),
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
    ("POST", PREDICT, {"data": [None]}, {}, 400),
    ("POST", PREDICT, {"data": []}, {}, 400),
    ("POST", PREDICT, {"data": [{"url": "", "size": math.nan}]}, {}, 400),
    ("POST", PREDICT, {"data": ["\ud800"]}, {}, 400),
    ("POST", PREDICT, call("http://localhost/7.png"), {}, 400),
    ("POST", "/gradio_api/queue/join", call("", session_hash="a", trigger_id=math.inf), {}, 400),
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
    ({"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"}, 403),
    ({"Origin": "http://["}, 403),
    ({"Origin": OURS, "Content-Type": "text/plain"}, 415),
    ({"Origin": OURS, "Content-Type": "application/x-www-form-urlencoded"}, 415),
]


@pytest.mark.parametrize(("headers", "status"), CORRECTIONS)
def test_only_the_page_itself_gives_corrections(server, headers, status):
    headers = {name: text.format(port=server.port) for name, text in headers.items()}
    kept, text = server.ask("POST", "/site/correction", SEVEN | {"label": 11}, headers)
    assert kept == status, text


@pytest.mark.parametrize("host", ["127.0.0.1", "pad.example"])
@pytest.mark.parametrize("path", ["correction", "picture", "mnist"])
def test_no_other_site_may_ask_with_json(server, host, path):
    asked = {
        "Host": host,
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, x-forwarded-host",
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("OPTIONS", f"/site/{path}", headers=asked)
    answer = connection.getresponse()
    assert answer.status == 403
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
