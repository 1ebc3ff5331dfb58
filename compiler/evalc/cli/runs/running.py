"""What `evalc run` and compiled runners share: options, the run itself, its summary and exit code."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.api.catalogs import CatalogFolder
from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.console import wants_colour
from evalc.cli.runs.options import add_asked, add_caps, add_selection, caps_of, given_selection, positive
from evalc.cli.runs.planned import plan_work, read_plan_file, read_policy_of
from evalc.model.catalog import Catalog, Eval
from evalc.model.settings import Policy

if TYPE_CHECKING:
    from evalc.model.event import Event, RunFinished
    from evalc.model.plan import Plan
    from evalc.model.report import Report
    from evalc.run.context import RunContext
    from evalc.store.open import HeldLog


def add_run_options(parser: ArgumentParser) -> None:
    """Add what a run can be told."""
    add_selection(parser)
    add_asked(parser)
    add_caps(parser)
    parser.add_argument("--concurrency", type=positive, metavar="N", help="how many calls at once")
    parser.add_argument(
        "--record", action="store_true", help="keep all answers beside the log, for targets of type replay"
    )
    parser.add_argument(
        "--progress",
        choices=("auto", "bar", "lines", "none"),
        default="auto",
        help="default: a bar on a terminal, else lines",
    )
    parser.add_argument("--events", metavar="FD|FILE", help="tell of everything that happens, as JSON Lines")
    parser.add_argument(
        "--otel",
        metavar="FOLDER|URL",
        help="spans and evaluations of OpenTelemetry: as OTLP/JSON lines in a folder, or to a collector (evalc[otel])",
    )


def run_new(catalog: Catalog, arguments: Namespace, *, specs: CatalogFolder | None = None) -> int:
    """The exit code of a new run of a catalog, which lies in a folder of specs or was compiled."""
    planned = plan_work(catalog, arguments, specs=specs)
    if planned is None:
        return exit.WRONG_SPEC_OR_COMMAND
    return _guarded(lambda: _run(planned.plan, planned.policy, arguments, held=None))


def run_planned(arguments: Namespace) -> int:
    """The exit code of a run of a plan from a file, just as it is."""
    if names := given_selection(arguments):
        print(f"evalc: a plan is run as it was made; leave out {names}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    policy = read_policy_of(arguments)
    plan = read_plan_file(Path(arguments.plan), policy, seal=arguments.seal) if policy else None
    if policy is None or plan is None:
        return exit.WRONG_SPEC_OR_COMMAND
    return _guarded(lambda: _run(plan, policy, arguments, held=None))


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
            return _run(held.plan, policy, arguments, held=held)

    return _guarded(run)


def _run(plan: "Plan", policy: Policy, arguments: Namespace, *, held: "HeldLog | None") -> int:
    from evalc.cli.watching.progress import open_watch
    from evalc.cli.watching.reporting import Reports
    from evalc.planning.bind import open_targets
    from evalc.planning.estimate import severe_first
    from evalc.run.interrupt import run_to_end
    from evalc.store.log import LogContext
    from evalc.store.open import create_log

    caps = caps_of(arguments)
    if caps.are_set:
        plan = severe_first(plan)
    if caps.budget_usd is not None and _lacks_prices(plan, policy):
        return exit.WRONG_SPEC_OR_COMMAND
    opened, scrubber = open_targets(plan, policy, secret=os.environ.get)
    reports = Reports(plan, scrubber, events=arguments.events, otel=arguments.otel)
    context = LogContext(scrubber)
    log = held.resume(context) if held else create_log(Path(arguments.results), plan, context=context)
    with log, reports, open_watch(arguments.progress) as watch:

        def tell(event: "Event") -> None:
            watch(event)
            reports(event)

        ended = run_to_end(plan, opened, log=log, context=_context(plan, policy, arguments, watch=tell))
    report = print_summary(log.folder, evals=None if held else plan.evals)
    print(_spent(ended))
    if ended.ending != "complete":
        print(f"{ended.ending}: {visible(ended.reason)}")
        again = "".join(f" --rerun {outcome}" for outcome in held.rerun) if held else ""
        rest = f"evalc run --resume {ended.run_id}{again}"
        print(f"{ended.finished} of {ended.planned} trials have a result; the rest: {rest}")
    return exit.INTERRUPTED if ended.ending == "interrupted" else _exit_code(report)


def _lacks_prices(plan: "Plan", policy: Policy) -> bool:
    """Whether somebody is asked whose price is not known, after saying so: plans that were made before need it too."""
    from evalc.planning.terms import unpriced

    targets = [card.name for card in plan.targets]
    judges = [plan.judge.name] if plan.judge else []
    missing = unpriced(policy, targets=targets, judges=judges)
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        print(f"evalc: {policy.path} has no price for {names}, so a budget cannot be kept", file=sys.stderr)
    return bool(missing)


def _context(plan: "Plan", policy: Policy, arguments: Namespace, *, watch: "Callable[[Event], None]") -> "RunContext":
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
        watch=watch,
        records=arguments.record,
    )


def _spent(ended: "RunFinished") -> str:
    from evalc.run.spending.money import usd

    calls = f"{ended.attempts:,} call{'' if ended.attempts == 1 else 's'}"
    if ended.spent_usd is None:
        return f"asked: {calls}, of which not all have a known price"
    return f"asked: {calls}, {usd(ended.spent_usd)}"


def print_summary(folder: Path, *, evals: Iterable[Eval] | None = None) -> "Report":
    """Print what the run in a folder says, with the evals of its plan where they are at hand."""
    from evalc.api.summaries import summarize_log
    from evalc.cli.runs.summary import render_summary

    report, shown = summarize_log(folder, evals=evals)
    print(render_summary(report, shown, colour=wants_colour()), end="")
    print(f"\nlog: {folder}")
    return report


def _exit_code(report: "Report") -> int:
    verdicts = {eval_report.gate.verdict for eval_report in report.evals}
    if "failed" in verdicts:
        return exit.GATE_FAILED
    return exit.INCONCLUSIVE if "inconclusive" in verdicts else exit.GOOD


def _guarded(run: Callable[[], int]) -> int:
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
