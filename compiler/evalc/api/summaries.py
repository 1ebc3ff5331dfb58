"""What a run gave in short, read from its log one eval at a time."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from evalc.model.catalog import Eval
from evalc.model.exchange import Response
from evalc.model.plan import Trial
from evalc.model.report import CaseReport, EvalReport, Report
from evalc.model.result import CheckResult, PersonVerdict, RunResult, TrialResult
from evalc.report.summarize import summarize
from evalc.store.index import LogIndex, index_log
from evalc.store.people import read_people
from evalc.store.read import read_evals, read_results

_NO_FIGURES = Response(text="")


class Summary(NamedTuple):
    """What a run says in short: a report without the cases that passed, and the evals with the cases that are in it."""

    report: Report
    evals: tuple[Eval, ...]


def summarize_log(folder: Path, *, evals: Iterable[Eval] | None = None) -> Summary:
    """What the run in a folder says, for somebody who looks for what went wrong.

    It takes memory for one eval at a time and for what is in the answer, however long the log is.

    Args:
        evals: Those of the plan with all their cases, where they are at hand; they are read from the log otherwise.

    Raises:
        StorageError: The log cannot be read.
    """
    index = index_log(folder)
    trials: dict[str, list[str]] = {}
    for id in index.results:
        trials.setdefault(index.cases[Trial.from_id(id).case_id].eval_id, []).append(id)
    people = read_people(folder)
    reports: list[EvalReport] = []
    shown: list[Eval] = []
    for eval_ in read_evals(index) if evals is None else evals:
        found = _summarize_eval(index, eval_, trials=trials[eval_.id], people=people)
        reports += found
        open_cases = {case.case_id for report in found for case in report.cases}
        shown.append(eval_.model_copy(update={"cases": tuple(case for case in eval_.cases if case.id in open_cases)}))
    return Summary(Report(evals=tuple(reports)), tuple(shown))


def _summarize_eval(
    index: LogIndex, eval_: Eval, *, trials: Sequence[str], people: tuple[PersonVerdict, ...]
) -> list[EvalReport]:
    chosen = tuple(Trial.from_id(id) for id in trials)
    run = RunResult(
        run_id=index.head.run_id,
        started_at=index.head.started_at,
        finished_at=index.finished_at,
        plan=index.head.plan.model_copy(update={"evals": (eval_,), "trials": chosen}),
        results=tuple(_in_short(result) for result in read_results(index, trials)),
        canaries=tuple(index.canaries.values()),
        people=people,
    )
    reports = summarize([run]).evals
    return [report.model_copy(update={"cases": tuple(filter(_is_open, report.cases))}) for report in reports]


def _in_short(result: TrialResult) -> TrialResult:
    """A result with the figures of its answers alone, and no checks where all passed and none was put to a vote."""
    responses = tuple(map(_figures, result.responses))
    checks = result.checks if any(_did_not_pass(check) or _was_voted_on(check) for check in result.checks) else ()
    return result.model_copy(update={"responses": responses, "checks": checks})


def _figures(response: Response) -> Response:
    """What an answer cost and took, without the answer."""
    if response.cost_usd is None and not response.latency_s:
        return _NO_FIGURES
    return Response(
        text="", cost_usd=response.cost_usd, latency_s=response.latency_s, first_token_s=response.first_token_s
    )


def _is_open(case: CaseReport) -> bool:
    is_doubted = any(_did_not_pass(check) for trial in case.trials for check in trial.checks)
    return case.outcome != "passed" or is_doubted or bool(case.people)


def _did_not_pass(check: CheckResult) -> bool:
    return check.outcome != "passed"


def _was_voted_on(check: CheckResult) -> bool:
    return any(word.votes for word in check.criteria)
