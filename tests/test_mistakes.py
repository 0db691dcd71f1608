"""Mistakes are answered, and only the page itself may send corrections."""

import http.client
import json
import re

import pytest
from mistakes import MISTAKES
from own_server import LONG

SEVEN = {"canvas": 280, "strokes": [[60, 60, 200, 60, 120, 230]], "label": 7}


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    MISTAKES,
    ids=[f"{i}-{row[1][:40]}" for i, row in enumerate(MISTAKES)],
)
def test_a_mistake_gets_its_answer(server, method, path, body, headers, status):
    for _ in range(2):  # also who makes it again
        answered, text = server.ask(method, path, body, headers)
        assert answered == status, text[:300]


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
