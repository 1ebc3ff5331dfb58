"""Fixes put into texts: only safe ones, and none into another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from evalc.base.diagnostic import Diagnostic, Edit, Fix
from evalc.base.source import Span


def safe_fixes(findings: Iterable[Diagnostic]) -> dict[str, list[Fix]]:
    """The fixes that may be applied together, by the names of their sources: safe ones that do not touch each other."""
    wanted: defaultdict[str, list[Fix]] = defaultdict(list)
    for found in findings:
        if found.fix and found.fix.is_safe and found.fix.edits:
            wanted[found.source.name].append(found.fix)
    return {name: _apart(fixes) for name, fixes in wanted.items()}


def fixed(text: str, fixes: Iterable[Fix]) -> str:
    """A text with fixes in it; they must not touch each other."""
    edits = sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span.start)
    pieces, at = [], 0
    for edit in edits:
        assert edit.span.start >= at, "fixes that touch each other are not applied together"
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def _apart(fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes in the order of their places, without those that touch an earlier one."""
    taken: list[Fix] = []
    end = -1
    for fix in sorted(fixes, key=lambda fix: _extent(fix.edits).start):
        extent = _extent(fix.edits)
        if extent.start > end:
            taken.append(fix)
            end = extent.end
    return taken


def _extent(edits: Sequence[Edit]) -> Span:
    return Span(min(edit.span.start for edit in edits), max(edit.span.end for edit in edits))
