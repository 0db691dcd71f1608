"""The page as a static host has it: exported, and with its modules one by one."""

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cnn.page.bundle import weights_files
from cnn.page.export import export
from cnn.page.html import BROWSER, files_of, head, page_html


class Quiet(SimpleHTTPRequestHandler):
    """Python's own static server without its log."""

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder's URL while a plain static server has it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@pytest.fixture(scope="session")
def static_folder(tmp_path_factory) -> Path:
    """The page as it is exported for static hosts; leave it as it is."""
    folder = tmp_path_factory.mktemp("static") / "site"
    export(folder)
    return folder


@pytest.fixture(scope="session")
def static_url(static_folder) -> Iterator[str]:
    with served(static_folder) as url:
        yield url


@pytest.fixture(scope="session")
def loose_url(tmp_path_factory) -> Iterator[str]:
    """The same page with its modules one by one, so that a test can reach into them."""
    folder = tmp_path_factory.mktemp("loose")
    (folder / "browser").symlink_to(BROWSER)
    (folder / "weights").mkdir()
    for name, path in weights_files().items():
        (folder / "weights" / name).symlink_to(path)
    links = head("", "", styles=files_of("css"), modules=files_of("js"))
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8">{links}
        <meta name="viewport" content="width=device-width, initial-scale=1"></head>
        <body>{page_html()}<script type="module">
            import {{ mount }} from "./browser/page.js";
            mount(document.body, {{}});
        </script></body></html>""",
        encoding="utf-8",
    )
    with served(folder) as url:
        yield url
