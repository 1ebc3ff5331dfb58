"""Long texts begin with whole words and lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.pages._excerpt import cut_lines, cut_words, reflow

_LIMITS = st.integers(min_value=1, max_value=60)


@given(st.text(alphabet="ab \n.", max_size=120), _LIMITS)
def test_no_word_is_cut(text: str, limit: int) -> None:
    """The public pages end their cells in the middle of a word."""
    words = text.split()
    kept = cut_words(text, limit).text.split()

    if all(len(word) <= limit for word in words):
        assert words[: len(kept)] == kept or [w.rstrip(" ,;:-") for w in words[: len(kept)]] == kept


@given(st.text(max_size=200), _LIMITS)
def test_an_excerpt_fits_and_says_whether_it_is_one(text: str, limit: int) -> None:
    """A text that is shown whole must not look cut, nor the other way round."""
    found = cut_words(text, limit)

    assert len(found.text) <= limit
    assert found.is_cut == (len(" ".join(text.split())) > limit)


def test_what_led_on_to_the_rest_goes_with_it() -> None:
    """A comma before the dots reads as a slip."""
    assert "one, two" == cut_words("one, two, three", 10).text


def test_a_word_longer_than_the_limit_is_cut() -> None:
    """Otherwise nothing would be left."""
    assert "aaaa" == cut_words("aaaaaaaa", 4).text


@given(st.text(max_size=200), _LIMITS)
def test_the_first_lines_are_the_beginning_of_the_text(text: str, limit: int) -> None:
    """An answer is evidence: nothing in it may be rearranged."""
    found = cut_lines(text, limit)

    assert text.startswith(found.text)
    assert len(found.text) <= limit
    assert found.is_cut == (len(text) > limit)


def test_an_answer_is_cut_at_the_end_of_a_line() -> None:
    """Half a line of code or of a table misleads."""
    assert "one\ntwo" == cut_lines("one\ntwo\nthree four", 12).text


def test_a_single_long_line_is_cut_between_words() -> None:
    """Some answers have no line breaks."""
    assert "one two" == cut_lines("one two three", 10).text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a paragraph that\nis wrapped", "a paragraph that is wrapped"),
        ("one\n\ntwo\nhalves", "one\n\ntwo halves"),
        ("points:\n- one\n- two\n1. three", "points:\n- one\n- two\n1. three"),
        ("| a | b |\n| 1 | 2 |", "| a | b |\n| 1 | 2 |"),
        ("said:\n> this\n    and code", "said:\n> this\n    and code"),
        ("trailing \nspace", "trailing space"),
    ],
)
def test_a_paragraph_flows_and_what_has_lines_keeps_them(written: str, shown: str) -> None:
    """Where an author wrapped a line says nothing; where a point begins does."""
    assert shown == reflow(written)


@given(st.text(alphabet="ab -|\n1.", max_size=80))
def test_flowing_changes_breaks_alone(text: str) -> None:
    """No word is lost or joined to another."""
    assert text.split() == reflow(text).split()
