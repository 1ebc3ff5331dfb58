"""Judge the answers of a run again."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import wants_colour
from evalc.cli.runs.options import add_cache, add_caps, add_specs, add_watching, caps_of
from evalc.cli.runs.planned import read_policy_of
from evalc.cli.verdicts.stored import add_whole_run, find_named, guarded
from evalc.model.catalog import Eval

if TYPE_CHECKING:
    from evalc.api.asking.rejudging import StoredRun
    from evalc.model.plan import Plan
    from evalc.model.settings import Caps, Policy
    from evalc.planning.panels import Judge


class RejudgeCommand(Command):
    """Judge the answers of a run again, by another judge or with other checks, without asking its targets.

    The checks and rubrics are those that the specs have now; cases that ask something else now are left out. The new
    run names the one whose answers it has, and lies beside it. A budget, in money or in calls, is for the judge alone.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_whole_run(parser)
        parser.add_argument("--judge", metavar="NAME", help="who judges (default: who did)")
        add_specs(parser)
        parser.add_argument("--as-logged", action="store_true", help="take the checks that the run had")
        parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml")
        parser.add_argument("--plan", action="store_true", help="show what would be asked, and ask nobody")
        add_caps(parser)
        add_cache(parser)
        add_watching(parser)
        parser.add_argument("--record", action="store_true", help="keep what the judge says beside the log")

    def run(self, arguments: Namespace) -> int:
        return guarded(lambda: _rejudge(find_named(arguments), arguments))


def _rejudge(folder: Path, arguments: Namespace) -> int:
    from evalc.api.asking.rejudging import StoredRun
    from evalc.cli.runs.planned import Planned
    from evalc.cli.runs.running import run_new

    policy = read_policy_of(arguments)
    evals = None if arguments.as_logged else _evals_now(Path(arguments.specs))
    if policy is None or (evals is None and not arguments.as_logged):
        return exit.WRONG_SPEC_OR_COMMAND
    stored = StoredRun(folder)
    needs_judge = arguments.judge or _are_judged(stored.plan.evals if evals is None else evals)
    judge = _judge(stored, policy, named=arguments.judge) if needs_judge else None
    if needs_judge and judge is None:
        return exit.WRONG_SPEC_OR_COMMAND
    again = stored.plan_again(evals, judge=judge)
    for ids, what in ((again.changed, "ask something else now"), (again.gone, "are gone")):
        if ids:
            print(f"evalc: left out, for they {what}: {', '.join(ids)}", file=sys.stderr)
    found = len(again.plan.trials)
    others = len(stored.plan.trials) - found
    print(f"evalc: {found} trials of {stored.run_id} are judged again, {others} are left out", file=sys.stderr)
    if not found:
        return exit.WRONG_SPEC_OR_COMMAND
    if arguments.plan:
        return _show(again.plan, policy, caps=caps_of(arguments))
    arguments.results = str(folder.parent)
    return run_new(lambda: Planned(again.plan, policy), arguments)


def _show(plan: "Plan", policy: "Policy", *, caps: "Caps") -> int:
    from evalc.cli.runs.estimate import render_estimate
    from evalc.model.plan import FinishedBefore
    from evalc.planning.estimate import estimate_plan

    # What the run before says of these trials is what is asked again.
    text = render_estimate(estimate_plan(plan, policy), FinishedBefore(trials=0), caps=caps, colour=wants_colour())
    print(text, end="")
    return exit.GOOD


def _evals_now(specs: Path) -> tuple[Eval, ...] | None:
    """The evals that the specs have now, or None after what is wrong with them was said."""
    from evalc.cli.specs import compile_paths, print_findings

    compiled = compile_paths([specs])
    if compiled is None:
        print("evalc: --as-logged takes the checks that the run had", file=sys.stderr)
        return None
    print_findings(compiled)
    return None if compiled.has_errors else compiled.catalog.evals


def _judge(stored: "StoredRun", policy: "Policy", *, named: str | None) -> "Judge | None":
    """The judge that is named, or else the one that the run had; None, after saying so, where there is no such one."""
    from evalc.cli.judges.choosing import choose_judge

    before = stored.plan.judge
    name = named or (before.name if before else None)
    if name:
        return choose_judge(name, policy)
    known = (*(binding.name for binding in policy.judges), *policy.panels)
    offers = ", ".join(f"`--judge {one}`" for one in known) or "none"
    print(f"evalc: checks are judged, and the run had no judge; name one: {offers}", file=sys.stderr)
    return None


def _are_judged(evals: Sequence[Eval]) -> bool:
    cases = [case for eval_ in evals for case in eval_.cases]
    checks = [check for case in cases for check in (*case.checks, *(c for reply in case.replies for c in reply.checks))]
    return any(check.is_judged for check in checks)
