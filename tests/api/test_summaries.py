"""What runs gave, in short and in full."""

from pathlib import Path

from evalc.api.summaries import SHOWN_AT_MOST, summarize_log
from evalc.base.scrub import Scrubber
from evalc.cli.runs.summary import render_summary
from evalc.model.exchange import Response
from evalc.model.result import CheckResult, Fault, Outcome, TrialResult
from evalc.report.summarize import summarize
from evalc.store.log import LogContext
from evalc.store.open import create_log
from evalc.store.read import read_run
from tests.builders import make_case, make_eval, make_run

CASES = [make_case(name, severity="critical" if name == "peru" else "low") for name in ("france", "spain", "peru")]
RUN = make_run(make_eval(CASES), {"france": ["passed", "passed"], "spain": ["passed"], "peru": ["failed", None]})


def with_words(result: TrialResult, *, advice: Outcome) -> TrialResult:
    """A result with a priced answer and a check that decides nothing."""
    check = CheckResult(check="short", level="should", outcome=advice, reason="it is")
    response = Response(text="It is Paris.", cost_usd=0.25)
    return result.model_copy(
        update={"responses": (response,), "checks": (check,), "judge_cost_usd": 0.5, "attempts": 2}
    )


def test_a_summary_in_short_decides_as_one_in_full(tmp_path: Path) -> None:
    """It is what the exit code of a run is taken from, and it never has all results in memory."""
    with create_log(tmp_path, RUN.plan, context=LogContext(Scrubber({}))) as log:
        for result in RUN.results:
            log.write(with_words(result, advice="failed" if result.trial.case_id.endswith("spain") else "passed"))
        log.finish("interrupted")
    (full,) = summarize([read_run(log.folder)[0]]).evals
    report, evals, _ = summarize_log(log.folder)
    (short,) = report.evals

    assert full.model_copy(update={"cases": ()}) == short.model_copy(update={"cases": ()})
    assert 3.0 == short.cost_usd
    assert ["geo/capitals/spain", "geo/capitals/peru"] == [case.case_id for case in short.cases]
    assert ["spain", "peru"] == [case.name for case in evals[0].cases]


def test_a_summary_shows_no_more_failures_than_anybody_reads(tmp_path: Path) -> None:
    """All of them count, critical ones are all there, and of the others it says how many more there are."""
    names = [f"c{number}" for number in range(SHOWN_AT_MOST + 20)]
    cases = [make_case(name, severity="critical" if name in names[-2:] else "low") for name in names]
    run = make_run(make_eval(cases), {name: ["failed"] for name in names})
    with create_log(tmp_path, run.plan, context=LogContext(Scrubber({}))) as log:
        for result in run.results:
            log.write(result)
        log.finish("complete")
    (full,) = summarize([read_run(log.folder)[0]]).evals
    report, evals, _ = summarize_log(log.folder)
    (short,) = report.evals
    lines = render_summary(report, evals, colour=False).splitlines()

    assert full.model_copy(update={"cases": ()}) == short.model_copy(update={"cases": ()})
    assert SHOWN_AT_MOST + 2 == len(short.cases) == len(evals[0].cases)
    assert f"  ... and 18 more cases that did not pass: evalc export {log.run_id} --format csv" in lines


def test_cases_that_were_never_asked_are_counted_by_their_reason(tmp_path: Path) -> None:
    """Where a budget ends early there are many, and each line about one would say the same."""
    names = [f"c{number}" for number in range(SHOWN_AT_MOST + 20)]
    run = make_run(make_eval([make_case(name) for name in names]), {name: ["skipped"] for name in names})
    spent = Fault(kind="spent", message="the budget of $1 is spent")
    with create_log(tmp_path, run.plan, context=LogContext(Scrubber({}))) as log:
        for result in run.results:
            log.write(result.model_copy(update={"fault": spent, "attempts": 0}))
        log.finish("complete")
    report, evals, _ = summarize_log(log.folder)

    assert f"  - skipped {len(names)} cases" in render_summary(report, evals, colour=False).splitlines()
