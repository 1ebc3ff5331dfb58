"""Where lines of a badly laid out text belong, found by how they stand to each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from evalc.base.suggest import closest
from evalc.syntax.codes.layout import TAB_INDENT, TEXT_NOT_INDENTED, WRONG_INDENT
from evalc.syntax.slips.slip import Cure, Slip, Swap
from evalc.syntax.slips.words import (
    FIELD,
    FIELDS,
    HEADER,
    LEVELS,
    STATEMENTS,
    Place,
    children_of,
    near_level,
)
from evalc.syntax.vocabulary import BLOCKS

# Lines of spaces and tabs alone are blank; any other character is something that was written.
_LINE = re.compile(r"^([ \t]*)([^ \t\n][^\n]*)$", re.MULTILINE)
_OPENING = re.compile(r"(?:let[ \t]+)?([^\s:=(]+)[ \t]*(?:\([^()\n]*\)[ \t]*)?:$")
_TAB_WIDTH = 2

Sort = Literal["comment", "item", "nested", "check", "rule", "field", "other"]


def lay_out(text: str) -> list[Slip]:
    """What stands in the wrong column, one slip for lines that follow each other; together the cures lay out all."""
    walk = _Walk()
    for number, line in enumerate(_LINE.finditer(text)):
        walk.take(_Line(number, line.start(), line[1], line[2].rstrip()))
    walk.close_field()
    moves = sorted(walk.moves, key=lambda move: move.line.start)
    return [*_tabs(moves), *_runs(moves)]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    indent: str
    body: str

    @property
    def width(self) -> int:
        """The column that a reader sees, when a tab goes to the next even one."""
        return _width(self.indent)

    def cut(self, column: int) -> str:
        """What of the indentation lies beyond a column."""
        width = 0
        for at, space in enumerate(self.indent):
            if width >= column:
                return self.indent[at:]
            width += 1 if space == " " else _TAB_WIDTH - width % _TAB_WIDTH
        return ""


@dataclass(frozen=True, slots=True)
class _Move:
    """A line that gets another indentation: `what` stands there, in `wanted` it would be right."""

    line: _Line
    indent: str
    sort: Literal["tab", "indent", "text"]
    what: str
    wanted: int


@dataclass(slots=True)
class _Field:
    """A field with room for text below: as it stands, and the level it belongs to."""

    name: str
    width: int
    depth: int
    is_moved: bool
    lines: list[_Line] = field(default_factory=list)
    outside: list[_Line] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """Reads line by line; `item` and `nested` are the open headers, with their columns as they stand."""

    moves: list[_Move] = field(default_factory=list)
    place: Place = field(default_factory=lambda: Place(None))
    item_width: int = 0
    nested_width: int = 0
    open: _Field | None = None

    def take(self, line: _Line) -> None:
        """Find out where a line belongs."""
        width = line.width
        sort, name = _sort(line.body, self.place, is_at_margin=not width)
        if self.open and width > self.open.width and not self._ends_field(sort, width):
            self.open.lines.append(line)
            return
        if sort == "comment":
            return
        if sort == "other":
            if self.open and self._is_text(line):
                self.open.outside.append(line)
            return
        self.close_field()
        depth = self._depth(sort, name, width)
        if depth is None:
            return
        self._open(sort, name, line, depth=depth)

    def close_field(self) -> None:
        """Move the text of the open field to where it belongs, as one block."""
        if self.open is None:
            return
        margin = 2 * (self.open.depth + 1)
        what = f"the text of `{self.open.name}`"
        low = min((line.width for line in self.open.lines), default=margin)
        base = low if low < margin or self.open.is_moved else margin
        for line in self.open.lines:
            indent = " " * margin + line.cut(base)
            if indent != line.indent:
                sort: Literal["tab", "indent"] = "tab" if "\t" in line.indent[:margin] else "indent"
                self.moves.append(_Move(line, indent, sort, what, margin))
        edge = min((line.width for line in self.open.outside), default=0)
        for line in self.open.outside:
            self.moves.append(_Move(line, " " * margin + line.cut(edge), "text", self.open.name, margin))
        self.open = None

    def _ends_field(self, sort: Sort, width: int) -> bool:
        """Whether a line below a field that slid to the left is not its text, but stands right itself."""
        field = self.open
        return field is not None and field.is_moved and sort not in ("other", "comment") and width <= 2 * field.depth

    def _is_text(self, line: _Line) -> bool:
        """Whether a line that is nothing else goes on with the text of the open field, though not indented."""
        word = re.split(r"[\s:=]", line.body, maxsplit=1)[0]
        is_check = near_level(word) and re.search(r'["/=<>]|^\S+(?: not)? \S+$', line.body[:200])
        if line.width and (FIELD.match(line.body) or is_check):
            return False
        near = closest(word, (*children_of(None), *children_of(self.place.item), *STATEMENTS))
        return not (near and HEADER.match(line.body)) and (line.width > 0 or word not in LEVELS)

    def _depth(self, sort: Sort, name: str, width: int) -> int | None:
        if sort == "item":
            return 0
        if self.place.item is None:
            return None
        if sort == "nested":
            return 1
        if self.place.nested is None:
            return 1
        is_inside = width > self.nested_width
        likely, other = (2, 1) if is_inside else (1, 2)
        return other if not self._fits(sort, name, likely) and self._fits(sort, name, other) else likely

    def _fits(self, sort: Sort, name: str, depth: int) -> bool:
        block = self.place.nested if depth == 2 else self.place.item
        if block is None:
            return False
        if sort == "check":
            return block.takes_checks
        return block.takes_rule if sort == "rule" else block.is_open or block.field(name) is not None

    def _open(self, sort: Sort, name: str, line: _Line, *, depth: int) -> None:
        indent = " " * (2 * depth)
        is_moved = indent != line.indent
        if is_moved:
            what = f"`{name}:`" if sort == "field" else f"`{name}`"
            self.moves.append(_Move(line, indent, "tab" if "\t" in line.indent else "indent", what, 2 * depth))
        if sort == "item":
            self.place, self.item_width = Place(BLOCKS.get(name)), line.width
        elif sort == "nested":
            self.place, self.nested_width = Place(self.place.item, BLOCKS[name]), line.width
        elif depth == 1 and self.place.nested:
            self.place = Place(self.place.item)
        head = _OPENING.match(line.body)
        if head and sort in ("field", "item"):
            self.open = _Field(head[1], line.width, depth, is_moved)


def _sort(body: str, place: Place, *, is_at_margin: bool) -> tuple[Sort, str]:
    """What a line is by its words, and the word that tells: a keyword or the name of a field."""
    if body[0] == "#":
        return "comment", ""
    word = re.match(r"[\w-]*", body)
    name = word[0] if word else ""
    header = HEADER.match(body)
    if header and name in children_of(None):
        return "item", name
    if is_at_margin and (header or FIELD.match(body)) and (name not in FIELDS or not place.item):
        near = name if name in children_of(None) else closest(name, children_of(None))
        if near:
            return "item", near
    if name in STATEMENTS and re.match(r'use[ \t]+"|let[ \t]+[^\s:=]+[ \t]*[:=]|retired[ \t]+[^\s:]+[ \t]*:', body):
        return "item", name
    if header and place.item and name in children_of(place.item):
        return "nested", name
    if name in LEVELS and body[len(name) : len(name) + 1] in (" ", "\t"):
        return "check", name
    if re.match(r"pass[ \t]+when\b", body):
        return "rule", "pass when"
    is_open = place.nested is not None and place.nested.is_open
    if FIELD.match(body) and (name in FIELDS or name.isdecimal() or is_open):
        return "field", name
    return "other", name


def _width(indent: str) -> int:
    width = 0
    for space in indent:
        width += 1 if space == " " else _TAB_WIDTH - width % _TAB_WIDTH
    return width


def _tabs(moves: Sequence[_Move]) -> Iterator[Slip]:
    tabbed = [move for move in moves if move.sort == "tab"]
    if tabbed:
        first = tabbed[0].line
        cure = Cure("indent by two spaces a level", _swaps(tabbed))
        start = first.start + first.indent.index("\t")
        yield Slip(TAB_INDENT, start, start + 1, "a level is two spaces", _more(tabbed), cure)


def _runs(moves: Sequence[_Move]) -> Iterator[Slip]:
    """One slip for each run of lines that stand wrong in the same way, without a right one between them."""
    others = [move for move in moves if move.sort != "tab"]
    numbered = enumerate(others)
    for (_, sort), run in groupby(numbered, key=lambda pair: (pair[1].line.number - pair[0], pair[1].sort)):
        found = [move for _, move in run]
        first, last = found[0], found[-1]
        start = first.line.start + len(first.line.indent)
        column = first.line.width + 1
        if sort == "text":
            end = last.line.start + len(last.line.indent) + len(last.line.body)
            label = f"indent it by {first.wanted - first.line.width} spaces"
            cure = Cure("indent the text", _swaps(found), is_safe=False)
            values = {"column": column, "field": first.what}
            yield Slip(TEXT_NOT_INDENTED, start, end, label, cure=cure, values=values)
        else:
            end = first.line.start + len(first.line.indent) + len(first.line.body)
            wanted = f"column {first.wanted + 1}"
            cure = Cure(f"move it to {wanted}", _swaps(found))
            values = {"what": first.what, "column": column, "wanted": first.wanted + 1}
            yield Slip(WRONG_INDENT, start, end, f"{wanted} fits", _more(found), cure, values)


def _swaps(moves: Sequence[_Move]) -> tuple[Swap, ...]:
    return tuple(Swap(move.line.start, move.line.start + len(move.line.indent), move.indent) for move in moves)


def _more(moves: Sequence[_Move]) -> str:
    count = len(moves) - 1
    return f"so do {count} more lines" if count > 1 else "so does one more line" if count else ""
