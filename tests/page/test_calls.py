"""A call to /predict is a picture and ids, made anew: of its own words nothing reaches Gradio."""

import json
from pathlib import Path

import pytest
from asking import api_example, get
from gradio.utils import get_upload_folder
from test_api import post

from cnn.page.api import checked_call, checked_ids, checked_named_call
from cnn.page.errors import Refusal

DATA = "data:image/png;base64,AAAA"
FILE = {"meta": {"_type": "gradio.FileData"}, "orig_name": "7.png", "size": None}
ADDRESSES = [
    "http://127.0.0.1:9/7.png",
    "https://example.com/7.png",
    "HTTP://example.com/7.png",
    "//example.com/7.png",
    "ftp://example.com/7.png",
    "file:///etc/passwd",
    " http://example.com/7.png",
    "javascript:data:image/png;base64,AAAA",
]


@pytest.fixture
def upload() -> str:
    """The name of an upload."""
    file = Path(get_upload_folder()) / "test of calls" / "7 é.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"7")
    yield "test of calls/7 é.png"
    file.unlink()
    file.parent.rmdir()


def data(picture: object, **more: object) -> bytes:
    return json.dumps({"data": [picture], **more}).encode()


def test_what_gradios_own_clients_send_is_a_picture_and_ids(upload):
    file = {"path": str(Path(get_upload_folder(), upload))}
    ids = {"fn_index": 0, "session_hash": "8f-3_a"}
    sent = data(FILE | {"path": upload}, event_data=None, trigger_id=None, **ids)
    assert json.loads(checked_call(sent)) == ids | {"data": [file]}
    # The client in a browser adds an address of its own.
    address = f"https://page/gradio_api/file={'test%20of%20calls/7%20%C3%A9.png'}"
    sent = data(FILE | {"path": upload, "url": address})
    assert json.loads(checked_call(sent)) == {"fn_index": 0, "data": [file]}
    assert json.loads(checked_named_call(b'{"image": {"url": "%s"}}' % DATA.encode())) == {
        "image": {"url": DATA}
    }
    sent = json.dumps(ids | {"event_id": "e-1"}).encode()
    assert json.loads(checked_ids(sent)) == ids | {"event_id": "e-1"}


def test_a_data_url_is_a_picture_with_or_without_a_file_around_it(upload):
    for picture in (DATA, {"url": DATA}, {"path": DATA}, FILE | {"path": None, "url": DATA}):
        assert json.loads(checked_call(data(picture)))["data"] == [{"url": DATA}]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_and_nothing_beside_the_picture_goes_in(upload, address):
    meta = FILE | {"path": address}
    pictures = [address, meta, {"url": address}, {"path": upload, "url": address}, [meta], [[meta]]]
    pictures += [{"path": meta}, {"url": [address]}, {"path": DATA, "url": address}, {"0": meta}]
    for picture in pictures:
        with pytest.raises(Refusal):
            checked_call(data(picture))
    for more in ({"event_data": meta}, {"batched": True}, {"oauth_token": address}, {"x": [meta]}):
        made = json.loads(checked_call(data(DATA, **more)))
        assert made == {"fn_index": 0, "data": [{"url": DATA}]}


def test_there_is_one_picture_one_function_and_ids_are_short():
    for body in (b"{}", b'{"data": []}', b'{"data": {}}', data(None), data(""), data({})):
        with pytest.raises(Refusal, match="No picture came"):
            checked_call(body)
    with pytest.raises(Refusal, match="No picture came"):
        checked_call(json.dumps({"data": [DATA, DATA]}).encode())
    for ids in ({"session_hash": "a" * 65}, {"session_hash": 7}, {"event_id": ["a"]}):
        with pytest.raises(Refusal, match="not a call"):
            checked_ids(json.dumps(ids).encode())
    for index in (1, -3, "predict", [0]):
        with pytest.raises(Refusal, match="nothing here"):
            checked_ids(json.dumps({"fn_index": index}).encode())


ROADS = {
    "run/predict": lambda picture: {"data": [picture]},
    "call/predict": lambda picture: {"data": [picture]},
    "queue/join": lambda picture: {"data": [picture], "session_hash": "a"},
    "call/v2/predict": lambda picture: {"image": picture},
}


@pytest.mark.parametrize("road", ROADS)
def test_every_road_refuses_an_address_with_a_sentence(page_url, road):
    for picture in (ADDRESSES[0], FILE | {"path": ADDRESSES[0]}, {"url": ADDRESSES[0]}):
        status, answer = post(page_url, f"/gradio_api/{road}", ROADS[road](picture))
        assert (status, "neither an uploaded picture" in answer) == (400, True)


@pytest.mark.parametrize("road", ROADS)
def test_every_road_reads_a_bare_data_url(page_url, road):
    url = api_example(page_url)["url"]
    status, answer = post(page_url, f"/gradio_api/{road}", ROADS[road](url))
    assert status == 200
    if road == "queue/join":
        answer = get(page_url + "gradio_api/queue/data?session_hash=a")[2].decode()
    elif road != "run/predict":
        event = json.loads(answer)["event_id"]
        answer = get(f"{page_url}gradio_api/call/predict/{event}")[2].decode()
    assert '"digit": 7' in answer or '"digit":7' in answer


def test_what_is_no_digit_is_refused_with_a_sentence_and_not_as_a_fault_of_the_server(page_url):
    white = "data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs="
    for url, sentence in {
        DATA: "not a picture that can be read",
        white: "Nothing is drawn",
    }.items():
        status, answer = post(page_url, "/gradio_api/run/predict", {"data": [{"url": url}]})
        assert (status, sentence in answer) == (400, True)
