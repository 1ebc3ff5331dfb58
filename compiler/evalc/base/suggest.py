"""Near names for a word that nobody knows."""

from collections.abc import Iterable
from difflib import get_close_matches

# Looking costs about a microsecond for each pair of letters, so monsters are not looked at.
_LONGEST_WORD = 80


def closest(word: str, names: Iterable[str]) -> str | None:
    """The name that a word was probably meant to be, or None where none is near."""
    if len(word) > _LONGEST_WORD:
        return None
    by_folded = {name.casefold(): name for name in sorted(names, reverse=True) if len(name) <= _LONGEST_WORD}
    found = get_close_matches(word.casefold(), sorted(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None
