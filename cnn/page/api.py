"""The endpoint /predict: a picture as Gradio's clients send it, and the answer as JSON."""

from pathlib import Path

import gradio as gr
import numpy as np
from gradio.data_classes import ImageData
from gradio.utils import get_upload_folder

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
            raise gr.Error("No picture came. Send one: client.predict(handle_file('digit.png')).")
        try:
            if payload.path:
                return image_from_file(uploaded_file(payload.path))
            return image_from_url(payload.url)
        except PayloadError as error:
            raise gr.Error(str(error), print_exception=False) from None


def add_endpoint(predictor: Predictor) -> None:
    """Within a gr.Blocks: the endpoint /predict, from a picture to its digits."""

    def predict(image: np.ndarray) -> dict:
        """Read one handwritten digit, or a number of up to eight, from left to right.

        The picture may be light on dark or dark on light, transparent, or a photograph of a pen on
        paper. Gives {"digit": 0 to 9, "probs": ten probabilities for 0 to 9, "number": all digits
        as text, "digits": for each its digit, probs, box, runner_up, and whether the network is
        confident}; digit and probs are the first one's.
        """
        try:
            digits = predictor.read(image)
        except PayloadError as error:
            raise gr.Error(str(error), print_exception=False) from None
        if not digits:
            raise gr.Error("Nothing is drawn in this picture.", print_exception=False)
        number = "".join(str(digit["digit"]) for digit in digits)
        first = {key: digits[0][key] for key in ("digit", "probs")}
        return {**first, "number": number, "digits": digits}

    image = UploadedImage(label="image", visible=False)
    answer = gr.JSON(label="answer", visible=False)
    gr.Button(visible=False).click(predict, image, answer, api_name="predict")
