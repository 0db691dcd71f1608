"""The door for programs: a picture as Gradio's clients send it, and the odds as they get them."""

from pathlib import Path

import gradio as gr
import numpy as np
from gradio.data_classes import ImageData
from gradio.utils import get_upload_folder

from cnn.page.looker import Looker
from cnn.page.payload import BadPayload, drawing_from_file, drawing_from_url


def uploaded_file(path: str) -> Path:
    """The regular file in Gradio's upload folder that `path` leads to, links resolved.

    Gradio checks a path only where the payload says by its `meta` that it is a file, so any client
    could name any file, or a device that never ends. Raises BadPayload for everything else.
    """
    try:
        file = Path(path).resolve(strict=True)
        if file.is_file() and file.is_relative_to(Path(get_upload_folder()).resolve()):
            return file
    except (OSError, ValueError, RuntimeError):  # absent, forbidden, a null byte, a circle of links
        pass
    raise BadPayload("not_uploaded")


class Drawing(gr.Image):
    """gr.Image that opens uploads only, and counts pixels before it decodes them.

    Gives uint8 (H, W, 4).
    """

    def preprocess(self, payload: ImageData | None) -> np.ndarray:
        if payload is None:
            raise gr.Error("No picture came. Send one: client.predict(handle_file('digit.png')).")
        try:
            if payload.path:
                return drawing_from_file(uploaded_file(payload.path))
            return drawing_from_url(payload.url)
        except BadPayload as bad:
            raise gr.Error(str(bad), print_exception=False) from None


def add_endpoint(looker: Looker) -> None:
    """Within a gr.Blocks: the endpoint /predict, from a picture to the digit and its odds."""

    def predict(drawing: np.ndarray) -> dict:
        """Read one handwritten digit, or a number of up to eight, from left to right.

        The picture may be light on dark or dark on light, transparent, or a photograph of a pen on
        paper. Gives {"digit": 0 to 9, "odds": ten probabilities for 0 to 9, "number": all digits as
        text, "digits": for each its digit, odds, box, and whether the network is sure}; digit and
        odds are the first one's.
        """
        try:
            digits = looker.read(drawing)
        except BadPayload as bad:
            raise gr.Error(str(bad), print_exception=False) from None
        if not digits:
            raise gr.Error("Nothing is drawn in this picture.", print_exception=False)
        number = "".join(str(digit["digit"]) for digit in digits)
        first = {key: digits[0][key] for key in ("digit", "odds")}
        return {**first, "number": number, "digits": digits}

    drawing = Drawing(label="drawing", visible=False)
    odds = gr.JSON(label="odds", visible=False)
    gr.Button(visible=False).click(predict, drawing, odds, api_name="predict")
