"""The endpoint /predict: a picture as Gradio's clients send it, and the answer as JSON."""

import base64
import io
from pathlib import Path

import gradio as gr
import numpy as np
from gradio.data_classes import ImageData
from gradio.utils import get_upload_folder
from PIL import Image, ImageDraw

from cnn.page.payload import PayloadError, image_from_file, image_from_url
from cnn.page.predictor import Predictor


def uploaded_file(path: str) -> Path:
    """The regular file in Gradio's upload folder that `path` leads to, links resolved.

    Gradio checks a path only where the payload says by its `meta` that it is a file, so any client
    could name any file, or a device that never ends. Raises PayloadError for everything else.
    """
    try:
        file = Path(path).resolve(strict=True)
        if file.is_file() and file.is_relative_to(Path(get_upload_folder()).resolve()):
            return file
    except (OSError, ValueError, RuntimeError):  # absent, forbidden, a null byte, a circle of links
        pass
    raise PayloadError("not_uploaded")


class UploadedImage(gr.Image):
    """gr.Image that opens uploads only, and counts pixels before it decodes them.

    Gives uint8 (H, W, 4).
    """

    def preprocess(self, payload: ImageData | None) -> np.ndarray:
        if payload is None:
            sentence = "No picture came. Send one: client.predict(handle_file('digit.png'))."
            raise gr.Error(sentence, print_exception=False)
        try:
            if payload.path:
                return image_from_file(uploaded_file(payload.path))
            return image_from_url(payload.url)
        except PayloadError as error:
            raise gr.Error(str(error), print_exception=False) from None

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


def add_endpoint(predictor: Predictor) -> None:
    """Within a gr.Blocks: the endpoint /predict, from a picture to its digits."""

    def predict(image: np.ndarray) -> dict:
        """Read one handwritten digit, or a number of up to eight, from left to right.

        The picture may be light on dark or dark on light, transparent, or a photograph of a pen on
        paper. Gives {"digit": 0 to 9, "probs": ten probabilities for 0 to 9, "number": all of it
        as text, with a dot, comma or minus between digits; "digits": for each its digit, probs,
        box, runner_up, and whether the network is confident, for a mark its mark and box}; digit
        and probs are the first digit's.
        """
        try:
            digits = predictor.read(image)
        except PayloadError as error:
            raise gr.Error(str(error), print_exception=False) from None
        if not digits:
            raise gr.Error("Nothing is drawn in this picture.", print_exception=False)
        number = "".join(str(each.get("mark", each.get("digit"))) for each in digits)
        first = next(each for each in digits if "digit" in each)
        return {key: first[key] for key in ("digit", "probs")} | {
            "number": number,
            "digits": digits,
        }

    image = UploadedImage(label="image", visible=False)
    answer = gr.JSON(label="answer", visible=False)
    gr.Button(visible=False).click(predict, image, answer, api_name="predict")
