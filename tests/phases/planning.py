"""Commands: the trials that they plan, or what is wrong with what they ask for."""

import shlex
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from evalc.base.render import render_text
from evalc.model.catalog import Case, Catalog, Check
from evalc.model.result import Outcome
from evalc.model.rule import Comparison, Rule
from evalc.model.settings import Caps, RunSettings, Selection
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.planning.selection import Known
from tests.builders import PLACE, make_case, make_eval
from tests.text_cases import scrub, write_files

_OUTCOMES: TypeAdapter[Outcome] = TypeAdapter(Outcome)

MAKES = ("diagnostics", "plan")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The plan of the command in `command` for the policy `evalc.toml`.

    `cases` has an id a line, with `judged`, `repeat 3` or `passes 2 of 3` behind it where that holds, or its severity
    and its tags. `last` has the outcomes of an earlier run, and `changed` the ids of the cases that differ.
    """
    write_files(sections, folder)
    policy, findings = read_policy(folder / "evalc.toml")
    assert not findings, render_text(findings, colour=False)
    last = dict(line.split(" ") for line in sections.get("last", "").splitlines())
    known = Known(
        {id: frozenset([_OUTCOMES.validate_python(outcome)]) for id, outcome in last.items()},
        frozenset(sections.get("changed", "").splitlines()),
    )
    settings = _settings(sections["command"])
    plan, findings = make_plan(_catalog(sections["cases"]), policy, settings=settings, known=known)
    made = {"diagnostics": render_text(findings, colour=False)} if findings else {}
    cards = [*plan.targets, *([plan.judge] if plan.judge else [])]
    lines = [f"asks {card.name} ({card.type} {card.model}".rstrip() + ")\n" for card in cards]
    made["plan"] = "".join([*lines, *(f"{trial.id}\n" for trial in plan.trials)])
    return {name: scrub(text, folder) for name, text in made.items()}


def _settings(command: str) -> RunSettings:
    parser = ArgumentParser()
    parser.add_argument("select", nargs="*")
    parser.add_argument("--target", action="append", default=[])
    parser.add_argument("--judge")
    parser.add_argument("--repeat", type=int)
    for name in ("--tag", "--severity", "--last"):
        parser.add_argument(name, action="append", default=[])
    parser.add_argument("--changed-since", default="")
    parser.add_argument("--shuffle", type=int)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--shard")
    parser.add_argument("--budget", type=float)
    words = parser.parse_args(shlex.split(command)[2:])
    selection = Selection(
        patterns=tuple(words.select),
        tags=tuple(words.tag),
        severities=tuple(words.severity),
        last=tuple(words.last),
        changed_since=words.changed_since,
        seed=words.shuffle,
        limit=words.limit,
        shard=(int(words.shard[0]), int(words.shard[2])) if words.shard else None,
    )
    return RunSettings(
        selection=selection,
        targets=tuple(words.target),
        judge=words.judge,
        repeat=words.repeat,
        caps=Caps(budget_usd=words.budget),
    )


def _catalog(lines: str) -> Catalog:
    by_eval: dict[str, list[Case]] = {}
    for line in lines.splitlines():
        id, _, rest = line.partition(" ")
        by_eval.setdefault("/".join(id.split("/")[:2]), []).append(_case(id, rest))
    evals = [
        make_eval(cases).model_copy(update={"id": id, "vendor": id.split("/")[0]}) for id, cases in by_eval.items()
    ]
    return Catalog(evals=tuple(evals))


def _case(id: str, rest: str) -> Case:
    case = make_case(id.split("/")[2]).model_copy(update={"id": id})
    match rest.split():
        case ["judged"]:
            return case.model_copy(update={"checks": (_judged(id),)})
        case ["repeat", repeat]:
            return case.model_copy(update={"repeat": int(repeat)})
        case [("critical" | "high" | "medium" | "low") as severity, *tags]:
            return case.model_copy(update={"severity": severity, "tags": tuple(tags)})
        case ["passes", passes, "of", repeat]:
            bound = Comparison(subject="passes", operator=">=", bound=int(passes), unit="count")
            rule = Rule(conditions=(bound,), words=f"passes >= {passes}")
            return case.model_copy(update={"repeat": int(repeat), "rule": rule})
    return case


def _judged(case_id: str) -> Check:
    return Check(
        id=f"{case_id}#sound",
        name="sound",
        level="must",
        is_negated=False,
        verb="satisfy",
        arguments={"claim": "It is sound"},
        words='satisfy "It is sound"',
        is_judged=True,
        place=PLACE,
        fingerprint="f",
    )
