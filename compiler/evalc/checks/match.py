"""The verb `match`."""

import re
from collections.abc import Iterator
from typing import Self

from pydantic import JsonValue

from evalc.checks._pattern_parts import pattern_implies
from evalc.checks._patterns import (
    LARGEST_PROGRAM,
    LONGEST_PATTERN,
    PatternError,
    compile_pattern,
    is_too_costly,
    matches_everything,
)
from evalc.checks._texts import quoted
from evalc.checks.codes import BAD_PATTERN, PATTERN_MATCHES_ALL, PATTERN_TOO_LARGE, UNKNOWN_FLAG
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match

# A group without a number, `(?:`, has no flags.
_MINDING = re.compile(r"\[\^|\(\?(?!:)|\\[PWSD]")

_CURE = (
    "`\\` before `(`, `[`, `?` and the like makes them plain characters; there is no look-around and no back-reference"
)


class MatchPattern(PlainCheck):
    r"""A pattern is found somewhere in the answer.

    The syntax is RE2's, so that no pattern can take long: there is no look-around and no back-reference. A pattern is
    taken as written; `/.../i` ignores letter case. `^` and `$` are the ends of the answer, of a line with `(?m)`.

    Example:
        must match /RMA-\d{6}/i
    """

    forms = ("match <pattern:pattern>",)

    pattern: str
    ignores_case: bool = False

    @classmethod
    def arguments_of(cls, match: Match) -> dict[str, JsonValue]:
        """The pattern and what its flags say."""
        pattern, flags = _pattern_of(match)
        return {"pattern": pattern, "ignores_case": flags == "i"}

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """What RE2 does not take, what is too large, and what says nothing."""
        pattern, flags = _pattern_of(match)
        strange = flags.replace("i", "", 1)
        if strange:
            yield Objection(UNKNOWN_FLAG, "pattern", {"flag": strange})
        elif len(pattern) > LONGEST_PATTERN:
            yield _too_large(f"{len(pattern):,} characters", f"{LONGEST_PATTERN:,}")
        else:
            yield from _objections_of_engine(pattern, ignores_case=flags == "i")

    def implies(self, other: Self) -> bool:
        """Whether the other pattern is found wherever this one is, as far as their parts tell."""
        if self == other:
            return True
        # Otherwise what follows from one pattern by way of another could seem not to follow from it itself.
        if _minds_case(other.pattern) if other.ignores_case else self.ignores_case:
            return False
        return pattern_implies(self.pattern, other.pattern)

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the pattern is found."""
        compiled = compile_pattern(self.pattern, ignores_case=self.ignores_case)
        answer = answered.response.text
        if is_too_costly(compiled, answer):
            return Finding(None, f"is too long for this pattern: it has {len(answer):,} characters")
        found = compiled.search(answer)
        if found is None:
            return Finding(False, f"matches /{self.pattern}/ nowhere")
        return Finding(True, f"matches /{self.pattern}/ at {quoted(found.group())}")


def _minds_case(pattern: str) -> bool:
    """Whether ignoring letter case may find less: in what is not some letter, or under flags of the pattern itself."""
    return bool(_MINDING.search(pattern))


def _pattern_of(match: Match) -> tuple[str, str]:
    value = match.values["pattern"]
    assert isinstance(value, dict)
    return str(value["pattern"]), str(value["flags"])


def _objections_of_engine(pattern: str, *, ignores_case: bool) -> Iterator[Objection]:
    try:
        compiled = compile_pattern(pattern, ignores_case=ignores_case)
    except PatternError as error:
        at = pattern.find(error.part) if error.part else -1
        part = (at + 1, at + 1 + len(error.part)) if at >= 0 and error.part != pattern else None
        shown = f"{error.reason} `{error.part}`" if part else error.reason
        yield Objection(BAD_PATTERN, "pattern", {"reason": shown}, help=_CURE, part=part)
        return
    if compiled.programsize > LARGEST_PROGRAM:
        yield _too_large(f"{compiled.programsize:,} steps", f"{LARGEST_PROGRAM:,}")
    elif matches_everything(pattern, compiled):
        yield Objection(PATTERN_MATCHES_ALL, "pattern")


def _too_large(size: str, most: str) -> Objection:
    return Objection(PATTERN_TOO_LARGE, "pattern", {"size": size, "most": most})
