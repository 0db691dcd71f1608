"""The endpoint /predict: a picture as Gradio's clients send it, and the answer as JSON.

There are two ways to call it: by Gradio's queue, as its clients do, or by one request.
"""

import base64
import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import gradio as gr
import numpy as np
from gradio.data_classes import ImageData
from PIL import Image, ImageDraw
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cnn.page.errors import Refusal
from cnn.page.payload import image_from_file, image_from_url
from cnn.page.predictor import Predictor
from cnn.page.uploads import uploaded_file

Predict = Callable[[np.ndarray], dict]


def predict_by(predictor: Predictor) -> Predict:
    """What /predict does with an image, uint8 (H, W, 4)."""

    def predict(image: np.ndarray) -> dict:
        """Read one handwritten digit, or a number of up to eight, from left to right.

        The picture may be light on dark or dark on light, transparent, or a photograph of a pen on
        paper. Returns {"digit": one of the classes, counted from 0, "probs": a probability for each
        of them, "classes": their names, "number": the whole number as text, with any dot, comma or
        minus, "digits": for each digit its digit, probs, box, runner_up, and whether the network is
        confident, and for each mark its mark and box}; digit and probs are the first digit's.
        """
        digits = predictor.read(image)
        if not digits:
            raise Refusal("nothing_drawn")
        number = "".join(each.get("mark") or predictor.classes[each["digit"]] for each in digits)
        first = next(each for each in digits if "digit" in each)
        return {key: first[key] for key in ("digit", "probs")} | {
            "classes": list(predictor.classes),
            "number": number,
            "digits": digits,
        }

    return predict


def warm_up(predict: Predict) -> None:
    """Spend now the seconds that the first call costs: scipy's import, the network's first run."""
    predict(image_from_file(io.BytesIO(_seven())))


def image_of(picture: dict[str, str]) -> np.ndarray:
    """A picture as returned by `checked_picture` -> image, uint8 (H, W, 4). Raises Refusal."""
    if "path" in picture:
        return image_from_file(picture["path"])
    return image_from_url(picture["url"])


def run_route(predict: Predict) -> Route:
    """POST gradio_api/run/predict, a checked call: answered directly, not through the queue."""

    async def run(request: Request) -> JSONResponse:
        [picture] = (await request.json())["data"]
        answer = await run_in_threadpool(lambda: predict(image_of(picture)))
        return JSONResponse({"data": [answer]})

    return Route("/gradio_api/run/predict", run, methods=["POST"])


@contextlib.contextmanager
def _said_by_gradio() -> Iterator[None]:
    """Raise a Refusal as Gradio's own error, so that Gradio's client is told its sentence."""
    try:
        yield
    except Refusal as error:
        raise gr.Error(str(error), print_exception=False) from None


class CheckedImage(gr.Image):
    """A gr.Image for the picture of a checked call: its pixels are counted before they are decoded.

    Returns uint8 (H, W, 4).
    """

    @_said_by_gradio()
    def preprocess(self, payload: ImageData) -> np.ndarray:
        return image_of(payload.model_dump(include={"path", "url"}, exclude_none=True))

    def example_payload(self) -> dict[str, str]:
        """A digit, for the API page to show; a data URL, so that it works without any other host.

        Without "meta" Gradio does not take it for a file, and shows it in every language as it is
        sent.
        """
        return {"url": self.example_value()}

    def example_value(self) -> str:
        return f"data:image/png;base64,{base64.b64encode(_seven()).decode()}"


def _seven() -> bytes:
    """A PNG of a 7, 28 x 28, one bit a pixel."""
    image, file = Image.new("1", (28, 28), 1), io.BytesIO()
    ImageDraw.Draw(image).line([(8, 6), (20, 6), (13, 22)], fill=0, width=2)
    image.save(file, "PNG")
    return file.getvalue()


def add_endpoint(predict: Predict) -> None:
    """Within a gr.Blocks: the endpoint /predict, from a picture to its digits, for the queue."""
    image = CheckedImage(label="image", visible=False)
    answer = gr.JSON(label="answer", visible=False)
    gr.Button(visible=False).click(_said_by_gradio()(predict), image, answer, api_name="predict")


# What a call to /predict may contain: one picture, and ids. For Gradio it is rebuilt from these.
# Gradio would fetch a web address, and it stores names, unchecked, for as long as it runs.

NAMES_BYTES = 1_000
VALUES = 1_000  # in one call, of one picture; each may take a hundred times its byte in memory
ID = r"[\w-]{1,64}"
IDS = "session_hash", "event_id", "upload_id"


def json_from(body: bytes) -> object:
    """The value of a JSON text; raises Refusal for anything else, say NaN or a lone surrogate."""
    if sum(map(body.count, b"[{,")) > VALUES:
        raise Refusal("bad_call")
    try:
        value = json.loads(body)
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal("bad_call") from None
    return value


def checked_call(body: bytes) -> bytes:
    """The call {"data": [picture]} with its ids, as Gradio may see it; else raises Refusal."""
    call = _object(body)
    data = call.get("data")
    if not isinstance(data, list) or len(data) != 1:
        raise Refusal("no_picture")
    return json.dumps(_ids(call) | {"data": [checked_picture(data[0])]}).encode()


def checked_named_call(body: bytes) -> bytes:
    """{"image": picture}, as Gradio's call/v2 has it."""
    return json.dumps({"image": checked_picture(_object(body).get("image"))}).encode()


def checked_ids(body: bytes) -> bytes:
    """A request that ends a call: its ids alone."""
    return json.dumps(_ids(_object(body))).encode()


def checked_picture(value: object) -> dict[str, str]:
    """A picture of a call -> {"path": of an upload's file}, or {"url": data URL}.

    It arrives as an upload's name or a data URL, or as Gradio's clients describe a file: with
    either of these as "path" or "url". Raises Refusal for anything else: no other path or address
    is read.
    """
    if isinstance(value, dict):
        path, url = value.get("path"), value.get("url")
        if path and url and not _leads_to(url, path):
            raise Refusal("not_uploaded")
        value = path or url
    if not value:
        raise Refusal("no_picture")
    if isinstance(value, str) and value.startswith("data:"):
        return {"url": value}
    return {"path": str(uploaded_file(value))}


def _leads_to(url: object, path: object) -> bool:
    """Whether `url` is what Gradio's client in a browser adds to an upload's name, `path`."""
    return isinstance(url, str) and unquote(url).endswith(f"/file={path}")


def _object(body: bytes) -> dict:
    call = json_from(body)
    if not isinstance(call, dict):
        raise Refusal("bad_call")
    return call


def _ids(call: dict) -> dict:
    if call.get("fn_index") not in (None, 0):  # /predict is the only function
        raise Refusal("not_found")
    ids = {name: call[name] for name in IDS if call.get(name) is not None}
    if not all(isinstance(value, str) and re.fullmatch(ID, value) for value in ids.values()):
        raise Refusal("bad_call")
    return ids | {"fn_index": 0}
