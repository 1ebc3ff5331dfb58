"""What commands on stored runs share."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.base.family import member_names
from evalc.base.visible import visible
from evalc.cli import exit

if TYPE_CHECKING:
    from evalc.api.results import NamedRun


def add_results(parser: ArgumentParser) -> None:
    """Add the folder with the logs."""
    parser.add_argument("--results", default="results", metavar="FOLDER", help="where logs are (default: results)")


def add_run(parser: ArgumentParser) -> None:
    """Add the run that a command is about, or one of its targets, and the folder with the logs."""
    _add_named(parser, metavar="RUN[:TARGET]")


def add_format(parser: ArgumentParser) -> None:
    """Add the form of what is said: text for people, or one of the exporters."""
    names = ("text", *member_names("evalc.exporters"))
    parser.add_argument("--format", choices=names, default="text", help="default: text")


def add_whole_run(parser: ArgumentParser) -> None:
    """Add the run that a command is about with all its targets, and the folder with the logs."""
    _add_named(parser, metavar="RUN")


def _add_named(parser: ArgumentParser, *, metavar: str) -> None:
    parser.add_argument(
        "named",
        nargs="?",
        default="latest",
        metavar=metavar,
        help="the id of a run or its beginning, its folder, or `latest` (default: latest)",
    )
    add_results(parser)


def find_named(arguments: Namespace) -> Path:
    """The folder of the run that `add_whole_run` took.

    Raises:
        NoSuchRun: There is none.
    """
    from evalc.api.results import find_run

    return find_run(arguments.named, Path(arguments.results))


def load_named(arguments: Namespace, *, has_answers: bool = True) -> "NamedRun":
    """The run that `add_run` took, after saying what is wrong in its log.

    Args:
        has_answers: Otherwise it takes less memory, and holds only what answers cost and took.

    Raises:
        NoSuchRun: There is none, or it has no such target.
        StorageError: Its log cannot be read.
    """
    from evalc.api.results import load_run

    named = load_run(arguments.named, Path(arguments.results), has_answers=has_answers)
    print_problems(named.problems)
    return named


def print_problems(problems: Iterable[str]) -> None:
    """What is wrong in logs, on standard error."""
    for line in problems:
        print(f"evalc: {visible(line)}", file=sys.stderr)


def guarded(work: Callable[[], int]) -> int:
    """The exit code of work on stored runs, also where there is no such run, or it or a baseline cannot be read."""
    from evalc.api.gates import BrokenBaseline
    from evalc.api.results import NoSuchRun
    from evalc.store.calibrations import UnreadableLock
    from evalc.store.errors import StorageError

    try:
        return work()
    except (NoSuchRun, BrokenBaseline, UnreadableLock) as problem:
        print_problems([str(problem)])
        return exit.WRONG_SPEC_OR_COMMAND
    except StorageError as failure:
        print_problems([str(failure)])
        return exit.STORAGE
