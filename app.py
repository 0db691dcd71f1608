"""The page: draw a digit, watch the network read it.  python app.py"""

import contextlib
import os
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from cnn.page.upload_folder import emptied, own_folder

# Before Gradio is imported: on startup it would ask other hosts for updates and send statistics.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_TEMP_DIR"] = own_folder()

from cnn.page import zerogpu  # noqa: F401, before Gradio and PyTorch are imported

# isort: split
import gradio as gr
import torch
from gradio.utils import get_upload_folder
from starlette.applications import Starlette
from starlette.middleware import Middleware

from cnn.model import WEIGHTS, WeightsError, load
from cnn.page.api import add_endpoint, predict_by, run_route, warm_up
from cnn.page.bundle import route
from cnn.page.cache import ResponseCache
from cnn.page.connections import bound_connections
from cnn.page.corrections import correction_saver, may_be_anywhere
from cnn.page.document import DocumentMiddleware, DrawingPage
from cnn.page.hosts import HeadersMiddleware, put_hosts_first
from cnn.page.html import ICON, TITLE
from cnn.page.limits import IN_LINE, give_back_large_blocks
from cnn.page.mcp import mcp_routes
from cnn.page.predictor import Predictor, random_digit_of
from cnn.page.routes import KEPT_S, RouteAllowlist
from cnn.page.services import ADDRESSES, LOOPBACK, service_routes
from cnn.training.mnist import default_dir

# Gradio would import it on the first call, taking seconds in the thread that serves everybody.
sys.modules["matplotlib"] = None

torch.set_num_threads(1)  # one digit is too little work to share; many people are served at once

# The network that the page shows: any written by `save` in cnn/model.py, or by train.py.
weights = Path(os.environ.get("WEIGHTS_FILE") or WEIGHTS)
try:
    predictor = Predictor(load(weights))
except WeightsError as error:
    sys.exit(str(error))

predict = predict_by(predictor)

SESSIONS = 100  # that Gradio remembers; none of our data is in them

functions = [predictor.split_picture, random_digit_of(default_dir())]
functions.append(correction_saver(len(predictor.classes)))
offered = [function for function in functions if function]

with gr.Blocks(
    title=TITLE, fill_width=True, analytics_enabled=False, delete_cache=(KEPT_S, KEPT_S)
) as demo:
    DrawingPage(
        {function.__name__: ADDRESSES[function.__name__] for function in offered},
        keeps_at=None if may_be_anywhere() else LOOPBACK,
        classes=predictor.classes,
    )
    add_endpoint(predict)
demo.queue(max_size=IN_LINE)
# How often the queue checks for work: as on Windows. Every millisecond would take 6 % of a core.
demo._queue.sleep_when_free, demo._queue.progress_update_sleep_when_free = 0.05, 0.1


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """What happens when the server starts, runs and stops."""
    put_hosts_first(app)
    threading.Thread(target=warm_up, args=[predict], name="warm-up", daemon=True).start()
    async with emptied(get_upload_folder(), KEPT_S):
        yield


if __name__ == "__main__":
    give_back_large_blocks()
    bound_connections()
    demo.launch(
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        favicon_path=ICON,
        app_kwargs={
            "lifespan": lifespan,
            "routes": [
                *service_routes(offered),
                run_route(predict),
                *mcp_routes(predict),
                route(weights),
            ],
            "middleware": [
                Middleware(ResponseCache),
                Middleware(HeadersMiddleware),
                Middleware(DocumentMiddleware),
                Middleware(RouteAllowlist),
            ],
        },
        footer_links=["api", "gradio"],
        max_file_size="12mb",
        state_session_capacity=SESSIONS,
        ssr_mode=False,
        mcp_server=False,  # mcp.py takes its place
    )
