"""What axe-core finds wrong with a page."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ALL: dict = {}
# Colours don't hang on the language, and nothing else on the theme: two thirds of the time are
# saved where the other rules, or this one, have been kept to already.
CONTRAST = {"runOnly": ["color-contrast"]}
BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
IN_EACH_COLOUR_AND_LANGUAGE = pytest.mark.parametrize(
    ("scheme", "locale", "rules"),
    [
        ("light", "en-US", ALL),
        ("dark", "en-US", CONTRAST),
        ("light", "zh-CN", BUT_CONTRAST),
    ],
)
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
