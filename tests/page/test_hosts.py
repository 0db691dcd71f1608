"""The page on the hosts that it is made for: under a path prefix, in a Space, on ZeroGPU.

And what a caller says of the host is told to him alone.
"""

import contextlib
import http.client
import http.server
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from asgi import run, sent
from asking import api_example, get, post_picture
from hand import draw_a_one
from playwright.sync_api import expect
from server import ROOT, free_port, running_page
from starlette.datastructures import Headers

from cnn.page import hosts

PREFIX = "/demo"
# Both ways in which a proxy can hand a request on: as it came, or without the prefix.
SERVERS = """
  proxy_buffering off;
  server {{
    listen 127.0.0.1:{kept};
    location {prefix}/ {{ proxy_pass http://127.0.0.1:{page}; }}
  }}
  server {{
    listen 127.0.0.1:{removed};
    location {prefix}/ {{ proxy_pass http://127.0.0.1:{page}/; }}
  }}
"""


@pytest.fixture(scope="module")
def proxied(nginx, tmp_path_factory) -> Iterator[dict[str, str]]:
    """The page's URLs behind nginx, {"kept": its prefix is passed on, "removed": it is not}."""
    ports = {"kept": free_port(), "removed": free_port()}
    with running_page(GRADIO_ROOT_PATH=PREFIX) as url:
        page = url.rstrip("/").rsplit(":", 1)[1]
        servers = SERVERS.format(prefix=PREFIX, page=page, **ports)
        with nginx(tmp_path_factory.mktemp("nginx"), servers, list(ports.values())):
            yield {name: f"http://127.0.0.1:{port}{PREFIX}" for name, port in ports.items()}


@pytest.mark.parametrize("slash", ["/", ""], ids=["slash", "no slash"])
@pytest.mark.parametrize("style", ["kept", "removed"])
def test_under_a_path_prefix_the_page_reads_ink_and_shows_its_maps(proxied, browser, style, slash):
    failed = []
    page = browser.new_page()
    page.on("response", lambda r: failed.append((r.status, r.url)) if r.status >= 400 else None)
    page.goto(proxied[style] + slash)
    draw_a_one(page)
    expect(page.locator(".verdict .digit").first).to_have_text("1")
    expect(page.locator("[data-layer][data-map]").first).to_be_visible()
    assert not [at for _, at in failed if "/site/" in at or "gradio_api" in at], failed
    page.close()


@pytest.mark.parametrize("style", ["kept", "removed"])
def test_under_a_path_prefix_the_server_reads_a_picture(proxied, style):
    example = api_example(proxied[style] + "/")
    assert post_picture(proxied[style] + "/", example)["digit"] == 7


SPLIT = """
    async (url) => {
        const { connect } = await import("./site/browser/shared/server.js");
        return await connect({ split_picture: "picture" }, null).split_picture({ picture: url });
    }
"""


@pytest.mark.parametrize("style", ["kept", "removed"])
def test_under_a_path_prefix_the_page_has_a_picture_taken_apart(proxied, browser, style):
    page = browser.new_page()
    page.goto(proxied[style] + "/")
    example = api_example(proxied[style] + "/")["url"]
    assert len(page.evaluate(SPLIT, example)["digits"]) == 1
    page.close()


TELLS = "", "config", "gradio_api/info", "gradio_api/openapi.json"


@pytest.mark.parametrize("path", TELLS)
def test_the_host_that_a_caller_names_is_told_to_no_one_else(page_url, path):
    get(page_url + path, Host="evil.example")
    _, headers, body = get(page_url + path)
    assert b"evil.example" not in body
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", TELLS)
@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Gradio-Server"])
def test_a_header_that_no_proxy_of_ours_sends_is_not_told_at_all(page_url, path, name):
    value = "http://evil.example/" if name == "X-Gradio-Server" else "evil.example"
    assert b"evil.example" not in get(page_url + path, **{name: value})[2]


@pytest.mark.parametrize("path", TELLS[:3])
def test_behind_a_proxy_with_https_every_address_of_its_own_is_https(page_url, path):
    host = {"Host": "pad.example"}
    assert b"http://pad.example" in get(page_url + path, **host)[2]
    body = get(page_url + path, **host, **{"X-Forwarded-Proto": "https"})[2]
    assert b"https://pad.example" in body
    assert b"http://pad.example" not in body


def test_a_proxy_that_nobody_named_is_not_believed(page_url):
    address = urlsplit(page_url)
    with contextlib.closing(
        http.client.HTTPConnection(address.hostname, address.port, 30, ("127.0.0.2", 0))
    ) as connection:
        told = {"Host": "pad.example", "X-Forwarded-Proto": "https"}
        connection.request("GET", address.path, headers=told)
        body = connection.getresponse().read()
    assert b"http://pad.example" in body
    assert b"https://pad.example" not in body


@pytest.mark.parametrize(("on_space", "host"), [(True, "name.hf.space"), (False, "10.0.0.1")])
def test_a_space_is_called_as_its_platform_says(monkeypatch, on_space, host):
    monkeypatch.setattr(hosts, "ON_SPACE", on_space)
    seen = {}

    async def app(scope, receive, send):
        seen.update(Headers(scope=scope))

    asked = [(b"host", b"10.0.0.1"), (b"x-forwarded-host", b"name.hf.space, 10.0.0.2")]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": asked}
    run(hosts.Hosts(app)(scope, sent(b""), None))
    assert seen == {"host": host}


@pytest.fixture(scope="module")
def spaces_python() -> str:
    """A Python that has Hugging Face's package `spaces`, besides the project's own."""
    python = os.environ.get("SPACES_PYTHON")
    if not python:
        sentence = "SPACES_PYTHON does not name a Python with the package spaces; see .ci/run"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    return str(Path(python).absolute())


@pytest.fixture
def platform() -> Iterator[tuple[str, list[str]]]:
    """Where ZeroGPU's platform listens: its URL, and the paths that were posted to it."""
    posted: list[str] = []

    class Platform(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Platform) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", posted
        server.shutdown()


def on_zerogpu(url: str) -> dict[str, str]:
    return {"SPACES_ZERO_GPU": "true", "SPACES_ZERO_DEVICE_API_URL": url}


COUNT = "import app; from spaces.zero.decorator import decorated_cache; print(len(decorated_cache))"
LOADED = "import app, sys; print('spaces' in sys.modules)"


def test_on_zerogpu_app_py_registers_a_gpu_function_and_elsewhere_never_imports_spaces(
    spaces_python, platform
):
    def printed(code: str, **environment: str) -> str:
        command = [spaces_python, "-W", "ignore", "-c", code]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert int(printed(COUNT, **on_zerogpu(platform[0]))) > 0
    assert printed("import spaces; print(spaces.GPU.__name__)") == "GPU"
    assert printed(LOADED) == "False"


def test_on_zerogpu_the_page_reports_to_the_platform_and_reads_pictures(spaces_python, platform):
    url, posted = platform
    with running_page(python=spaces_python, **on_zerogpu(url)) as page_url:
        assert posted == ["/startup-report"]
        assert post_picture(page_url, api_example(page_url))["digit"] == 7
    assert posted == ["/startup-report"], "a GPU was asked for"
