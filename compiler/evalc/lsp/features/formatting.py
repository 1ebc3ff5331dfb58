"""The canonical layout of a document, or of the items in it that a range touches."""

from itertools import takewhile

from lsprotocol import types

from evalc.base.diagnostic import Edit
from evalc.base.source import Source, Span
from evalc.lsp.view import View
from evalc.syntax.format import format_source


def formatting(view: View) -> list[types.TextEdit]:
    """The edit that lays a document out as `evalc fmt` does; none where nothing changes, or it has mistakes."""
    return _laid_out(view, Span(0, len(view.source.text)))


def range_formatting(view: View, span: Span) -> list[types.TextEdit]:
    """The edit that lays out each item at the margin that a range touches, with the comments below it.

    An item is the least that has a layout of its own, for its fields have an order. Mistakes in others do not matter.
    """
    text = view.source.text
    lines = text.splitlines(keepends=True)
    begins = [number for number, line in enumerate(lines) if line.strip() and line[0] not in " \t#"]
    first, last = view.source.line_of(span.start) - 1, view.source.line_of(max(span.start, span.end - 1)) - 1
    start = max((number for number in begins if number <= first), default=0)
    end = min((number for number in begins if number > last), default=len(lines))
    while end > start and not lines[end - 1].strip():
        end -= 1
    at = sum(map(len, lines[:start]))
    return _laid_out(view, Span(at, at + sum(map(len, lines[start:end]))))


def _laid_out(view: View, span: Span) -> list[types.TextEdit]:
    """The edit for a part of whole lines, made of itself alone.

    Lines at both ends that stay as they are are left alone, so that an editor keeps its place.
    """
    before = view.source.text[span.start : span.end]
    after, _ = format_source(Source(view.source.name, before))
    if before == after:
        return []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    start = span.start + sum(map(len, old[:first]))
    end = span.end - sum(map(len, old[len(old) - last :]))
    text = "".join(new[first : len(new) - last])
    return [view.ruler.text_edit(Edit(Span(start, end), text))]


def _shared(old: list[str], new: list[str]) -> int:
    """How many lines two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
