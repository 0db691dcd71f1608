"""The page as a Gradio component, and what its server does for it.

The browser loads the modules from `browser/` as they are; there is no build step.
"""

import contextlib
import functools
import json
from collections.abc import Callable, Iterator

import gradio as gr

from cnn.page.body_limit import ServerFunctionError
from cnn.page.site import files_of, page_html

# The module lies where the document's head says. A page that embeds ours as <gradio-app> has no
# such head: there it lies beside Gradio's own address, and the styles are still to be fetched.
ON_LOAD = f"""
    const named = document.querySelector('link[rel="modulepreload"][href$="browser/page.js"]');
    const module = named?.href ?? `${{window.gradio_config.root}}/site/browser/page.js`;
    for (const path of named ? [] : {json.dumps(files_of("css"))}) {{
      const style = {{ rel: "stylesheet", href: new URL(path, module) }};
      document.head.append(Object.assign(document.createElement("link"), style));
    }}
    import(module).then(({{ mount }}) => mount(element, {{ server }}));
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
