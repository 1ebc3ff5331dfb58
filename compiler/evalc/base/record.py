"""Small values that are made by the hundred thousand."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True)
def record(made: type[Made]) -> type[Made]:
    """A dataclass with slots, equal and hashed by its fields, which only type checkers keep from being changed.

    Freezing a dataclass doubles the cost of making one, and a tree of a thousand cases has 120,000 of them.
    """
    return dataclass(slots=True, unsafe_hash=True)(made)
