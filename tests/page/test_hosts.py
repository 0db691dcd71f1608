"""The page on the hosts that it is made for: under a path prefix, in a Space, on ZeroGPU."""

import functools
import gzip
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from nginx import MISSING, find_nginx, running_nginx
from PIL import Image
from playwright.sync_api import Error, Page, expect
from server import ROOT, free_port, running_page

from cnn.page.bundle import bundle
from cnn.page.document import with_head
from cnn.page.site import BROWSER, TITLE

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
def proxied(tmp_path_factory) -> Iterator[dict[str, str]]:
    """The page's URLs behind nginx, {"kept": its prefix is passed on, "removed": it is not}."""
    if find_nginx() is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    ports = {"kept": free_port(), "removed": free_port()}
    with running_page(GRADIO_ROOT_PATH=PREFIX) as url:
        page = url.rstrip("/").rsplit(":", 1)[1]
        servers = SERVERS.format(prefix=PREFIX, page=page, **ports)
        with running_nginx(tmp_path_factory.mktemp("nginx"), servers, list(ports.values())):
            yield {name: f"http://127.0.0.1:{port}{PREFIX}" for name, port in ports.items()}


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body as they came, not unpacked."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def draw_a_one(page: Page) -> None:
    pad = page.locator(".pad")
    expect(page.locator(".page.mounted")).to_be_visible(timeout=20_000)
    box = pad.bounding_box()
    x = box["x"] + box["width"] / 2
    page.mouse.move(x, box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(x, box["y"] + 0.8 * box["height"], steps=8)
    page.mouse.up()


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
        return await connect(["split_picture"]).split_picture({ picture: url });
    }
"""


@pytest.mark.parametrize("style", ["kept", "removed"])
def test_under_a_path_prefix_the_page_has_a_picture_taken_apart(proxied, browser, style):
    page = browser.new_page()
    page.goto(proxied[style] + "/")
    example = api_example(proxied[style] + "/")["url"]
    assert len(page.evaluate(SPLIT, example)["digits"]) == 1
    page.close()


def test_the_page_keeps_to_its_policy_and_every_answer_says_what_it_is(page_url, browser):
    broken = []
    page = browser.new_page()
    page.on("console", lambda m: broken.append(m.text) if "Content Security" in m.text else None)
    page.goto(page_url)
    draw_a_one(page)
    expect(page.locator(".verdict .digit").first).to_have_text("1")
    with pytest.raises(Error, match=r"Content.?Security.?Policy"):
        page.add_script_tag(content="globalThis.foreign = true")
    assert page.evaluate("globalThis.foreign") is None
    page.close()
    assert len(broken) == 1, broken  # the script that the test itself tried to slip in
    for path in ("", "site/browser/page.js", "config", "nowhere"):
        headers = get(page_url + path)[1]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


OFFERS = """
    async () => {
        const { connect } = await import("./site/browser/shared/server.js");
        return Object.keys(connect(["split_picture", "save_correction"]));
    }
"""


def test_another_sites_frame_shows_the_page_but_offers_no_corrections(page_url, browser, tmp_path):
    (tmp_path / "blog.html").write_text(f'<iframe src="{page_url}" width=1200 height=700></iframe>')
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as blog:
        threading.Thread(target=blog.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{blog.server_port}/blog.html")
        frame = page.frames[1]
        expect(frame.locator(".page.mounted")).to_be_visible(timeout=20_000)
        assert frame.evaluate(OFFERS) == ["split_picture"]
        expect(frame.locator(".wrong")).to_have_attribute("hidden", "")
        page.goto(page_url)
        expect(page.locator(".page.mounted")).to_be_visible(timeout=20_000)
        assert page.evaluate(OFFERS) == ["split_picture", "save_correction"]
        expect(page.locator(".wrong")).not_to_have_attribute("hidden", "")
        page.close()
        blog.shutdown()


@pytest.mark.parametrize(
    "path",
    ["site/browser/page.js", "site/browser/page.css", "site/weights/convnet.safetensors"],
)
def test_a_file_of_the_page_is_asked_for_again_but_not_sent_again(page_url, path):
    status, headers, body = get(page_url + path)
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert body == bundle()[path.removeprefix("site/")]
    status, headers, body = get(page_url + path, **{"If-None-Match": headers["etag"]})
    assert (status, headers["cache-control"], body) == (304, "no-cache", b"")


def test_gradios_hashed_assets_keep_their_caching(page_url):
    _, _, document = get(page_url)
    asset = re.search(rb'src="\./(assets/[^"]+\.js)"', document)[1].decode()
    status, headers, _ = get(page_url + asset)
    assert status == 200
    assert "cache-control" not in headers


@pytest.mark.parametrize(
    "path",
    ["site/cnn/model.py", "site/browser/../site.py", "site/browser/%2e%2e/site.py", "site/weights"],
)
def test_nothing_else_of_the_machine_is_sent(page_url, path):
    assert get(page_url + path)[0] == 404


def test_html_and_javascript_go_out_compressed_weights_and_events_do_not(page_url):
    zipped = {"Accept-Encoding": "gzip"}
    _, plain_headers, plain = get(page_url)
    _, headers, packed = get(page_url, **zipped)
    assert "content-encoding" not in plain_headers
    assert headers["content-encoding"] == "gzip"
    assert "accept-encoding" in headers["vary"].lower()
    assert len(packed) < len(plain) / 2
    assert gzip.decompress(packed) == plain
    _, headers, packed = get(page_url + "site/browser/page.js", **zipped)
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == bundle()["browser/page.js"]
    _, headers, _ = get(page_url + "site/weights/convnet.safetensors", **zipped)
    assert "content-encoding" not in headers
    event = json.loads(
        post(page_url + "gradio_api/call/predict", {"data": [api_example(page_url)]})
    )
    _, headers, said = get(f"{page_url}gradio_api/call/predict/{event['event_id']}", **zipped)
    assert "content-encoding" not in headers
    assert b"event: complete" in said


def test_the_preview_card_is_the_pages_own(page_url):
    document = get(page_url)[2].decode()
    head = document[: document.index("<script")]
    assert head.count("<title>") == 1
    assert f"<title>{TITLE}</title>" in head
    for name in ("og:title", "og:description", "og:image", "twitter:card", "description"):
        assert len(re.findall(rf'="{name}"', head)) == 1, name
    assert "radio" not in head
    image = re.search(r'property="og:image" content="([^"]+)"', head)[1]
    assert image.startswith(page_url)
    assert Image.open(BytesIO(get(image)[2])).size == (1200, 630)


def test_the_icon_is_the_pages_own_also_where_the_page_is_installed(page_url):
    icon = (BROWSER / "icon.png").read_bytes()
    assert get(page_url + "favicon.ico")[2] == icon
    manifest = json.loads(get(page_url + "manifest.json")[2])
    assert manifest["name"] == TITLE
    for entry in manifest["icons"]:
        side = int(entry["sizes"].split("x")[0])
        assert Image.open(BytesIO(get(page_url.rstrip("/") + entry["src"])[2])).size == (side, side)


def test_a_document_that_is_not_gradios_page_stays_as_it_is():
    document = (
        b'<html><head><base href="./"><meta property="og:title"></head><body>Hi</body></html>'
    )
    assert with_head(document) == document


def test_no_path_of_the_machine_is_in_what_the_browser_gets(page_url, browser):
    requested = []
    page = browser.new_page()
    page.on("request", lambda request: requested.append(request.url))
    page.goto(page_url)
    draw_a_one(page)
    assert len(requested) > 10
    assert str(ROOT) not in page.content() + "".join(requested)
    page.close()


def post(url: str, body: object) -> bytes:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def post_picture(page_url: str, picture: object) -> dict:
    return json.loads(post(page_url + "gradio_api/run/predict", {"data": [picture]}))["data"][0]


def api_example(page_url: str) -> object:
    described = json.loads(get(page_url + "gradio_api/info")[2])["named_endpoints"]["/predict"]
    return described["parameters"][0]["example_input"]


def test_the_apis_example_is_a_digit_and_needs_no_other_host(page_url):
    example = api_example(page_url)
    assert "http" not in json.dumps(example)
    answer = post_picture(page_url, example)
    assert (answer["number"], answer["digits"][0]["confident"]) == ("7", True)


def test_the_api_pages_python_snippet_runs(page_url):
    described = json.loads(get(page_url + "gradio_api/info")[2])["named_endpoints"]["/predict"]
    code = described["code_snippets"]["python"] + "\nassert result['digit'] == 7"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


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
