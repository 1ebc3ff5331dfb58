"""The names of checks that have none."""

import re
import unicodedata
from collections.abc import Sequence

from evalc.base.digest import digest
from evalc.syntax.tree import Word

_LONGEST_NAME = 40

_PART = re.compile(r"[a-z0-9]+")

# Words that a reader of the name does not miss.
_SMALL = frozenset({"any", "all", "of"})

_SAID = {
    "%": " percent",
    "=": "",
    "!=": "not",
    "<": "below",
    "<=": "at most",
    ">": "above",
    ">=": "at least",
}


def name_check(words: Sequence[Word]) -> str:
    """A kebab-case name made of a clause's words, such as `contain-error-rate-replica`, cut after some 40 letters."""
    parts: list[str] = []
    for word in words:
        # Texts in scripts that names cannot hold still have to give names that differ.
        parts += _slug(word) or ([digest(word.text, length=6)] if word.kind in ("text", "pattern") else [])
    name = ""
    for part in parts:
        if name and len(name) + 1 + len(part) > _LONGEST_NAME:
            break
        name = f"{name}-{part}" if name else part[:_LONGEST_NAME]
    return name


def _slug(word: Word) -> list[str]:
    if word.kind == "comma" or (word.kind == "name" and word.text in _SMALL):
        return []
    if word.kind == "operator":
        text = _SAID[word.text]
    else:
        text = word.text + (_SAID.get(word.mark, word.mark) if word.kind == "number" else "")
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _PART.findall(plain)
