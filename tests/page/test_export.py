"""The page as files: what `python -m cnn.page.export` writes, served by Python's plain server."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect
from server import ROOT
from test_words import FILES, LISTED

from cnn.page.export import FolderError, export, main

MAX_BYTES = 6_000_000
NAMED = re.compile(r'(?:href|src)="([^"#$]+)"|(?:from |import\()"(\.[^"]+)"')
WEIGHTS_NAMED = re.compile(r'new LazyFile\(\s*"([^"]+)"')


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "site"
    export(folder, "https://example.org/digits/")
    return folder


class Quiet(SimpleHTTPRequestHandler):
    """Python's own static server without its log."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def static_url(folder) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def front_matter(text: str) -> dict[str, str]:
    """{key: the rest of its line, and the lines of its list} of the YAML between the dashes."""
    lines = text.split("---\n", 2)[1]
    return dict(re.findall(r"^(\w+):(.*(?:\n  ?- .*)*)", lines, re.MULTILINE))


def test_all_of_it_is_small_enough_and_the_command_says_its_size(tmp_path):
    command = [sys.executable, "-m", "cnn.page.export", str(tmp_path / "site")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    size = sum(map(len, files_in(tmp_path / "site").values()))
    assert size <= MAX_BYTES
    assert f"{size / 1000:.0f} kB" in said


def test_every_file_that_a_file_names_is_there_and_every_file_is_named(folder):
    files = files_in(folder)
    named = {"index.html", "README.md", "LICENSE", "weights/digits.bin", "weights/digits.txt"}
    for path, content in files.items():
        if path.endswith((".html", ".js")):
            found = NAMED.findall(content.decode())
            named |= {urljoin(path, a or b) for a, b in found if not (a or b).startswith("http")}
            urls = re.findall(r'new URL\("([^"]+)", import\.meta\.url\)', content.decode())
            named |= {urljoin(path, at) for at in urls if not at.endswith("/")}
            named |= {f"weights/{name}" for name in WEIGHTS_NAMED.findall(content.decode())}
    named |= {f"browser/words/{language}/{file}" for language in LISTED for file in FILES}
    assert named - files.keys() == set()
    assert files.keys() - named - {"browser/preview.png"} == set()


def test_a_failed_or_refused_export_leaves_what_was_there(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderError, match=r"mine\.txt"):
        export(tmp_path)
    with pytest.raises(FolderError, match="is a file"):
        export(tmp_path / "mine.txt")
    assert files_in(tmp_path) == {"mine.txt": b"mine"}


def test_the_command_refuses_a_folder_that_is_not_its_own_with_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "mine.txt").write_text("mine")
    monkeypatch.setattr(sys, "argv", ["export", str(tmp_path)])
    with pytest.raises(SystemExit, match="name a folder that is empty"):
        main()


def test_a_former_export_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path, folder):
    site = tmp_path / "site"
    export(site, "https://example.org/digits/")
    (site / "browser" / "old.js").write_text("an old module")
    export(site, "https://example.org/digits/")
    assert files_in(site) == files_in(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_readme_makes_it_a_static_space_and_else_agrees_with_the_projects(folder):
    ours = front_matter((ROOT / "README.md").read_text(encoding="utf-8"))
    static = front_matter((folder / "README.md").read_text(encoding="utf-8"))
    assert static.pop("sdk") == " static"
    assert static.pop("app_file") == " index.html"
    gradios = {"sdk", "sdk_version", "python_version", "app_file"}
    assert static.pop("thumbnail") == ours.pop("thumbnail").replace("/cnn/page/", "/")
    assert static == {key: line for key, line in ours.items() if key not in gradios}
    assert len(static["short_description"].strip()) <= 60


def test_the_preview_card_names_its_picture_where_people_find_it(folder):
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert (
        '<meta property="og:image" content="https://example.org/digits/browser/preview.png">'
        in index
    )
    assert '<meta property="og:url" content="https://example.org/digits/">' in index


def test_the_page_reads_ink_and_computes_gradients_and_asks_nobody_else(static_url, page):
    requested, complaints = [], []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type != "info" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(static_url)
    expect(page.locator(".page.mounted")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-layer][data-map]").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    before = len(requested)
    box = page.locator(".pad").bounding_box()
    x = box["x"] + box["width"] / 2
    page.mouse.move(x, box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(x, box["y"] + 0.8 * box["height"], steps=8)
    page.mouse.up()
    expect(page.locator(".verdict .digit").first).to_have_text("1")
    assert len(requested) == before
    page.evaluate("location.hash = 'step=gradient'")  # by WebAssembly, which the policy lets in
    expect(page.locator(".product").first).to_contain_text(re.compile(r"\d"), timeout=20_000)
    assert [at for at in requested if not at.startswith((static_url, "data:", "blob:"))] == []
    assert complaints == []


def test_what_needs_a_server_is_not_shown(static_url, page):
    page.goto(static_url)
    expect(page.locator(".page.mounted")).to_be_visible(timeout=20_000)
    for button in (".open", ".mnist"):
        expect(page.locator(button)).to_be_hidden()


def test_all_that_is_fetched_but_words_is_named_in_the_head_and_fetched_once(static_url, page):
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(static_url)
    expect(page.locator(".page.mounted")).to_be_visible(timeout=20_000)
    page.wait_for_load_state("networkidle")
    assert len(requested) == len(set(requested))
    named = set(page.locator("head link").evaluate_all("links => links.map(link => link.href)"))
    others = "", "start.js", "browser/words/en/page.json"  # words: of the reader's language
    assert set(requested) - named == {urljoin(static_url, path) for path in others}
