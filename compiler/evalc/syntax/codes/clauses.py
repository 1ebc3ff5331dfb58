"""Mistakes in the writing of checks and rules, whatever their verb."""

from evalc.base.diagnostic import Code

UNKNOWN_LEVEL = Code(
    "unknown-level",
    "error",
    "a check begins with `must` or `should`, not with `{word}`",
    "`must` decides whether a case passes; `should` is reported and never decides. Either may be followed by `not`.",
    wrong='case france: France\n  shall contain "Paris"\n',
    right='case france: France\n  should contain "Paris"\n',
)

LONG_CHECK = Code(
    "long-check",
    "error",
    "a check or rule has at most {most} characters, and this one has {count}",
    "A line that long is read by nobody. A long list of texts is better several checks, or a schema in a file.",
    wrong='case france: France\n  must contain any of "Paris"' + ', "Paris"' * 500 + "\n",
    right='case france: France\n  must contain any of "Paris", "Lutetia"\n',
)

EMPTY_CHECK = Code(
    "empty-check",
    "error",
    "nothing is checked behind `{level}`",
    "Behind `must` or `should` comes what an answer must do, such as `contain` and a text in quotes.",
    wrong="case france: France\n  must not\n",
    right="case france: France\n  must not refuse\n",
)

SPLIT_CHECK = Code(
    "split-check",
    "error",
    "a check is one line, and this one goes on below",
    "Checks are compared line by line. A long list of texts is one long line, or several checks.",
    wrong='case france: France\n  must contain any of "Paris",\n    "paris"\n',
    right='case france: France\n  must contain any of "Paris", "Lutetia"\n',
)

DECORATED_CHECK = Code(
    "decorated-check",
    "error",
    "a check is plain words, and there is {mark} in this one",
    "A check begins with `must` or `should` and has no dash before it and no colon in it.",
    wrong='case france: France\n  - must contain: "Paris"\n',
    right='case france: France\n  must contain "Paris"\n',
)

UNCLOSED_TEXT = Code(
    "unclosed-text",
    "error",
    "this text has no closing quote",
    'A text stands between two `"` on one line. A quote inside of it is written `\\"`.',
    wrong='case france: France\n  must contain "Paris\n',
    right='case france: France\n  must contain "Paris"\n',
)

QUOTE_IN_TEXT = Code(
    "quote-in-text",
    "error",
    'a quote inside of a text is written `\\"`',
    "The first quote that has no backslash before it ends a text, and what stands right behind it is lost.",
    wrong='case france: France\n  must contain "the "capital""\n',
    right='case france: France\n  must contain "the \\"capital\\""\n',
)

UNCLOSED_PATTERN = Code(
    "unclosed-pattern",
    "error",
    "this pattern has no closing slash",
    "A pattern stands between two slashes on one line. A slash inside of it is written `\\/`.",
    wrong="case france: France\n  must match /Paris\n",
    right="case france: France\n  must match /Paris/\n",
)

WRONG_QUOTES = Code(
    "wrong-quotes",
    "error",
    "{quote} is not the quote that texts have",
    'A text in a check stands between straight double quotes, `"`. Word processors and chats turn them into others.',
    wrong="case france: France\n  must contain “Paris”\n",
    right='case france: France\n  must contain "Paris"\n',
)

UNKNOWN_ESCAPE = Code(
    "unknown-escape",
    "error",
    "`{escape}` means nothing in a text",
    'In a quoted text `\\"` is a quote, `\\\\` a backslash, `\\n` a line break and `\\t` a tab. Patterns stand between '
    "slashes instead and have their own escapes.",
    wrong='case france: France\n  must contain "\\d+"\n',
    right="case france: France\n  must match /\\d+/\n",
)

UNREADABLE_CHECK = Code(
    "unreadable-check",
    "error",
    "`{part}` cannot stand here in a {kind}",
    "A check or rule is made of words, numbers, comparisons, texts in quotes, patterns between slashes and paths that "
    "begin with `$`. Anything else is a text and needs quotes.",
    wrong="case france: France\n  must contain été\n",
    right='case france: France\n  must contain "été"\n',
)

WRONG_OPERATOR = Code(
    "wrong-operator",
    "error",
    "`{operator}` is not a comparison of checks and rules",
    "The comparisons are `=`, `!=`, `<`, `<=`, `>` and `>=`.",
    wrong="case france: France\n  must have words ≤ 20\n",
    right="case france: France\n  must have words <= 20\n",
)

TRAILING_COMMENT = Code(
    "trailing-comment",
    "error",
    "a comment stands on a line of its own, not behind {what}",
    "`#` may be part of a value, so evalc takes nothing away from the end of a line.",
    wrong="case france: France\n  severity: high  # for now\n",
    right="case france: France\n  # for now\n  severity: high\n",
)

MISSING_CHECK_NAME = Code(
    "missing-check-name",
    "error",
    "`as` is not followed by a name",
    "`as` gives a check its name: small letters, digits and `-`, such as `as keeps-v2`, at the end of the line.",
    wrong="case france: France\n  must refuse as\n",
    right="case france: France\n  must refuse as refuses\n",
)

WORDS_AFTER_NAME = Code(
    "words-after-name",
    "error",
    "after the name of a check nothing follows",
    "`as` and a name end a check. A name is one word; its parts are joined by `-`.",
    wrong="case france: France\n  must refuse as keeps out\n",
    right="case france: France\n  must refuse as keeps-out\n",
)

EMPTY_RULE = Code(
    "empty-rule",
    "error",
    "`{words}` is not followed by a condition",
    "A rule is `pass when` and conditions with `and` between them: `pass when mean >= 4 and no criterion below 3`.",
    wrong="rubric tone: Tone\n  pass when\n",
    right="rubric tone: Tone\n  pass when mean >= 4\n",
)

WRONG_RULE = Code(
    "wrong-rule",
    "error",
    "a rule begins with `pass when`, not with `{words}`",
    "A rule is `pass when` and conditions with `and` between them: `pass when mean >= 4 and no criterion below 3`.",
    wrong="rubric tone: Tone\n  pass if mean >= 4\n",
    right="rubric tone: Tone\n  pass when mean >= 4\n",
)
