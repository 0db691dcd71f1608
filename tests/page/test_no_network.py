"""`python app.py`, with no environment set, asks no other host; neither does the page."""

import contextlib
import os
import re
import subprocess
import sys
import urllib.error
from collections.abc import Iterator

import pytest
from asking import post
from playwright.sync_api import expect
from server import ROOT, stop

# Every look-up of a name and every connection that Python makes, whoever makes it (PEP 578).
RECORD = """
import runpy, sys

LOOK_UPS = "socket.getaddrinfo", "socket.gethostbyname", "socket.connect"

def record(event, arguments):
    if event in LOOK_UPS:
        at = arguments[1] if event == "socket.connect" else arguments[0]
        print("LOOKED UP", at[0] if isinstance(at, tuple) else at, file=sys.stderr, flush=True)

sys.addaudithook(record)
runpy.run_path("app.py", run_name="__main__")
"""
OURS = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "None"}


@pytest.fixture
def recorded(tmp_path) -> Iterator[str]:
    """The page's address; once the test is over, what its server looked up is checked."""
    bare = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    log = tmp_path / "log"
    with open(log, "w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", RECORD],
            cwd=ROOT,
            env=bare,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            pytest.fail(log.read_text())
        yield found[0]
    finally:
        stop(process)
        looked_up = set(re.findall(r"LOOKED UP (.*)", log.read_text()))
        assert looked_up, "nothing was recorded at all"
        assert looked_up <= OURS, looked_up - OURS


def test_the_server_and_the_page_look_up_no_other_host_even_when_asked_to(recorded, browser):
    requested = []
    page = browser.new_page()
    page.on("request", lambda request: requested.append(request.url))
    page.goto(recorded)
    page.locator(".example").first.click()
    expect(page.locator(".verdict .digit")).to_have_text("0", timeout=20_000)
    page.evaluate("location.hash = 'train'")
    page.locator(".train [data-act='step']").click()  # the digits to learn from are fetched
    expect(page.locator("[data-value='seen']")).to_have_text("32", timeout=20_000)
    page.close()
    for at in ("http://example.com/7.png", "https://example.com/7.png"):
        for picture in ({"path": at, "meta": {"_type": "gradio.FileData"}}, {"url": at}, at):
            with contextlib.suppress(urllib.error.HTTPError):
                post(recorded + "/gradio_api/run/predict", {"data": [picture]})
    assert len(requested) > 10
    elsewhere = [at for at in requested if not at.startswith((recorded, "data:", "blob:"))]
    assert not elsewhere
