"""What `evalc run` and compiled runners share: options, the run itself, its summary and exit code."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evalc.cli import exit
from evalc.cli.runs.ending import exit_code, print_ending, print_summary
from evalc.cli.runs.options import (
    add_asked,
    add_cache,
    add_caps,
    add_selection,
    add_watching,
    caps_of,
    given_selection,
)
from evalc.cli.runs.planned import Planned, read_plan_file, read_policy_of
from evalc.model.settings import Policy

if TYPE_CHECKING:
    from evalc.cli.watching.reporting import Reports
    from evalc.model.event import Event
    from evalc.model.plan import Plan
    from evalc.model.result import Outcome
    from evalc.run.context import RunContext
    from evalc.run.work import Work
    from evalc.store.answers.cache import AnswerCache
    from evalc.store.log import Log
    from evalc.store.open import HeldLog
    from evalc.targets.contract import OpenTargets


def add_run_options(parser: ArgumentParser) -> None:
    """Add what a run can be told."""
    add_selection(parser)
    add_asked(parser)
    add_caps(parser)
    add_cache(parser)
    add_watching(parser)
    parser.add_argument(
        "--record", action="store_true", help="keep all answers beside the log, for targets of type replay"
    )


def run_new(make: Callable[[], Planned | None], arguments: Namespace) -> int:
    """The exit code of a new run of what `make` plans; where that is None, it said why.

    The plan is in the log before anything is asked and read from there. So neither it nor a catalog that `make` knows
    alone takes memory during a run.
    """

    def run() -> int:
        begun = _begin(make(), arguments)
        return _go_on(begun, arguments) if begun else exit.WRONG_SPEC_OR_COMMAND

    return run_guarded(run)


def run_planned(arguments: Namespace) -> int:
    """The exit code of a run of a plan from a file, just as it is."""
    if names := given_selection(arguments):
        print(f"evalc: a plan is run as it was made; leave out {names}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    policy = read_policy_of(arguments)
    if policy is None:
        return exit.WRONG_SPEC_OR_COMMAND

    def make() -> Planned | None:
        plan = read_plan_file(Path(arguments.plan), policy, seal=arguments.seal)
        return Planned(plan, policy) if plan else None

    return run_new(make, arguments)


def run_rest(arguments: Namespace) -> int:
    """The exit code of what is left of an earlier run, the newest one unless it is named."""
    from evalc.store.open import hold_log
    from evalc.store.read import list_runs

    if names := given_selection(arguments):
        print(f"evalc: a run is resumed as it was planned; leave out {names}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    results = Path(arguments.results)
    known = list_runs(results)
    named = [folder for folder in known if folder.name == arguments.resume]
    if not known or (arguments.resume and not named):
        sought = f"no run {arguments.resume}" if arguments.resume else "no run yet"
        print(f"evalc: there is {sought} in {results}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    folder = named[0] if named else known[-1]
    policy = read_policy_of(arguments)
    if policy is None:
        return exit.WRONG_SPEC_OR_COMMAND

    def run() -> int:
        with hold_log(folder, rerun=arguments.rerun) as held:
            begun = _begin(Planned(held.work.plan(), policy), arguments, held=held)
            return _go_on(begun, arguments) if begun else exit.WRONG_SPEC_OR_COMMAND

    return run_guarded(run)


class _Begun(NamedTuple):
    """A run whose log is open, and everybody whom it asks and tells."""

    work: "Work"
    opened: "OpenTargets"
    log: "Log"
    reports: "Reports"
    cache: "AnswerCache | None"
    context: "RunContext"
    rerun: "tuple[Outcome, ...]"


def _begin(planned: Planned | None, arguments: Namespace, *, held: "HeldLog | None" = None) -> _Begun | None:
    """A new run of a plan, or one that goes on; None where it may not begin, which was said."""
    from evalc.api.asking.cached import open_cache
    from evalc.api.asking.rejudging import open_asked
    from evalc.cli.watching.reporting import Reports
    from evalc.planning.estimate import severe_first
    from evalc.store.log import LogContext
    from evalc.store.open import create_log

    if planned is None:
        return None
    plan, policy = planned
    caps = caps_of(arguments)
    if caps.are_set:
        plan = severe_first(plan)
    if caps.budget_usd is not None and _lacks_prices(plan, policy):
        return None
    opened, scrubber = open_asked(plan, policy, results=Path(arguments.results))
    reports = Reports(scrubber, events=arguments.events, otel=arguments.otel)
    cache = open_cache(policy, scrubber, is_wanted=arguments.cache)
    context = LogContext(scrubber)
    log = held.resume(context) if held else create_log(Path(arguments.results), plan, context=context)
    return _Begun(
        # The severe ones first, in an order of their own for which all of it is in memory.
        work=plan if caps.are_set else log.run.work,
        opened=opened,
        log=log,
        reports=reports,
        cache=cache,
        context=replace(_context(plan, policy, arguments), recall=cache),
        rerun=held.rerun if held else (),
    )


def _go_on(begun: _Begun, arguments: Namespace) -> int:
    """The exit code of a run that has begun, after its end was told."""
    from evalc.cli.watching.progress import open_watch
    from evalc.run.interrupt import run_to_end

    begun.reports.follow(begun.work)
    with begun.log as log, begun.reports as reports, open_watch(arguments.progress) as watch:

        def tell(event: "Event") -> None:
            watch(event)
            reports(event)

        ended = run_to_end(begun.work, begun.opened, log=log, context=replace(begun.context, watch=tell))
    found = print_summary(log.folder)
    if begun.cache:
        begun.cache.prune()
        print(f"{begun.cache.hits} answers were taken from the cache")
    print_ending(ended, found.trials, rerun=begun.rerun)
    return exit.INTERRUPTED if ended.ending == "interrupted" else exit_code(found.report)


def _lacks_prices(plan: "Plan", policy: Policy) -> bool:
    """Whether somebody is asked whose price is not known, after saying so: plans that were made before need it too."""
    from evalc.planning.terms import unpriced

    targets = [] if plan.rejudges else [card.name for card in plan.targets]
    judges = [plan.judge.name] if plan.judge else []
    missing = unpriced(policy, targets=targets, judges=judges)
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        print(f"evalc: {policy.path} has no price for {names}, so a budget cannot be kept", file=sys.stderr)
    return bool(missing)


def _context(plan: "Plan", policy: Policy, arguments: Namespace) -> "RunContext":
    from evalc.planning.estimate import claims_of
    from evalc.planning.terms import terms_of
    from evalc.run.context import RunContext

    limits, caps = policy.limits, caps_of(arguments)
    if arguments.concurrency:
        limits = limits.model_copy(update={"concurrency": arguments.concurrency})
    return RunContext(
        limits=limits,
        terms=terms_of(policy),
        caps=caps,
        claims=claims_of(plan, policy) if caps.are_set else {},
        records=arguments.record,
    )


def run_guarded(run: Callable[[], int]) -> int:
    """The exit code of a run, also where a target cannot be opened or the disk fails."""
    from evalc.cli.watching.reporting import Unwritable
    from evalc.store.errors import StorageError
    from evalc.targets.contract import TargetError

    try:
        return run()
    except Unwritable as failure:
        print(f"evalc: {failure}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    except StorageError as failure:
        print(f"evalc: {failure}", file=sys.stderr)
        return exit.STORAGE
    except TargetError as failure:
        print(f"evalc: {failure}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
