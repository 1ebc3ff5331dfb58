"""Patterns: RE2, with a bound on what one costs."""

from functools import lru_cache
from typing import Protocol, cast

LONGEST_PATTERN = 1_000
"""In characters."""

LARGEST_PROGRAM = 5_000
"""In steps of RE2's program, which grows with bounded repetitions such as `{500}`."""

LARGEST_SEARCH = 1_000_000_000
"""Steps of the program times characters of the text: five seconds of the worst pattern that was found (2025)."""

# What makes a pattern ask for a place, so that it may match the empty text and still not be found everywhere.
_ASKS_FOR_A_PLACE = ("^", "$", "\\b", "\\B", "\\A", "\\z")

# RE2's reasons in the words of this house; the part that RE2 names comes behind each.
_REASONS = {
    "bad repetition operator": "there is no repetition",
    "invalid UTF-8": "it is no text",
    "invalid character class": "there is no class",
    "invalid character class range": "there is no class or range",
    "invalid escape sequence": "RE2 has no",
    "invalid named capture group": "there is no name for a group in",
    "invalid perl operator": "RE2 has no",
    "invalid repetition size": "at most 1,000 repetitions fit, not",
    "missing )": "a `(` is never closed",
    "missing ]": "a `[` is never closed",
    "no argument for repetition operator": "nothing stands before",
    "pattern too large - compile failed": "it is too large",
    "trailing \\": "it ends with a backslash",
    "unexpected )": "a `)` was never opened",
}


class Found(Protocol):
    """A match of a pattern."""

    def group(self) -> str:
        """The text that matched."""


class Pattern(Protocol):
    """What is used of a compiled pattern."""

    programsize: int

    def search(self, text: str) -> Found | None:
        """The first match in a text."""

    def fullmatch(self, text: str) -> Found | None:
        """The match of a whole text."""


class PatternError(Exception):
    """RE2 does not accept a pattern: why, and the part of the pattern that it names, empty if none."""

    def __init__(self, reason: str, part: str) -> None:
        super().__init__(f"{reason} {part}".strip())
        self.reason = reason
        self.part = part


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str, *, ignores_case: bool) -> Pattern:
    """The compiled pattern.

    Raises:
        PatternError: RE2 does not accept it.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not ignores_case
    try:
        return cast(Pattern, re2.compile(pattern, options))
    except re2.error as error:
        message = error.args[0]
        text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
        reason, _, part = text.partition(": ")
        raise PatternError(_REASONS.get(reason, reason), part) from None


def matches_everything(pattern: str, compiled: Pattern) -> bool:
    """Whether a pattern is found in every text: it needs nothing, and asks for no place."""
    return not any(sign in pattern for sign in _ASKS_FOR_A_PLACE) and compiled.fullmatch("") is not None


def is_too_costly(compiled: Pattern, text: str) -> bool:
    """Whether a search could take more steps than a check may."""
    return compiled.programsize * len(text) > LARGEST_SEARCH
