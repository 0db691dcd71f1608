"""What the server sends: the page's files, packed and kept, its preview card and its icon."""

import gzip
import json
import re
from io import BytesIO

import pytest
from asking import api_example, get, post
from PIL import Image

from cnn.page.bundle import bundle
from cnn.page.document import with_head
from cnn.page.html import BROWSER, TITLE


@pytest.mark.parametrize(
    "path",
    ["site/browser/page.js", "site/browser/page.css", "site/weights/network.safetensors"],
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
    _, headers, _ = get(page_url + "site/weights/network.safetensors", **zipped)
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


def test_the_icon_is_the_pages_own_and_no_manifest_installs_the_page_under_another(page_url):
    icon = (BROWSER / "icon.png").read_bytes()
    assert get(page_url + "favicon.ico")[2] == icon
    assert b"manifest" not in get(page_url)[2]


def test_a_document_that_is_not_gradios_page_stays_as_it_is():
    document = (
        b'<html><head><base href="./"><meta property="og:title"></head><body>Hi</body></html>'
    )
    assert with_head(document) == document
