"""What `evalc run` and compiled runners share: options, the run itself, its summary and exit code."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.api.catalogs import CatalogFolder
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
from evalc.cli.runs.planned import plan_work, read_plan_file, read_policy_of
from evalc.model.catalog import Catalog
from evalc.model.settings import Policy

if TYPE_CHECKING:
    from evalc.model.event import Event
    from evalc.model.plan import Plan
    from evalc.run.context import RunContext
    from evalc.store.open import HeldLog


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


def run_new(catalog: Catalog, arguments: Namespace, *, specs: CatalogFolder | None = None) -> int:
    """The exit code of a new run of a catalog, which lies in a folder of specs or was compiled."""
    planned = plan_work(catalog, arguments, specs=specs)
    if planned is None:
        return exit.WRONG_SPEC_OR_COMMAND
    return run_guarded(lambda: run_work(planned.plan, planned.policy, arguments=arguments, held=None))


def run_planned(arguments: Namespace) -> int:
    """The exit code of a run of a plan from a file, just as it is."""
    if names := given_selection(arguments):
        print(f"evalc: a plan is run as it was made; leave out {names}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    policy = read_policy_of(arguments)
    plan = read_plan_file(Path(arguments.plan), policy, seal=arguments.seal) if policy else None
    if policy is None or plan is None:
        return exit.WRONG_SPEC_OR_COMMAND
    return run_guarded(lambda: run_work(plan, policy, arguments=arguments, held=None))


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
            return run_work(held.plan, policy, arguments=arguments, held=held)

    return run_guarded(run)


def run_work(plan: "Plan", policy: Policy, *, arguments: Namespace, held: "HeldLog | None") -> int:
    """The exit code of a new run of a plan, or of one that goes on."""
    from evalc.api.asking.cached import open_cache
    from evalc.api.asking.rejudging import open_asked
    from evalc.cli.watching.progress import open_watch
    from evalc.cli.watching.reporting import Reports
    from evalc.planning.estimate import severe_first
    from evalc.run.interrupt import run_to_end
    from evalc.store.log import LogContext
    from evalc.store.open import create_log

    caps = caps_of(arguments)
    if caps.are_set:
        plan = severe_first(plan)
    if caps.budget_usd is not None and _lacks_prices(plan, policy):
        return exit.WRONG_SPEC_OR_COMMAND
    opened, scrubber = open_asked(plan, policy, results=Path(arguments.results))
    reports = Reports(plan, scrubber, events=arguments.events, otel=arguments.otel)
    context = LogContext(scrubber)
    cache = open_cache(policy, scrubber, is_wanted=arguments.cache)
    log = held.resume(context) if held else create_log(Path(arguments.results), plan, context=context)
    with log, reports, open_watch(arguments.progress) as watch:

        def tell(event: "Event") -> None:
            watch(event)
            reports(event)

        run_context = replace(_context(plan, policy, arguments), watch=tell, recall=cache)
        ended = run_to_end(plan, opened, log=log, context=run_context)
    report = print_summary(log.folder, evals=None if held else plan.evals)
    if cache:
        cache.prune()
        print(f"{cache.hits} answers were taken from the cache")
    print_ending(ended, report, rerun=held.rerun if held else ())
    return exit.INTERRUPTED if ended.ending == "interrupted" else exit_code(report)


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
