"""Measure a judge."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.api.catalogs import find_catalog
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.judges.limits import add_most_calls
from evalc.cli.specs import compile_sound

if TYPE_CHECKING:
    from evalc.model.catalog import Catalog
    from evalc.model.settings import Policy


class CalibrateCommand(Command):
    """Measure a judge on answers that people labelled, and keep the figures beside the specs.

    The labels are the good and bad examples of the specs, files given by --labels, and what people said in reviews of
    runs. `calibration.lock` binds the figures to the judge and to each rubric; with --check nobody is asked, and what
    is missing, stale or below the policy's floors is listed. Exit code 1: something is.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", nargs="?", default="specs", metavar="PATH", help="a folder of specs (default: specs)"
        )
        parser.add_argument("--judge", required=True, metavar="NAME", help="a judge or a panel of the policy")
        parser.add_argument(
            "--labels",
            action="append",
            default=[],
            metavar="FILE",
            help="a CSV with case, answer, label, and maybe check, criterion, by; may stand more than once",
        )
        parser.add_argument(
            "--samples",
            type=_samples,
            default=1,
            metavar="N",
            help="ask N times, to see whether the judge agrees with itself",
        )
        parser.add_argument(
            "--results", default="results", metavar="FOLDER", help="runs whose reviews count (default: results)"
        )
        parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml")
        add_most_calls(parser)
        parser.add_argument("--check", action="store_true", help="ask nobody: list what is kept, and what is not")

    def run(self, arguments: Namespace) -> int:
        from evalc.cli.runs.planned import read_policy_of

        catalog = compile_sound(Path(arguments.path))
        policy = read_policy_of(arguments) if catalog else None
        if catalog is None or policy is None:
            return exit.WRONG_SPEC_OR_COMMAND
        return _guarded(catalog, policy, arguments)


def _guarded(catalog: "Catalog", policy: "Policy", arguments: Namespace) -> int:
    from evalc.planning.labels.people import UnfitLabels
    from evalc.store.calibrations import UnreadableLock
    from evalc.targets.contract import TargetError

    try:
        return _check(catalog, policy, arguments) if arguments.check else _measure(catalog, policy, arguments)
    except (TargetError, UnfitLabels, UnreadableLock, OSError) as problem:
        print(f"evalc: {problem}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND


def _measure(catalog: "Catalog", policy: "Policy", arguments: Namespace) -> int:
    from evalc.cli.judges.calibrating import gather_labels, hear_labels, report_calibration
    from evalc.cli.judges.choosing import choose_judge
    from evalc.report.judges.standing import shortfalls

    judge = choose_judge(arguments.judge, policy)
    if judge is None:
        return exit.WRONG_SPEC_OR_COMMAND
    labelled = gather_labels(catalog, arguments)
    if not labelled:
        print("evalc: there is no label: no `good` or `bad` example of a judged check, and no file", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    heard = hear_labels(labelled, judge, policy=policy, arguments=arguments)
    if heard is None:
        return exit.WRONG_SPEC_OR_COMMAND
    found = report_calibration(heard, judge.card, specs=find_catalog(Path(arguments.path)).root)
    wholes = [one for one in found if not one.measured.criterion]
    short = [f"{one.measured.rubric}: {why}" for one in wholes for why in shortfalls(one, policy.calibration)]
    print("".join(f"below a floor: {line}\n" for line in short), end="")
    return exit.GATE_FAILED if short else exit.GOOD


def _check(catalog: "Catalog", policy: "Policy", arguments: Namespace) -> int:
    from evalc.cli.judges.choosing import choose_judge
    from evalc.cli.judges.figures import verdict_line
    from evalc.report.judges.standing import calibrations_of
    from evalc.store.calibrations import read_lock

    judge = choose_judge(arguments.judge, policy)
    if judge is None:
        return exit.WRONG_SPEC_OR_COMMAND
    kept = read_lock(find_catalog(Path(arguments.path)).root)
    found = [pair for eval_ in catalog.evals for pair in calibrations_of(eval_, judge.card, kept=kept)]
    lines = [verdict_line(name, calibration, floors=policy.calibration) for name, calibration in found]
    print("".join(f"{line}\n" for line, _ in lines), end="")
    counted = sum(is_good for _, is_good in lines)
    print(f"the word of judge {judge.card.name} counts on {counted} of {len(lines)}")
    return exit.GOOD if counted == len(lines) else exit.GATE_FAILED


def _samples(text: str) -> int:
    from argparse import ArgumentTypeError

    if not text.isdigit() or not 1 <= int(text) <= 25:
        raise ArgumentTypeError(f"{text} is no whole number from 1 to 25")
    return int(text)
