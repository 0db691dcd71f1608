"""What is sent from memory is what would have been sent without it, each asked for once."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from starlette.datastructures import Headers

from cnn.page.cache import ResponseCache

TEXT = b"const digit = 7;\n" * 100
FILES = {
    "/site/browser/a.js": (TEXT, "text/javascript"),
    "/site/weights/b.safetensors": (bytes(1000), "application/octet-stream"),
    "/assets/small.css": (b"a{}", "text/css"),
    "/config": (b"{}", "application/json"),
}


class Files:
    """An ASGI app that sends FILES, and counts how often."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def __call__(self, scope, receive, send) -> None:
        path = scope["path"]
        self.sent.append(path)
        body, kind = FILES.get(path, (b"", "text/plain"))
        status = 200 if path in FILES else 404
        headers = [(b"content-type", kind.encode()), (b"content-length", b"%d" % len(body))]
        headers.append((b"etag", b'"1"'))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for at in range(0, len(body), 100):
            part = body[at : at + 100]
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def messages_of(app, path: str, **headers: str) -> list[dict]:
    messages = []

    async def send(message) -> None:
        messages.append(message)

    asked = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": asked}
    with ThreadPoolExecutor(1) as pool:  # playwright has a loop running in the tests' own thread
        pool.submit(asyncio.run, app(scope, None, send)).result()
    return messages


def get(app, path: str, **headers: str) -> tuple[int, Headers, bytes]:
    messages = messages_of(app, path, **headers)
    body = b"".join(message.get("body", b"") for message in messages)
    return messages[0]["status"], Headers(raw=messages[0]["headers"]), body


@pytest.mark.parametrize("path", [path for path in FILES if path != "/config"])
def test_a_file_is_asked_for_once_and_sent_whole(path):
    app = ResponseCache(files := Files())
    for _ in range(3):
        status, headers, body = get(app, path)
        assert (status, body, headers["content-type"]) == (200, *FILES[path])
        assert int(headers["content-length"]) == len(body)
        assert "content-encoding" not in headers
    assert files.sent == [path]


def test_a_large_file_goes_in_pieces_so_that_no_more_than_one_waits_for_a_slow_reader(monkeypatch):
    monkeypatch.setattr("cnn.page.cache.PIECE_BYTES", 300)
    path = "/site/weights/b.safetensors"
    _, *pieces = messages_of(ResponseCache(Files()), path)
    assert [len(piece["body"]) for piece in pieces] == [300, 300, 300, 100, 0]
    assert b"".join(piece["body"] for piece in pieces) == FILES[path][0]


def test_text_goes_as_the_browser_can_take_it():
    app = ResponseCache(Files())
    for accepted, encoding, unpacked in [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
    ]:
        _, headers, body = get(app, "/site/browser/a.js", accept_encoding=accepted)
        assert headers["content-encoding"] == encoding
        assert headers["vary"] == "Accept-Encoding"
        assert int(headers["content-length"]) == len(body) < len(TEXT)
        assert unpacked(body) == TEXT
    for path in ("/site/weights/b.safetensors", "/assets/small.css"):
        assert "content-encoding" not in get(app, path, accept_encoding="br")[1]


def test_whoever_has_it_gets_304_also_as_the_first_to_ask():
    app = ResponseCache(Files())
    for asked in ('"1"', 'W/"1"'):
        status, headers, body = get(app, "/site/browser/a.js", if_none_match=asked)
        assert (status, headers["etag"], body) == (304, '"1"', b"")
    assert get(app, "/site/browser/a.js", if_none_match='"2"')[0] == 200


@pytest.mark.parametrize("path", ["/config", "/site/browser/no.js", "/assets/../config"])
def test_what_may_change_and_what_is_not_there_is_asked_for_each_time(path):
    app = ResponseCache(files := Files())
    for _ in range(2):
        get(app, path)
    assert files.sent == [path] * 2


def test_no_more_is_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr("cnn.page.cache.KEPT_BYTES", len(TEXT) + 500)
    app = ResponseCache(files := Files())
    for path in ("/site/browser/a.js", "/site/weights/b.safetensors") * 2:
        assert get(app, path)[2] == FILES[path][0]
    assert files.sent.count("/site/browser/a.js") == 1
    assert files.sent.count("/site/weights/b.safetensors") == 2
