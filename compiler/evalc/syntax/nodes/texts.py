"""Texts cut out of a source: names, values of one line, and prose without its indentation."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add

from evalc.base.source import Span
from evalc.syntax.tree import NameDecl, ProseDecl

_FILE = re.compile(r'file[ \t]+"([^"\n]*)"')


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts pieces out of one text. `span` and `offset` turn its places into those of the source, where they differ."""

    text: str
    span: Callable[[int, int], Span]
    offset: Callable[[int], int] | None

    def name(self, start: int, end: int) -> NameDecl:
        """What stands between two places."""
        return NameDecl(self.text[start:end], self.span(start, end))

    def line(self, start: int, end: int) -> ProseDecl:
        """What a line holds between two places, without the spaces at its end."""
        text = self.text[start:end].rstrip(" \t")
        span = self.span(start, start + len(text))
        return ProseDecl(text, span, (span.start,))

    def file(self, start: int, value: ProseDecl) -> NameDecl | None:
        """The path of a value that begins at `start` and is `file "path"`."""
        path = _FILE.fullmatch(value.text) if value.text.startswith("file") else None
        return path and self.name(start + path.start(1), start + path.end(1))

    def prose(self, start: int, end: int, *, indent: int) -> tuple[ProseDecl, int]:
        """The prose of whole lines, `indent` spaces taken from each, and where its last line ends.

        A line of spaces and tabs alone loses at most the indentation; such lines at both ends are left out.
        """
        lines = self.text[start:end].split("\n")
        while lines and not lines[-1].strip(" \t"):
            lines.pop()
        if not lines:
            return ProseDecl("", self.span(start - 1, start - 1), ()), start - 1
        while not lines[0].strip(" \t"):
            start += len(lines.pop(0)) + 1
        text = "\n".join([line[indent:] for line in lines])
        # Where each line begins behind its indentation, and last where another one would.
        offsets = list(map(add, accumulate(map(len, lines), initial=start + indent), count()))
        stop = offsets.pop() - indent - 1
        if min(map(len, lines)) < indent:
            offsets = [at - max(0, indent - len(line)) for at, line in zip(offsets, lines, strict=True)]
        span = self.span(offsets[0], stop)
        if self.offset is not None:
            offsets = [self.offset(at) for at in offsets]
        return ProseDecl(text, span, tuple(offsets)), stop
