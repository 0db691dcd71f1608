"""Every control of the lesson, on both hosts, light and dark: seen, readable, and the same."""

import pytest
from controls import Looks, assert_seen_and_readable, differences
from steps_page import THREE
from test_lesson_frame import STEPS
from visiting import visits

HOSTS = {"static": "static_url", "gradio": "page_url"}


@pytest.fixture(scope="module")
def looks(request, browser) -> dict[str, Looks]:
    """{host: looks}, with every step, asked and answered."""
    found = {}
    for host, url in HOSTS.items():
        found[host] = Looks()
        with visits(browser) as begin:
            v = begin(request.getfixturevalue(url), reduced_motion="reduce")
            v.draw(THREE)
            for step in STEPS:
                v.page.evaluate("(step) => location.hash = `step=${step}`", step)
                v.page.locator(f".step-{step} :is(button, input)").first.wait_for()
                options = v.page.locator(".question .options button")
                options.first.wait_for()
                v.page.wait_for_load_state("networkidle")
                found[host].look(v.page, step, ".lesson")
                options.first.click()
                found[host].look(v.page, f"{step}, answered", ".question")
    return found


def test_words_and_icons_stand_out_wherever_the_pointer_is(looks):
    assert_seen_and_readable(looks)


def test_the_controls_are_the_same_on_both_hosts(looks):
    static, gradio = looks.values()
    assert static.styles.keys() == gradio.styles.keys()
    assert differences(static, gradio) == []
