import pytest
from pad_host import pad_url, visit_pad  # noqa: F401  fixtures
from playwright.sync_api import sync_playwright
from static_host import loose_url, static_folder, static_url  # noqa: F401  fixtures
from visiting import (  # noqa: F401  fixtures
    cleared,
    drawn_on,
    seven,
    seven_drawn,
    url,
    visit,
    visit_at,
    visit_gradio,
    visit_static,
)


@pytest.fixture(scope="session")
def browser(chromium_path):
    """The real Chromium, one for all tests: playwright runs once in a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path,
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                # No page lives long enough for code that is compiled a second time to pay.
                "--js-flags=--no-opt",
            ],
        )
        yield browser
        browser.close()
