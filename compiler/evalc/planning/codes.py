"""What can be wrong with what a run is asked for."""

from evalc.base.diagnostic import Code

UNKNOWN_TARGET = Code(
    name="unknown-target",
    level="error",
    message="there is no target `{name}` in {policy}",
    meaning="A run asks the targets that are named on the command line, as the policy binds them.",
    wrong="evalc run --target goood",
    right="evalc run --target good",
)
UNKNOWN_JUDGE = Code(
    name="unknown-judge",
    level="error",
    message="there is no judge `{name}` in {policy}",
    meaning="A run asks the judge that is named on the command line, as the policy binds it.",
    wrong="evalc run --target good --judge scriptd",
    right="evalc run --target good --judge scripted",
)
NO_TARGET = Code(
    name="no-target",
    level="error",
    message="no target is named",
    meaning="A run spends time and money at its targets, so it asks only those that are named.",
    wrong="evalc run",
    right="evalc run --target good",
)
NO_JUDGE = Code(
    name="no-judge",
    level="error",
    message="{count} judged and no judge is named",
    meaning="Some of the selected checks are decided by a judge, so the run needs one.",
    wrong="evalc run --target good",
    right="evalc run --target good --judge scripted",
)
NO_MATCH = Code(
    name="no-match",
    level="error",
    message="no case has an id like `{pattern}`",
    meaning="A selection is the id of a case or of an eval, a vendor, or a pattern with `*` and `?` over ids of cases.",
    wrong="evalc run basten --target good",
    right="evalc run baseten --target good",
)
