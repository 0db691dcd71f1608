import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def modules(browser: Browser, loose_url: str):
    """An empty page beside the browser's modules, which its JavaScript imports from /browser/."""
    page: Page = browser.new_page()
    page.goto(f"{loose_url}weights/shifts.json")
    yield page
    page.close()
