"""Texts that are nearly specs: lines of the language in any order, cut, joined and indented anyhow."""

from hypothesis import strategies as st

_INDENTS = ("", " ", "  ", "   ", "    ", "     ", "      ", "\t", "  \t")
_LINES = (
    *(
        "",
        "# a comment",
        "#",
        "plain words here",
        "word",
        "- item",
        "| id | a\\|b |",
        "5: five",
        "{{slot}} and {{ no }}",
    ),
    *('use "a.evalc"', "use a.evalc", 'use "a" b', "retired old: for a reason", "retired old", "retired :"),
    *(
        "let a:",
        'let a = "t {{b}}"',
        'let a = "t',
        "let a = b c",
        'let a = file "x"',
        "let a b = c",
        "let (a): b",
        "let a:b = c",
    ),
    *(
        "case a: A {{b}} title",
        "case a",
        "case a:",
        "case : a",
        "case (a): b",
        "eval a b: c",
        "reply first",
        "row r",
        "criterion c: C",
    ),
    *(
        "severity: high",
        "tags: a, {{b}}",
        "input:",
        "each:",
        "each (a):",
        "each: x",
        'each: file "x.csv"',
        'tools: file "x" y',
    ),
    *(
        'note: "quoted {{a}} \\" "',
        'note: "quoted',
        "bad (breaks a, b):",
        "good (a 5) : x",
        "bad (a:",
        'bad (calls f with $.a = "(b): \\" c"): x',
        'bad (calls f with $.a = "):',
        'bad (f("a")): x',
        "key:value",
        "key:",
        "a-b_c: {{{d}}}",
    ),
    *(
        'must contain "a" as b',
        "must not match /a{{b}}/i as c",
        "should have words <= 220",
        "must call t with $.a[0] = 1.5",
    ),
    *(
        "must as x",
        "must",
        "must ",
        "mustx y",
        "should not",
        "must not-x",
        "must contain not as as as b",
        'must "a" contain',
        "must contain 'a'",
        "must match /a[/{{b}}]+[\\]/]/i as c",
        "must match /a[/",
        "must match /[]/]/",
    ),
    *(
        'must a.b c."d" /x',
        "must a $5 $ $.a.b $[*] 5% -3ms as x.y z",
        "must be near 3.14, 5",
        'must contain "a\\"b" "c',
        "must not",
    ),
    *(
        "pass when critical = 100% and overall >= 80%",
        "pass",
        "pass when",
        "pass and when pass as b",
        "pass when {{a}} < 1",
    ),
)
_letters = st.sampled_from("abz059 :=()\"/\\|#-_.$%,<>!{}'é\t*[]")

_lines = st.one_of(
    st.sampled_from(_LINES),
    st.text(_letters, max_size=24),
    st.builds(
        lambda line, at, letter: line[:at] + letter + line[at:], st.sampled_from(_LINES), st.integers(0, 24), _letters
    ),
    st.builds(
        lambda one, other, at: one[:at] + other, st.sampled_from(_LINES), st.sampled_from(_LINES), st.integers(0, 24)
    ),
)

soups = st.lists(st.builds(str.__add__, st.sampled_from(_INDENTS), _lines), max_size=14).map("\n".join)
"""Texts of up to fourteen lines."""
