"""What can be wrong with the words of a check."""

from evalc.base.diagnostic import Code

UNKNOWN_VERB = Code(
    "unknown-verb",
    "error",
    "there is no check `{verb}`",
    "The words behind `must` or `should` begin with a verb that no check has. "
    "`evalc explain` lists the verbs; packages that are installed may add some.",
    wrong='must contains "usage"',
    right='must contain "usage"',
)

MISSING_VERB = Code(
    "missing-verb",
    "error",
    "a check begins with a verb such as `contain`, not with {found}",
    "Behind `must` or `should`, and `not` if it is there, comes a verb that says what is checked.",
    wrong='must "usage"',
    right='must contain "usage"',
)

UNEXPECTED_WORD = Code(
    "unexpected-word",
    "error",
    "after {before} comes {expected}, not {found}",
    "The verb is known, but a word behind it is of another kind than fits there.",
    wrong="must contain usage",
    right='must contain "usage"',
)

UNFINISHED_CHECK = Code(
    "unfinished-check",
    "error",
    "after {before} comes {expected}",
    "The check ends before all is said that it needs.",
    wrong="must contain any of",
    right='must contain any of "usage", "cost"',
)

EMPTY_TEXT = Code(
    "empty-text",
    "error",
    "an empty text says nothing here",
    "A check against an empty text holds of every answer or of none.",
    wrong='must contain ""',
    right="must have characters >= 1",
)

DUPLICATE_VALUE = Code(
    "duplicate-value",
    "error",
    "{value} is in this list already",
    "The second one changes nothing, so it was probably meant to be another one. "
    "Texts that differ in case or white space alone are equal unless the check says `exactly`.",
    wrong='must contain any of "usage", "Usage"',
    right='must contain any of "usage", "consumption"',
)

BAD_PATTERN = Code(
    "bad-pattern",
    "error",
    "this is no pattern: {reason}",
    "Patterns are written in the syntax of RE2, which has no look-around and no back-references, so that "
    "no pattern can take long.",
    wrong="must match /(?=refund)/",
    right="must match /refund/",
)

PATTERN_TOO_LARGE = Code(
    "pattern-too-large",
    "error",
    "this pattern has {size}, at most {most} fit",
    "A pattern's length, and the steps that it compiles to, are limited so that every check takes a bounded time.",
    wrong="must match /(\\w{500}){3}/",
    right="must match /\\w{20}/",
)

UNKNOWN_FLAG = Code(
    "unknown-flag",
    "error",
    "`{flag}` is no flag of a pattern; `i` ignores case",
    "The only letter behind a pattern is `i`. Other behaviour is written inside of it, such as `(?m)` or `(?s)`.",
    wrong="must match /refund/g",
    right="must match /refund/i",
)

PATTERN_MATCHES_ALL = Code(
    "pattern-matches-all",
    "error",
    "this pattern matches every answer, the empty one too, so it says nothing",
    "Each part of the pattern may be absent, so there is no answer in which it is not found.",
    wrong="must match /(refund)?/",
    right="must match /refund/",
)
