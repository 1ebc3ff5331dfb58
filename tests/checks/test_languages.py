"""Languages are told apart by a sentence or two."""

from pathlib import Path

import pytest

from evalc.checks._languages import LANGUAGES, guess_language
from tests.text_cases import read_sections

SAMPLES = read_sections((Path(__file__).parent / "languages.txt").read_text(encoding="utf-8"))


def test_each_language_has_a_sample() -> None:
    """A language that is offered and never tried may be one that is never told."""
    assert set(LANGUAGES) == SAMPLES.keys()


@pytest.mark.parametrize("language", SAMPLES)
def test_a_sentence_or_two_tell_their_language(language: str) -> None:
    """Neighbours such as Danish and Norwegian are where a list of words goes wrong."""
    assert language == guess_language(SAMPLES[language]).language


@pytest.mark.parametrize("language", SAMPLES)
def test_code_in_another_language_does_not_count(language: str) -> None:
    """Code and its comments are English in every country."""
    code = "\n\n```python\n# if this is not what you will have in the list, it is to be made by all of us\n```\n"

    assert language == guess_language(SAMPLES[language] + code).language


@pytest.mark.parametrize("text", ["", "OK", "42", "error_rate > 0.5", "https://example.org/the/of/and/to/in"])
def test_nothing_is_said_of_a_text_without_words(text: str) -> None:
    """A guess would pass or fail a case by chance."""
    assert "" == guess_language(text).language


def test_nothing_is_said_of_a_text_in_two_languages() -> None:
    """Half an answer in the wrong language is neither right nor wrong without somebody who looks."""
    assert "" == guess_language(f"{SAMPLES['de']} {SAMPLES['en']}").language
