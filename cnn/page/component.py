"""The page as a Gradio component, and what its server does for it.

The browser loads the modules from `browser/` as they are; there is no build step.
"""

import contextlib
import functools
from collections.abc import Callable, Iterator

import gradio as gr

from cnn.page.body_limit import ServerFunctionError
from cnn.page.site import page_html

# The document's head names the module (document.py), at the address where it lies under any prefix.
# A page that embeds ours as <gradio-app> has no such head, and our styles would be its own too: the
# README says to embed it as an iframe.
ON_LOAD = """
    const module = document.querySelector('link[rel="modulepreload"][href$="browser/page.js"]');
    if (!module) throw new Error("This page is made to be embedded as an iframe.");
    import(module.href).then(({ mount }) => mount(element, { server }));
"""


class DrawingPage(gr.HTML):
    """The whole page. server_functions: called by the browser with one payload each."""

    def __init__(self, server_functions: list[Callable]) -> None:
        super().__init__(
            html_template=page_html(),
            js_on_load=ON_LOAD,
            apply_default_css=False,
            server_functions=[_server_function(function) for function in server_functions],
        )


def _server_function(function: Callable) -> Callable:
    """The same function, its failures told apart from a request that Gradio cannot understand."""

    @functools.wraps(function)
    def wrapped(payload: object) -> object:
        with _failing_as_ours(function.__name__):
            return function(payload)

    return wrapped


@contextlib.contextmanager
def _failing_as_ours(name: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise ServerFunctionError(f"{name} failed") from error
