"""Specs in the making: what an importer found, and how it is written down."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evalc.base.source import Source
from evalc.base.visible import visible
from evalc.syntax.format import format_source
from evalc.syntax.parser import parse
from evalc.syntax.slips.names import as_name

_LONGEST_NAME = 40
_LONGEST_TITLE = 60
# What no spec holds, not even in prose.
_UNREADABLE = re.compile("[\x00\r\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """A line of the language without its name, and the name where the other tool has one."""

    line: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case: its texts as pairs of a field and prose, its checks, and sentences about what has no counterpart."""

    name: str
    title: str
    texts: tuple[tuple[str, str], ...]
    checks: tuple[CheckDraft, ...]
    lost: tuple[str, ...] = ()
    severity: str = ""
    is_negative_control: bool = False


@dataclass(frozen=True, slots=True)
class VendorDraft:
    """Whose product is tested, with pairs of a field and a line, and a text about it."""

    name: str
    title: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class EvalDraft:
    """An eval: pairs of a field and a line beyond those that each has, its cases, and what has no counterpart."""

    vendor: VendorDraft
    title: str
    origin: str
    cases: tuple[CaseDraft, ...]
    category: str = "Imported"
    fields: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()


def write_draft(draft: EvalDraft) -> str:
    """The text of a spec in its canonical layout."""
    text = "\n".join(_lines(draft))
    formatted, findings = format_source(Source(draft.origin, text))
    assert not findings.has_errors, [found.message for found in findings]
    return formatted


def is_readable(line: str) -> bool:
    """Whether the language can hold a line as a check."""
    _, findings = parse(Source("check", f"case a: A\n  {line}\n"))
    return not findings.has_errors


def names_for(wishes: Iterable[str]) -> list[str]:
    """A name for each wish, in order, with a number behind it where an earlier wish has taken it."""
    taken: set[str] = set()
    names = []
    for wish in wishes:
        name = _short(as_name(wish)) or "case"
        numbered, number = name, 1
        while numbered in taken:
            number += 1
            numbered = f"{name}-{number}"
        taken.add(numbered)
        names.append(numbered)
    return names


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME + 1].rpartition("-")[0] or name[:_LONGEST_NAME]


def quoted(text: str) -> str:
    """A text as the language writes it between quotes, on one line."""
    inside = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{visible(inside)}"'


def one_line(text: str) -> str:
    """A text with each run of white space as one space."""
    return visible(" ".join(text.split()))


def short_title(text: str) -> str:
    """The beginning of a text as a title, cut between words."""
    title = one_line(text)
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"


def _lines(draft: EvalDraft) -> Iterator[str]:
    vendor = draft.vendor
    yield f"# Imported from {one_line(draft.origin)}. Read each case before you rely on it."
    yield f"vendor {vendor.name}: {one_line(vendor.title) or vendor.name.replace('-', ' ').title()}"
    yield from _fields(vendor.fields)
    if vendor.about:
        yield "  about:"
        yield from _prose(vendor.about)
    yield ""
    yield f"eval {as_name(draft.title) or 'imported'}: {one_line(draft.title) or 'Imported'}"
    yield from _fields([("for", vendor.name), ("category", draft.category), ("version", "0.1.0"), ("status", "draft")])
    yield from _fields(draft.fields)
    yield "  severity: medium"
    yield from _comments(draft.lost)
    for case in draft.cases:
        yield ""
        yield from _case_lines(case)


def _case_lines(case: CaseDraft) -> Iterator[str]:
    yield f"case {case.name}: {one_line(case.title) or case.name}"
    if case.severity:
        yield f"  severity: {case.severity}"
    if case.is_negative_control:
        yield "  control: negative"
    for field, prose in case.texts:
        yield f"  {field}:"
        yield from _prose(prose)
    yield from _check_lines(case.checks)
    yield from _comments(case.lost)


def _fields(fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    for field, line in fields:
        yield f"  {field}: {one_line(line)}"


def _comments(lost: Iterable[str]) -> Iterator[str]:
    for sentence in lost:
        yield f"  # Not imported: {one_line(sentence)}"


def _check_lines(checks: Sequence[CheckDraft]) -> Iterator[str]:
    """Each check, with its name where no other one of the case has it."""
    names = [check.name for check in checks]
    for check in dict.fromkeys(checks):
        label = f" as {check.name}" if check.name and names.count(check.name) == 1 else ""
        yield f"  {check.line}{label}"


def _prose(text: str) -> Iterator[str]:
    for line in _UNREADABLE.sub(lambda found: visible(found[0]), text.replace("\r\n", "\n")).strip("\n").split("\n"):
        yield f"    {line}" if line.strip() else ""
