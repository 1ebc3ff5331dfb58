"""Where lines of a badly laid out text belong, found by how they stand to each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from evalc.base.suggest import closest
from evalc.syntax.grammar import IN_BRACKETS
from evalc.syntax.slips.moves import Line, Move, slips_of
from evalc.syntax.slips.slip import Slip
from evalc.syntax.slips.words import (
    FIELD,
    FIELDS,
    HEADER,
    ITEMS,
    LEVELS,
    NESTED,
    STATEMENTS,
    Place,
    children_of,
    near_level,
)
from evalc.syntax.vocabulary import BLOCKS

# Lines of spaces and tabs alone are blank; any other character is something that was written.
_LINE = re.compile(r"^([ \t]*)([^ \t\n][^\n]*)$", re.MULTILINE)
_OPENING = re.compile(rf"(?:let[ \t]+)?([^\s:=(]+)[ \t]*(?:\({IN_BRACKETS}\)[ \t]*)?:$")
_BRACKET = re.compile(r"[ \t]*\(")
_STATEMENT = re.compile(r'use[ \t]+"|let[ \t]+[^\s:=]+[ \t]*[:=]|retired[ \t]+[^\s:]+[ \t]*:')
# What an honest file never needs, so that a hostile one takes bounded time.
_MOST_MOVES = 20_000
_MOST_GUESSES = 2_000

Sort = Literal["comment", "item", "nested", "check", "rule", "field", "other"]


def lay_out(text: str) -> list[Slip]:
    """What stands in the wrong column, one slip for lines that follow each other; together the cures lay out all."""
    walk = _Walk()
    for number, line in enumerate(_LINE.finditer(text)):
        walk.take(Line(number, line.start(), line[1], line[2].rstrip(" \t")))
        if len(walk.moves) > _MOST_MOVES:
            break
    walk.close_field()
    return list(slips_of(sorted(walk.moves, key=lambda move: move.line.start)))


@dataclass(slots=True)
class _Field:
    """A field with room for text below: as it stands, and the level it belongs to."""

    name: str
    width: int
    depth: int
    is_moved: bool
    lines: list[Line] = field(default_factory=list)
    outside: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """Reads line by line; `item` and `nested` are the open headers, with their columns as they stand."""

    moves: list[Move] = field(default_factory=list)
    place: Place = field(default_factory=lambda: Place(None))
    item_width: int = 0
    nested_width: int = 0
    open: _Field | None = None
    guesses: int = 0

    def take(self, line: Line) -> None:
        """Find out where a line belongs."""
        width = line.width
        sort, name = self._sort(line.body, is_at_margin=not width)
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
                self.moves.append(Move(line, indent, sort, what, margin))
        edge = min((line.width for line in self.open.outside), default=0)
        for line in self.open.outside:
            self.moves.append(Move(line, " " * margin + line.cut(edge), "text", self.open.name, margin))
        self.open = None

    def _ends_field(self, sort: Sort, width: int) -> bool:
        """Whether a line below a field that slid to the left is not its text, but stands right itself."""
        field = self.open
        return field is not None and field.is_moved and sort not in ("other", "comment") and width <= 2 * field.depth

    def _is_text(self, line: Line) -> bool:
        """Whether a line that is nothing else goes on with the text of the open field, though not indented."""
        word = re.split(r"[\s:=]", line.body, maxsplit=1)[0]
        is_check = near_level(word) and re.search(r'["/=<>]|^\S+(?: not)? \S+$', line.body[:200])
        if line.width and (FIELD.match(line.body) or is_check):
            return False
        near = self._near(word, (*children_of(None), *children_of(self.place.item), *STATEMENTS))
        return not (near and HEADER.match(line.body)) and (line.width > 0 or word not in LEVELS)

    def _sort(self, body: str, *, is_at_margin: bool) -> tuple[Sort, str]:
        """What a line is by its words, and the word that tells: a keyword or the name of a field."""
        if body[0] == "#":
            return "comment", ""
        word = re.match(r"[\w-]*", body)
        name = word[0] if word else ""
        keyword = self._keyword(body, name, is_at_margin=is_at_margin)
        if keyword:
            return ("nested" if keyword in NESTED else "item"), keyword
        if name in LEVELS and body[len(name) : len(name) + 1] in (" ", "\t"):
            return "check", name
        if re.match(r"pass[ \t]+when\b", body):
            return "rule", "pass when"
        is_open = self.place.nested is not None and self.place.nested.is_open
        if FIELD.match(body) and (name in FIELDS or name.isdecimal() or is_open):
            return "field", name
        if name in FIELDS and _BRACKET.match(body, len(name)):
            return "field", name
        return "other", name

    def _keyword(self, body: str, name: str, *, is_at_margin: bool) -> str | None:
        """The keyword of the block or statement that a line begins, as it is or with a slip in it."""
        if name in STATEMENTS and _STATEMENT.match(body):
            return name
        header, is_field = HEADER.match(body), FIELD.match(body)
        if header and name in ITEMS:
            return name
        if not (header or is_field or body == name or (name in BLOCKS and not self.open)):
            return None
        item = self.place.item
        if is_at_margin and not (name in FIELDS and item):
            near = name if name in ITEMS else self._near(name, ITEMS)
            if near:
                return near
        if item is None or item.field(name) or (is_field and name in FIELDS):
            return None
        return name if name in NESTED else self._near(name, NESTED)

    def _near(self, word: str, words: Sequence[str]) -> str | None:
        """The word that another one is a slip of, as long as not too many were looked up."""
        self.guesses += 1
        return closest(word, words) if self.guesses <= _MOST_GUESSES else None

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

    def _open(self, sort: Sort, name: str, line: Line, *, depth: int) -> None:
        indent = " " * (2 * depth)
        is_moved = indent != line.indent
        if is_moved:
            what = f"`{name}:`" if sort == "field" else f"`{name}`"
            self.moves.append(Move(line, indent, "tab" if "\t" in line.indent else "indent", what, 2 * depth))
        if sort == "item":
            self.place, self.item_width = Place(BLOCKS.get(name)), line.width
        elif sort == "nested":
            self.place, self.nested_width = Place(self.place.item, BLOCKS[name]), line.width
        elif depth == 1 and self.place.nested:
            self.place = Place(self.place.item)
        head = _OPENING.match(line.body)
        if head and (sort == "field" or name == "let"):
            self.open = _Field(head[1], line.width, depth, is_moved)
