"""The page: draw a digit, watch the network read it.  python app.py"""

import os
import sys

# Before Gradio is imported: at its start it would ask other hosts for news, and send statistics.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from cnn.page import zerogpu  # noqa: F401, before Gradio and PyTorch are imported

# isort: split
import gradio as gr
import torch
from starlette.middleware import Middleware

from cnn.model import WeightsError, load
from cnn.page.api import add_endpoint
from cnn.page.body_limit import BodyLimitMiddleware
from cnn.page.component import DrawingPage
from cnn.page.corrections import correction_saver
from cnn.page.document import DocumentMiddleware
from cnn.page.mnist import random_digit_of
from cnn.page.predictor import Predictor, split_picture
from cnn.page.site import ICON, TITLE, route
from cnn.training.mnist import default_dir

torch.set_num_threads(1)  # one digit is too little work to share; many people are served at once

try:
    model = load()
except WeightsError as error:
    sys.exit(str(error))

offered = [split_picture, random_digit_of(default_dir()), correction_saver()]

with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False) as demo:
    DrawingPage([function for function in offered if function])
    add_endpoint(Predictor(model))

if __name__ == "__main__":
    demo.launch(
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        favicon_path=ICON,
        app_kwargs={
            "routes": [route()],
            "middleware": [Middleware(DocumentMiddleware), Middleware(BodyLimitMiddleware)],
        },
        footer_links=["api", "gradio"],
        max_file_size="12mb",
        ssr_mode=False,
    )
