"""Which words can stand where, as the explanations need it."""

import re

from evalc.base.record import record
from evalc.base.suggest import closest
from evalc.syntax.grammar import IN_BRACKETS
from evalc.syntax.slips.names import article
from evalc.syntax.vocabulary import BLOCKS, BlockKind

LEVELS = ("must", "should")
ITEMS = tuple(kind.keyword for kind in BLOCKS.values() if not kind.parents)
NESTED = tuple(kind.keyword for kind in BLOCKS.values() if kind.parents)
STATEMENTS = ("use", "let", "retired")
FIELDS = frozenset(field.name for kind in BLOCKS.values() for field in kind.fields)
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)[ \t]+([^\s:(\"=|][^\s:]*)[ \t]*(:[^\n]*)?$")
FIELD = re.compile(rf"([A-Za-z0-9][A-Za-z0-9_-]*)[ \t]*(?:\({IN_BRACKETS}\)[ \t]*)?:(?=\s|$)")


@record
class Place:
    """Where a line stands: in an item, and perhaps in a block nested there."""

    item: BlockKind | None
    nested: BlockKind | None = None

    @property
    def block(self) -> BlockKind | None:
        """The innermost block."""
        return self.nested or self.item

    @property
    def indent(self) -> int:
        """How far the lines of the innermost block are indented."""
        return 4 if self.nested else 2

    @property
    def words(self) -> str:
        """The innermost block with its article."""
        return article(self.block.keyword) if self.block else "the left margin"

    def has_field(self, name: str) -> bool:
        """Whether the innermost block takes a field of this name."""
        return bool(self.block and (self.block.is_open or self.block.field(name)))


def children_of(kind: BlockKind | None) -> tuple[str, ...]:
    """The keywords of the blocks that can stand in a block, or at the left margin for None."""
    if kind is None:
        return ITEMS
    return tuple(other.keyword for other in BLOCKS.values() if kind.keyword in other.parents)


def line_place(place: Place, column: int) -> Place:
    """Where a line of a block stands that is indented so far: in the block nested there only if it is deep enough."""
    return place if place.nested is None or column > 2 else Place(place.item)


def near_level(word: str) -> str | None:
    """The level of a check that a word is meant to be, with `not` where the word says so; None where it is none."""
    folded = word.casefold().replace("\u2019", "'")
    for level in LEVELS:
        if folded.startswith(level) and folded != level:
            return f"{level} not" if folded[len(level) :] in {"n't", "nt", "not", "-not", "_not"} else level
    return closest(word, LEVELS)
