"""The parts of the page as Gradio components, each an HTML file and a module of its name.

The browser loads the modules from `browser/` as they are; there is no build step.
"""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr
import numpy as np

from cnn.page.looker import Looker

FOLDER = Path(__file__).resolve().parent / "browser"

# Windows may call .js text/plain in its registry, and a browser runs no such module.
mimetypes.add_type("text/javascript", ".js")
gr.set_static_paths([FOLDER])


def _url(name: str) -> str:
    """Where the browser finds a module, relative to the page."""
    return f"gradio_api/file={quote(FOLDER.as_posix())}/{name}"


def head() -> str:
    """What goes into the page's <head>: the styles, there before the first paint, and the modules.

    They are fetched while Gradio still starts, so that the pad is alive as soon as it is seen.
    """
    modules = [
        f'<link rel="modulepreload" href="{_url(path.name)}">' for path in FOLDER.glob("*.js")
    ]
    css = (FOLDER / "page.css").read_text(encoding="utf-8")
    return "\n".join([f"<style>{css}</style>", *modules])


class Part(gr.HTML):
    """One part of the page: NAME.html, brought to life by `mount` of NAME.js."""

    def __init__(self, name: str, server_functions: list | None = None, **props: Any) -> None:
        super().__init__(
            html_template=(FOLDER / f"{name}.html").read_text(encoding="utf-8"),
            js_on_load=f"""
                const url = new URL({_url(name + ".js")!r}, document.baseURI);
                import(url).then(({{ mount }}) => {{
                    mount(element, {{ ...props, server }});
                    element.classList.add("mounted");
                }});
            """,
            apply_default_css=False,
            elem_classes=["part"],
            server_functions=server_functions,
            **props,
        )


class Masthead(Part):
    """The title, and the switches for language and theme."""

    def __init__(self) -> None:
        super().__init__("masthead")


class Sketchpad(Part):
    """Where a digit is drawn; every change is looked at while the pen moves.

    examples: [{"name": str, "strokes": strokes in a 280 x 280 canvas}].
    random_digit: gives a picture, a data URL, to put on the pad; None where there is none to give.
    teach: keeps a correction, as `teacher` makes it; None where nothing may be kept.
    """

    def __init__(
        self,
        looker: Looker,
        examples: list[dict],
        random_digit: Callable[[], str] | None = None,
        teach: Callable[[object], dict] | None = None,
    ) -> None:
        # On the event loop, as Gradio runs a coroutine: for a call of a millisecond the hop to the
        # thread pool would cost more than the call.
        async def look(payload):
            return looker.look(payload)

        # A picture takes longer to decode: in the thread pool, so that nobody's pen waits for it.
        def look_at_picture(payload):
            return looker.look_at_picture(payload)

        def random_mnist(_):
            return random_digit()

        functions = [look, look_at_picture]
        functions += [random_mnist] * bool(random_digit) + [teach] * bool(teach)
        super().__init__(
            "sketchpad",
            server_functions=functions,
            examples=[
                {"name": example["name"], "strokes": [_flat(s) for s in example["strokes"]]}
                for example in examples
            ],
            hasMnist=bool(random_digit),
        )


def _flat(stroke: np.ndarray) -> list[float]:
    """float (N, 2) -> [x, y, x, y, ...] in tenths of a pixel, as the browser sends strokes."""
    return stroke.astype(float).round(1).ravel().tolist()


class Answer(Part):
    """What the network sees, its answer, the ten odds, and where it may be, a way to correct it."""

    def __init__(self, can_teach: bool) -> None:
        super().__init__("answer", canTeach=can_teach)


class NetworkView(Part):
    """Every layer's maps, with the kernels that make them."""

    def __init__(self, looker: Looker) -> None:
        super().__init__("network", layers=looker.layers())
