"""From the votes of several judges, or of one that was asked several times, to one word on a criterion."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from evalc.model.plan import PanelRule
from evalc.model.result import CriterionResult, Vote


def word_of(vote: Vote) -> str:
    """What a vote says, as text: a score, `met`, `not-met`, `cannot-tell`, or nothing where it has no word."""
    return f"{vote.score:g}" if vote.score is not None else vote.verdict or ""


def decide_votes(criterion: str, votes: Sequence[Vote], *, rule: PanelRule) -> CriterionResult:
    """What a panel says of a criterion; `cannot-tell` where its rule finds no word.

    A majority is more than half of all votes, those without a word included. The median of an even number of scores is
    the mean of the two in the middle; on a met scale it is the majority, and it too needs more than half of the votes.
    Evidence and reason are those of the first vote that says what the panel does, or comes nearest to it.

    Raises:
        ValueError: No vote has a word.
    """
    heard = [vote for vote in votes if word_of(vote)]
    if not heard:
        raise ValueError(f"no vote on {criterion}")
    scores = [vote.score for vote in heard if vote.score is not None]
    if rule == "median" and len(scores) * 2 > len(votes):
        return _at(criterion, votes, median(scores))
    word, count = Counter(map(word_of, heard)).most_common(1)[0]
    needed = len(votes) if rule == "unanimous" else len(votes) // 2 + 1
    if count < needed or word == "cannot-tell":
        return CriterionResult(
            criterion=criterion,
            verdict="cannot-tell",
            reason=f"the panel does not agree: {tally(votes)}",
            votes=tuple(votes),
        )
    chosen = next(vote for vote in heard if word_of(vote) == word)
    return _as_said(criterion, votes, chosen).model_copy(update={"score": chosen.score, "verdict": chosen.verdict})


def tally(votes: Sequence[Vote]) -> str:
    """How many votes said what, such as `2 of 3 say met, 1 says not-met`."""
    counts = Counter(word_of(vote) or "nothing" for vote in votes).most_common()
    (word, count), rest = counts[0], counts[1:]
    others = (f"{number} {'says' if number == 1 else 'say'} {other}" for other, number in rest)
    return ", ".join([f"{count} of {len(votes)} say {word}", *others])


def _at(criterion: str, votes: Sequence[Vote], score: float) -> CriterionResult:
    nearest = min((vote for vote in votes if vote.score is not None), key=lambda vote: abs((vote.score or 0.0) - score))
    return _as_said(criterion, votes, nearest).model_copy(update={"score": float(score)})


def _as_said(criterion: str, votes: Sequence[Vote], vote: Vote) -> CriterionResult:
    return CriterionResult(
        criterion=criterion, evidence=vote.evidence, reason=f"{tally(votes)}: {vote.reason}", votes=tuple(votes)
    )
