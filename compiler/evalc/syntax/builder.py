"""From the lines that the grammar finds to the nodes of the tree."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from evalc.base.source import Source
from evalc.syntax.clauses import read_clause, read_rule
from evalc.syntax.codes.headers import MISPLACED_CHECK, MISPLACED_RULE
from evalc.syntax.codes.layout import MERGE_CONFLICT
from evalc.syntax.grammar import LineToken, Rows, lines_of
from evalc.syntax.slips.headers import explain_header
from evalc.syntax.slips.lines import Gap, Line, explain_lines
from evalc.syntax.slips.names import is_name, slips_in_line, slips_in_name
from evalc.syntax.slips.slip import Slip
from evalc.syntax.slips.values import is_suspect, slips_in_field
from evalc.syntax.slips.words import Place, children_of
from evalc.syntax.statements import read_let, read_retired, read_use
from evalc.syntax.texts import Cutter
from evalc.syntax.tree import (
    BlockDecl,
    ClauseDecl,
    CommentDecl,
    ConditionDecl,
    FieldDecl,
    LetDecl,
    NameDecl,
    RetiredDecl,
    RuleDecl,
    Tree,
    UseDecl,
)
from evalc.syntax.vocabulary import BLOCKS

MOST_SLIPS = 100
"""The mistakes of one file that are told."""

_HEADER = re.compile(r"([^\s:]+)[ \t]+([^\s:]+)[ \t]*(:?)[ \t]*")
_FIELD = re.compile(r"([A-Za-z0-9_-]+)[ \t]*(?:\(([^()\n]*)\)[ \t]*)?:[ \t]*")
_LINE = re.compile(r"^([ \t]*)([^ \t\n][^\n]*)", re.MULTILINE)
_COLUMNS = dict.fromkeys(("FIELD", "TEXT", "CHECK", "PASS", "SUBHEAD"), 2) | dict.fromkeys(
    ("SUBFIELD", "SUBTEXT", "SUBCHECK", "SUBPASS"), 4
)

Decl = TypeVar("Decl")
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
            self._place = Place(None)
            if isinstance(row, list):
                blocks += _one(self._block(row, 0))
                continue
            self._enter(row)
            if row.type == "USE":
                uses += self._told(*read_use(self.cut, row))
            elif row.type == "RETIRED":
                retired += self._told(*read_retired(self.cut, row))
            else:
                lets += self._told(*read_let(self.cut, row))
        self._gap(len(self.cut.text))
        return Tree(self.source, tuple(uses), tuple(lets), tuple(blocks), tuple(retired), tuple(self.comments))

    def _told(self, decl: Decl | None, slips: Iterable[Slip]) -> tuple[Decl, ...]:
        self._tell(slips)
        return _one(decl)

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

    def _tell(self, slips: Iterable[Slip]) -> None:
        """Keep slips, but for those below a header that is to be cured first."""
        for slip in slips:
            if self._muted is not None:
                return
            if slip.opens:
                self._muted = slip.start - (self.cut.text.rfind("\n", 0, slip.start) + 1)
            self._is_in_conflict = self._is_in_conflict or slip.code is MERGE_CONFLICT
            if len(self.slips) <= MOST_SLIPS:
                self.slips.append(slip)

    def _block(self, row: Rows, indent: int) -> BlockDecl | None:
        head = cast(LineToken, row[0])
        self._enter(head)
        cut, outside, told = self.cut, self._place, len(self.slips)
        start = head.start_pos + indent
        header = _HEADER.match(cut.text, start)
        assert header is not None
        is_known = header[1] in children_of(outside.item)
        if is_known:
            if not is_name(header[2]):
                self._tell(slips_in_name(cut.text, *header.span(2)))
            self._tell(slips_in_line(cut.text, header.end(), head.end_pos - 1))
        else:
            self._tell((explain_header(cut.text, *header.span(1), place=outside),))
        kind = BLOCKS[header[1]] if is_known else None
        self._place = Place(outside.item, kind) if indent else Place(kind)
        body: list[Member] = []
        for child in row[1:]:
            body += self._members(child, indent + 2)
        self._place = outside
        if not is_known:
            return None
        title = cut.line(header.end(), head.end_pos - 1) if header[3] else None
        span = cut.span(start, self._last_end())
        keyword, name = cut.name(*header.span(1)), cut.name(*header.span(2))
        return BlockDecl(keyword, name, title, tuple(body), span, len(self.slips) > told)

    def _last_end(self) -> int:
        """Where the last line that was taken ends, blank lines and spaces not counted."""
        end = self._at
        while self.cut.text[end - 1] in " \t\n":
            end -= 1
        return end

    def _members(self, row: "LineToken | Rows", indent: int) -> Iterable[Member]:
        if isinstance(row, list):
            return _one(self._block(row, indent))
        self._enter(row)
        match row.type:
            case "TEXT" | "SUBTEXT":
                return (self._below(row, row.start_pos + indent, indent + 2),)
            case "FIELD" | "SUBFIELD":
                return [self._inline(line.start_pos + indent, line.end_pos) for line in self._lines(row)]
            case "CHECK" | "SUBCHECK":
                clauses = [self._clause(line.start_pos + indent, line.end_pos, indent) for line in self._lines(row)]
                return filter(None, clauses)
        return _one(self._rule(row.start_pos + indent, row.end_pos, indent))

    def _lines(self, row: LineToken) -> Sequence[LineToken]:
        lines = lines_of(self.cut.text, row)
        self._above = lines[-1]
        return lines

    def _inline(self, start: int, end: int) -> FieldDecl:
        cut = self.cut
        head = _FIELD.match(cut.text, start)
        assert head is not None
        at = head.end()
        name = NameDecl(head[1], cut.span(start, head.end(1)))
        qualifier = cut.name(*head.span(2)) if head[2] is not None else None
        value = cut.line(at, end - 1)
        end = at + len(value.text)
        if is_suspect(name.text, value.text, qualifier):
            self._tell(slips_in_field(cut.text, head, end, place=self._place))
        return FieldDecl(name, qualifier, value, True, cut.file(at, value), cut.span(start, end))

    def _below(self, row: LineToken, start: int, indent: int) -> FieldDecl:
        cut = self.cut
        head = _FIELD.match(cut.text, start)
        assert head is not None
        name = NameDecl(head[1], cut.span(start, head.end(1)))
        qualifier = cut.name(*head.span(2)) if head[2] is not None else None
        value, end = cut.prose(head.end() + 1, row.end_pos, indent)
        if is_suspect(name.text, "", qualifier):
            self._tell(slips_in_field(cut.text, head, head.end(), place=self._place))
        return FieldDecl(name, qualifier, value, False, None, cut.span(start, max(end, head.end())))

    def _clause(self, start: int, end: int, indent: int) -> ClauseDecl | None:
        cut = self.cut
        text = cut.text[start : end - 1].rstrip(" \t")
        shape = read_clause(text)
        block = self._place.block
        if block and not block.takes_checks:
            self._tell((Slip(MISPLACED_CHECK, start, start + len(text), values={"where": self._place.words}),))
            return None
        if shape.slips:
            self._tell([slip.moved(start, indent) for slip in shape.slips])
        if shape.words is None:
            return None
        label = shape.label
        name = cut.name(start + label[0], start + label[1]) if label else None
        words = shape.words.placed(start, cut.span)
        return ClauseDecl(shape.level, shape.is_negated, words, name, text, cut.span(start, start + len(text)))

    def _rule(self, start: int, end: int, indent: int) -> RuleDecl | None:
        cut = self.cut
        text = cut.text[start : end - 1].rstrip(" \t")
        shape = read_rule(text)
        block = self._place.block
        if block and not block.takes_rule:
            self._tell((Slip(MISPLACED_RULE, start, start + len(text), values={"where": self._place.words}),))
            return None
        self._tell([slip.moved(start, indent) for slip in shape.slips])
        conditions = tuple(
            ConditionDecl(part.placed(start, cut.span), cut.span(start + part.starts[0], start + part.ends[-1]))
            for part in shape.conditions
        )
        return RuleDecl(conditions, text, cut.span(start, start + len(text))) if conditions else None


def _one(decl: Decl | None) -> tuple[Decl, ...]:
    return () if decl is None else (decl,)
