"""The parts of the page as Gradio components, each an HTML file and a module of its name.

The browser loads the modules from `browser/` as they are; there is no build step. Part NAME is
browser/NAME/NAME.html, brought to life by `mount` of browser/NAME/NAME.js.
"""

import contextlib
import functools
import inspect
import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr

from cnn.page.body_limit import ServerFunctionError
from cnn.page.predictor import Predictor
from cnn.preprocess.strokes import flatten

FOLDER = Path(__file__).resolve().parent / "browser"

# Windows may call .js text/plain in its registry, and a browser runs no such module.
mimetypes.add_type("text/javascript", ".js")
gr.set_static_paths([FOLDER])


def _url(path: Path) -> str:
    """Where the browser finds a file of `browser/`, relative to the page."""
    return f"gradio_api/file={quote(path.as_posix())}"


def _files(kind: str) -> list[Path]:
    """The files of `browser/` that end so: first what all parts share, then by path."""
    return sorted(FOLDER.rglob(f"*.{kind}"), key=lambda path: ("shared" not in path.parts, path))


def head() -> str:
    """What goes into the page's <head>: the styles, there before the first paint, and the modules.

    They are fetched while Gradio still starts, so that the pad is alive as soon as it is seen.
    """
    css = "\n".join(path.read_text(encoding="utf-8") for path in _files("css"))
    modules = [f'<link rel="modulepreload" href="{_url(path)}">' for path in _files("js")]
    return "\n".join([f"<style>{css}</style>", *modules])


def _server_function(function: Callable) -> Callable:
    """The same function, its failures told apart from a request that Gradio cannot understand."""

    @contextlib.contextmanager
    def failing_as_ours() -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise ServerFunctionError(f"{function.__name__} failed") from error

    @functools.wraps(function)
    async def on_loop(payload: object) -> object:
        with failing_as_ours():
            return await function(payload)

    @functools.wraps(function)
    def in_thread(payload: object) -> object:
        with failing_as_ours():
            return function(payload)

    return on_loop if inspect.iscoroutinefunction(function) else in_thread


class Part(gr.HTML):
    """One part of the page. server_functions: called by the browser with one payload each."""

    def __init__(
        self, name: str, server_functions: list[Callable] | None = None, **props: Any
    ) -> None:
        folder = FOLDER / name
        super().__init__(
            html_template=(folder / f"{name}.html").read_text(encoding="utf-8"),
            js_on_load=f"""
                const url = new URL({_url(folder / f"{name}.js")!r}, document.baseURI);
                import(url).then(({{ mount }}) => {{
                    mount(element, {{ ...props, server }});
                    element.classList.add("mounted");
                }});
            """,
            apply_default_css=False,
            elem_classes=["part"],
            server_functions=[_server_function(f) for f in server_functions or []] or None,
            **props,
        )


class Masthead(Part):
    """The title, and the switches for language and theme."""

    def __init__(self) -> None:
        super().__init__("masthead")


class Pad(Part):
    """Where a digit is drawn; every change is read while the pen moves.

    examples: [{"name": str, "strokes": strokes in a 280 x 280 canvas}].
    random_digit: gives a picture, a data URL, to put on the pad; None where there is none to give.
    save_correction: keeps a correction, as `correction_saver` makes it; None where it may not.
    """

    def __init__(
        self,
        predictor: Predictor,
        examples: list[dict],
        random_digit: Callable[[], str] | None = None,
        save_correction: Callable[[object], dict] | None = None,
    ) -> None:
        # On the event loop, as Gradio runs a coroutine: for a call of a millisecond the hop to the
        # thread pool would cost more than the call.
        async def predict_strokes(payload):
            return predictor.predict_strokes(payload)

        # A picture takes longer to decode: in the thread pool, so that nobody's pen waits for it.
        def predict_picture(payload):
            return predictor.predict_picture(payload)

        def random_mnist(_):
            return random_digit()

        functions = [predict_strokes, predict_picture]
        functions += [random_mnist] * bool(random_digit) + [save_correction] * bool(save_correction)
        super().__init__(
            "pad",
            server_functions=functions,
            examples=[
                {"name": example["name"], "strokes": [flatten(s) for s in example["strokes"]]}
                for example in examples
            ],
            hasMnist=bool(random_digit),
        )


class Answer(Part):
    """What the network sees, its answer, the probabilities, and where it may be, a correction."""

    def __init__(self, can_correct: bool) -> None:
        super().__init__("answer", canCorrect=can_correct)


class NetworkView(Part):
    """Every layer's maps, with the kernels that make them."""

    def __init__(self, predictor: Predictor) -> None:
        super().__init__("network", layers=predictor.layers())
