"""What can be wrong with `pass when`."""

from evalc.base.diagnostic import Code

_EVAL = "eval facts: Facts\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n"
_CASE = '\ncase asks: A question\n  severity: high\n  input: How long?\n  must contain "30 days"\n'
_RIGHT = _EVAL + "  pass when high >= 90%\n" + _CASE

DUPLICATE_RULE = Code(
    "duplicate-rule",
    "error",
    "there is a `pass when` already; conditions are joined by `and`",
    "One line says when something passes, so that nobody overlooks half of it.",
    wrong=_EVAL + "  pass when high >= 90%\n  pass when overall >= 80%\n" + _CASE,
    right=_EVAL + "  pass when high >= 90% and overall >= 80%\n" + _CASE,
)

WRONG_CONDITION = Code(
    "wrong-condition",
    "error",
    "`{words}` is no condition here",
    "An eval counts by severity and `overall`, a case by `passes`. A rubric knows `mean`, its criteria and "
    "`no criterion below`; on a scale of `met` it knows `every criterion met` and `mean`.",
    wrong=_EVAL + "  pass when every high passes\n" + _CASE,
    right=_EVAL + "  pass when high = 100%\n" + _CASE,
)

UNKNOWN_SUBJECT = Code(
    "unknown-subject",
    "error",
    "nothing here is called `{name}`",
    "A condition begins with something that can be measured where it stands.",
    wrong=_EVAL + "  pass when hihg >= 90%\n" + _CASE,
    right=_RIGHT,
)

WRONG_BOUND = Code(
    "wrong-bound",
    "error",
    "`{number}` does not fit here: {wanted} would",
    "Shares have a percent sign, scores and counts have none, so that 90 and 0.9 and 90% are never mixed up.",
    wrong=_EVAL + "  pass when high >= 90\n" + _CASE,
    right=_RIGHT,
)

BOUND_OUT_OF_RANGE = Code(
    "bound-out-of-range",
    "error",
    "`{number}` is outside of what this can be: {wanted}",
    "A bound that no value reaches is a slip.",
    wrong=_EVAL + "  pass when high >= 190%\n" + _CASE,
    right=_RIGHT,
)

BACKWARDS_RULE = Code(
    "backwards-rule",
    "error",
    "`{subject} {operator}` would pass when fewer cases do",
    "The rule of an eval or a case demands at least a share or a count: with `>=`, `>` or `=`.",
    wrong=_EVAL + "  pass when high <= 90%\n" + _CASE,
    right=_RIGHT,
)

RULE_NEVER_FAILS = Code(
    "rule-never-fails",
    "error",
    "`{words}` is true of {wanted}, so it cannot fail",
    "A condition that always holds looks like a demand and is none.",
    wrong=_EVAL + "  pass when high >= 0%\n" + _CASE,
    right=_RIGHT,
)

RULE_NEVER_PASSES = Code(
    "rule-never-passes",
    "error",
    "`{words}` is true of no value, so it cannot pass",
    "A condition that never holds fails every run.",
    wrong=_EVAL + "  pass when high > 100%\n" + _CASE,
    right=_EVAL + "  pass when high = 100%\n" + _CASE,
)
