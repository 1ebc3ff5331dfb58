"""Entries as Markdown, for the pages of a site."""

import re
from collections.abc import Iterable, Iterator, Sequence

from evalc.reference.commands import CommandEntry
from evalc.reference.entry import Entry, Fact, Sample

_SIGN = re.compile(r"[\\*_{}\[\]()#+\-.!|<>&]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_CODE = re.compile(r"(`[^`]*`)")


def section(entry: Entry, *, level: int) -> str:
    """An entry below a heading of this level, such as 1 for a page of its own."""
    return "\n\n".join([heading(entry, level=level), *_parts(entry)]) + "\n"


def command_section(command: CommandEntry, *, level: int) -> str:
    """A command below a heading of this level, with those below it."""
    lines = [f"{'#' * level} evalc {escaped(command.name)}", *map(escaped, command.paragraphs)]
    lines.append(f"```text\n{command.usage}\n```")
    if command.arguments:
        rows = [
            (f"`{argument.written}`".replace("|", "\\|"), escaped(argument.about)) for argument in command.arguments
        ]
        lines.append(table(("Argument", "What it is for"), rows))
    lines += [command_section(each, level=level + 1).rstrip("\n") for each in command.below]
    return "\n\n".join(lines) + "\n"


def heading(entry: Entry, *, level: int) -> str:
    """The heading of an entry; its anchor is the entry's name."""
    return f"{'#' * level} {escaped(entry.title)} {{ #{entry.name} }}"


def table(header: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    """A table of two columns, whose cells are Markdown on one line."""
    lines = [f"| {header[0]} | {header[1]} |", "| --- | --- |", *(f"| {left} | {right} |" for left, right in rows)]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """A text in which code between backticks stays, and nothing else means anything to Markdown."""
    parts = _CODE.split(text)
    return "".join(part if number % 2 else _SIGN.sub(_as_itself, part) for number, part in enumerate(parts))


def _as_itself(sign: re.Match[str]) -> str:
    return _ENTITIES.get(sign[0], f"\\{sign[0]}")


def _parts(entry: Entry) -> Iterator[str]:
    lead, *others = entry.paragraphs
    plain = [sample for sample in entry.samples if not sample.caption]
    if entry.kind == "diagnostic":
        level, *facts = entry.facts
        yield f"**{level.text}**: {escaped(lead)}"
    else:
        facts = list(entry.facts)
        yield escaped(lead)
    if entry.kind != "target":
        yield from map(_fenced, plain)
    yield from map(escaped, others)
    yield from _facts(facts, ("Option", "Takes") if entry.kind == "target" else ("Word", "Stands for"))
    if entry.kind == "target":
        yield from map(_fenced, plain)
    yield from (_fenced(sample) for sample in entry.samples if sample.caption)


def _facts(facts: Sequence[Fact], header: tuple[str, str]) -> Iterator[str]:
    """What has a word for its name as a list, and what has code, such as an option, as a table."""
    words = [fact for fact in facts if not fact.name.startswith("`")]
    codes = [fact for fact in facts if fact.name.startswith("`")]
    if words:
        yield "\n".join(f"- **{fact.name}**: {escaped(fact.text)}" for fact in words)
    if codes:
        yield table(header, [(fact.name, escaped(fact.text)) for fact in codes])


def _fenced(sample: Sample) -> str:
    fence = "```"
    while fence in sample.text:
        fence += "`"
    title = f' title="{sample.caption}"' if sample.caption else ""
    return f"{fence}{sample.language}{title}\n{sample.text.rstrip(chr(10))}\n{fence}"
