"""The cases of an eval in a list: what each asks and expects, in short, and how it ended at each target."""

from dataclasses import dataclass

from evalc.model.catalog import Case, Eval
from evalc.model.report import CaseReport
from evalc.pages._address import case_anchor, case_path, eval_path, row_of, short_name
from evalc.pages._excerpt import Excerpt, cut_words
from evalc.pages._results import Results, TargetResults, differs, falls_short
from evalc.pages._scoring import score_case, type_labels
from evalc.pages._words import say

_INPUT_SHOWN, _EXPECT_SHOWN = 230, 300


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case ended at one target; `report` is None where the case was not asked."""

    target: TargetResults
    report: CaseReport | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. `path` leads to its page from its eval's; `row` is its name in a table of cases, or empty."""

    number: str
    anchor: str
    path: str
    case: Case
    name: str
    row: str
    types: tuple[str, ...]
    asked: str
    input: Excerpt
    expect: Excerpt
    endings: tuple[Ending, ...]
    falls_short: bool
    differs: bool


def list_cases(eval_: Eval, results: Results) -> tuple[CaseRow, ...]:
    """All cases of an eval in its order, numbered from 01."""
    return tuple(list_case(eval_, at, results=results) for at in range(len(eval_.cases)))


def list_case(eval_: Eval, at: int, *, results: Results) -> CaseRow:
    """The case at this place of an eval, from 0."""
    case = eval_.cases[at]
    asked = f"\n\n{say('case.then')} ".join(turn.text for turn in case.turns if turn.role == "user")
    return CaseRow(
        number=number_of(eval_, at),
        anchor=case_anchor(case),
        path=case_path(case.id).removeprefix(eval_path(eval_.id)),
        case=case,
        name=short_name(case),
        row=row_of(case),
        types=type_labels(score_case(case, eval_)),
        asked=asked,
        input=cut_words(asked, _INPUT_SHOWN),
        expect=cut_words(case.expect, _EXPECT_SHOWN),
        endings=tuple(Ending(target, target.by_case.get(case.id), target.is_stale(case)) for target in results.targets),
        falls_short=falls_short(case, results),
        differs=differs(case, results),
    )


def number_of(eval_: Eval, at: int) -> str:
    """A case's number as lists show it: `01`, or with as many digits as its eval needs."""
    return f"{at + 1:0{max(2, len(str(len(eval_.cases))))}}"
