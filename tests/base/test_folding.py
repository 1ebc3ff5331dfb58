"""Texts that are equal to a reader are equal to a check."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.base.folding import fold


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    """A text that was folded once must equal itself folded again, or comparing would depend on who folded it."""
    assert fold(text) == fold(fold(text))


@given(st.text(st.characters(codec="ascii")), st.sampled_from(["\n", "\t", "\u00a0", "\u2003", "  "]))
def test_letter_case_and_white_space_do_not_matter(text: str, space: str) -> None:
    """An answer that wraps its lines elsewhere, or begins a sentence with the word, says the same."""
    assert fold(text) == fold(f"{space}{text.upper().replace(' ', f' {space}')}{space}")


@pytest.mark.parametrize(
    ("left", "right"), [("É", "e\u0301"), ("STRASSE", "straße"), ("Å", "\u212b"), ("ΣΊΣΥΦΟΣ", "σίσυφος")]
)
def test_one_letter_in_two_codings_is_one_letter(left: str, right: str) -> None:
    """Models and editors compose accents in their own way, and nobody can see it."""
    assert fold(left) == fold(right)


def test_other_words_stay_other_words() -> None:
    """What is folded too far lets an answer pass that says something else."""
    assert fold("resume") != fold("résumé")
    assert fold("may be") != fold("maybe")
