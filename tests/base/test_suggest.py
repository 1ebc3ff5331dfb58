"""Near names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.base.suggest import closest

FIELDS = ("severity", "tags", "source", "expect", "input", "recommended-for")


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("sevrity", "severity"),
        ("severtiy", "severity"),
        ("Severity", "severity"),
        ("recommended_for", "recommended-for"),
        ("tag", "tags"),
        ("inputs", "input"),
        ("priority", None),
        ("x", None),
        ("", None),
    ],
)
def test_slips_of_the_pen_are_near(word: str, near: str | None) -> None:
    """A name that is offered and wrong is worse than none, so a third of the letters is the most that may differ."""
    assert near == closest(word, FIELDS)


def test_a_swapped_pair_counts_once() -> None:
    """`form` is one slip from `from` and two from `forty`, though plain edit distance sees two in both."""
    assert "from" == closest("form", ["forty", "from"])


def test_a_word_is_not_near_itself() -> None:
    """Offering what is written already helps nobody; the next one may."""
    assert "tags" == closest("tag", ["tag", "tags"])


def test_of_equally_near_ones_the_first_is_taken() -> None:
    """Names that are valid here come first in the candidates."""
    assert "cat" == closest("bat", ["cat", "hat"])


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=5))
def test_only_a_candidate_comes_back(word: str, candidates: list[str]) -> None:
    """Whatever is offered can be written here."""
    found = closest(word, candidates)

    assert found is None or (found in candidates and found != word)
