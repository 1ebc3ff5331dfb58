"""Answers of an earlier run, judged again."""

import os
from collections.abc import Iterable
from pathlib import Path

from evalc.api.asking.replanning import Rejudging, plan_rejudging
from evalc.api.results import NoSuchRun, find_run
from evalc.base.scrub import Scrubber
from evalc.model.catalog import Eval
from evalc.model.plan import Plan
from evalc.model.settings import Policy
from evalc.planning.bind import open_targets
from evalc.planning.panels import Judge
from evalc.store.answers.stored import open_stored
from evalc.store.errors import CannotRead
from evalc.store.index import index_log
from evalc.store.read import read_plan, read_results
from evalc.targets.contract import OpenTargets


class StoredRun:
    """A run whose answers can be judged again."""

    def __init__(self, folder: Path) -> None:
        self.index = index_log(folder)
        self.run_id = self.index.head.run_id
        self.plan = read_plan(self.index, self.index.results)

    def plan_again(self, evals: Iterable[Eval] | None, *, judge: Judge | None) -> Rejudging:
        """What can be judged again, with the checks of these evals, or else with those that the run had.

        Trials without an answer are left out: there is nothing to judge.
        """
        answered = [result.trial for result in read_results(self.index) if result.responses and not result.fault]
        now = self.plan.evals if evals is None else tuple(evals)
        return plan_rejudging(self.plan, now, run_id=self.run_id, answered=answered, judge=judge)


def open_asked(plan: Plan, policy: Policy, *, results: Path) -> tuple[OpenTargets, Scrubber]:
    """Everybody whom a plan asks; in the place of targets, where answers are judged again, the run that has them.

    Raises:
        TargetError: One of them cannot be asked.
        StorageError: The run with the answers is not among the results.
    """
    if not plan.rejudges:
        return open_targets(plan, policy, secret=os.environ.get)
    judges, scrubber = open_targets(plan.model_copy(update={"targets": ()}), policy, secret=os.environ.get)
    try:
        folder = find_run(plan.rejudges, results)
    except NoSuchRun:
        raise CannotRead(results / plan.rejudges, "the run whose answers are judged again is not there") from None
    return open_stored(plan.targets, index_log(folder), judges=judges), scrubber
