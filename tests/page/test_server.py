"""The real server, asked over HTTP as browsers, programs and mischief ask it."""

import http.client
import json
import re
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import numpy as np
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image, ImageDraw
from server import ROOT

from cnn.page.body_limit import SERVER_FUNCTION_BYTES

SERVER_FUNCTION = "/gradio_api/component_server/"


@pytest.fixture(scope="module")
def pad_id(page_url) -> int:
    with urllib.request.urlopen(page_url + "config") as answer:
        components = json.load(answer)["components"]
    return next(
        c["id"] for c in components if "predict_strokes" in c["props"].get("server_fns", [])
    )


def post(
    page_url: str, body, headers: dict | None = None, path: str = SERVER_FUNCTION
) -> tuple[int, object]:
    """POST and give the status and the JSON of the answer; a reset connection fails the test."""
    connection = http.client.HTTPConnection(urlsplit(page_url).netloc, timeout=20)
    headers = {"Content-Type": "application/json"} | (headers or {})
    connection.request("POST", path, body, headers, encode_chunked=not isinstance(body, bytes))
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def call_body(pad_id: int, payload: object, function: str = "predict_strokes") -> bytes:
    return json.dumps(
        {"data": payload, "component_id": pad_id, "fn_name": function, "session_hash": "test"}
    ).encode()


SEVEN = {"canvas": 280, "strokes": [[60, 60, 200, 60, 120, 230]]}


def test_a_look_over_http_reads_the_digit(page_url, pad_id):
    status, answer = post(page_url, call_body(pad_id, SEVEN))
    assert status == 200
    assert answer["digits"][0]["digit"] == 7


def test_many_people_at_once_each_get_their_own_answer(page_url, pad_id):
    one = {"canvas": 280, "strokes": [[140, 40, 140, 240]]}
    sent = [SEVEN, one] * 20
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda p: post(page_url, call_body(pad_id, p))[1], sent))
    assert [a["digits"][0]["digit"] for a in answers] == [7, 1] * 20


@pytest.mark.parametrize(
    "payload", [None, [], {"canvas": 280, "strokes": [[float("nan"), 1]]}, {"strokes": 3}]
)
def test_a_bad_payload_gets_the_name_of_its_error(page_url, pad_id, payload):
    status, answer = post(page_url, call_body(pad_id, payload))
    assert status == 200
    assert answer["error"].startswith("bad_")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[" * 100_000,
        b'{"data": 1}',
        b"\xff\xfe",
        call_body(10**9, SEVEN),
        b'{"data":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
    ids=["empty", "cut", "null", "deep", "partial", "binary", "unknown component", "nested"],
)
def test_what_is_no_request_of_the_page_gets_a_sentence(page_url, body):
    status, answer = post(page_url, body)
    assert status == 400
    assert re.fullmatch(r"(This is no request|Invalid JSON).*\.", answer["detail"])


def test_a_function_that_is_not_the_pads_cannot_be_called(page_url, pad_id):
    status, _ = post(page_url, call_body(pad_id, SEVEN, "postprocess"))
    assert status == 404


def test_a_million_points_are_refused_before_they_are_parsed(page_url, pad_id):
    body = call_body(pad_id, {"canvas": 280, "strokes": [[1, 2] * 1_000_000]})
    assert len(body) > SERVER_FUNCTION_BYTES
    status, answer = post(page_url, body)
    assert (status, answer["error"]) == (413, "too_large")


def test_a_body_without_a_length_is_cut_off_at_the_limit(page_url):
    chunks = (b"x" * 65536 for _ in range(2 * SERVER_FUNCTION_BYTES // 65536))
    status, answer = post(page_url, chunks, {"Transfer-Encoding": "chunked"})
    assert (status, answer["error"]) == (413, "too_large")


def test_the_longest_drawing_the_pad_may_send_fits(page_url, pad_id):
    strokes = [[279.9, 100.1] * 100 for _ in range(200)]
    status, answer = post(page_url, call_body(pad_id, {"canvas": 280, "strokes": strokes}))
    assert status == 200
    assert "digits" in answer


@pytest.fixture(scope="module")
def client(page_url):
    return Client(page_url, verbose=False)


def picture_of_seven(path, paper=255, ink=0):
    image = Image.new("L", (300, 240), paper)
    ImageDraw.Draw(image).line([(110, 40), (190, 40), (140, 200)], ink, 16)
    image.save(path)
    return handle_file(path)


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 255), (190, 90)])
def test_the_api_gives_the_digit_and_its_probabilities(client, tmp_path, paper, ink):
    answer = client.predict(picture_of_seven(tmp_path / "7.png", paper, ink), api_name="/predict")
    assert answer["digit"] == 7
    assert sum(answer["probs"]) == pytest.approx(1, abs=1e-5)
    assert int(np.argmax(answer["probs"])) == 7


def test_the_api_is_described(client):
    described = client.view_api(return_format="dict")["named_endpoints"]["/predict"]
    assert re.search("handwritten digit", described["description"])


def test_the_api_names_what_is_wrong(client, tmp_path):
    text, blank, bomb = (tmp_path / name for name in ("text.png", "blank.png", "bomb.png"))
    text.write_text("no picture")
    Image.new("L", (64, 64), 255).save(blank)
    Image.new("1", (12_000, 12_000)).save(bomb)
    for path, sentence in {
        text: "no picture that can be read",
        blank: "Nothing is drawn",
        bomb: "24 million pixels",
    }.items():
        with pytest.raises(AppError, match=sentence):
            client.predict(handle_file(path), api_name="/predict")


def test_the_page_never_imports_what_only_training_needs():
    code = (
        "import sys, app; print(sorted({m.split('.')[0] for m in sys.modules} | set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for module in (
        "torchvision",
        "matplotlib",
        "scipy",
        "cnn.training.trainer",
        "train",
    ):
        assert f"'{module}'" not in loaded, module
