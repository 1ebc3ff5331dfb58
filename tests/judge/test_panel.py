"""From votes to one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.judge.panel import decide_votes, word_of
from evalc.model.plan import PanelRule
from evalc.model.result import Verdict, Vote


def said(*words: float | Verdict | None) -> list[Vote]:
    """A vote for each word; None is a judge that gave none."""
    return [_vote(f"judge-{number}", word) for number, word in enumerate(words, start=1)]


def _vote(judge: str, word: float | Verdict | None) -> Vote:
    reason = f"{judge} thinks so"
    if word is None:
        return Vote(judge=judge, problem="the judge gave no reply")
    if isinstance(word, str):
        return Vote(judge=judge, verdict=word, reason=reason)
    return Vote(judge=judge, score=float(word), reason=reason)


@pytest.mark.parametrize(
    ("rule", "words", "score", "verdict"),
    [
        ("majority", ("met", "not-met", "met"), None, "met"),
        ("majority", ("met", "not-met"), None, "cannot-tell"),
        ("majority", ("met", "not-met", None), None, "cannot-tell"),
        ("majority", ("met", None, "met"), None, "met"),
        ("majority", ("cannot-tell", "cannot-tell", "met"), None, "cannot-tell"),
        ("majority", (4, 4, 2), 4, None),
        ("majority", (4, 3, 2), None, "cannot-tell"),
        ("median", (5, 3, 1), 3, None),
        ("median", (4, 3), 3.5, None),
        ("median", (4, 3, None), 3.5, None),
        ("median", (4, "cannot-tell", None), None, "cannot-tell"),
        ("median", ("met", "met", "not-met"), None, "met"),
        ("unanimous", ("met", "met"), None, "met"),
        ("unanimous", ("met", "met", "not-met"), None, "cannot-tell"),
        ("unanimous", ("met", "met", None), None, "cannot-tell"),
        ("unanimous", (4, 4, 4), 4, None),
    ],
)
def test_votes_become_a_word_by_the_rule(
    rule: PanelRule, words: tuple[float | Verdict | None, ...], score: float | None, verdict: Verdict | None
) -> None:
    """A vote that is missing is none in favour, or a judge that is down would decide."""
    found = decide_votes("safety", said(*words), rule=rule)

    assert (score, verdict) == (found.score, found.verdict)
    assert len(words) == len(found.votes)


def test_a_split_is_told_with_its_numbers() -> None:
    """Whoever looks at it wants to know how close it was."""
    found = decide_votes("safety", said("met", "not-met", "met", "not-met"), rule="majority")

    assert "the panel does not agree: 2 of 4 say met, 2 say not-met" == found.reason


def test_the_reason_is_that_of_one_who_says_the_same() -> None:
    """The first judge's reason would speak against the panel where it was overruled."""
    found = decide_votes("safety", said("not-met", "met", "met"), rule="majority")

    assert "2 of 3 say met, 1 says not-met: judge-2 thinks so" == found.reason


def test_a_panel_that_says_nothing_has_no_word() -> None:
    """That is the judges' fault, and not a doubt about the answer."""
    with pytest.raises(ValueError, match="no vote on safety"):
        decide_votes("safety", said(None, None), rule="majority")


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5]), min_size=1, max_size=9), st.permutations(range(9)))
def test_the_order_of_votes_does_not_matter(scores: list[int], order: list[int]) -> None:
    """The judge that answers first must not have more to say."""
    shuffled = [scores[number] for number in order if number < len(scores)]
    rules: tuple[PanelRule, ...] = ("majority", "median", "unanimous")

    for rule in rules:
        one, other = (decide_votes("safety", said(*votes), rule=rule) for votes in (scores, shuffled))
        assert (one.score, one.verdict) == (other.score, other.verdict)
        assert sorted(map(word_of, one.votes)) == sorted(map(word_of, other.votes))
