"""Texts cut out of a source: names, values of one line, and prose without its indentation."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from evalc.base.source import Span
from evalc.syntax.tree import NameDecl, ProseDecl

_FILE = re.compile(r'file[ \t]+"([^"\n]*)"')


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts pieces out of one text. `span` and `offset` turn its places into those of the source, where they differ."""

    text: str
    span: Callable[[int, int], Span]
    offset: Callable[[int], int] | None

    def name(self, match: re.Match[str], group: int) -> NameDecl:
        """What a group of a match holds."""
        return NameDecl(match[group], self.span(*match.span(group)))

    def line(self, start: int, end: int) -> ProseDecl:
        """What a line holds between two places, without the spaces at its end."""
        text = self.text[start:end].rstrip(" \t")
        span = self.span(start, start + len(text))
        return ProseDecl(text, span, (span.start,))

    def file(self, start: int, value: ProseDecl) -> NameDecl | None:
        """The path of a value that begins at `start` and is `file "path"`."""
        path = _FILE.fullmatch(value.text) if value.text.startswith("file") else None
        return path and NameDecl(path[1], self.span(start + path.start(1), start + path.end(1)))

    def prose(self, start: int, end: int, indent: int) -> tuple[ProseDecl, int]:
        """The prose of whole lines, `indent` spaces taken from each, and where its last line ends."""
        block = self.text[start:end]
        if " \n" in block or "\t\n" in block:
            lines = block.split("\n")
            filled = [at for at, line in enumerate(lines) if line.strip(" \t")]
            first, last = (filled[0], filled[-1]) if filled else (0, -1)
            # A line of spaces alone loses at most the indentation.
            text = "\n".join([line[indent:] for line in lines[first : last + 1]])
            return self._numbered(text, start + sum(len(line) + 1 for line in lines[:first]), indent)
        text = ("\n" + block).replace("\n" + " " * indent, "\n").strip("\n")
        return self._numbered(text, start + len(block) - len(block.lstrip("\n")), indent)

    def _numbered(self, text: str, start: int, indent: int) -> tuple[ProseDecl, int]:
        """A dedented text whose first line begins at `start`, with the places of its lines."""
        if not text:
            return ProseDecl("", self.span(start - 1, start - 1), ()), start - 1
        source = self.text
        offsets = []
        at = start
        for line in text.split("\n"):
            if line:
                offsets.append(at + indent)
                at += indent + len(line) + 1
            else:
                # A blank line may be shorter than the indentation.
                stop = source.index("\n", at)
                offsets.append(min(at + indent, stop))
                at = stop + 1
        placed = offsets if self.offset is None else [self.offset(offset) for offset in offsets]
        return ProseDecl(text, self.span(offsets[0], at - 1), tuple(placed)), at - 1
