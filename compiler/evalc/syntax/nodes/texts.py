"""Texts cut out of a source: names, values of one line, and prose without its indentation."""

import re
from collections.abc import Callable
from itertools import accumulate

from evalc.base.record import record
from evalc.base.source import Span
from evalc.syntax.tree import NameDecl, ProseDecl, Words

_FILE = re.compile(r'file[ \t]+"([^"\n]*)"')


@record
class Cutter:
    """Cuts pieces out of one text. `span` and `offset` turn its places into those of the source, where they differ."""

    text: str
    span: Callable[[int, int], Span]
    offset: Callable[[int], int] | None

    def name(self, start: int, end: int) -> NameDecl:
        """What stands between two places."""
        return NameDecl(self.text[start:end], self.span(start, end))

    def words(self, start: int, words: Words) -> Words:
        """The words of a line that begins at `start`, with places counted from where it begins in the source."""
        if self.offset is None:
            return words
        first = self.offset(start)
        spans = [self.span(start + at, start + end) for at, end in zip(words.starts, words.ends, strict=True)]
        return words.moved([Span(span.start - first, span.end - first) for span in spans])

    def line(self, start: int, end: int) -> ProseDecl:
        """What a line holds between two places, without the spaces at its end."""
        text = self.text[start:end].rstrip(" \t")
        span = self.span(start, start + len(text))
        return ProseDecl(text, span)

    def file(self, start: int, value: ProseDecl) -> NameDecl | None:
        """The path of a value that begins at `start` and is `file "path"`."""
        path = _FILE.fullmatch(value.text) if value.text.startswith("file") else None
        return path and self.name(start + path.start(1), start + path.end(1))

    def prose(self, start: int, end: int, *, indent: int) -> tuple[ProseDecl, int]:
        """The prose of whole lines, `indent` spaces taken from each, and where its last line ends.

        A line of spaces and tabs alone loses at most the indentation; such lines at both ends are left out.
        """
        plain = self._plain(start, end, indent)
        if plain is not None:
            return plain, end - 1
        lines = self.text[start:end].split("\n")
        while lines and not lines[-1].strip(" \t"):
            lines.pop()
        if not lines:
            return ProseDecl("", self.span(start - 1, start - 1)), start - 1
        while not lines[0].strip(" \t"):
            start += len(lines.pop(0)) + 1
        text = "\n".join([line[indent:] for line in lines])
        stop = start + sum(map(len, lines)) + len(lines) - 1
        first = start + min(indent, len(lines[0]))
        # Where each line begins behind its indentation, of which a line of spaces may have less.
        starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=start)
        offsets = [at + min(indent, len(line)) for at, line in zip(starts, lines, strict=True)]
        if self.offset is not None:
            offsets = [self.offset(at) for at in offsets]
        return ProseDecl(text, self.span(first, stop), offsets=tuple(offsets)), stop

    def _plain(self, start: int, end: int, indent: int) -> ProseDecl | None:
        """The prose of lines that all lose the same, but empty ones nothing: nearly all prose. None for other lines."""
        margin = "\n" + " " * indent
        lines = self.text[start : end - 1]
        parts = lines[indent:].split(margin)
        text = "\n".join(parts)
        if self.offset or not lines.startswith(margin[1:]) or text[:1].isspace() or text[-1:].isspace():
            return None
        short = lines.count("\n") + 1 - len(parts)
        if short and ("\n\n\n" in text or not short == lines.count("\n\n") == text.count("\n\n")):
            return None
        return ProseDecl(text, self.span(start + indent, end - 1), indent, has_empty=short > 0)
