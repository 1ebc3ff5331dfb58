"""Everything that evalc finds: the codes of all rooms, the rules of the linter, the kinds of changes."""

from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from pkgutil import walk_packages
from types import ModuleType
from typing import NamedTuple

import evalc
from evalc.base.diagnostic import Code
from evalc.diff.kinds.all import KINDS
from evalc.lint._linting import lint_rules
from evalc.model.change import Direction
from evalc.reference.entry import Entry, Fact, Language, Sample

_TELLING = 8

DIRECTIONS: dict[Direction, str] = {
    "weakened": "weakens the eval",
    "behaviour": "tests something else, so that results are not comparable",
    "strengthened": "strengthens the eval",
    "neutral": "changes nothing that is tested",
    "cosmetic": "changes nothing at all",
}
"""What a change of each direction does, the worst first."""


class CodeGroup(NamedTuple):
    """The codes of one module: the room that it belongs to, and what they are about."""

    room: str
    about: str
    codes: tuple[Code, ...]


def code_groups() -> tuple[CodeGroup, ...]:
    """All codes of all rooms, found by the names of their modules: `codes`, or a folder of that name, at any depth."""
    found = []
    for room in walk_packages(evalc.__path__, "evalc."):
        parts = room.name.split(".")
        if "codes" in parts[2:]:
            module = import_module(room.name)
            codes = tuple(value for value in vars(module).values() if isinstance(value, Code))
            if codes:
                found.append(CodeGroup(parts[1], _first_line(module), codes))
    return tuple(found)


def code_entries() -> Iterator[Entry]:
    """Each finding that is not a rule's."""
    for group in code_groups():
        for code in group.codes:
            samples = tuple(
                Sample(caption, text, _language_of(text))
                for caption, text in (("Wrong", code.wrong), ("Right", code.right))
            )
            said = shown_message(code.message)
            # Some messages are all values: `...` needs `...`.
            paragraphs = (said, code.meaning) if sum(map(str.isalpha, said)) > _TELLING else (code.meaning,)
            facts = (Fact("Level", code.level),)
            yield Entry("diagnostic", code.name, code.name, paragraphs, facts, samples, owner=group.room)


def rule_entries() -> Iterator[Entry]:
    """Each rule of the linter."""
    for name, rule, _ in lint_rules():
        page = rule.page()
        facts = (
            Fact("Level", f"{rule.level}, unless `[lint]` in the policy says otherwise"),
            Fact("Allowed by", f"`# allow {name}: reason` above what it is found in"),
        )
        samples = (Sample("Wrong", page.wrong), Sample("Right", page.right))
        yield Entry("rule", name, name, (page.summary, page.meaning), facts, samples)


def change_entries() -> Iterator[Entry]:
    """Each kind of change that `evalc diff` names."""
    for kind in KINDS.values():
        facts = (Fact("Direction", f"{kind.direction}: it {DIRECTIONS[kind.direction]}"),)
        yield Entry("change", kind.name, kind.name, (kind.meaning,), facts, owner=kind.direction)


def shown_message(message: str) -> str:
    """A message with dots where a finding has its values."""
    return message.format_map(_Dots())


class _Dots(dict[str, "_Dots"]):
    """Any value of any message, as dots."""

    def __missing__(self, key: str) -> "_Dots":
        return self

    def __format__(self, spec: str) -> str:
        return "…"


def _first_line(module: ModuleType) -> str:
    return cleandoc(module.__doc__ or "").partition("\n")[0]


def _language_of(text: str) -> Language:
    """What an example is written in: a command, a policy, or a spec."""
    if text.startswith("evalc "):
        return "console"
    first = text.lstrip().partition("\n")[0]
    is_policy = first.startswith("[") or (
        first.partition(" ")[0].isidentifier() and first.partition(" ")[2].startswith("= ")
    )
    return "toml" if is_policy else "evalc"
