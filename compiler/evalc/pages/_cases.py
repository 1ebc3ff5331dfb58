"""One case whole: what is asked and checked, and what each target made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Case, Check, Criterion, Eval, Rubric
from evalc.model.exchange import Response
from evalc.model.report import CaseReport
from evalc.model.result import CheckResult, CriterionResult, PersonVerdict, TrialResult
from evalc.pages._address import case_path
from evalc.pages._excerpt import Parts, split_text
from evalc.pages._results import Results, TargetResults
from evalc.pages._scoring import rubric_of
from evalc.pages._words import say
from evalc.pages.contract import Copy


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A judge's word on one criterion; `mark` is the score with its scale, or met, not met, cannot tell."""

    title: str
    mark: str
    result: CriterionResult


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one check said of an answer, and people of that; `check` is None where the spec has none such any more."""

    check: Check | None
    result: CheckResult
    criteria: tuple[CriterionView, ...]
    people: tuple[PersonVerdict, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer: the user turn before it, counted from 1, its text, and the file with all of it where it is long."""

    turn: int
    response: Response
    parts: Parts
    file: str


@dataclass(frozen=True, slots=True)
class TrialView:
    """One time that a case was asked."""

    result: TrialResult
    answers: tuple[AnswerView, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One case at one target."""

    target: TargetResults
    report: CaseReport
    is_stale: bool
    trials: tuple[TrialView, ...]


def view_outcomes(eval_: Eval, case: Case, *, results: Results) -> tuple[OutcomeView, ...]:
    """What each target made of a case, in order of the targets; those that were not asked are left out."""
    return tuple(
        _view_outcome(eval_, case, target, target.by_case[case.id])
        for target in results.targets
        if case.id in target.by_case
    )


def long_answers(case: Case, results: Results) -> Iterator[Copy]:
    """The whole of each answer that a case's page folds or cuts."""
    for target in results.targets:
        found = target.by_case.get(case.id)
        for trial in found.trials if found else ():
            for at, response in enumerate(trial.responses):
                if split_text(response.text).is_long:
                    # A lone surrogate has no UTF-8; what reads these files is no place to guess at it.
                    text = response.text.encode("utf-8", "replace").decode()
                    yield Copy(case_path(case.id) + _answer_file(target, trial, at), text)


def asked_turns(case: Case) -> tuple[int, ...]:
    """The turns that the target answers: user turns that no assistant turn follows."""
    roles = [turn.role for turn in case.turns]
    return tuple(
        at for at, role in enumerate(roles) if role == "user" and (at + 1 == len(roles) or roles[at + 1] != "assistant")
    )


def _view_outcome(eval_: Eval, case: Case, target: TargetResults, report: CaseReport) -> OutcomeView:
    checks = {("", check.name): check for check in case.checks}
    checks |= {(reply.name, check.name): check for reply in case.replies for check in reply.checks}
    trials = tuple(
        TrialView(
            result=trial,
            answers=tuple(_view_answers(target, trial)),
            findings=tuple(
                _view_finding(eval_, checks, result, people=_people(report, trial, result)) for result in trial.checks
            ),
        )
        for trial in report.trials
    )
    return OutcomeView(target, report, target.is_stale(case), trials)


def _view_answers(target: TargetResults, trial: TrialResult) -> Iterator[AnswerView]:
    for at, response in enumerate(trial.responses):
        parts = split_text(response.text)
        yield AnswerView(at + 1, response, parts, _answer_file(target, trial, at) if parts.is_long else "")


def _answer_file(target: TargetResults, trial: TrialResult, at: int) -> str:
    # The target's place in the report, not its name: a name may hold what no path should.
    return f"answer.{target.number}.{trial.trial.repeat}.{at + 1}.txt"


def _people(report: CaseReport, trial: TrialResult, result: CheckResult) -> tuple[PersonVerdict, ...]:
    about = trial.trial.id, result.reply, result.check
    return tuple(said for said in report.people if (said.trial_id, said.reply, said.check) == about)


def _view_finding(
    eval_: Eval, checks: Mapping[tuple[str, str], Check], result: CheckResult, *, people: tuple[PersonVerdict, ...]
) -> FindingView:
    check = checks.get((result.reply, result.check))
    rubric = rubric_of(check, eval_) if check else None
    criteria = rubric.criteria if rubric else ()
    views = tuple(_view_criterion(result, criteria, rubric) for result in result.criteria)
    return FindingView(check, result, views, people)


def _view_criterion(result: CriterionResult, criteria: Sequence[Criterion], rubric: Rubric | None) -> CriterionView:
    titles = {criterion.name: criterion.title for criterion in criteria}
    title = titles.get(result.criterion) or (result.criterion if rubric else say("case.claim"))
    if result.score is None:
        return CriterionView(title, say(f"verdict.{result.verdict or 'cannot-tell'}"), result)
    low, high = (rubric.scale.low, rubric.scale.high) if rubric else (None, None)
    key = "case.score" if rubric else "case.score_alone"
    return CriterionView(title, say(key, score=f"{result.score:g}", low=low, high=high), result)
