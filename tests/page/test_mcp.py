"""/predict as a tool for language models: JSON, in a line of its own, and no address is read."""

import json
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest
from asking import api_example, get, post_picture
from own_server import data_url
from PIL import Image
from server import running_page
from test_api import post

MCP = "/gradio_api/mcp/"


@pytest.fixture(scope="module")
def mcp_url():
    with running_page(GRADIO_MCP_SERVER="True") as url:
        yield url


def ask(url: str, method: str, params: object = None, **more: object) -> tuple[int, dict]:
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params or {}} | more
    status, text = post(url, MCP, message)
    return status, json.loads(text or "null")


def call(url: str, image: object) -> tuple[int, dict]:
    return ask(url, "tools/call", {"name": "predict", "arguments": {"image": image}})


def test_a_client_learns_the_protocol_and_the_tool(mcp_url):
    for asked, told in {"2025-03-26": "2025-03-26", "1999-01-01": "2025-11-25"}.items():
        status, answer = ask(mcp_url, "initialize", {"protocolVersion": asked})
        assert (status, answer["id"]) == (200, 7)
        assert answer["result"]["protocolVersion"] == told
        assert answer["result"]["capabilities"] == {"tools": {}}
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert post(mcp_url, MCP, note) == (202, "")
    assert ask(mcp_url, "ping")[1]["result"] == {}
    [tool] = ask(mcp_url, "tools/list")[1]["result"]["tools"]
    assert (tool["name"], tool["inputSchema"]["required"]) == ("predict", ["image"])
    assert "handwritten digit" in tool["description"]
    assert "http" not in json.dumps(tool)
    assert get(mcp_url + MCP[1:])[0] == 405  # nothing is streamed
    assert json.loads(get(mcp_url + "gradio_api/mcp/schema")[2])[0]["name"] == "predict"


def test_the_tool_answers_with_the_json_of_predict(mcp_url):
    example = api_example(mcp_url)
    status, answer = call(mcp_url, example["url"])
    [content] = answer["result"]["content"]
    assert (status, content["type"], answer["result"]["isError"]) == (200, "text", False)
    assert json.loads(content["text"]) == post_picture(mcp_url, example)


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        ("http://127.0.0.1:9/7.png", "neither an uploaded picture"),
        ({"path": "https://example.com/7.png"}, "neither an uploaded picture"),
        (["https://example.com/7.png"], "neither an uploaded picture"),
        ("/etc/passwd", "neither an uploaded picture"),
        ("data:image/png;base64,AAAA", "no picture that can be read"),
        (None, "No picture came"),
    ],
)
def test_what_is_no_picture_is_refused_in_words_that_the_model_can_read(mcp_url, image, sentence):
    status, answer = call(mcp_url, image)
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
def test_what_is_no_request_gets_the_protocols_error(mcp_url, body, code):
    assert json.loads(post(mcp_url, MCP, body)[1])["error"]["code"] == code


def test_while_many_call_the_page_is_served_and_who_finds_the_line_full_is_told(mcp_url):
    photograph = data_url(Image.new("L", (6000, 4000)))
    with ThreadPoolExecutor(45) as pool:
        calls = [pool.submit(call, mcp_url, photograph) for _ in range(45)]
        wait(calls, return_when=FIRST_COMPLETED)
        assert get(mcp_url)[0] == 200
        assert not all(each.done() for each in calls)
        answers = [each.result() for each in calls]
    assert {status for status, _ in answers} == {200, 503}
    for status, answer in answers:
        if status == 200:
            assert "Nothing is drawn" in answer["result"]["content"][0]["text"]
        else:
            assert answer["error"] == "busy"


def test_without_the_variable_there_is_none(page_url):
    assert ask(page_url, "ping")[0] == 404
    assert get(page_url + "gradio_api/mcp/schema")[0] == 404
