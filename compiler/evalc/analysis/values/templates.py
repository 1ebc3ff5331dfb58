"""Texts with `{{name}}` in them: read once, filled once per row, never read again."""

import re
from collections.abc import Callable, Collection, Mapping

from evalc.base.record import record

# Longer names than this are no names, and bounding them keeps a hostile line linear.
_SLOT = re.compile(r"\{\{([^{}\n]{1,80})\}\}")


@record
class Slot:
    """A `{{...}}` of a text: what stands between the braces, and where, as offsets in that text."""

    name: str
    start: int
    end: int


@record
class Template:
    """A text cut at its slots: fixed parts, and between them the columns that a row fills.

    `parts` has one more member than `columns`.
    """

    parts: tuple[str, ...]
    columns: tuple[str, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether every row gives the same text."""
        return not self.columns

    def fill(self, row: Mapping[str, str]) -> str:
        """The text for one row; what the row puts in is taken as it is."""
        if not self.columns:
            return self.parts[0]
        pieces = [self.parts[0]]
        for column, part in zip(self.columns, self.parts[1:], strict=True):
            pieces.append(row[column])
            pieces.append(part)
        return "".join(pieces)

    def filled_length(self, row: Mapping[str, str]) -> int:
        """How many characters `fill` would give."""
        return sum(map(len, self.parts)) + sum(len(row[column]) for column in self.columns)


def find_slots(text: str) -> list[Slot]:
    """The slots of a text in order."""
    if "{{" not in text:
        return []
    return [Slot(found[1], found.start(), found.end()) for found in _SLOT.finditer(text)]


def cut(text: str, columns: Collection[str], *, constant: Callable[[Slot], str | None]) -> Template:
    """The template of a text.

    Args:
        columns: The names that each row fills.
        constant: The text of a slot that is no column, or None to leave it as it is written.
    """
    slots = find_slots(text)
    if not slots:
        return Template((text,))
    parts: list[str] = []
    used: list[str] = []
    piece: list[str] = []
    after = 0
    for slot in slots:
        piece.append(text[after : slot.start])
        after = slot.end
        if slot.name in columns:
            parts.append("".join(piece))
            used.append(slot.name)
            piece = []
        else:
            value = constant(slot)
            piece.append(text[slot.start : slot.end] if value is None else value)
    piece.append(text[after:])
    parts.append("".join(piece))
    return Template(tuple(parts), tuple(used))
