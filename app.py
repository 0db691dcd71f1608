"""The page: draw a digit, watch the network read it.  python app.py"""

import sys

import gradio as gr
import numpy as np
import torch
from starlette.middleware import Middleware

from cnn.model import WeightsError, load
from cnn.page.guard import Guard
from cnn.page.looker import Looker
from cnn.page.mnist import random_digit_of
from cnn.page.parts import Answer, Masthead, NetworkView, Sketchpad, head
from cnn.page.teacher import teacher
from cnn.page.upload import add_endpoint
from cnn.preprocess import digit_from_strokes
from cnn.strokes import examples

torch.set_num_threads(1)  # one digit is too little work to share; many people are served at once

try:
    model = load()
except WeightsError as error:
    sys.exit(str(error))

drawn = examples()
digits = np.stack([digit_from_strokes(example["strokes"], 280) for example in drawn])
looker = Looker(model, torch.from_numpy(digits)[:, None])
teach = teacher()

with gr.Blocks(title="Draw a digit, watch the network read it", fill_width=True) as demo:
    Masthead()
    with gr.Row(elem_classes="top"):
        Sketchpad(looker, drawn, random_digit_of(), teach)
        Answer(can_teach=teach is not None)
    NetworkView(looker)
    add_endpoint(looker)

if __name__ == "__main__":
    demo.launch(
        head=head(),
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        app_kwargs={"middleware": [Middleware(Guard)]},
        footer_links=["api", "gradio"],
        max_file_size="12mb",
        run_history=False,  # gradio's default halves the rate of looks
        ssr_mode=False,
    )
