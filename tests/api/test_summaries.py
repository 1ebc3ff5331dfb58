"""What runs gave, in short and in full."""

from pathlib import Path

from evalc.api.summaries import summarize_log
from evalc.base.scrub import Scrubber
from evalc.model.exchange import Response
from evalc.model.result import CheckResult, Outcome, TrialResult
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
    report, evals = summarize_log(log.folder)
    (short,) = report.evals

    assert full.model_copy(update={"cases": ()}) == short.model_copy(update={"cases": ()})
    assert 3.0 == short.cost_usd
    assert ["geo/capitals/spain", "geo/capitals/peru"] == [case.case_id for case in short.cases]
    assert ["spain", "peru"] == [case.name for case in evals[0].cases]
    assert (report, evals) == summarize_log(log.folder, evals=RUN.plan.evals)
