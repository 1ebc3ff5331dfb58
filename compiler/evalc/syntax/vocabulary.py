"""The words of the language: which fields each kind of block takes, and what they mean."""

from dataclasses import dataclass
from typing import Literal

ValueKind = Literal["line", "list", "prose", "table", "name", "number", "choice", "scale"]


@dataclass(frozen=True, slots=True)
class FieldKind:
    """One field: how its value is written, and its entry in the reference.

    `choices` are the words of a choice. `repeats` tells that a block may have the field more than once.
    """

    name: str
    value: ValueKind
    doc: str
    example: str
    choices: tuple[str, ...] = ()
    is_required: bool = False
    repeats: bool = False
    takes_file: bool = False
    takes_qualifier: bool = False


@dataclass(frozen=True, slots=True)
class BlockKind:
    """One kind of block: where it stands, its fields in the order of the formatter, and its entry in the reference."""

    keyword: str
    parents: tuple[str, ...]
    doc: str
    example: str
    fields: tuple[FieldKind, ...]
    takes_checks: bool = False
    takes_rule: bool = False
