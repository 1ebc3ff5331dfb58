"""Whether a text says something else, or the same in other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.diff.prose.meaning import compare_inputs, compare_texts

_TEXT = (
    "Traffic goes back to v1 while v2 finishes what it has in flight. Confirm with replica counts and the error rate. "
    "v2 is kept for the investigation, not deleted. Refunds within 30 days are paid by Anna."
)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("30 days", "45 days", "the number `30`"),
        ("v1", "v3", "the number `v1`"),
        (", not deleted", "", "the negation `not`"),
        ("is kept", "isn't kept", "the negation `isn't`"),
        ("kept", "deleted", "the word `kept`"),
        ("Anna", "Berta", "the name `Anna`"),
        ("within", "after", "the condition `within`"),
        ("the error rate", "all error rates", "the quantity `all`"),
        (" and the error rate", "", "the condition `and`"),
        ("by Anna", "for Anna", "the condition `by`"),
        ("the investigation", "the investigation and the audit", "the condition `and`"),
        ("Confirm with", "Confirm politely with", "the new word `politely`"),
        ("investigation", "review >", "the sign `>`"),
        ("replica counts", "counts replica", "the order of words"),
    ],
)
def test_changed_facts_change_the_meaning(old: str, new: str, reason: str) -> None:
    """A reviewer who trusts "only wording" must not be led past a changed figure, name, limit or denial."""
    change = compare_texts(_TEXT, _TEXT.replace(old, new))

    assert change is not None
    assert ("meaning", reason) == (change.nature, change.reason)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("goes back", "returns"),
        ("finishes", "completes"),
        ("investigation", "inquiry"),
        ("in flight. Confirm", "in flight; confirm"),
        ("investigation", "investigations"),
    ],
)
def test_a_few_plain_words_are_only_wording(old: str, new: str) -> None:
    """If each correction of style looked like a changed demand, nobody would look any more."""
    change = compare_texts(_TEXT, _TEXT.replace(old, new))

    assert change is not None
    assert "wording" == change.nature


def test_many_changed_words_are_not_only_wording() -> None:
    """A text that was written anew may say anything."""
    change = compare_texts(
        "The agent greets the customer in a friendly way.", "The bot writes to its client with some warmth."
    )

    assert change is not None
    assert "meaning" == change.nature


def test_a_text_that_may_not_be_english_is_never_only_wording() -> None:
    """The lists of telling words are English; the German for "not" is in none of them."""
    change = compare_texts("Das Geld wird heute überwiesen.", "Das Geld wird nicht überwiesen.")

    assert change is not None
    assert ("meaning", "a text that is not known to be English") == (change.nature, change.reason)


@given(st.lists(st.sampled_from(["one", "two", "three", "\n", " ", "\n\n"])).map(" ".join))
def test_white_space_alone_is_a_reflow(text: str) -> None:
    """An editor that wraps at another width changes every line and no word."""
    change = compare_texts(text, " ".join(text.split()))

    assert change is None or "reflow" == change.nature


@pytest.mark.parametrize(
    ("before", "after", "nature"),
    [
        ("one two\nthree", "one\ntwo three", "reflow"),
        ("one two", "one Two", "meaning"),
        ("- one\n- two", "- one - two", "meaning"),
        ("if x:\n  go()", "if x:\ngo()", "meaning"),
        ("```\na\nb\n```", "```\na b\n```", "meaning"),
        ("one\n\ntwo", "one\ntwo", "meaning"),
        ("| a | b |\n| c | d |", "| a | b | | c | d |", "meaning"),
    ],
)
def test_an_input_may_only_be_wrapped_anew(before: str, after: str, nature: str) -> None:
    """A target reads lists, code and paragraphs by their lines, so those are part of what is asked."""
    change = compare_inputs(before, after)

    assert change is not None
    assert nature == change.nature


@given(st.text(), st.text())
def test_any_two_texts_compare_both_ways(before: str, after: str) -> None:
    """Text is pasted from anywhere; a diff that fails on it would hide the whole pull request."""
    there, back = compare_texts(before, after), compare_texts(after, before)

    assert (there is None) == (back is None) == (before == after)
