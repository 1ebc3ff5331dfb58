"""Docstrings of members, which are their pages."""

from textwrap import dedent
from typing import NamedTuple


class Page(NamedTuple):
    """What a docstring says: its paragraphs and its example."""

    paragraphs: tuple[str, ...]
    example: str


def read_docstring(text: str) -> Page:
    """The parts of a clean docstring, each paragraph on one line."""
    words, _, example = text.partition("\nExample:\n")
    paragraphs = tuple(" ".join(part.split()) for part in words.strip().split("\n\n"))
    return Page(paragraphs, dedent(example).strip("\n"))
