"""What `evalc run` and compiled runners share: options, the run itself, its summary and exit code."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.api.catalogs import find_policy
from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.console import wants_colour
from evalc.model.catalog import Catalog, Eval
from evalc.model.settings import Policy, RunSettings

if TYPE_CHECKING:
    from evalc.base.diagnostic import Findings
    from evalc.model.plan import Plan
    from evalc.model.report import Report
    from evalc.store.open import HeldLog


def add_run_options(parser: ArgumentParser) -> None:
    """Add what a run can be told."""
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="NAME",
        help="whom to ask, from the policy; may stand more than once",
    )
    parser.add_argument("--judge", metavar="NAME", help="who judges, from the policy")
    parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml in this folder or above it")
    parser.add_argument("--results", default="results", metavar="FOLDER", help="where logs are kept (default: results)")
    parser.add_argument(
        "--repeat", type=_positive, metavar="N", help="ask each case N times, where it has no rule of its own"
    )
    parser.add_argument("--concurrency", type=_positive, metavar="N", help="how many calls at once")
    parser.add_argument(
        "--record", action="store_true", help="keep all answers beside the log, for targets of type replay"
    )
    parser.add_argument(
        "--progress",
        choices=("auto", "bar", "lines", "none"),
        default="auto",
        help="default: a bar on a terminal, else lines",
    )


def run_new(catalog: Catalog, arguments: Namespace) -> int:
    """The exit code of a new run of a catalog."""
    from evalc.planning.plan import make_plan

    policy = _read_policy(arguments)
    if policy is None:
        return exit.WRONG_SPEC_OR_COMMAND
    plan, findings = make_plan(catalog, policy, settings=_settings(arguments))
    if _print(findings):
        return exit.WRONG_SPEC_OR_COMMAND
    return _guarded(lambda: _run(plan, policy, arguments, held=None))


def run_rest(arguments: Namespace) -> int:
    """The exit code of what is left of an earlier run, the newest one unless it is named."""
    from evalc.store.open import hold_log
    from evalc.store.read import list_runs

    if arguments.select or arguments.target or arguments.judge or arguments.repeat:
        print(
            "evalc: a run is resumed as it was planned; leave out SELECT, --target, --judge and --repeat",
            file=sys.stderr,
        )
        return exit.WRONG_SPEC_OR_COMMAND
    results = Path(arguments.results)
    known = list_runs(results)
    named = [folder for folder in known if folder.name == arguments.resume]
    if not known or (arguments.resume and not named):
        sought = f"no run {arguments.resume}" if arguments.resume else "no run yet"
        print(f"evalc: there is {sought} in {results}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    folder = named[0] if named else known[-1]
    policy = _read_policy(arguments)
    if policy is None:
        return exit.WRONG_SPEC_OR_COMMAND

    def run() -> int:
        with hold_log(folder, rerun=arguments.rerun) as held:
            return _run(held.plan, policy, arguments, held=held)

    return _guarded(run)


def _run(plan: "Plan", policy: Policy, arguments: Namespace, *, held: "HeldLog | None") -> int:
    from evalc.cli.runs.progress import open_watch
    from evalc.planning.bind import open_targets
    from evalc.planning.terms import terms_of
    from evalc.run.context import RunContext
    from evalc.run.interrupt import run_to_end
    from evalc.store.log import LogContext
    from evalc.store.open import create_log

    opened, scrubber = open_targets(plan, policy, secret=os.environ.get)
    context = LogContext(scrubber)
    log = held.resume(context) if held else create_log(Path(arguments.results), plan, context=context)
    limits = policy.limits
    if arguments.concurrency:
        limits = limits.model_copy(update={"concurrency": arguments.concurrency})
    with log, open_watch(arguments.progress) as watch:
        run_context = RunContext(limits=limits, terms=terms_of(policy), watch=watch, records=arguments.record)
        ended = run_to_end(plan, opened, log=log, context=run_context)
    report = print_summary(log.folder, evals=None if held else plan.evals)
    if ended.ending != "complete":
        print(f"{ended.ending}: {visible(ended.reason)}")
        again = "".join(f" --rerun {outcome}" for outcome in held.rerun) if held else ""
        rest = f"evalc run --resume {ended.run_id}{again}"
        print(f"{ended.finished} of {ended.planned} trials have a result; the rest: {rest}")
    return exit.INTERRUPTED if ended.ending == "interrupted" else _exit_code(report)


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


def _settings(arguments: Namespace) -> RunSettings:
    return RunSettings(
        select=tuple(arguments.select),
        targets=tuple(arguments.target),
        judge=arguments.judge,
        repeat=arguments.repeat,
    )


def _read_policy(arguments: Namespace) -> Policy | None:
    from evalc.planning.policy.read import read_policy

    path = Path(arguments.policy) if arguments.policy else find_policy(Path.cwd())
    if path is None:
        print(
            "evalc: there is no evalc.toml in this folder or above it, so nobody to ask; it binds names of targets and"
            " judges to endpoints, see site/docs/run.md, or name one with --policy",
            file=sys.stderr,
        )
        return None
    policy, findings = read_policy(path)
    return None if _print(findings) else policy


def _print(findings: "Findings") -> bool:
    """Print findings, and tell whether one of them is an error."""
    from evalc.base.render import render_text

    if findings:
        print(render_text(findings, colour=wants_colour(sys.stderr)), end="", file=sys.stderr)
    return findings.has_errors


def _guarded(run: Callable[[], int]) -> int:
    """The exit code of a run, also where a target cannot be opened or the disk fails."""
    from evalc.store.errors import StorageError
    from evalc.targets.contract import TargetError

    try:
        return run()
    except StorageError as failure:
        print(f"evalc: {failure}", file=sys.stderr)
        return exit.STORAGE
    except TargetError as failure:
        print(f"evalc: {failure}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is no whole number from 1 on")
    return int(text)
