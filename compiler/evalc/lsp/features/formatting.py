"""The canonical layout of a document."""

from itertools import takewhile

from lsprotocol import types

from evalc.base.diagnostic import Edit
from evalc.base.source import Span
from evalc.lsp.view import View
from evalc.syntax.format import format_source


def formatting(view: View) -> list[types.TextEdit]:
    """The edit that lays a document out as `evalc fmt` does; none where nothing changes, or it has mistakes.

    Lines at both ends that stay as they are are left alone, so that an editor keeps its place.
    """
    before = view.source.text
    after, _ = format_source(view.source)
    if before == after:
        return []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    start = sum(map(len, old[:first]))
    end = len(before) - sum(map(len, old[len(old) - last :]))
    text = "".join(new[first : len(new) - last])
    return [view.ruler.text_edit(Edit(Span(start, end), text))]


def _shared(old: list[str], new: list[str]) -> int:
    """How many lines two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
