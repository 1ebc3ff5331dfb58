"""What runs and plans can be told on the command line."""

import secrets
from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from typing import get_args

from evalc.model.catalog import SEVERITIES, Status
from evalc.model.result import Outcome
from evalc.model.settings import Caps, RunSettings, Selection

_DRAWN = -1
_SEEDS = 100_000


def add_selection(parser: ArgumentParser) -> None:
    """Add which cases are asked, as far as their specs tell."""
    parser.add_argument("select", nargs="*", metavar="SELECT", help="which cases (default: all)")
    group = parser.add_argument_group("which of them, where each may be repeated")
    group.add_argument("--tag", action="append", default=[], help="cases that have this tag, or whose eval has")
    group.add_argument("--severity", action="append", default=[], choices=SEVERITIES, help="cases of this severity")
    group.add_argument("--status", action="append", default=[], choices=get_args(Status), help="cases of such evals")
    order = parser.add_argument_group("how many, and in which order")
    order.add_argument("--limit", type=positive, metavar="N", help="only the first N of these cases")
    order.add_argument("--shuffle", nargs="?", type=_seed, const=_DRAWN, metavar="SEED", help="draw the order of cases")
    order.add_argument("--shard", type=_shard, metavar="K/N", help="the K-th of N parts, which a case's id decides")
    order.add_argument("--repeat", type=positive, metavar="N", help="ask each case N times that has no rule for it")


def add_specs(parser: ArgumentParser) -> None:
    """Add where the specs are."""
    parser.add_argument("--specs", default="specs", metavar="PATH", help="a spec or a folder of specs (default: specs)")


def add_history_selection(parser: ArgumentParser) -> None:
    """Add which cases are asked by what happened to them."""
    group = parser.add_argument_group("which of them, by what happened")
    group.add_argument(
        "--last",
        action="append",
        default=[],
        choices=(*get_args(Outcome), "never"),
        help="cases that ended so in the newest run that has them; may be repeated",
    )
    group.add_argument("--changed-since", default="", metavar="REV", help="cases that mean something else than at REV")


def add_asked(parser: ArgumentParser) -> None:
    """Add who is asked, and where that is written."""
    group = parser.add_argument_group("who is asked")
    group.add_argument("--target", action="append", default=[], metavar="NAME", help="a target; may be repeated")
    group.add_argument("--judge", metavar="NAME", help="who judges")
    group.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml in this folder or above it")
    group.add_argument("--results", default="results", metavar="FOLDER", help="where logs are kept (default: results)")


def add_caps(parser: ArgumentParser) -> None:
    """Add what all of it may take."""
    group = parser.add_argument_group("what it may take, severe cases first; the rest is skipped")
    group.add_argument("--budget", type=_amount, metavar="USD", help="stop asking when so much is spent")
    group.add_argument("--max-calls", type=positive, metavar="N", help="make N calls at most, failed ones included")


def add_cache(parser: ArgumentParser) -> None:
    """Add whether answers of earlier runs are taken."""
    parser.add_argument(
        "--cache",
        action=BooleanOptionalAction,
        help="take answers that were kept of earlier runs, and keep new ones (default: as the policy says, or no)",
    )


def add_watching(parser: ArgumentParser) -> None:
    """Add how fast it goes on, and who is told of it."""
    parser.add_argument("--concurrency", type=positive, metavar="N", help="how many calls at once")
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


def settings_of(arguments: Namespace) -> RunSettings:
    """What a command line asks for; a seed that it leaves open is drawn."""
    seed = secrets.randbelow(_SEEDS) if arguments.shuffle == _DRAWN else arguments.shuffle
    return RunSettings(
        selection=Selection(
            patterns=tuple(arguments.select),
            tags=tuple(arguments.tag),
            severities=tuple(arguments.severity),
            statuses=tuple(arguments.status),
            last=tuple(getattr(arguments, "last", ())),
            changed_since=getattr(arguments, "changed_since", ""),
            seed=seed,
            limit=arguments.limit,
            shard=arguments.shard,
        ),
        targets=tuple(arguments.target),
        judge=arguments.judge,
        repeat=arguments.repeat,
        caps=caps_of(arguments),
    )


def given_selection(arguments: Namespace) -> str:
    """The options of a command line that say what is asked of whom."""
    names = ("tag", "severity", "status", "limit", "shuffle", "shard", "repeat", "last", "changed_since")
    words = {"select": "SELECT"} | {name: f"--{name.replace('_', '-')}" for name in (*names, "target", "judge")}
    return ", ".join(word for name, word in words.items() if getattr(arguments, name, None) not in (None, "", []))


def caps_of(arguments: Namespace) -> Caps:
    """What a command line allows to be spent."""
    return Caps(budget_usd=arguments.budget, max_calls=arguments.max_calls)


def positive(text: str) -> int:
    """A whole number from 1 on."""
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is no whole number from 1 on")
    return int(text)


def _amount(text: str) -> float:
    try:
        amount = float(text.removeprefix("$"))
    except ValueError:
        amount = -1.0
    if not 0 <= amount < float("inf"):
        raise ArgumentTypeError(f"{text} is no amount of dollars, such as 2.50")
    return amount


def _seed(text: str) -> int:
    if not text.isdigit():
        raise ArgumentTypeError(f"{text} is no seed, which is a whole number from 0 on")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of)):
        raise ArgumentTypeError(f"{text} is no part of a whole, such as 2/8 for the second of eight")
    return int(number), int(of)
