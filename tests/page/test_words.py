"""The words of the page, a folder for each language: each says all that English says."""

import json
import re

import pytest

from cnn.model import HYPERPARAMETERS
from cnn.page.html import BROWSER

WORDS = BROWSER / "words"
LANGUAGES = sorted(path.name for path in WORDS.iterdir() if path.is_dir())
LIST = (WORDS / "languages.js").read_text(encoding="utf-8")
LISTED = re.findall(r"^  (\w+): \{ name:", LIST, re.MULTILINE)
FILES = sorted(path.relative_to(WORDS / "en") for path in (WORDS / "en").rglob("*.json"))
VALUE = re.compile(r"\{\w+\}")
MARK = re.compile(r"</?\w+>")
ROLES = "in", "kernel", "bias", "out", "b"  # as i18n.js has them
FORMS = {"zero", "one", "two", "few", "many", "other"}  # as Intl.PluralRules calls them
NEEDED = {"title", "idea", "question", "remember", "mistake"}  # of a step


def words_of(language: str, file) -> dict[str, str | dict[str, str]]:
    """The file's sentences, or a sentence for each form of its count, in their order.

    A key that is there twice is refused.
    """

    def once(pairs: list[tuple[str, str]]) -> dict[str, str]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), (language, file)
        return dict(pairs)

    text = (WORDS / language / file).read_text(encoding="utf-8")
    return json.loads(text, object_pairs_hook=once)


def sentences(word: str | dict[str, str]) -> list[str]:
    return [word] if isinstance(word, str) else [*word.values()]


def test_every_folder_is_a_language_that_can_be_chosen():
    assert sorted(LISTED) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_files_of_english_and_no_others(language):
    files = sorted(path.relative_to(WORDS / language) for path in (WORDS / language).rglob("*.*"))
    assert files == FILES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_language_has_every_word_of_english_with_its_values_and_marks(language, file):
    english, words = words_of("en", file), words_of(language, file)
    assert [*words] == [*english]
    for key, word in words.items():
        wanted = sentences(english[key])[-1]
        for sentence in sentences(word):
            assert sentence.strip() == sentence, key
            assert sentence, key
            assert set(VALUE.findall(sentence)) == set(VALUE.findall(wanted)), key
            assert sorted(MARK.findall(sentence)) == sorted(MARK.findall(wanted)), key
            assert sentence.count("\n\n") == wanted.count("\n\n"), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_sentence_that_depends_on_a_count_has_one_for_all_other_counts(language, file):
    for key, word in words_of(language, file).items():
        if isinstance(word, dict):
            assert [*word][-1] == "other", key
            assert word.keys() <= FORMS, key
            assert "{n}" in word["other"], key


@pytest.mark.parametrize("file", FILES, ids=str)
def test_what_is_marked_has_a_role_and_ends(file):
    for key, word in words_of("en", file).items():
        for sentence in sentences(word):
            for mark in MARK.findall(sentence):
                assert mark.strip("</>") in ROLES, key
            assert "<" not in re.sub(r"<(\w+)>[^<]*</\1>", "", sentence), key


def test_every_kind_of_layer_has_words():
    words = words_of("en", "page.json")
    for kind in HYPERPARAMETERS:
        named = {f"layer.{kind.__name__}", f"layer.{kind.__name__}.words"}
        assert named <= words.keys(), kind


@pytest.mark.parametrize("file", [f for f in FILES if f.parts[0] == "steps"], ids=str)
def test_a_step_of_the_lesson_has_what_every_step_says_and_soon_asks(file):
    words = words_of("en", file)
    assert words.keys() >= NEEDED
    assert len(MARK.sub("", words["idea"]).split()) <= 90  # before its question
