"""What a gate makes of a whole run; how its words read is in the text cases."""

from collections.abc import Mapping

import pytest

from evalc.model.catalog import Case
from evalc.model.plan import Canary, CanaryKind
from evalc.model.report import GateVerdict
from evalc.model.result import CanaryResult, CheckResult, Outcome, RunResult, TrialResult
from evalc.model.settings import GateSettings, Thresholds
from evalc.model.verdicts.comparison import CaseScore
from evalc.model.verdicts.gate import Baseline, GateReport
from evalc.report.gating.run import gate_run
from tests.builders import make_case, make_check, make_eval, make_run, outcomes_of, shares


def judged_run(marks: Mapping[str, str], failed: Mapping[str, str], canaries: Mapping[CanaryKind, bool]) -> RunResult:
    """A run of cases with a plain check `code` and a judged one `judge`.

    Args:
        failed: The check that a failed case failed by.
        canaries: Whether the judge was wrong about each.
    """
    checks = (make_check("code"), make_check("judge", is_judged=True))
    cases = [make_case(name).model_copy(update={"checks": checks}) for name in marks]
    run = make_run(make_eval(cases, rule=shares(overall=0.9)), outcomes_of(marks))
    results = tuple(_with_checks(result, failed) for result in run.results)
    return run.model_copy(
        update={
            "results": results,
            "canaries": tuple(_canary(kind, cases[0], wrong) for kind, wrong in canaries.items()),
        }
    )


def _with_checks(result: TrialResult, failed: Mapping[str, str]) -> TrialResult:
    bad = failed.get(result.trial.case_id.rpartition("/")[2])
    checks = tuple(
        CheckResult(check=name, level="must", outcome="failed" if name == bad else "passed", reason="so")
        for name in ("code", "judge")
    )
    return result.model_copy(update={"checks": checks})


def _canary(kind: CanaryKind, case: Case, is_wrong: bool) -> CanaryResult:
    should_pass = kind == "good"
    outcome: Outcome = "passed" if should_pass != is_wrong else "failed"
    canary = Canary(
        id=f"geo/capitals/claims!{kind}",
        kind=kind,
        eval_id="geo/capitals",
        rubric="claims",
        case_id=case.id,
        check="judge",
        text="text",
        should_pass=should_pass,
    )
    check = CheckResult(check="judge", level="must", outcome=outcome, reason="so")
    return CanaryResult(canary=canary, outcome=outcome, check=check)


def gate(run: RunResult, settings: GateSettings | None = None, *, doubts: tuple[str, ...] = ()) -> GateReport:
    """The decision without baselines."""
    return gate_run(run, settings=settings or GateSettings(), baselines={}, doubts={"geo/capitals": doubts})


_GOOD = {f"c{number}": "+" for number in range(8)}


@pytest.mark.parametrize(
    ("failed", "canaries", "doubts", "expected"),
    [
        ({}, {"injected": True}, (), "inconclusive"),
        ({}, {"hollow": True}, (), "inconclusive"),
        ({}, {"good": True}, (), "passed"),
        ({}, {"injected": False, "good": False}, (), "passed"),
        ({"bad": "judge"}, {}, (), "failed"),
        ({"bad": "judge"}, {"injected": True}, (), "failed"),
        ({"bad": "judge"}, {"good": True}, (), "inconclusive"),
        ({"bad": "judge"}, {}, ("not calibrated",), "inconclusive"),
        ({"bad": "code"}, {"good": True}, ("not calibrated",), "failed"),
        ({}, {}, ("not calibrated",), "passed"),
    ],
)
def test_a_judge_that_cannot_be_trusted_decides_nothing_that_it_may_be_wrong_about(
    failed: Mapping[str, str], canaries: Mapping[CanaryKind, bool], doubts: tuple[str, ...], expected: GateVerdict
) -> None:
    """One that passes what is bad cannot pass a run, one that fails what is good cannot fail it; code can both."""
    marks = {**_GOOD, **{name: "-" for name in failed}}

    assert expected == gate(judged_run(marks, failed, canaries), doubts=doubts).verdict


def test_a_workspace_may_let_an_uncalibrated_judge_decide() -> None:
    """Who has no labelled answers yet may still want to be stopped."""
    run = judged_run({**_GOOD, "bad": "-"}, {"bad": "judge"}, {})

    found = gate(run, GateSettings(uncalibrated="binding"), doubts=("not calibrated",)).evals[0]

    assert ("failed", False, ("not calibrated",)) == (found.gate.verdict, found.is_advisory, found.doubts)


def test_no_threshold_lets_a_critical_case_fail() -> None:
    """A policy that could would make `critical` a word."""
    cases = [make_case("c", severity="critical"), make_case("h")]
    run = make_run(make_eval(cases), outcomes_of({"c": "-", "h": "+"}))
    loose = GateSettings(thresholds={"*": Thresholds(overall=0.0, critical=0.0)})

    assert "failed" == gate(run, loose).verdict


def test_the_last_threshold_that_fits_counts() -> None:
    """A workspace demands something of all, and something else of one."""
    run = make_run(make_eval([make_case("a"), make_case("b")]), outcomes_of({"a": "+", "b": "-"}))
    thresholds = {"*": Thresholds(overall=0.9), "geo": Thresholds(overall=0.5), "sea/*": Thresholds(overall=1.0)}

    found = gate(run, GateSettings(thresholds=thresholds)).evals[0]

    assert "passed" == found.gate.verdict
    assert [("loosened", "overall = 100%", "overall >= 50%")] == [
        (change.direction, change.before, change.after) for change in found.adjustments
    ]


def test_a_run_that_asked_nothing_passes_nothing() -> None:
    """An empty selection in CI must not be green."""
    run = make_run(make_eval([make_case("a")]), {})

    report = gate(run)

    assert "inconclusive" == report.verdict
    assert "nothing was planned, so that nothing is decided" in report.notes


def test_several_targets_share_the_chance_of_a_false_alarm() -> None:
    """Ten equal targets that each may fail one run in twenty would fail nearly half of all runs."""
    cases = [make_case(f"c{number}") for number in range(20)]
    run = make_run(
        make_eval(cases, rule=shares(overall=0.1)),
        outcomes_of({case.name: "-" if int(case.name[1:]) < 5 else "+" for case in cases}),
    )
    plan = run.plan
    other = plan.targets[0].model_copy(update={"name": "other"})
    both = run.model_copy(update={"plan": plan.model_copy(update={"targets": (*plan.targets, other)})})
    accepted = tuple(
        CaseScore(case_id=case.id, fingerprint=case.fingerprint, outcome="passed", repeats=("passed",))
        for case in cases
    )
    baselines = {name: Baseline(name=name, scores=accepted) for name in ("model", "other")}

    alone, shared = (
        gate_run(found, settings=GateSettings(), baselines=baselines, doubts={}).baselines[0] for found in (run, both)
    )

    assert ("failed", "passed") == (alone.verdict, shared.verdict)
    assert alone.p_value == shared.p_value
