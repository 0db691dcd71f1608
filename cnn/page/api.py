"""The endpoint /predict: a picture as Gradio's clients send it, and the answer as JSON.

Two roads lead to it: Gradio's queue, which its clients take, and one request and its answer.
"""

import base64
import contextlib
import io
from collections.abc import Callable, Iterator

import gradio as gr
import numpy as np
from gradio.data_classes import ImageData
from PIL import Image, ImageDraw
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cnn.page.payload import PayloadError, image_from_file, image_from_url
from cnn.page.predictor import Predictor
from cnn.page.refusal import Refusal

Predict = Callable[[np.ndarray], dict]


def predict_by(predictor: Predictor) -> Predict:
    """What /predict does with an image, uint8 (H, W, 4)."""

    def predict(image: np.ndarray) -> dict:
        """Read one handwritten digit, or a number of up to eight, from left to right.

        The picture may be light on dark or dark on light, transparent, or a photograph of a pen on
        paper. Gives {"digit": 0 to 9, "probs": ten probabilities for 0 to 9, "number": all of it
        as text, with a dot, comma or minus between digits; "digits": for each its digit, probs,
        box, runner_up, and whether the network is confident, for a mark its mark and box}; digit
        and probs are the first digit's.
        """
        digits = predictor.read(image)
        if not digits:
            raise Refusal("nothing_drawn")
        number = "".join(str(each.get("mark", each.get("digit"))) for each in digits)
        first = next(each for each in digits if "digit" in each)
        return {key: first[key] for key in ("digit", "probs")} | {
            "number": number,
            "digits": digits,
        }

    return predict


def warm_up(predict: Predict) -> None:
    """Take the seconds that only the first call takes: scipy's import, the network's first run."""
    predict(image_from_file(io.BytesIO(_seven())))


def image_of(picture: dict[str, str]) -> np.ndarray:
    """A picture as of `checked_picture` -> image, uint8 (H, W, 4). Raises PayloadError."""
    if "path" in picture:
        return image_from_file(picture["path"])
    return image_from_url(picture["url"])


def run_route(predict: Predict) -> Route:
    """POST gradio_api/run/predict, a checked call: the answer comes at once, not by the queue."""

    async def run(request: Request) -> JSONResponse:
        [picture] = (await request.json())["data"]
        answer = await run_in_threadpool(lambda: predict(image_of(picture)))
        return JSONResponse({"data": [answer]})

    return Route("/gradio_api/run/predict", run, methods=["POST"])


@contextlib.contextmanager
def _said_by_gradio() -> Iterator[None]:
    """What refuses a picture is told to Gradio's client as the sentence that it is."""
    try:
        yield
    except (PayloadError, Refusal) as error:
        raise gr.Error(str(error), print_exception=False) from None


class CheckedImage(gr.Image):
    """gr.Image of a checked call's picture: its pixels are counted before they are decoded.

    Gives uint8 (H, W, 4).
    """

    @_said_by_gradio()
    def preprocess(self, payload: ImageData) -> np.ndarray:
        return image_of(payload.model_dump(include={"path", "url"}, exclude_none=True))

    def example_payload(self) -> dict[str, str]:
        """A digit, as the API page shows it; a data URL, so that it works without any other host.

        Without "meta" Gradio takes it for no file, and shows it in every language as it is sent.
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
