"""The labels that people gave: in a CSV file, and in the review of runs."""

import csv
import io
from collections.abc import Iterable, Iterator

from evalc.base.suggest import closest
from evalc.checks._answered import answered_last, asked_before, last_turn
from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Catalog, Check, Eval, awaited_turns
from evalc.model.exchange import Response
from evalc.model.result import PersonVerdict, RunResult
from evalc.planning.labels.labelled import WHOLE, Labelled, words_for

NEEDED = ("case", "answer", "label")
OPTIONAL = ("check", "criterion", "by")


class UnfitLabels(Exception):
    """A file of labels says something that cannot be used; the message names the place and what would fit."""


def read_labels(text: str, catalog: Catalog, *, name: str) -> Iterator[Labelled]:
    """The labels of a CSV file with the columns `case`, `answer`, `label` and, if wanted, `check`, `criterion`, `by`.

    Raises:
        UnfitLabels: A column or a cell does not fit.
    """
    cases = {case.id: (eval_, case) for eval_ in catalog.evals for case in eval_.cases}
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [column.strip() for column in reader.fieldnames or ()]
    reader.fieldnames = columns
    strange = [column for column in columns if column not in (*NEEDED, *OPTIONAL)]
    missing = [column for column in NEEDED if column not in columns]
    if strange or missing:
        what = f"has a column `{strange[0]}`" if strange else f"has no column `{missing[0]}`"
        raise UnfitLabels(f"{name}: it {what}; {', '.join(NEEDED)} are needed, {', '.join(OPTIONAL)} may be there")
    for row in reader:
        place = f"{name}:{reader.line_num}"
        cells = {column: (row.get(column) or "").strip() for column in (*NEEDED, *OPTIONAL)}
        if cells["case"] not in cases:
            near = closest(cells["case"], cases)
            raise UnfitLabels(f"{place}: no case has the id `{cells['case']}`{_meant(near)}")
        eval_, case = cases[cells["case"]]
        check = _check(case, cells["check"], place=place)
        label = _label(eval_, check, cells=cells, place=place)
        answered = answered_last(case, Response(text=row["answer"] or ""))
        yield Labelled(eval_, check, answered, {cells["criterion"]: label}, cells["by"] or place)


def label_verdicts(runs: Iterable[RunResult], catalog: Catalog) -> Iterator[Labelled]:
    """What people said in reviews, of checks that the specs still have as they were in the run."""
    cases = {case.id: (eval_, case) for eval_ in catalog.evals for case in eval_.cases}
    for run in runs:
        results = {result.trial.id: result for result in run.results}
        planned = {case.id: case for eval_ in run.plan.evals for case in eval_.cases}
        for verdict in run.people:
            result = results.get(verdict.trial_id)
            found = cases.get(result.trial.case_id) if result else None
            if result and found and planned[found[1].id].turns == found[1].turns:
                yield from _of_verdict(verdict, found[0], found[1], responses=result.responses)


def _of_verdict(
    verdict: PersonVerdict, eval_: Eval, case: Case, *, responses: tuple[Response, ...]
) -> Iterator[Labelled]:
    turns = {reply.name: (reply.turn, reply.checks) for reply in case.replies} | {"": (last_turn(case), case.checks)}
    turn, checks = turns.get(verdict.reply, (-1, ()))
    check = next((check for check in checks if check.name == verdict.check and check.is_judged), None)
    if check is None or verdict.verdict not in words_for(eval_, check, criterion=verdict.criterion):
        return
    at = list(awaited_turns(case.turns)).index(turn)
    asked = asked_before(case, turn, answers=[response.text for response in responses[:at]])
    yield Labelled(eval_, check, Answered(case, asked, responses[at]), {verdict.criterion: verdict.verdict}, verdict.by)


def _check(case: Case, name: str, *, place: str) -> Check:
    judged = {check.name: check for check in case.checks if check.is_judged}
    if not name and len(judged) == 1:
        return next(iter(judged.values()))
    if name not in judged:
        known = f"its judged checks are {', '.join(f'`{found}`' for found in judged)}" if judged else "none is judged"
        said = f"has no judged check `{name}`" if name else "needs a column `check`"
        raise UnfitLabels(f"{place}: {case.id} {said}; {known}")
    return judged[name]


def _label(eval_: Eval, check: Check, *, cells: dict[str, str], place: str) -> str:
    words = words_for(eval_, check, criterion=cells["criterion"])
    if not words:
        raise UnfitLabels(f"{place}: {check.id} has no criterion `{cells['criterion']}`")
    if cells["label"] not in words:
        what = f"criterion {cells['criterion']}" if cells["criterion"] != WHOLE else "check"
        raise UnfitLabels(f"{place}: `{cells['label']}` is no label of a {what}; {', '.join(words)} fit")
    return cells["label"]


def _meant(near: str | None) -> str:
    return f"; did you mean `{near}`?" if near else ""
