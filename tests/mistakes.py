"""What clients send by mistake or mischief, and what the server answers."""

import math

from own_server import LONG, PREDICT, call

FORM = {"Content-Type": "multipart/form-data; boundary=x"}
MISTAKES = [  # method, path, body, headers; the status of the answer
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
