"""Which results a person should look at."""

from collections.abc import Sequence

import pytest

from evalc.model.catalog import Case, Check, Severity
from evalc.model.exchange import Response
from evalc.model.result import CheckResult, CriterionResult, Outcome, RunResult, TrialResult, Vote
from evalc.report.judges.flagged import flagged_in
from tests.builders import PLACE, make_case, make_eval, make_run


def check(name: str, *, is_judged: bool) -> Check:
    """A check of `geo/capitals/peru`."""
    return Check(
        id=f"geo/capitals/peru#{name}",
        name=name,
        level="must",
        is_negated=False,
        verb="satisfy" if is_judged else "contain",
        arguments={"claim": "x"} if is_judged else {"texts": ["x"]},
        words="",
        is_judged=is_judged,
        place=PLACE,
        fingerprint="f",
    )


CODE, JUDGED = check("code", is_judged=True).model_copy(update={"is_judged": False}), check("judged", is_judged=True)


def run_of(*repeats: tuple[Outcome, Outcome], severity: Severity = "low", votes: Sequence[Vote] = ()) -> RunResult:
    """A run of one case with a check by code and a judged one, and their outcomes in each repeat."""
    case: Case = make_case("peru", severity=severity, repeat=len(repeats)).model_copy(update={"checks": (CODE, JUDGED)})
    run = make_run(make_eval([case]), {"peru": ["passed"] * len(repeats)})
    results = [_trial(trial, pair, votes) for trial, pair in zip(run.results, repeats, strict=True)]
    return run.model_copy(update={"results": tuple(results)})


def _trial(trial: TrialResult, pair: tuple[Outcome, Outcome], votes: Sequence[Vote]) -> TrialResult:
    criteria = (CriterionResult(criterion="claim", verdict="met", votes=tuple(votes)),) if votes else ()
    checks = (
        CheckResult(check="code", level="must", outcome=pair[0], reason=""),
        CheckResult(check="judged", level="must", outcome=pair[1], reason="", criteria=criteria),
    )
    return trial.model_copy(update={"checks": checks, "responses": (Response(text="Lima"),)})


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (run_of(("passed", "passed")), []),
        (run_of(("failed", "failed")), []),
        (run_of(("failed", "failed"), severity="critical"), ["failed in a critical case"] * 2),
        (run_of(("passed", "unscored")), ["the judge gave no word"]),
        (run_of(("passed", "failed")), ["failed, and every check by code passed"]),
        (run_of(("failed", "passed")), ["passed, and every check by code failed"]),
        (run_of(("errored", "passed")), []),
        (run_of(("passed", "passed"), ("passed", "passed")), []),
        (
            run_of(("passed", "passed"), ("failed", "failed")),
            ["passes in some of 2 repeats", "passes in some of 2 repeats"],
        ),
        (
            run_of(("passed", "passed"), votes=[Vote(judge="a", verdict="met"), Vote(judge="b", verdict="not-met")]),
            ["the panel is split on claim: 1 of 2 say met, 1 says not-met"],
        ),
        (run_of(("passed", "passed"), votes=[Vote(judge="a", verdict="met"), Vote(judge="b", verdict="met")]), []),
    ],
)
def test_what_is_flagged(run: RunResult, expected: list[str]) -> None:
    """A list that is too long is not read, and one that is too short hides what matters."""
    assert expected == [flag for one in flagged_in(run) for flag in one.flags]
