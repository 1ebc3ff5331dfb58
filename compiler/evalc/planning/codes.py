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
JUDGE_OF_KIN = Code(
    name="judge-of-kin",
    level="warning",
    message="the judge `{judge}` and the target `{target}` are {common}",
    meaning=(
        "Models tend to prefer what models of their own family write (Panickssery et al. 2024, arXiv 2404.13076), so "
        "its verdicts may lean to this target. A judge of another family has no such reason, and in a panel of several "
        "families it counts for less."
    ),
    wrong="evalc run --target gpt --judge gpt-mini",
    right="evalc run --target gpt --judge claude",
)
NO_MATCH = Code(
    name="no-match",
    level="error",
    message="no case has an id like `{pattern}`",
    meaning="A selection is the id of a case or of an eval, a vendor, or a pattern with `*` and `?` over ids of cases.",
    wrong="evalc run basten --target good",
    right="evalc run baseten --target good",
)
NO_TAG = Code(
    name="no-tag",
    level="error",
    message="no case and no eval has the tag `{tag}`",
    meaning="`--tag` selects cases by the tags that they or their evals have.",
    wrong="evalc run --tag smok --target good",
    right="evalc run --tag smoke --target good",
)
NOTHING_SELECTED = Code(
    name="nothing-selected",
    level="error",
    message="no case is left by this selection",
    meaning="A case runs when it fits everything that is asked for, and none does. A run of nothing would look passed.",
    wrong="evalc run --severity critical --last failed --target good     # and no critical case failed",
    right="evalc run --last failed --target good",
)
UNKNOWN_PRICE = Code(
    name="unknown-price",
    level="error",
    message="{policy} has no price for `{model}`, so a budget cannot be kept",
    meaning="A budget counts what calls cost. A price that is not known is not taken for nothing.",
    wrong='evalc run --target hosted --budget 2.00     # with no [prices."large-2.1"] in the policy',
    right='[prices."large-2.1"]\ninput_usd_per_million = 2.50\noutput_usd_per_million = 10',
)
