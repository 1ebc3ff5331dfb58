"""Show what a run would ask."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import wants_colour
from evalc.cli.runs.options import (
    add_asked,
    add_cache,
    add_caps,
    add_history_selection,
    add_selection,
    add_specs,
    caps_of,
    given_selection,
)
from evalc.cli.runs.planned import Planned, plan_work, read_plan_file, read_policy_of
from evalc.cli.specs import compile_sound, whole_catalog


class PlanCommand(Command):
    """Show what a run would ask: calls, tokens and money for each target and judge. Asks nobody.

    Takes what `evalc run` takes. Prices come from the policy, ranges from the sizes of prompts and examples. A plan
    that `--out` writes is approved by its seal, and run just as it is by `evalc run --plan FILE --seal SEAL`; `--plan`
    shows what it takes by the policy at hand.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_selection(parser)
        add_asked(parser)
        add_caps(parser)
        add_cache(parser)
        add_specs(parser)
        add_history_selection(parser)
        parser.add_argument("--plan", metavar="FILE", help="show the plan in a file, in place of planning")
        parser.add_argument("--out", metavar="FILE", help="write the plan, for `evalc run --plan`")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")

    def run(self, arguments: Namespace) -> int:
        if arguments.plan:
            return _show_file(arguments)
        catalog = compile_sound(Path(arguments.specs))
        if catalog is None:
            return exit.WRONG_SPEC_OR_COMMAND
        planned = plan_work(catalog, arguments, specs=whole_catalog(Path(arguments.specs)), command="plan")
        return exit.WRONG_SPEC_OR_COMMAND if planned is None else _show(planned, arguments)


def _show_file(arguments: Namespace) -> int:
    if names := given_selection(arguments):
        print(f"evalc: a plan is shown as it was made; leave out {names}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    policy = read_policy_of(arguments)
    plan = read_plan_file(Path(arguments.plan), policy, seal=None) if policy else None
    if policy is None or plan is None:
        return exit.WRONG_SPEC_OR_COMMAND
    return _show(Planned(plan, policy), arguments)


def _show(planned: Planned, arguments: Namespace) -> int:
    from evalc.api.asking.cached import count_kept
    from evalc.api.selections import find_finished
    from evalc.planning.artefact import seal_plan
    from evalc.planning.estimate import estimate_plan
    from evalc.store.errors import StorageError

    estimate = estimate_plan(planned.plan, planned.policy)
    try:
        finished = find_finished(planned.plan, Path(arguments.results))
    except StorageError as failure:
        print(f"evalc: {failure}", file=sys.stderr)
        return exit.STORAGE
    kept_calls = count_kept(planned.plan, planned.policy, is_wanted=arguments.cache)
    finished = finished.model_copy(update={"kept_calls": kept_calls})
    sealed = seal_plan(planned.plan, estimate, finished_before=finished)
    if arguments.format == "json":
        print(sealed.model_dump_json(indent=2, exclude={"plan": True}))
    else:
        from evalc.cli.runs.estimate import render_estimate

        text = render_estimate(estimate, finished, caps=caps_of(arguments), colour=wants_colour())
        print(text, end="")
    if not arguments.out:
        return exit.GOOD
    try:
        Path(arguments.out).write_text(sealed.model_dump_json(), encoding="utf-8")
    except OSError as error:
        print(f"evalc: {arguments.out} cannot be written: {str(error.strerror).lower()}", file=sys.stderr)
        return exit.STORAGE
    print(f"\nevalc run --plan {arguments.out} --seal {sealed.seal}", file=sys.stderr)
    return exit.GOOD
