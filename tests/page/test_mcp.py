"""/predict as a tool for language models: JSON, in a line of its own, and no address is read."""

import json
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest
from own_server import PREDICT, Server, data_url, seven
from PIL import Image

from cnn.page.mcp import VARIABLE, mcp_routes

MCP = "/gradio_api/mcp/"


def ask(server: Server, method: str, params: object = None) -> tuple[int, dict]:
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params or {}}
    status, text = server.ask("POST", MCP, message)
    return status, json.loads(text)


def call(server: Server, image: object) -> tuple[int, dict]:
    return ask(server, "tools/call", {"name": "predict", "arguments": {"image": image}})


def test_a_client_learns_the_protocol_and_the_tool(server):
    for asked, told in {"2025-03-26": "2025-03-26", "1999-01-01": "2025-11-25"}.items():
        status, answer = ask(server, "initialize", {"protocolVersion": asked})
        assert (status, answer["id"]) == (200, 7)
        assert answer["result"]["protocolVersion"] == told
        assert answer["result"]["capabilities"] == {"tools": {}}
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert server.ask("POST", MCP, note) == (202, "")
    assert ask(server, "ping")[1]["result"] == {}
    [tool] = ask(server, "tools/list")[1]["result"]["tools"]
    assert (tool["name"], tool["inputSchema"]["required"]) == ("predict", ["image"])
    assert "handwritten digit" in tool["description"]
    assert "http" not in json.dumps(tool)
    assert server.ask("GET", MCP)[0] == 405  # nothing is streamed
    assert json.loads(server.ask("GET", MCP + "schema")[1])[0]["name"] == "predict"


def test_the_tool_answers_with_the_json_of_predict(server):
    url = data_url(seven())
    status, answer = call(server, url)
    [content] = answer["result"]["content"]
    assert (status, content["type"], answer["result"]["isError"]) == (200, "text", False)
    said = json.loads(server.ask("POST", PREDICT, {"data": [url]})[1])
    assert json.loads(content["text"]) == said["data"][0]


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        ("http://127.0.0.1:9/7.png", "neither an uploaded picture"),
        ({"path": "https://example.com/7.png"}, "neither an uploaded picture"),
        (["https://example.com/7.png"], "neither an uploaded picture"),
        ("/etc/passwd", "neither an uploaded picture"),
        ("data:image/png;base64,AAAA", "not a picture that can be read"),
        (None, "No picture came"),
    ],
)
def test_what_is_no_picture_is_refused_in_words_that_the_model_can_read(server, image, sentence):
    status, answer = call(server, image)
    assert (status, answer["result"]["isError"]) == (200, True)
    assert sentence in answer["result"]["content"][0]["text"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": NaN}}', -32700),
        (rb'{"jsonrpc": "2.0", "id": "\ud800", "method": "ping"}', -32700),
        (b"[]", -32600),
        (b'{"id": 1, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "resources/list"}', -32601),
        (b'{"jsonrpc": "2.0", "id": 1, "method": []}', -32601),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "x"}}', -32602),
    ],
)
def test_what_is_no_request_gets_the_protocols_error(server, body, code):
    assert json.loads(server.ask("POST", MCP, body)[1])["error"]["code"] == code


def test_while_many_call_the_page_is_served_and_who_finds_the_line_full_is_told(server):
    photograph = data_url(Image.new("L", (3000, 2000)))
    with ThreadPoolExecutor(45) as pool:
        calls = [pool.submit(call, server, photograph) for _ in range(45)]
        wait(calls, return_when=FIRST_COMPLETED)
        assert server.ask("GET", "/")[0] == 200
        assert not all(each.done() for each in calls)
        answers = [each.result() for each in calls]
    assert {status for status, _ in answers} == {200, 503}
    for status, answer in answers:
        if status == 200:
            assert "Nothing is drawn" in answer["result"]["content"][0]["text"]
        else:
            assert answer["error"] == "busy"


def test_without_the_variable_there_is_none(monkeypatch):
    def predict(image: object) -> dict:
        raise AssertionError("nobody may ask")

    for value, addresses in {"True": 2, "": 0, "False": 0}.items():
        monkeypatch.setenv(VARIABLE, value)
        assert len(mcp_routes(predict)) == addresses
    monkeypatch.delenv(VARIABLE)
    assert mcp_routes(predict) == []
