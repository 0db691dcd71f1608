"""What the page offers is what its server does: corrections at home, MNIST where it is."""

import http.client
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect
from server import running_page
from visit import ONE, SEVEN_RIGHT, TWO_LEFT

UBYTES, AXES = 8, 3  # of LeCun's IDX format
CANVAS = 280


def sevens(count: int) -> np.ndarray:
    """uint8 (count, 28, 28), each the same 7."""
    image = Image.new("L", (28, 28), 0)
    ImageDraw.Draw(image).line([(8, 6), (19, 6), (13, 22)], 255, 2)
    return np.stack([np.asarray(image)] * count)


@pytest.fixture(scope="module")
def own_computer(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The page on one's own computer with a test set of sevens: its URL, and the corrections."""
    folder = tmp_path_factory.mktemp("own")
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    header = struct.pack(">BBBB3I", 0, 0, UBYTES, AXES, 10, 28, 28)
    (raw / "t10k-images-idx3-ubyte").write_bytes(header + sevens(10).tobytes())
    path = folder / "corrections.jsonl"
    with running_page(MNIST_DIR=str(folder), CORRECTIONS_FILE=str(path)) as url:
        yield url, path


@pytest.fixture(scope="module")
def public(tmp_path_factory) -> Iterator[str]:
    """The URL of the page as on a Space, without MNIST."""
    empty = tmp_path_factory.mktemp("empty")
    with running_page(SPACE_ID="someone/space", MNIST_DIR=str(empty)) as url:
        yield url


def test_a_correction_is_kept_by_one_tap_taken_back_by_another_and_never_without(
    visit_at, own_computer
):
    url, path = own_computer
    v = visit_at(url)
    v.draw(TWO_LEFT)
    v.draw(SEVEN_RIGHT)
    v.expect_digits("27")
    correction, outcome = v.page.locator(".correction"), v.page.locator(".outcome")
    v.page.locator(".wrong").click()
    expect(correction).to_contain_text("Without it, nothing is kept")
    assert not path.exists()
    one = correction.get_by_role("button", name="1")
    one.click()
    expect(outcome).to_contain_text("saved")
    expect(one).to_have_attribute("aria-pressed", "true")
    record = json.loads(path.read_text())
    assert record["label"] == 1
    assert len(record["strokes"]) == 1  # the 7, which was drawn last
    assert min(record["strokes"][0][::2]) == pytest.approx(0.6 * CANVAS, abs=2)
    one.click()
    expect(outcome).to_contain_text("Taken back")
    assert path.read_text().strip() == ""


def corrected(url: str, path: Path, **headers: str) -> tuple[int, bool]:
    """The status of a correction that came with such headers, and whether it is kept."""
    path.unlink(missing_ok=True)
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    sent = {"canvas": CANVAS, "strokes": [[60, 60, 200, 60, 120, 230]], "label": 7}
    headers = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    connection.request("POST", "/site/correction", json.dumps(sent), headers)
    return connection.getresponse().status, path.exists()


def test_where_a_file_is_named_the_page_at_any_address_gives_corrections_and_no_other_site(
    own_computer,
):
    url, path = own_computer
    pad, evil = "http://pad.example", "http://evil.example"
    assert corrected(url, path, Host="pad.example", Origin=pad) == (200, True)
    for headers in ({"X_Forwarded_Host": "evil.example"}, {"X_Gradio_Server": evil}, {}):
        answer = corrected(url, path, Host="pad.example", Origin=evil, **headers)
        assert answer == (403, False), headers


SEND = """async ([url, body, type, forwarded]) => {
    const headers = { "Content-Type": type };
    if (forwarded) headers["X-Forwarded-Host"] = location.host;
    const mode = type === "text/plain" ? "no-cors" : "cors";
    try {
        return (await fetch(url, { method: "POST", body, headers, mode })).status;
    } catch (error) {
        return error.name;
    }
}"""


def test_no_foreign_page_in_a_browser_gives_a_correction(
    browser, chromium_path, own_computer, static_url
):
    """By names and without TLS, where browsers do not say from which site a request comes."""
    url, path = own_computer
    path.unlink(missing_ok=True)
    pad, evil = (
        url.replace("127.0.0.1", "pad.example"),
        static_url.replace("127.0.0.1", "evil.example"),
    )
    names = "--host-resolver-rules=MAP *.example 127.0.0.1"
    sent = json.dumps({"canvas": CANVAS, "strokes": [[60, 60, 60, 230]], "label": 1})
    named = browser.browser_type.launch(executable_path=chromium_path, args=["--no-sandbox", names])
    page = named.new_page()

    def sends(type: str, forwarded: bool = False) -> int | str:
        return page.evaluate(SEND, [pad + "site/correction", sent, type, forwarded])

    page.goto(evil + "browser/shared/examples.json")
    assert sends("application/json", forwarded=True) == "TypeError"  # the preflight was answered no
    assert sends("application/json") == "TypeError"
    assert sends("text/plain") == 0  # sent unasked, and the answer kept from the page
    assert not path.exists()
    page.goto(pad + "robots.txt")
    assert sends("application/json") == 200
    assert path.exists()
    named.close()


def test_where_none_is_named_they_are_offered_only_where_they_are_kept(
    visit_at, page_url, tmp_path
):
    """As behind a proxy, whose readers open it by a name, while the server believes itself home."""
    for host, are_kept in {"localhost": True, "pad.localhost": False}.items():
        address = page_url.replace("127.0.0.1", host).rstrip("/")
        v = visit_at(address)
        v.draw(ONE)
        v.expect_digits("1")
        expect(v.page.locator(".wrong")).to_be_visible(visible=are_kept)
        if not are_kept:
            host = urlsplit(address).netloc
            answer = corrected(page_url, tmp_path / "none", Host=host, Origin=address)
            assert answer == (403, False)


def test_a_random_mnist_digit_is_read_where_mnist_is(visit_at, own_computer):
    v = visit_at(own_computer[0])
    v.button("A random MNIST digit")
    v.expect_digits("7")


def test_a_public_page_offers_no_correction_and_without_mnist_there_is_no_button(visit_at, public):
    v = visit_at(public)
    v.draw(ONE)
    v.expect_digits("1")
    expect(v.page.locator(".wrong")).to_be_hidden()
    expect(v.page.locator(".correction")).to_be_hidden()
    expect(v.page.locator(".mnist")).to_be_hidden()
    expect(v.page.locator(".open")).to_be_visible()  # pictures it does read
