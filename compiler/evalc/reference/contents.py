"""All entries of the reference, and how one is found."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from evalc.base.suggest import closest
from evalc.reference.checks import check_entries
from evalc.reference.entry import Entry
from evalc.reference.findings import change_entries, code_entries, rule_entries
from evalc.reference.language import block_entries
from evalc.reference.statements import STATEMENTS
from evalc.reference.targets import target_entries


@cache
def language_entries() -> tuple[Entry, ...]:
    """What is written in specs: statements, blocks, fields, checks, and the rules that comments allow."""
    return (*STATEMENTS, *block_entries(), *check_entries(), *rule_entries())


@cache
def all_entries() -> tuple[Entry, ...]:
    """Everything that can be looked up, the language first."""
    return (*language_entries(), *code_entries(), *change_entries(), *target_entries())


def find_entries(asked: str) -> tuple[Entry, ...]:
    """The entries of a name; several where it stands for several things. `case.severity` narrows it to one block."""
    return _by_name().get(_plain(asked), ())


def near_names(asked: str) -> Sequence[str]:
    """Names that may be meant by one that there is not: the nearest one, or those that begin or end with it."""
    word = _plain(asked)
    near = closest(word, _by_name())
    if near:
        return (near,)
    parts = [entry.name for entry in all_entries() if len(word) > 2 and word in entry.name.split("-")]
    return tuple(dict.fromkeys(parts))


@cache
def _by_name() -> dict[str, tuple[Entry, ...]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in all_entries():
        for name in dict.fromkeys((entry.name, entry.path, _plain(entry.title))):
            found[name].append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


def _plain(text: str) -> str:
    """A name however it is written: `Must contain`, "be one of", `severity:`."""
    words = text.casefold().replace("`", " ").replace(":", " ").replace("_", "-").split()
    if len(words) > 1 and words[0] in ("must", "should"):
        words = words[2:] if words[1] == "not" and len(words) > 2 else words[1:]
    return "-".join(words)
