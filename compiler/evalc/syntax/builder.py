"""From the lines that the grammar finds to the nodes of the tree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from evalc.base.source import Source
from evalc.syntax.clauses import RelativeWord, read_clause, read_rule
from evalc.syntax.codes.headers import MISPLACED_CHECK, MISPLACED_RULE
from evalc.syntax.codes.layout import MERGE_CONFLICT
from evalc.syntax.grammar import LineToken, Rows
from evalc.syntax.slips.headers import explain_header, explain_statement
from evalc.syntax.slips.lines import Gap, Line, explain_lines
from evalc.syntax.slips.names import slips_in_line, slips_in_name
from evalc.syntax.slips.slip import Slip
from evalc.syntax.slips.values import slips_in_field, slips_in_let
from evalc.syntax.slips.words import Place, children_of
from evalc.syntax.texts import Cutter
from evalc.syntax.tree import (
    BlockDecl,
    ClauseDecl,
    CommentDecl,
    ConditionDecl,
    FieldDecl,
    LetDecl,
    ProseDecl,
    RetiredDecl,
    RuleDecl,
    Tree,
    UseDecl,
    Word,
)
from evalc.syntax.tree import NameDecl as Name
from evalc.syntax.vocabulary import BLOCKS

MOST_SLIPS = 100
"""The mistakes of one file that are told."""

_HEADER = re.compile(r"([^\s:]+)[ \t]+([^\s:]+)[ \t]*(:?)[ \t]*")
_FIELD = re.compile(r"([A-Za-z0-9_-]+)[ \t]*(?:\(([^()\n]*)\)[ \t]*)?:[ \t]*")
_USE = re.compile(r'use[ \t]+"([^"\n]+)"[ \t]*\n')
_LET = re.compile(r'let[ \t]+([^\s:="]+)[ \t]*[=:][ \t]*')
_TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_ESCAPE = re.compile(r'\\(["\\])')
_RETIRED = re.compile(r"retired[ \t]+([^\s:]+)[ \t]*:[ \t]*(?=[^ \t\n])")
_COLUMNS = {"FIELD": 2, "TEXT": 2, "CHECK": 2, "PASS": 2, "SUBHEAD": 2} | dict.fromkeys(
    ("SUBFIELD", "SUBTEXT", "SUBCHECK", "SUBPASS"), 4
)
_LINE = re.compile(r"^([ \t]*)([^ \t\n][^\n]*)", re.MULTILINE)

Member = FieldDecl | ClauseDecl | RuleDecl | BlockDecl


@dataclass(slots=True)
class Builder:
    """Makes the nodes of one text, and keeps the slips found on the way, in places of that text."""

    source: Source
    cut: Cutter
    slips: list[Slip] = field(default_factory=list)
    comments: list[CommentDecl] = field(default_factory=list)
    _at: int = 0
    _above: LineToken | None = None
    _place: Place = field(default_factory=lambda: Place(None))
    _is_in_conflict: bool = False
    _muted: int | None = None

    def tree(self, rows: Rows) -> Tree:
        """The whole file. Blocks, checks and rules that cannot stand where they do are told and left out."""
        uses: list[UseDecl] = []
        lets: list[LetDecl] = []
        blocks: list[BlockDecl] = []
        retired: list[RetiredDecl] = []
        for row in rows:
            if isinstance(row, list):
                self._place = Place(None)
                blocks.extend(self._block(row, 0))
                continue
            self._enter(row)
            self._place = Place(None)
            if row.type == "USE":
                uses.extend(self._use(row))
            elif row.type == "RETIRED":
                retired.extend(self._retired(row))
            else:
                lets.extend(self._let(row))
        self._gap(len(self.cut.text))
        return Tree(self.source, tuple(uses), tuple(lets), tuple(blocks), tuple(retired), tuple(self.comments))

    def _enter(self, token: LineToken) -> None:
        if token.start_pos > self._at:
            self._gap(token.start_pos)
        self._at = token.end_pos
        self._above = token
        if self._muted is not None and _COLUMNS.get(token.type, 0) <= self._muted:
            self._muted = None

    def _gap(self, end: int) -> None:
        """What the lexer ignored before `end`: blank lines, comments, and lines that fit nowhere."""
        text = self.cut.text
        lines: list[Line] = []
        comments: list[Line] = []
        for found in _LINE.finditer(text, self._at, end):
            line = Line(found.start(2), found.start(2) + len(found[2].rstrip(" \t")), len(found[1]))
            if text[line.start] != "#":
                lines.append(line)
                continue
            comments.append(line)
            words = text[line.start + 1 : line.end].removeprefix(" ")
            self.comments.append(CommentDecl(words, self.cut.span(line.start, line.end)))
        if self._muted is not None:
            lines = [line for line in lines if line.column <= self._muted]
        if lines:
            self._muted = None
            self._tell(explain_lines(self._unread(lines, comments)))
        self._at = end

    def _unread(self, lines: Sequence[Line], comments: Sequence[Line]) -> Gap:
        above = self._above
        if above is None:
            return Gap(self.cut.text, self._place, lines, comments, self._is_in_conflict)
        first = _LINE.match(self.cut.text, above.start_pos)
        assert first is not None
        line = Line(first.start(2), first.start(2) + len(first[2].rstrip(" \t")), len(first[1]))
        return Gap(self.cut.text, self._place, lines, comments, self._is_in_conflict, above.type, line)

    def _tell(self, slips: Iterator[Slip] | tuple[Slip, ...]) -> None:
        """Keep slips, but for those below a header that is to be cured first."""
        for slip in slips:
            if self._muted is not None:
                return
            if slip.opens:
                self._muted = slip.start - (self.cut.text.rfind("\n", 0, slip.start) + 1)
            self._is_in_conflict = self._is_in_conflict or slip.code is MERGE_CONFLICT
            if len(self.slips) <= MOST_SLIPS:
                self.slips.append(slip)

    def _block(self, row: Rows, indent: int) -> Iterator[BlockDecl]:
        head = cast(LineToken, row[0])
        self._enter(head)
        told = len(self.slips)
        outside = self._place
        start = head.start_pos + indent
        header = _HEADER.match(self.cut.text, start)
        assert header is not None
        keyword = header[1]
        is_known = keyword in children_of(outside.item)
        kind = BLOCKS[keyword] if is_known else None
        if is_known:
            self._tell(slips_in_name(self.cut.text, *header.span(2)))
            self._tell(slips_in_line(self.cut.text, header.end(), head.end_pos - 1))
        else:
            self._tell((explain_header(self.cut.text, *header.span(1), place=outside),))
        self._place = Place(outside.item, kind) if indent else Place(kind)
        body = tuple([member for child in row[1:] for member in self._members(child, indent + 2)])
        self._place = outside
        if is_known:
            title = self.cut.line(header.end(), head.end_pos - 1) if header[3] else None
            span = self.cut.span(start, self._last_end())
            is_damaged = len(self.slips) > told
            yield BlockDecl(self.cut.name(header, 1), self.cut.name(header, 2), title, body, span, is_damaged)

    def _last_end(self) -> int:
        """Where the last line that was taken ends, blank lines and spaces not counted."""
        end = self._at
        while self.cut.text[end - 1] in " \t\n":
            end -= 1
        return end

    def _members(self, row: "LineToken | Rows", indent: int) -> Sequence[Member]:
        if isinstance(row, list):
            return tuple(self._block(row, indent))
        self._enter(row)
        kind = row.type
        start = row.start_pos + indent
        if kind == "FIELD" or kind == "SUBFIELD":
            return (self._inline(row, start),)
        if kind == "TEXT" or kind == "SUBTEXT":
            return (self._below(row, start, indent + 2),)
        if kind == "CHECK" or kind == "SUBCHECK":
            return self._clause(row, start, indent)
        return self._rule(row, start, indent)

    def _inline(self, row: LineToken, start: int) -> FieldDecl:
        cut = self.cut
        head = _FIELD.match(cut.text, start)
        assert head is not None
        at = head.end()
        value = cut.line(at, row.end_pos - 1)
        end = at + len(value.text)
        self._tell(slips_in_field(cut.text, head, end, place=self._place))
        qualifier = cut.name(head, 2) if head[2] is not None else None
        return FieldDecl(cut.name(head, 1), qualifier, value, True, cut.file(at, value), cut.span(start, end))

    def _below(self, row: LineToken, start: int, indent: int) -> FieldDecl:
        cut = self.cut
        head = _FIELD.match(cut.text, start)
        assert head is not None
        at = head.end()
        value, end = cut.prose(at + 1, row.end_pos, indent)
        self._tell(slips_in_field(cut.text, head, at, place=self._place))
        qualifier = cut.name(head, 2) if head[2] is not None else None
        return FieldDecl(cut.name(head, 1), qualifier, value, False, None, cut.span(start, max(end, at)))

    def _clause(self, row: LineToken, start: int, indent: int) -> Sequence[ClauseDecl]:
        cut = self.cut
        text = cut.text[start : row.end_pos - 1].rstrip(" \t")
        shape = read_clause(text)
        block = self._place.block
        if block and not block.takes_checks:
            self._tell((Slip(MISPLACED_CHECK, start, start + len(text), values={"where": self._place.words}),))
            return ()
        if shape.slips:
            self._tell(tuple(slip.moved(start, indent) for slip in shape.slips))
        if not shape.words:
            return ()
        label = shape.label
        name = Name(label.text, cut.span(start + label.start, start + label.end)) if label else None
        words = self._words(shape.words, start)
        return (ClauseDecl(shape.level, shape.is_negated, words, name, text, cut.span(start, start + len(text))),)

    def _rule(self, row: LineToken, start: int, indent: int) -> Sequence[RuleDecl]:
        cut = self.cut
        text = cut.text[start : row.end_pos - 1].rstrip(" \t")
        shape = read_rule(text)
        block = self._place.block
        if block and not block.takes_rule:
            self._tell((Slip(MISPLACED_RULE, start, start + len(text), values={"where": self._place.words}),))
            return ()
        self._tell(tuple(slip.moved(start, indent) for slip in shape.slips))
        conditions = tuple(
            ConditionDecl(self._words(part, start), cut.span(start + part[0].start, start + part[-1].end))
            for part in shape.conditions
        )
        return (RuleDecl(conditions, text, cut.span(start, start + len(text))),) if conditions else ()

    def _words(self, words: tuple[RelativeWord, ...], start: int) -> tuple[Word, ...]:
        span = self.cut.span
        return tuple([Word(w.kind, w.text, span(start + w.start, start + w.end), w.mark) for w in words])

    def _use(self, row: LineToken) -> Iterator[UseDecl]:
        found = _USE.fullmatch(self.cut.text, row.start_pos, row.end_pos)
        if found:
            self._tell(slips_in_line(self.cut.text, *found.span(1)))
            yield UseDecl(self.cut.name(found, 1), self.cut.span(found.start(), found.end(1) + 1))
        else:
            self._tell((explain_statement(self.cut.text, row.start_pos, row.end_pos - 1),))

    def _let(self, row: LineToken) -> Iterator[LetDecl]:
        cut = self.cut
        head = _LET.match(cut.text, row.start_pos)
        end = row.end_pos - 1
        if head is None or (row.type == "LET" and not cut.text[head.end() : end].strip(" \t")):
            self._tell((explain_statement(cut.text, row.start_pos, end),))
            return
        name = cut.name(head, 1)
        self._tell(slips_in_name(cut.text, *head.span(1)))
        if row.type == "LET_TEXT":
            value, end = cut.prose(head.end() + 1, row.end_pos, 2)
            yield LetDecl(name, value, None, cut.span(row.start_pos, max(end, head.end())))
            return
        value = cut.line(head.end(), end)
        end = head.end() + len(value.text)
        self._tell(slips_in_let(cut.text, head.end(), end))
        quoted = _TEXT.fullmatch(value.text)
        if quoted:
            value = ProseDecl(_ESCAPE.sub(r"\1", quoted[1]), value.span, (value.span.start + 1,))
        yield LetDecl(name, value, None if quoted else cut.file(head.end(), value), cut.span(row.start_pos, end))

    def _retired(self, row: LineToken) -> Iterator[RetiredDecl]:
        head = _RETIRED.match(self.cut.text, row.start_pos)
        if head is None:
            self._tell((explain_statement(self.cut.text, row.start_pos, row.end_pos - 1),))
            return
        reason = self.cut.line(head.end(), row.end_pos - 1)
        self._tell(slips_in_name(self.cut.text, *head.span(1)))
        span = self.cut.span(row.start_pos, head.end() + len(reason.text))
        yield RetiredDecl(self.cut.name(head, 1), reason, span)
