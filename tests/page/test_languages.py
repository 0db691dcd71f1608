"""The language, and light or dark: as the visitor's own, until they choose."""

import re

import pytest
from playwright.sync_api import expect
from test_words import FILES, words_of
from visit import SEVEN

ENGLISH = "Draw a digit, watch the network read it"
CHINESE = "画一个数字，看网络怎样读懂它"
SPANISH = "Dibuja un dígito y mira cómo se lee"
CHARACTER = re.compile("[\u4e00-\u9fff]")
PHRASE = re.compile(r"[A-Za-z]{2,}( [A-Za-z]{2,}){2,}")  # three words in a row
# What has no characters in Chinese either: names of stages and keys, terms of the network.
NAME = re.compile(
    r"(conv|relu|pool|fc)\d|input|flatten|dropout|log_softmax|ReLU|max|exp|log|CNN|MLP|MNIST|English|Español"
)


@pytest.mark.parametrize(
    ("locale", "heading"), [("zh-CN", CHINESE), ("es-MX", SPANISH), ("fr-FR", ENGLISH)]
)
def test_the_language_is_the_browsers_or_english(visit_static, locale, heading):
    v = visit_static(locale=locale)
    expect(v.page.locator("h1")).to_have_text(heading)


def test_the_list_changes_every_word_of_it_and_is_remembered(visit):
    v = visit(locale="zh-CN")
    v.draw(SEVEN)
    heading, sentence = v.page.locator("h1"), v.page.locator(".sentence")
    expect(heading).to_have_text(CHINESE)
    expect(sentence).not_to_contain_text("I read")
    expect(v.page).to_have_title(CHINESE)
    v.speak("en")
    expect(heading).to_have_text(ENGLISH)
    expect(sentence).to_contain_text("I read 7")
    expect(v.page).to_have_title(ENGLISH)
    expect(v.page.locator("html")).to_have_attribute("lang", "en")
    v.page.reload()
    expect(heading).to_have_text(ENGLISH)


# All that can be read or heard on the page, also of what is not shown just now.
SAID = """() => [...document.querySelectorAll(".page, .page *")].flatMap((element) => [
    ...[...element.childNodes].filter(({ nodeType }) => nodeType === 3)
        .map(({ textContent }) => textContent),
    element.ariaLabel, element.title,
]).map((text) => text?.trim()).filter(Boolean)"""


def is_english(text: str) -> bool:
    has_words = re.search("[A-Za-z]{3}", NAME.sub("", text)) and not CHARACTER.search(text)
    return bool(has_words or PHRASE.search(text))


def test_a_page_in_chinese_says_nothing_in_english(visit):
    v = visit(locale="zh-CN")
    v.draw(SEVEN)
    for opened in ["[data-layer=conv2][data-map='3']", ".stage .about >> nth=1"]:
        v.page.locator(opened).click()
        v.page.get_by_role("dialog").wait_for()
        said = v.page.evaluate(SAID)
        assert len(said) > 100
        assert [text for text in said if is_english(text)] == []
        assert [text for text in said if "undefined" in text or "{" in text] == []
        v.press("Escape")


def test_all_that_the_page_says_has_words(visit_static):
    v = visit_static()
    said = v.page.evaluate(
        """[...document.querySelectorAll("[data-i18n], [data-i18n-label]")]
            .flatMap(({ dataset }) => [dataset.i18n, dataset.i18nLabel]).filter(Boolean)"""
    )
    assert len(said) > 30
    assert set(said) <= words_of("en", "page.json").keys()


def test_a_page_says_after_a_switch_of_the_language_what_it_says_in_it_from_the_first(visit_static):
    v = visit_static()
    v.draw(SEVEN)
    for opened in [
        "[data-layer=fc1]",
        "[data-layer=conv2][data-map='3']",
        ".stage .about >> nth=1",
    ]:
        said = []
        for first in ("es", "en"):
            v.speak(first)
            v.page.locator(opened).first.click()
            v.page.get_by_role("dialog").wait_for()
            v.speak("es")
            said.append(v.page.evaluate(SAID))
            v.press("Escape")
        assert said[0] == said[1]


@pytest.mark.parametrize("width", [320, 390])
def test_the_list_of_languages_is_reached_and_worked_with_the_keyboard(visit_static, width):
    v = visit_static(size=(width, 844))
    v.page.locator(".train-button").focus()
    v.press("Tab")
    expect(v.page.locator(".language")).to_be_focused()
    v.press("ArrowDown")
    expect(v.page.locator("h1")).to_have_text(SPANISH)
    assert v.page.evaluate("document.documentElement.scrollWidth") == width


def words_in(requested: list[str]) -> list[str]:
    """The files of words among the addresses: en/page.json."""
    return sorted(url.split("/words/")[1] for url in requested if "/words/" in url)


def test_only_the_words_of_the_chosen_language_are_fetched_and_of_the_lesson_once_it_opens(visit):
    v = visit(locale="zh-CN")
    assert words_in(v.requested) == ["zh/page.json"]
    v.page.locator(".learn").click()
    v.page.locator(".lesson h2").wait_for()
    later = {"share.json", "train"}  # what shares a drawing, and the bench
    files = sorted(file.as_posix() for file in FILES if file.parts[0] not in later)
    assert words_in(v.requested) == [f"zh/{file}" for file in files]
    v.requested.clear()
    v.speak("en")
    assert words_in(v.requested) == sorted(f"en/{file}" for file in files)
    v.requested.clear()
    v.speak("zh")
    assert v.requested == []


def test_a_language_that_does_not_come_leaves_the_page_as_it_is_and_says_so(visit_static):
    v = visit_static()
    v.draw(SEVEN)
    v.context.set_offline(True)
    v.page.locator(".language").select_option("zh")
    expect(v.page.locator(".status")).to_contain_text("the page stays in English")
    expect(v.page.locator(".language")).to_have_value("en")
    expect(v.page.locator("h1")).to_have_text(ENGLISH)
    v.expect_digits("7")
    v.context.set_offline(False)
    v.speak("zh")
    expect(v.page.locator("h1")).to_have_text(CHINESE)


def test_without_any_words_the_pad_draws_and_the_page_says_what_to_do(visit_static):
    def lose(context):
        context.route("**/words/**", lambda route: route.abort())

    v = visit_static(waits=False, prepare=lose)
    expect(v.page.locator(".status")).to_contain_text("words could not be loaded. Reload the page")
    v.draw(SEVEN)
    assert v.ink() != 0
    expect(v.page.locator(".status")).to_contain_text("your drawing is safe")
    v.context.unroute("**/words/**")
    v.page.reload()
    v.expect_digits("7")
    expect(v.page.locator(".status")).to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_is_the_systems_until_the_switch_is_used(visit, scheme):
    v = visit(color_scheme=scheme)
    is_dark = "document.body.classList.contains('dark')"
    paper = "getComputedStyle(document.querySelector('.pad')).backgroundColor"
    assert v.page.evaluate(is_dark) == (scheme == "dark")
    before = v.page.evaluate(paper)
    v.page.locator(".theme").click()
    assert v.page.evaluate(is_dark) != (scheme == "dark")
    assert v.page.evaluate(paper) != before
    v.page.reload()
    v.wait()
    assert v.page.evaluate(is_dark) != (scheme == "dark")
