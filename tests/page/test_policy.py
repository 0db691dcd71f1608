"""What the page keeps from others: its policy, its frames, the machine that it is on."""

import functools
import http.server
import threading

import pytest
from asking import get
from hand import draw_a_one
from playwright.sync_api import Error, expect
from server import ROOT


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
        const offers = { split_picture: "picture", save_correction: "correction" };
        return Object.keys(connect(offers, ["127.0.0.1"]));
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
    ["site/cnn/model.py", "site/browser/../html.py", "site/browser/%2e%2e/html.py", "site/weights"],
)
def test_nothing_else_of_the_machine_is_sent(page_url, path):
    assert get(page_url + path)[0] == 404


def test_no_path_of_the_machine_is_in_what_the_browser_gets(page_url, browser):
    requested = []
    page = browser.new_page()
    page.on("request", lambda request: requested.append(request.url))
    page.goto(page_url)
    draw_a_one(page)
    assert len(requested) > 10
    assert str(ROOT) not in page.content() + "".join(requested)
    page.close()
