"""One case whole: what is asked and checked, and what each target made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Case, Check, Criterion, Eval, Rubric
from evalc.model.exchange import Response
from evalc.model.report import CaseReport
from evalc.model.result import CheckResult, CriterionResult, TrialResult
from evalc.pages._address import case_anchor, eval_path, place_address, short_name
from evalc.pages._excerpt import Excerpt, cut_lines, cut_words
from evalc.pages._results import Results, TargetResults, differs, falls_short
from evalc.pages._scoring import repeat_rule, rubric_of, score_case, type_labels
from evalc.pages._words import say
from evalc.pages.contract import Copy, Library

_INPUT_SHOWN, _EXPECT_SHOWN = 230, 300


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A judge's word on one criterion; `mark` is the score with its scale, or met, not met, cannot tell."""

    title: str
    mark: str
    result: CriterionResult


@dataclass(frozen=True, slots=True)
class FindingView:
    """What one check said of one answer; `check` is None where the spec has no such check any more."""

    check: Check | None
    result: CheckResult
    criteria: tuple[CriterionView, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer: the user turn before it, counted from 1, its text, and the file with all of it where it was cut."""

    turn: int
    response: Response
    excerpt: Excerpt
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


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case with everything that its page part shows; `row` is its name in a table of cases, or empty."""

    number: str
    anchor: str
    case: Case
    name: str
    row: str
    types: tuple[str, ...]
    repeat_rule: str
    asked: str
    input: Excerpt
    expect: Excerpt
    source_address: str
    is_answered: tuple[bool, ...]
    outcomes: tuple[OutcomeView, ...]
    falls_short: bool
    differs: bool


def view_cases(library: Library, eval_: Eval, *, results: Results) -> tuple[CaseView, ...]:
    """All cases of an eval in its order, numbered from 01."""
    width = max(2, len(str(len(eval_.cases))))
    return tuple(
        _view_case(library, eval_, case, number=f"{number:0{width}}", results=results)
        for number, case in enumerate(eval_.cases, 1)
    )


def long_answers(eval_: Eval, results: Results) -> Iterator[Copy]:
    """The whole of each answer that the page shows only the beginning of."""
    for case in eval_.cases:
        for target in results.targets:
            found = target.by_case.get(case.id)
            for trial in found.trials if found else ():
                for at, response in enumerate(trial.responses):
                    if cut_lines(response.text).is_cut:
                        # A lone surrogate has no UTF-8; what reads these files is no place to guess at it.
                        text = response.text.encode("utf-8", "replace").decode()
                        yield Copy(eval_path(eval_.id) + _answer_file(case, target, trial, at), text)


def asked_turns(case: Case) -> tuple[int, ...]:
    """The turns that the target answers: user turns that no assistant turn follows."""
    roles = [turn.role for turn in case.turns]
    return tuple(
        at for at, role in enumerate(roles) if role == "user" and (at + 1 == len(roles) or roles[at + 1] != "assistant")
    )


def _view_case(library: Library, eval_: Eval, case: Case, *, number: str, results: Results) -> CaseView:
    asked = _asked_text(case)
    answered = set(asked_turns(case))
    return CaseView(
        number=number,
        anchor=case_anchor(case),
        case=case,
        name=short_name(case),
        row=case.id.removeprefix(case.cluster).strip("/"),
        types=type_labels(score_case(case, eval_)),
        repeat_rule=repeat_rule(case),
        asked=asked,
        input=cut_words(asked, _INPUT_SHOWN),
        expect=cut_words(case.expect, _EXPECT_SHOWN),
        source_address=place_address(library.repository, case.place),
        is_answered=tuple(at in answered for at in range(len(case.turns))),
        outcomes=tuple(
            _view_outcome(eval_, case, target, target.by_case[case.id])
            for target in results.targets
            if case.id in target.by_case
        ),
        falls_short=falls_short(case, results),
        differs=differs(case, results),
    )


def _asked_text(case: Case) -> str:
    users = [turn.text for turn in case.turns if turn.role == "user"]
    return f"\n\n{say('case.then')} ".join(users)


def _view_outcome(eval_: Eval, case: Case, target: TargetResults, report: CaseReport) -> OutcomeView:
    checks = {("", check.name): check for check in case.checks}
    checks |= {(reply.name, check.name): check for reply in case.replies for check in reply.checks}
    trials = tuple(
        TrialView(
            result=trial,
            answers=tuple(_view_answers(case, target, trial)),
            findings=tuple(_view_finding(eval_, checks, result) for result in trial.checks),
        )
        for trial in report.trials
    )
    return OutcomeView(target, report, target.is_stale(case), trials)


def _view_answers(case: Case, target: TargetResults, trial: TrialResult) -> Iterator[AnswerView]:
    for at, response in enumerate(trial.responses):
        excerpt = cut_lines(response.text)
        file = _answer_file(case, target, trial, at) if excerpt.is_cut else ""
        yield AnswerView(at + 1, response, excerpt, file)


def _answer_file(case: Case, target: TargetResults, trial: TrialResult, at: int) -> str:
    # The target's place in the report, not its name: a name may hold what no path should.
    return f"answers/{case_anchor(case)}.{target.number}.{trial.trial.repeat}.{at + 1}.txt"


def _view_finding(eval_: Eval, checks: Mapping[tuple[str, str], Check], result: CheckResult) -> FindingView:
    check = checks.get((result.reply, result.check))
    rubric = rubric_of(check, eval_) if check else None
    criteria = rubric.criteria if rubric else ()
    views = tuple(_view_criterion(result, criteria, rubric) for result in result.criteria)
    return FindingView(check, result, views)


def _view_criterion(result: CriterionResult, criteria: Sequence[Criterion], rubric: Rubric | None) -> CriterionView:
    titles = {criterion.name: criterion.title for criterion in criteria}
    title = titles.get(result.criterion) or (result.criterion if rubric else say("case.claim"))
    if result.score is None:
        return CriterionView(title, say(f"verdict.{result.verdict or 'cannot-tell'}"), result)
    low, high = (rubric.scale.low, rubric.scale.high) if rubric else (None, None)
    key = "case.score" if rubric else "case.score_alone"
    return CriterionView(title, say(key, score=f"{result.score:g}", low=low, high=high), result)
