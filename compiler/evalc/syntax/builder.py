"""From the lines that the grammar finds to the nodes of the tree."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import cast

from evalc.base.diagnostic import Findings
from evalc.base.source import Source, Span
from evalc.syntax.clauses import RelativeWord, read_clause, read_rule
from evalc.syntax.grammar import LineToken, Rows
from evalc.syntax.tree import (
    BlockDecl,
    ClauseDecl,
    CommentDecl,
    ConditionDecl,
    FieldDecl,
    LetDecl,
    NameDecl,
    ProseDecl,
    RetiredDecl,
    RuleDecl,
    Tree,
    UseDecl,
    Word,
)

_HEADER = re.compile(r"([^\s:]+)[ \t]+([^\s:]+)[ \t]*(:?)[ \t]*")
_FIELD = re.compile(r"([^\s:(]+)[ \t]*(?:\(([^()\n]*)\)[ \t]*)?:[ \t]*")
_FILE = re.compile(r'file[ \t]+"([^"\n]*)"')
_USE = re.compile(r'use[ \t]+"([^"\n]*)"[ \t]*$', re.MULTILINE)
_LET = re.compile(r'let[ \t]+([^\s:="]+)[ \t]*[=:][ \t]*')
_TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_RETIRED = re.compile(r"retired[ \t]+([^\s:]+)[ \t]*:[ \t]*")
_INDENT = {"FIELD": 2, "TEXT": 2, "CHECK": 2, "PASS": 2, "SUBHEAD": 2, "HEAD": 0}

Member = FieldDecl | ClauseDecl | RuleDecl | BlockDecl


@dataclass(slots=True)
class Builder:
    """Makes the nodes of one text. `span` and `offset` turn places of this text into places of the source."""

    text: str
    source: Source
    span: Callable[[int, int], Span]
    offset: Callable[[int], int] | None
    findings: Findings = field(default_factory=Findings)
    comments: list[CommentDecl] = field(default_factory=list)
    at: int = 0

    def tree(self, rows: Rows) -> Tree:
        """The whole file."""
        uses: list[UseDecl] = []
        lets: list[LetDecl] = []
        blocks: list[BlockDecl] = []
        retired: list[RetiredDecl] = []
        for row in rows:
            if isinstance(row, list):
                blocks.append(self._block(row, 0))
                continue
            self._enter(row)
            if row.type == "USE":
                uses.extend(self._use(row))
            elif row.type == "RETIRED":
                retired.extend(self._retired(row))
            else:
                lets.extend(self._let(row))
        self._gap(len(self.text))
        return Tree(self.source, tuple(uses), tuple(lets), tuple(blocks), tuple(retired), tuple(self.comments))

    def _enter(self, token: LineToken) -> None:
        if token.start_pos > self.at:
            self._gap(token.start_pos)
        self.at = token.end_pos

    def _gap(self, end: int) -> None:
        """What the lexer ignored before `end`: blank lines, comments, and lines that fit nowhere."""
        for line in re.finditer(r"[^\n]*\S[^\n]*", self.text[self.at : end]):
            start = self.at + line.start() + len(line[0]) - len(line[0].lstrip())
            stop = self.at + line.end()
            if self.text[start] == "#":
                words = self.text[start + 1 : stop].strip()
                self.comments.append(CommentDecl(words, self.span(start, stop)))
        self.at = end

    def _block(self, row: "list[LineToken | Rows]", indent: int) -> BlockDecl:
        head = cast(LineToken, row[0])
        self._enter(head)
        header = _HEADER.match(self.text, head.start_pos + indent)
        assert header is not None
        keyword, name = self._name(header, 1), self._name(header, 2)
        title = self._line(header.end(), head.end_pos - 1) if header[3] else None
        body = tuple([member for child in row[1:] for member in self._member(child, indent + 2)])
        return BlockDecl(keyword, name, title, body, self.span(header.start(), self._last_end()))

    def _last_end(self) -> int:
        end = self.at
        while self.text[end - 1] in " \t\n":
            end -= 1
        return end

    def _member(self, row: "LineToken | Rows", indent: int) -> Iterator[Member]:
        if isinstance(row, list):
            yield self._block(row, indent)
            return
        self._enter(row)
        start = row.start_pos + indent
        if row.type.endswith("FIELD") or row.type.endswith("TEXT"):
            yield self._field(row, start, indent)
        elif row.type.endswith("CHECK"):
            yield from self._clause(row, start)
        else:
            yield from self._rule(row, start)

    def _field(self, row: LineToken, start: int, indent: int) -> FieldDecl:
        head = _FIELD.match(self.text, start)
        assert head is not None
        name = self._name(head, 1)
        qualifier = self._name(head, 2) if head[2] is not None else None
        end = row.end_pos - 1
        if row.type.endswith("FIELD"):
            value = self._line(head.end(), end)
            file = self._file(head.end(), value)
            return FieldDecl(name, qualifier, value, True, file, self.span(start, head.end() + len(value.text)))
        value, end = self._prose(head.end() + 1, row.end_pos, indent + 2)
        return FieldDecl(name, qualifier, value, False, None, self.span(start, max(end, head.end())))

    def _file(self, start: int, value: ProseDecl) -> NameDecl | None:
        path = _FILE.fullmatch(value.text) if value.text.startswith("file") else None
        return path and NameDecl(path[1], self.span(start + path.start(1), start + path.end(1)))

    def _clause(self, row: LineToken, start: int) -> Iterator[ClauseDecl]:
        text = self.text[start : row.end_pos - 1].rstrip()
        shape = read_clause(text)
        label = None
        if shape.label:
            label = NameDecl(shape.label.text, self.span(start + shape.label.start, start + shape.label.end))
        words = self._words(shape.words, start)
        yield ClauseDecl(shape.level, shape.is_negated, words, label, text, self.span(start, start + len(text)))

    def _rule(self, row: LineToken, start: int) -> Iterator[RuleDecl]:
        text = self.text[start : row.end_pos - 1].rstrip()
        conditions = tuple(
            ConditionDecl(self._words(part, start), self.span(start + part[0].start, start + part[-1].end))
            for part in read_rule(text).conditions
        )
        yield RuleDecl(conditions, text, self.span(start, start + len(text)))

    def _words(self, words: tuple[RelativeWord, ...], start: int) -> tuple[Word, ...]:
        span = self.span
        return tuple([Word(w.kind, w.text, span(start + w.start, start + w.end), w.mark) for w in words])

    def _use(self, row: LineToken) -> Iterator[UseDecl]:
        found = _USE.match(self.text, row.start_pos)
        if found:
            yield UseDecl(self._name(found, 1), self.span(found.start(), found.end()))

    def _let(self, row: LineToken) -> Iterator[LetDecl]:
        head = _LET.match(self.text, row.start_pos)
        if head is None:
            return
        name = self._name(head, 1)
        if row.type == "LET_TEXT":
            value, end = self._prose(head.end() + 1, row.end_pos, 2)
            yield LetDecl(name, value, None, self.span(row.start_pos, end))
            return
        value = self._line(head.end(), row.end_pos - 1)
        file = self._file(head.end(), value)
        end = head.end() + len(value.text)
        quoted = _TEXT.fullmatch(value.text)
        if quoted:
            value = ProseDecl(quoted[1], value.span, tuple(offset + 1 for offset in value.line_offsets))
        yield LetDecl(name, value, file, self.span(row.start_pos, end))

    def _retired(self, row: LineToken) -> Iterator[RetiredDecl]:
        head = _RETIRED.match(self.text, row.start_pos)
        if head:
            reason = self._line(head.end(), row.end_pos - 1)
            yield RetiredDecl(self._name(head, 1), reason, self.span(row.start_pos, head.end() + len(reason.text)))

    def _name(self, match: re.Match[str], group: int) -> NameDecl:
        return NameDecl(match[group], self.span(*match.span(group)))

    def _line(self, start: int, end: int) -> ProseDecl:
        text = self.text[start:end].rstrip()
        span = self.span(start, start + len(text))
        return ProseDecl(text, span, (span.start,))

    def _prose(self, start: int, end: int, indent: int) -> tuple[ProseDecl, int]:
        """The prose of the lines from `start` to `end`, and where its last line ends."""
        lines = self.text[start:end].split("\n")
        offsets = list(accumulate((len(line) + 1 for line in lines), initial=start))
        first, last = 0, len(lines)
        while last > first and not lines[last - 1].strip():
            last -= 1
        while first < last and not lines[first].strip():
            first += 1
        if first == last:
            return ProseDecl("", self.span(start - 1, start - 1), ()), start - 1
        text = "\n".join([line[indent:] for line in lines[first:last]])
        stop = offsets[last] - 1
        starts = [
            offset + min(indent, len(line)) for offset, line in zip(offsets[first:last], lines[first:last], strict=True)
        ]
        if self.offset is not None:
            starts = [self.offset(offset) for offset in starts]
        return ProseDecl(text, self.span(offsets[first] + indent, stop), tuple(starts)), stop
