"""Makes the nodes of one text out of its lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from evalc.base.source import Source
from evalc.syntax.grammar import IN_BRACKETS, LineToken, Rows, lines_of
from evalc.syntax.nodes.clauses import clause_at, rule_at
from evalc.syntax.nodes.statements import read_let, read_retired, read_use
from evalc.syntax.nodes.texts import Cutter
from evalc.syntax.slips.gaps import Gap, Line
from evalc.syntax.slips.headers import explain_header
from evalc.syntax.slips.ledger import Ledger
from evalc.syntax.slips.lines import explain_lines
from evalc.syntax.slips.names import is_name, slips_in_line, slips_in_name
from evalc.syntax.slips.slip import Part, Slip, part_of
from evalc.syntax.slips.values import is_suspect, slips_in_field
from evalc.syntax.slips.words import Place, children_of
from evalc.syntax.tree import (
    BlockDecl,
    ClauseDecl,
    CommentDecl,
    FieldDecl,
    LetDecl,
    NameDecl,
    RetiredDecl,
    RuleDecl,
    Tree,
    UseDecl,
)
from evalc.syntax.vocabulary import BLOCKS

_HEADER = re.compile(r"([^\s:]+)[ \t]+([^\s:]+)[ \t]*(:?)[ \t]*")
_FIELD = re.compile(rf"([A-Za-z0-9_-]+)[ \t]*(?:\(({IN_BRACKETS})\)[ \t]*)?:[ \t]*")
_LINE = re.compile(r"^([ \t]*)([^ \t\n][^\n]*)", re.MULTILINE)
_FIELDS = {kind.keyword: frozenset(field.name for field in kind.fields) for kind in BLOCKS.values()}
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
    ledger: Ledger = field(default_factory=Ledger)
    comments: list[CommentDecl] = field(default_factory=list)
    is_odd: bool = False
    """Whether a field stands in a block that does not take it, so that the layout is worth a look."""
    _at: int = 0
    _above: LineToken | None = None
    _place: Place = field(default_factory=lambda: Place(None))

    def tree(self, rows: Rows) -> Tree:
        """The whole file. Blocks, checks and rules that cannot stand where they do are told and left out."""
        uses: list[UseDecl] = []
        lets: list[LetDecl] = []
        blocks: list[BlockDecl] = []
        retired: list[RetiredDecl] = []
        for row in rows:
            if isinstance(row, list):
                blocks += _one(self._block(row, Place(None)))
                continue
            self._enter(row, Place(None))
            if row.type == "USE":
                uses += self._told(*read_use(self.cut, row))
            elif row.type == "RETIRED":
                retired += self._told(*read_retired(self.cut, row))
            else:
                lets += self._told(*read_let(self.cut, row))
        self._gap(len(self.cut.text))
        return Tree(self.source, tuple(uses), tuple(lets), tuple(blocks), tuple(retired), tuple(self.comments))

    def _told(self, decl: Decl | None, slips: Iterable[Slip]) -> tuple[Decl, ...]:
        self.ledger.tell(self.cut.text, slips)
        return _one(decl)

    def _enter(self, token: LineToken, place: Place) -> None:
        """Go on to a token; what stands between it and the one before belongs to the place of that one."""
        if token.start_pos > self._at:
            self._gap(token.start_pos)
        self._place = place
        self._at = token.end_pos
        self._above = token
        if self.ledger.muted is not None:
            self.ledger.unmute(_COLUMNS.get(token.type, 0))

    def _gap(self, end: int) -> None:
        """What the lexer ignored before `end`: blank lines, comments, and lines that fit nowhere."""
        text = self.cut.text
        if not text[self._at : end].strip(" \t\n"):
            self._at = end
            return
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
        if self.ledger.muted is not None:
            muted = self.ledger.muted
            lines = [line for line in lines if line.column <= muted]
        if lines and not self.ledger.is_full:
            self.ledger.unmute(lines[0].column)
            self.ledger.tell(self.cut.text, explain_lines(self._unread(lines, comments)))
        self._at = end

    def _unread(self, lines: Sequence[Line], comments: Sequence[Line]) -> Gap:
        above = self._above
        if above is None:
            return Gap(self.cut.text, self._place, lines, comments, self.ledger.is_in_conflict)
        first = _LINE.match(self.cut.text, above.start_pos)
        assert first is not None
        line = Line(first.start(2), first.start(2) + len(first[2].rstrip(" \t")), len(first[1]))
        return Gap(self.cut.text, self._place, lines, comments, self.ledger.is_in_conflict, above.type, line)

    def _block(self, row: Rows, outside: Place) -> BlockDecl | None:
        """A block, or None where it cannot be read."""
        head = cast(LineToken, row[0])
        self._enter(head, outside)
        if self.ledger.is_full:
            return None
        cut, is_nested = self.cut, head.type == "SUBHEAD"
        start = head.start_pos + (2 if is_nested else 0)
        header = _HEADER.match(cut.text, start)
        assert header is not None
        is_known = header[1] in children_of(outside.item) and is_nested == bool(outside.item)
        kind = BLOCKS[header[1]] if is_known else None
        if kind is None:
            explained = explain_header(part_of(header, 1), place=outside, has_body=len(row) > 1)
            self.ledger.tell(self.cut.text, (explained,))
        else:
            if not is_name(header[2]):
                self.ledger.tell(self.cut.text, slips_in_name(part_of(header, 2)))
            if not cut.text[header.end() : head.end_pos - 1].isprintable():
                self.ledger.tell(self.cut.text, slips_in_line(Part(cut.text, header.end(), head.end_pos - 1)))
        here = self._place = Place(outside.item, kind) if is_nested else Place(kind)
        is_muted = self.ledger.muted is not None
        body: list[Member] = []
        for child in row[1:]:
            body += self._members(child, here)
        if kind is None or is_muted:
            return None
        title = cut.line(header.end(), head.end_pos - 1) if header[3] else None
        keyword, name = cut.name(*header.span(1)), cut.name(*header.span(2))
        return BlockDecl(keyword, name, title, tuple(body), cut.span(start, self._last_end()))

    def _last_end(self) -> int:
        """Where the last line that was taken ends, blank lines and spaces not counted."""
        assert self._above is not None
        end = self._above.end_pos
        while self.cut.text[end - 1] in " \t\n":
            end -= 1
        return end

    def _members(self, row: "LineToken | Rows", place: Place) -> Iterable[Member]:
        if isinstance(row, list):
            return _one(self._block(row, place))
        self._enter(row, place)
        if self.ledger.muted is not None or self.ledger.is_full:
            return ()
        indent = 4 if row.type.startswith("SUB") else 2
        match row.type:
            case "TEXT" | "SUBTEXT":
                return (self._below(row, row.start_pos + indent, indent + 2),)
            case "FIELD" | "SUBFIELD":
                return [self._inline(line.start_pos + indent, line.end_pos) for line in self._lines(row)]
            case "CHECK" | "SUBCHECK":
                clauses = [self._clause(line) for line in self._lines(row)]
                return filter(None, clauses)
        return _one(self._rule(row))

    def _lines(self, row: LineToken) -> Sequence[LineToken]:
        lines = lines_of(self.cut.text, row)
        self._above = lines[-1]
        return lines

    def _inline(self, start: int, end: int) -> FieldDecl:
        cut = self.cut
        head, name, qualifier = self._head(start)
        at = head.end()
        value = cut.line(at, end - 1)
        end = at + len(value.text)
        if is_suspect(name.text, value.text, qualifier=qualifier):
            self.ledger.tell(cut.text, slips_in_field(head, end, place=self._place))
        return FieldDecl(name, qualifier, value, True, cut.file(at, value), cut.span(start, end))

    def _below(self, row: LineToken, start: int, indent: int) -> FieldDecl:
        cut = self.cut
        head, name, qualifier = self._head(start)
        value, end = cut.prose(head.end() + 1, row.end_pos, indent=indent)
        if is_suspect(name.text, "", qualifier=qualifier):
            self.ledger.tell(cut.text, slips_in_field(head, head.end(), place=self._place))
        return FieldDecl(name, qualifier, value, False, None, cut.span(start, max(end, head.end())))

    def _head(self, start: int) -> tuple[re.Match[str], NameDecl, NameDecl | None]:
        """What stands in front of the value of a field, its name, and what is in its brackets."""
        head = _FIELD.match(self.cut.text, start)
        assert head is not None
        written, inside = head.groups()
        block = self._place.nested or self._place.item
        if block and written not in _FIELDS[block.keyword] and not (block.is_open or block.field(written)):
            self.is_odd = True
        name = NameDecl(written, self.cut.span(start, start + len(written)))
        return head, name, None if inside is None else self.cut.name(*head.span(2))

    def _clause(self, line: LineToken) -> ClauseDecl | None:
        if self.ledger.is_full:
            return None
        decl, slips = clause_at(self.cut, line, place=self._place)
        if slips:
            self.ledger.tell(self.cut.text, slips)
        return decl

    def _rule(self, line: LineToken) -> RuleDecl | None:
        decl, slips = rule_at(self.cut, line, place=self._place)
        self.ledger.tell(self.cut.text, slips)
        return decl


def _one(decl: Decl | None) -> tuple[Decl, ...]:
    return () if decl is None else (decl,)
