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
    wrong="must match /\\pL{400}/",
    right="must match /\\pL+/",
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

BAD_PATH = Code(
    "bad-path",
    "error",
    "this is no path: {reason}",
    'A path begins with `$`, which is the whole value, and goes on with `.name`, `[0]`, `["any name"]` or `[*]` for '
    "each item of a list.",
    wrong='must have $["\\q"] = 1',
    right='must have $["q"] = 1',
)

ORDER_OF_NO_NUMBER = Code(
    "order-of-no-number",
    "error",
    "`{operator}` compares numbers, and {value} is none",
    "Texts, `true`, `false` and `null` can be equal or not; only numbers come before one another.",
    wrong='must have $.days <= "30"',
    right="must have $.days <= 30",
)

WRONG_UNIT = Code(
    "wrong-unit",
    "error",
    "{measure} takes {wanted}, not `{written}`",
    "Each measure has its unit: words, characters, lines and tokens are plain numbers, a latency has `s`, `ms` or `m` "
    "behind it, a cost `$` before it, and a share `%` behind it.",
    wrong="must have latency <= 4",
    right="must have latency <= 4s",
)

BOUND_SAYS_NOTHING = Code(
    "bound-says-nothing",
    "error",
    "{measure} {operator} {bound} is {verdict} of every answer",
    "No measure is below zero, and a share lies above 0% and at most at 100%, so some bounds can never fail, and some "
    "can never pass.",
    wrong="must have words >= 0",
    right="must have words >= 20",
)

UNKNOWN_LANGUAGE = Code(
    "unknown-language",
    "error",
    "nobody here can tell the language `{language}`",
    "Languages are named by their two letters of ISO 639-1, and only those that have a test text can be named.",
    wrong='must use language "german"',
    right='must use language "de"',
)

SAME_TOOL = Code(
    "same-tool",
    "error",
    "a call of `{tool}` does not come before itself",
    "The order of two different tools can be checked; how often one is called is said by `at most 2 times`.",
    wrong="must call confirm before confirm",
    right="must call confirm before pay",
)

BAD_SCHEMA = Code(
    "bad-schema",
    "error",
    "`{file}` is no JSON Schema that can be used: {reason}",
    "A schema stands in one file that refers to nothing outside of itself, so that checking an answer needs no network "
    "and no other file. Its patterns have no look-around and no back-references.",
    wrong='must fit schema "refers-elsewhere.json"',
    right='must fit schema "decision.json"',
)
