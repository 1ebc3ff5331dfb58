"""What can be wrong with a rubric."""

from evalc.base.diagnostic import Code

_CASE = "case polite: A rude question\n  severity: low\n  input: Hey you.\n  rubric: manners\n\n"
_HEAD = _CASE + "rubric manners: Manners\n"
_TONE = "  criterion tone: The answer is polite\n    5: Kind.\n    1: Rude.\n"
_RULE = "  pass when mean >= 4\n"
_RIGHT = _HEAD + "  scale: 1 to 5\n" + _TONE + _RULE

WRONG_SCALE = Code(
    "wrong-scale",
    "error",
    "`{text}` is no scale",
    "A scale is `met`, or two whole numbers such as `1 to 5`, the worse one first and at most 100 steps apart.",
    wrong=_HEAD + "  scale: 1-5\n" + _TONE + _RULE,
    right=_RIGHT,
)

NO_CRITERION = Code(
    "no-criterion",
    "error",
    "the rubric `{name}` has no criterion",
    "A judge is asked about each criterion, so without one there is nothing to ask.",
    wrong=_HEAD + "  scale: 1 to 5\n" + _RULE,
    right=_RIGHT,
)

RESERVED_NAME = Code(
    "reserved-name",
    "error",
    "`{name}` means something else in rules and labels, so no criterion can have that name",
    "Rules know `mean`, `no criterion below` and `every criterion met`; labels know `breaks`.",
    wrong=_HEAD + "  scale: 1 to 5\n" + _TONE.replace("tone", "mean") + _RULE,
    right=_RIGHT,
)

MISSING_ANCHOR = Code(
    "missing-anchor",
    "error",
    "`criterion {name}` does not say what earns a {score}",
    "Judges agree with people and with each other where both ends of the scale are described.",
    wrong=_HEAD + "  scale: 1 to 5\n  criterion tone: The answer is polite\n    5: Kind.\n" + _RULE,
    right=_RIGHT,
)

ANCHOR_OFF_SCALE = Code(
    "anchor-off-scale",
    "error",
    "`{name}` is not on the scale of this rubric: {wanted} would be",
    "No judge can give this score, so nobody would see what it means.",
    wrong=_HEAD + "  scale: 1 to 5\n" + _TONE + "    6: Warm.\n" + _RULE,
    right=_RIGHT,
)

MISSING_RULE = Code(
    "missing-rule",
    "error",
    "the rubric `{name}` does not say when a grade passes",
    "Scores alone decide nothing. A rubric on a scale of `met` passes when every criterion is met, unless it says "
    "otherwise.",
    wrong=_HEAD + "  scale: 1 to 5\n" + _TONE,
    right=_RIGHT,
)
