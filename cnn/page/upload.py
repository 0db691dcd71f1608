"""The door for programs: a picture as Gradio's clients send it, and the odds as they get them."""

import gradio as gr
import numpy as np
from gradio.data_classes import ImageData

from cnn.page.looker import Looker
from cnn.page.payload import BadPayload, drawing_from_file, drawing_from_url


class Drawing(gr.Image):
    """gr.Image whose pixels are counted before they are decoded; gives uint8 (H, W, 4)."""

    def preprocess(self, payload: ImageData | None) -> np.ndarray:
        if payload is None:
            raise gr.Error("No picture came. Send one: client.predict(handle_file('digit.png')).")
        try:
            if payload.path:
                return drawing_from_file(payload.path)
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
