"""What can be wrong with an eval and its history."""

from evalc.base.diagnostic import Code

_EVAL = "eval facts: Facts\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n"
_CASE = '\ncase asks: A question\n  severity: high\n  input: How long?\n  must contain "30 days"\n'

SECOND_EVAL = Code(
    "second-eval",
    "error",
    "this file holds the eval `{first}` already, so `{name}` needs a file of its own",
    "The cases of a file belong to its eval. With two of them nobody could tell whose they are.",
    wrong=_EVAL + _CASE + "\neval more-facts: More facts\n",
    right=_EVAL + _CASE,
)

CASE_WITHOUT_EVAL = Code(
    "case-without-eval",
    "error",
    "`case {name}` stands in a file without an eval",
    "The cases of a file belong to its eval. A file without one is a library of vendors, rubrics and lets.",
    wrong=_CASE.lstrip(),
    right=_EVAL + _CASE,
)

RETIRED_WITHOUT_EVAL = Code(
    "retired-without-eval",
    "error",
    "`retired {name}` stands in a file without an eval",
    "The retired cases of a file belonged to its eval.",
    wrong="retired asks-twice: covered by asks\n",
    right=_EVAL + _CASE + "\nretired asks-twice: covered by asks\n",
)

EMPTY_EVAL = Code(
    "empty-eval",
    "error",
    "the eval `{name}` has no case",
    "An eval without cases passes whatever it is run against.",
    wrong=_EVAL,
    right=_EVAL + _CASE,
)

WRONG_VERSION = Code(
    "wrong-version",
    "error",
    "`{text}` is no version: three numbers with dots between them would be",
    "The version tells readers whether results can be compared: a new first number says that they cannot.",
    wrong=_EVAL.replace("1.0.0", "v1.0") + _CASE,
    right=_EVAL + _CASE,
)

NO_SUCH_CASES = Code(
    "no-such-cases",
    "warning",
    "no case of this eval is {severity}, so this part of the rule has nothing to count",
    "The condition looks like a demand and is none yet.",
    wrong=_EVAL + "  pass when critical = 100% and overall >= 80%\n" + _CASE,
    right=_EVAL + "  pass when high = 100% and overall >= 80%\n" + _CASE,
)

RETIRED_NAME = Code(
    "retired-name",
    "error",
    "the name `{name}` was retired on line {line} and is not used again",
    "Old results carry the name. A new case under it would take over a history that is not its own.",
    wrong=_EVAL + _CASE + "\nretired asks: covered elsewhere\n",
    right=_EVAL + _CASE.replace("asks", "asks-again") + "\nretired asks: covered elsewhere\n",
)

LIVING_NAME = Code(
    "living-name",
    "error",
    "`{name}` is still there, so it is nobody's earlier name",
    "`formerly` joins the history of something that was renamed.",
    wrong=_EVAL + _CASE.replace("  severity", "  formerly: asks\n  severity"),
    right=_EVAL + _CASE.replace("  severity", "  formerly: asks-once\n  severity"),
)

SHARED_HISTORY = Code(
    "shared-history",
    "error",
    "`{heir}` was called `{name}` already",
    "A history goes on in one place.",
    wrong=_EVAL
    + _CASE.replace("  severity", "  formerly: asks-once\n  severity")
    + _CASE.replace("asks", "asks-more").replace("  severity", "  formerly: asks-once\n  severity"),
    right=_EVAL + _CASE.replace("  severity", "  formerly: asks-once\n  severity") + _CASE.replace("asks", "asks-more"),
)

UNKNOWN_RELATED = Code(
    "unknown-related",
    "warning",
    "there is no eval `{id}` in this catalog",
    "Readers would follow a link that leads nowhere. An eval of another vendor is written `vendor/eval`.",
    wrong=_EVAL + "  related: figures\n" + _CASE,
    right=_EVAL + _CASE,
)
