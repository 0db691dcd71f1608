"""The page as a Gradio component.

The browser loads the modules from `browser/` as they are; there is no build step.
"""

import json

import gradio as gr

from cnn.page.site import page_html

# The document's head names the module (document.py), at the address where it lies under any prefix.
# A page that embeds ours as <gradio-app> has no such head, and our styles would be its own too: the
# README says to embed it as an iframe.
#
# The page moves out of Gradio's container: Gradio's styles hold for whatever is in there, and would
# turn our boxes into empty squares, without a ring where the focus is.
ON_LOAD = """
    const module = document.querySelector('link[rel="modulepreload"][href$="browser/page.js"]');
    if (!module) throw new Error("This page is made to be embedded as an iframe.");
    const functions = new URL("shared/server.js", module.href);
    const main = document.createElement("main");
    main.append(element.querySelector(".page"));
    document.body.prepend(main);
    Promise.all([import(module.href), import(functions)]).then(([{ mount }, { connect }]) =>
        mount(main, { server: connect(OFFERS, ANYWHERE) }));
"""


class DrawingPage(gr.HTML):
    """The whole page.

    offers: the names of the functions that services.py serves; anywhere: whether it keeps
    corrections wherever it is opened, and not only on the server's own computer.
    """

    def __init__(self, offers: list[str], anywhere: bool) -> None:
        on_load = ON_LOAD.replace("OFFERS", json.dumps(offers))
        super().__init__(
            html_template=page_html(),
            js_on_load=on_load.replace("ANYWHERE", json.dumps(anywhere)),
            apply_default_css=False,
        )
