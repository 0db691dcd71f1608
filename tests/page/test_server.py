"""The real server, asked over HTTP as browsers, programs and mischief ask it."""

import base64
import http.client
import io
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image, ImageDraw
from server import ROOT

from cnn.page.predictor import random_digit_of
from cnn.preprocess import digit_from_image


def post(page_url: str, path: str, payload: object) -> tuple[int, object]:
    """POST JSON and give the status and the JSON of the answer."""
    connection = http.client.HTTPConnection(urlsplit(page_url).netloc, timeout=20)
    connection.request("POST", path, json.dumps(payload), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def url_of(image: Image.Image) -> str:
    file = io.BytesIO()
    image.save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def drawn(points: list[tuple[int, int]], paper: int = 255, ink: int = 0) -> Image.Image:
    image = Image.new("L", (300, 240), paper)
    ImageDraw.Draw(image).line(points, ink, 16)
    return image


SEVEN = [(110, 40), (190, 40), (140, 200)]
ONE = [(150, 40), (150, 200)]


def test_a_picture_comes_back_as_the_digits_that_the_browser_reads(page_url):
    image = drawn(SEVEN)
    status, answer = post(page_url, "/site/picture", {"picture": url_of(image)})
    assert (status, answer["marks"]) == (200, [None])
    digit = np.frombuffer(base64.b64decode(answer["digits"][0]), "<f4").reshape(28, 28)
    np.testing.assert_array_equal(digit, digit_from_image(np.asarray(image)))


def test_many_people_at_once_each_get_their_own_answer(page_url):
    sent = [url_of(drawn(SEVEN)), url_of(drawn(ONE))] * 20
    alone = [post(page_url, "/site/picture", {"picture": url})[1] for url in sent[:2]]
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(post, page_url, "/site/picture", {"picture": url}) for url in sent]
    assert [each.result()[1] for each in asked] == alone * 20


@pytest.mark.parametrize(
    ("payload", "name"),
    [(None, "bad_request"), ([], "bad_request"), ({"picture": 3}, "bad_picture")],
)
def test_a_bad_payload_gets_the_name_of_its_error(page_url, payload, name):
    assert post(page_url, "/site/picture", payload) == (400, {"error": name})


def test_a_random_digit_is_one_of_mnists(mnist_dir, mnist_test):
    picture = random_digit_of(mnist_dir)(None)
    content = base64.b64decode(picture.removeprefix("data:image/png;base64,"))
    digit = np.asarray(Image.open(io.BytesIO(content)))
    assert (mnist_test[0].numpy()[:, 0] == digit).all((1, 2)).any()


@pytest.mark.parametrize("size", [0, 16, 17, 16 + 784])
def test_a_file_that_is_not_mnists_costs_only_the_random_digit(tmp_path, size):
    path = tmp_path / "MNIST" / "raw" / "t10k-images-idx3-ubyte"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(size))
    assert (random_digit_of(tmp_path) is not None) == (size == 16 + 784)


@pytest.fixture(scope="module")
def client(page_url):
    return Client(page_url, verbose=False)


def picture_of_seven(path, paper=255, ink=0):
    drawn(SEVEN, paper, ink).save(path)
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
        text: "not a picture that can be read",
        blank: "Nothing is drawn",
        bomb: "24 million pixels",
    }.items():
        with pytest.raises(AppError, match=sentence):
            client.predict(handle_file(path), api_name="/predict")


# Says of `import app`, alone in its process: which modules that takes; how often the queue looked
# for work, and with which shortest pause; whether scipy is there once the warm-up is done.
ALONE = """
import asyncio, json, sys, threading, app
from starlette.applications import Starlette

modules = [*sys.modules]
queue, asked, sleep = app.demo._queue, [], asyncio.sleep

async def look_once(seconds):
    asked.append(seconds)
    queue.stopped = True

asyncio.sleep = look_once
for looking in (queue.start_processing, queue.start_progress_updates):
    queue.stopped = False
    asyncio.run(looking())
asyncio.sleep = sleep

async def start():
    async with app.lifespan(Starlette()):
        [warming] = [each for each in threading.enumerate() if each.name == "warm-up"]
        await asyncio.to_thread(warming.join)

asyncio.run(start())
print(json.dumps([modules, len(asked), min(asked), "scipy.ndimage" in sys.modules]))
"""


@pytest.fixture(scope="module")
def alone() -> list:
    """What ALONE says."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def test_the_page_never_imports_what_only_training_needs(alone):
    modules = alone[0]
    loaded = {*modules, *(module.split(".")[0] for module in modules)}
    assert "gradio" in loaded
    unwanted = {"torchvision", "matplotlib.pyplot", "scipy", "cnn.training.trainer", "train"}
    assert not loaded & unwanted


def test_with_nobody_there_the_queue_looks_for_work_twenty_times_a_second_and_not_a_thousand(alone):
    assert alone[1:3] == [2, 0.05]


def test_what_the_first_call_would_wait_for_is_done_beforehand_beside_the_serving(alone):
    assert alone[3] is True


def test_no_call_imports_what_gradio_would_import_at_the_first(server, tmp_path):
    """By the queue: libraries that matplotlib loads would be in the process's memory."""
    picture = picture_of_seven(tmp_path / "7.png")
    client = Client(f"http://127.0.0.1:{server.port}/", verbose=False)
    assert client.predict(picture, api_name="/predict")["digit"] == 7
    assert "matplotlib" not in Path(f"/proc/{server.process.pid}/maps").read_text()
