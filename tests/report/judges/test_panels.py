"""What a summary says of a panel."""

from collections.abc import Sequence

from evalc.model.catalog import Check
from evalc.model.report import Agreement, Split
from evalc.model.result import CheckResult, CriterionResult, TrialResult, Verdict, Vote
from evalc.report.judges.agreement import agreements, hear
from tests.builders import PLACE, make_case, make_eval, make_run

CLAIM = Check(
    id="geo/capitals/peru#sure",
    name="sure",
    level="must",
    is_negated=False,
    verb="satisfy",
    arguments={"claim": "It is sure"},
    words='satisfy "It is sure"',
    is_judged=True,
    place=PLACE,
    fingerprint="f",
)
CASE = make_case("peru", repeat=4).model_copy(update={"checks": (CLAIM,)})
EVAL = make_eval([CASE])


def trials(*votes: tuple[Verdict, ...]) -> list[TrialResult]:
    """A trial for each row of votes on the claim."""
    run = make_run(EVAL, {"peru": ["passed"] * len(votes)})
    return [
        trial.model_copy(update={"checks": (_judged(cast),)}) for trial, cast in zip(run.results, votes, strict=True)
    ]


def agreement_on(found: Sequence[TrialResult]) -> tuple[Agreement, ...]:
    """How far the panel agrees that judged these trials."""
    return agreements(heard for trial in found for heard in hear(trial, CASE))


def _judged(votes: tuple[Verdict, ...]) -> CheckResult:
    cast = tuple(Vote(judge=f"j{number}", verdict=vote) for number, vote in enumerate(votes))
    word = CriterionResult(criterion="claim", verdict="met", votes=cast)
    return CheckResult(check="sure", level="must", outcome="passed", reason="", criteria=(word,))


def test_agreement_is_told_by_criterion_with_its_splits() -> None:
    """A person looks at the splits, and at the figure to know how many more there may be."""
    (found,) = agreement_on(trials(("met", "met"), ("met", "not-met"), ("not-met", "not-met"), ("met", "met")))

    assert ("claims", "claim", 4) == (found.rubric, found.criterion, found.answers)
    assert found.alpha.value is not None
    assert 0 < found.alpha.value < 1
    assert (
        Split(trial_id="model:geo/capitals/peru@2", check="sure", words="1 of 2 say met, 1 says not-met"),
    ) == found.splits


def test_a_vote_that_cannot_tell_is_no_word_but_a_split() -> None:
    """It says nothing of how the others agree, and a person should see it."""
    (found,) = agreement_on(trials(("met", "cannot-tell"), ("met", "met")))

    assert 1 == len(found.splits)
    assert None is found.alpha.value


def test_one_judge_has_nobody_to_agree_with() -> None:
    """No figure is better than one that is always perfect."""
    assert () == agreement_on(trials(()))
