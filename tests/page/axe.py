"""What axe-core finds wrong with a page."""

import re

from axe_playwright_python.base import AXE_SCRIPT
from controls import THEME
from playwright.sync_api import Page, expect

ALL: dict = {}
# Colours don't hang on the language, and nothing else on the theme: two thirds of the time are
# saved where the other rules, or this one, have been kept to already.
CONTRAST = {"runOnly": ["color-contrast"]}
BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
EACH = [("light", "en", ALL), ("dark", "en", CONTRAST), ("light", "zh", BUT_CONTRAST)]
FOUND = """async ([within, options]) => {
    const how = { resultTypes: ["violations"], ...options };
    const { violations } = await axe.run(within ?? document, how);
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html, target }) => [target, html])]);
}"""


def violations(page: Page, within: str | None = None, rules: dict = ALL) -> list:
    """[rule, [[selector, HTML] of each element that breaks it]] of all that is within."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(FOUND, [within, rules])


def check_in_each_colour_and_language(page: Page, part: str) -> None:
    """No fault of the whole page while that part of it is open, which a switch leaves open."""
    for scheme, language, rules in EACH:
        page.evaluate(THEME, scheme)
        page.locator(".language").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        expect(page.locator(part)).to_be_visible()
        assert violations(page, rules=rules) == [], (part, scheme, language)
    page.locator(".language").select_option("en")
