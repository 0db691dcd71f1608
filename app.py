"""The page: draw a digit, watch the network read it.  python app.py"""

import os
import sys

# Before Gradio is imported: at its start it would ask other hosts for news, and send statistics.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
import numpy as np
import torch
from starlette.middleware import Middleware

from cnn.model import WeightsError, load
from cnn.page.api import add_endpoint
from cnn.page.body_limit import BodyLimitMiddleware
from cnn.page.components import Answer, Masthead, NetworkView, Pad, head
from cnn.page.corrections import correction_saver
from cnn.page.mnist import random_digit_of
from cnn.page.predictor import Predictor
from cnn.preprocess import digit_from_strokes
from cnn.synthetic.generate import examples
from cnn.synthetic.handwriting import CANVAS
from cnn.training.mnist import default_dir

torch.set_num_threads(1)  # one digit is too little work to share; many people are served at once

try:
    model = load()
except WeightsError as error:
    sys.exit(str(error))

drawn = examples()
digits = np.stack([digit_from_strokes(example["strokes"], CANVAS) for example in drawn])
predictor = Predictor(model, torch.from_numpy(digits)[:, None])
save_correction = correction_saver()

with gr.Blocks(
    title="Draw a digit, watch the network read it", fill_width=True, analytics_enabled=False
) as demo:
    Masthead()
    with gr.Row(elem_classes="top"):
        Pad(predictor, drawn, random_digit_of(default_dir()), save_correction)
        Answer(can_correct=save_correction is not None)
    NetworkView(predictor)
    add_endpoint(predictor)

if __name__ == "__main__":
    demo.launch(
        head=head(),
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        app_kwargs={"middleware": [Middleware(BodyLimitMiddleware)]},
        footer_links=["api", "gradio"],
        max_file_size="12mb",
        run_history=False,  # gradio's default halves the rate of looks
        ssr_mode=False,
    )
