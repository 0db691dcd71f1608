"""Begin visits to the page: on a static host, with Gradio, or at any URL."""

import contextlib
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser
from visit import SEVEN, Visit


@contextlib.contextmanager
def visits(browser: Browser, kind: type[Visit] = Visit) -> Iterator[Callable[..., Visit]]:
    """Begin visits; at the end none of them may have anything to complain of."""
    begun: list[Visit] = []

    def begin(url: str, **options) -> Visit:
        begun.append(kind(browser, url, **options))
        return begun[-1]

    try:
        yield begin
        complaints = [complaint for v in begun for complaint in v.complaints]
    finally:
        for v in begun:
            v.end()
    assert not complaints


@pytest.fixture(params=["static_url", "page_url"], ids=["static", "gradio"])
def url(request) -> str:
    """Both pages, one after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def visit(browser, url) -> Iterator[Callable[..., Visit]]:
    """Begin a visit to the page: the test runs on a static host and with Gradio."""
    with visits(browser) as begin:
        yield partial(begin, url)


@pytest.fixture
def visit_static(browser, static_url) -> Iterator[Callable[..., Visit]]:
    with visits(browser) as begin:
        yield partial(begin, static_url)


@pytest.fixture(scope="module")
def drawn_on(browser, static_url) -> Iterator[Visit]:
    with visits(browser) as begin:
        yield begin(static_url, reduced_motion="reduce")


@pytest.fixture
def cleared(drawn_on) -> Visit:
    """A page with an empty pad and nothing opened, for tests that don't ask what was before."""
    drawn_on.page.mouse.up()
    drawn_on.page.mouse.move(0, 0)
    drawn_on.press("Escape", "Escape", "Delete")
    return drawn_on


@pytest.fixture(scope="module")
def seven_drawn(browser, static_url) -> Iterator[Visit]:
    with visits(browser) as begin:
        v = begin(static_url, reduced_motion="reduce")
        v.draw(SEVEN)
        yield v


@pytest.fixture
def seven(seven_drawn) -> Visit:
    """A page with a seven on the pad and nothing opened, for tests that leave the pad as it is."""
    seven_drawn.page.mouse.move(0, 0)
    seven_drawn.press("Escape", "Escape")  # what was traced, and the card it was traced from
    return seven_drawn


@pytest.fixture
def visit_gradio(browser, page_url) -> Iterator[Callable[..., Visit]]:
    with visits(browser) as begin:
        yield partial(begin, page_url)


@pytest.fixture
def visit_at(browser) -> Iterator[Callable[..., Visit]]:
    """Begin a visit to the page at a URL."""
    with visits(browser) as begin:
        yield begin
