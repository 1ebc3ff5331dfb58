"""What a selection of cases goes by beside the specs: results and changes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evalc.api.catalogs import CatalogFolder
from evalc.history.narrow import compile_touched
from evalc.history.sides import Range, open_sides
from evalc.model.plan import FinishedBefore, Plan, Trial
from evalc.model.result import Outcome
from evalc.model.settings import Selection
from evalc.planning.selection import Known
from evalc.report.summarize import summarize
from evalc.store.read import list_runs, read_run


def find_known(selection: Selection, targets: Sequence[str], *, results: Path, specs: CatalogFolder) -> Known:
    """What is known of cases, as far as a selection asks for it.

    Raises:
        StorageError: A log cannot be read.
        HistoryError: The revision cannot be read.
        ReadProblem: The folder of specs cannot be listed.
    """
    return Known(
        last=last_outcomes(results, targets) if selection.last else {},
        changed=changed_cases(selection.changed_since, specs) if selection.changed_since else frozenset(),
    )


def last_outcomes(results: Path, targets: Sequence[str]) -> dict[str, frozenset[Outcome]]:
    """How each case ended in the newest run that asked it, one outcome for each of these targets, or of all for none.

    Raises:
        StorageError: A log cannot be read.
    """
    found: dict[tuple[str, str], Outcome] = {}
    for folder in reversed(list_runs(results)):
        run, _ = read_run(folder)
        for eval_ in summarize([run]).evals:
            if targets and eval_.target.name not in targets:
                continue
            for case in eval_.cases:
                found.setdefault((case.case_id, eval_.target.name), case.outcome)
    by_case: dict[str, set[Outcome]] = {}
    for (case_id, _), outcome in found.items():
        by_case.setdefault(case_id, set()).add(outcome)
    return {case_id: frozenset(outcomes) for case_id, outcomes in by_case.items()}


def changed_cases(revision: str, specs: CatalogFolder) -> frozenset[str]:
    """The cases that are new since a revision or mean something else, so that earlier results do not stand for them.

    Raises:
        HistoryError: The revision cannot be read.
        ReadProblem: The folder cannot be listed.
    """
    with open_sides(Range(revision, None), specs.root) as (base, head):
        before, after = compile_touched(base, head, prefix=specs.prefix)
    known = {case.id: case.fingerprint for eval_ in before.catalog.evals for case in eval_.cases}
    now = {case.id: case.fingerprint for eval_ in after.catalog.evals for case in eval_.cases}
    return frozenset(id for id, fingerprint in now.items() if known.get(id) != fingerprint)


def find_finished(plan: Plan, results: Path) -> FinishedBefore:
    """How many trials of a plan need not be asked: earlier runs have verdicts on the same case, target and judge.

    Raises:
        StorageError: A log cannot be read.
    """
    wanted = Counter(_identities(plan, plan.trials))
    planned, newest = wanted.total(), ""
    for folder in reversed(list_runs(results)):
        run, _ = read_run(folder)
        decided = [result.trial for result in run.results if result.outcome in ("passed", "failed")]
        for identity in _identities(run.plan, decided):
            if wanted[identity] > 0:
                wanted[identity] -= 1
                newest = newest or run.run_id
    return FinishedBefore(trials=planned - wanted.total(), run_id=newest)


def _identities(plan: Plan, trials: Iterable[Trial]) -> Iterator[tuple[str, ...]]:
    """What makes a trial the same question as another one: case, target and judge as they were."""
    cases = {case.id: case.fingerprint for eval_ in plan.evals for case in eval_.cases}
    targets = {card.name: card.fingerprint for card in plan.targets}
    judge = plan.judge.fingerprint if plan.judge else ""
    for trial in trials:
        yield trial.case_id, cases[trial.case_id], trial.target, targets[trial.target], judge
