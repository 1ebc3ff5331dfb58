"""Entries as plain text, for a terminal."""

import textwrap
from collections.abc import Callable, Iterable, Iterator

from evalc.reference.entry import KINDS, Entry, Fact, Kind

Emphasis = Callable[[str], str]

PLURALS: dict[Kind, str] = {
    "statement": "statements",
    "block": "blocks",
    "field": "fields",
    "check": "checks",
    "rule": "rules",
    "diagnostic": "findings",
    "change": "changes",
    "target": "targets",
}
"""What entries of a kind are called together."""

# There are too many of these for any other order to be seen.
_SORTED = frozenset({"diagnostic", "change"})

_WORDS: dict[Kind, str] = {
    "statement": "statement of the language",
    "block": "block",
    "field": "field of `{owner}`",
    "check": "check: behind `must` or `should`",
    "rule": "rule of `evalc lint`",
    "diagnostic": "finding",
    "change": "change named by `evalc diff`",
    "target": "type of target or judge",
}


def entry_text(entry: Entry, *, width: int, emphasis: Emphasis) -> str:
    """An entry as a page of text; `emphasis` makes a heading stand out."""
    return "\n".join(_lines(entry, width, emphasis)) + "\n"


def overview_text(entries: Iterable[Entry], *, width: int, emphasis: Emphasis) -> str:
    """The names of entries with a line on each, by kind."""
    found = list(entries)
    parts = []
    for kind in KINDS:
        of_kind = [entry for entry in found if entry.kind == kind]
        if kind in _SORTED:
            of_kind.sort(key=lambda entry: entry.name)
        if of_kind:
            parts.append("\n".join([emphasis(PLURALS[kind]), *_rows(of_kind, width)]) + "\n")
    return "\n".join(parts)


def _lines(entry: Entry, width: int, emphasis: Emphasis) -> Iterator[str]:
    yield f"{emphasis(entry.title)}  ({_WORDS[entry.kind].format(owner=entry.owner)})"
    for paragraph in entry.paragraphs:
        yield ""
        yield from textwrap.wrap(paragraph, width, break_on_hyphens=False)
    if entry.facts:
        yield ""
        yield from _table(entry.facts, width)
    for sample in entry.samples:
        yield ""
        if sample.caption:
            yield emphasis(f"{sample.caption}:")
        yield textwrap.indent(sample.text.rstrip("\n"), "    ")


def _table(facts: Iterable[Fact], width: int) -> Iterator[str]:
    shown = list(facts)
    column = max(len(fact.name) for fact in shown) + 2
    for fact in shown:
        indent = " " * (column + 2)
        first = f"  {fact.name:<{column}}"
        yield textwrap.fill(fact.text, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _rows(entries: list[Entry], width: int) -> Iterator[str]:
    names = [entry.path if entry.kind == "field" else entry.name for entry in entries]
    column = max(map(len, names)) + 2
    for name, entry in zip(names, entries, strict=True):
        yield _row(name, entry.summary, column=column, width=width)


def _row(name: str, summary: str, *, column: int, width: int) -> str:
    room = max(20, width - column - 2)
    return f"  {name:<{column}}{textwrap.shorten(summary, room, placeholder=' ...')}"
