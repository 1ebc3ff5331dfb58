"""Kinds of changes of cases: which there are, what they weigh, what is asked and expected, and the examples."""

from evalc.diff.kinds.kind import Kind

CASE_ADDED = Kind("case-added", "strengthened", "the case is new", "There is a case that was not there before.")
CASE_REMOVED = Kind(
    "case-removed",
    "weakened",
    "the case is gone",
    "A case is gone: no other has its name, says `formerly`, has the same content, or shares most of its words. "
    "`retired NAME: REASON` records that it went on purpose.",
)
CASE_RETIRED = Kind(
    "case-retired", "neutral", "retired: {reason}", "A case is gone, and a `retired` line gives the reason."
)
RETIREMENT_CHANGED = Kind(
    "retirement-changed",
    "neutral",
    "the line `retired {name}` {how}",
    "A `retired` line came, went or has another reason.",
)
CASE_RENAMED = Kind(
    "case-renamed",
    "neutral",
    "`{before}` is now `{after}` ({why}){history}",
    "A case has another name: by `formerly`, by the same content, or by most of its words. What else changed in it is "
    "told apart. Without `formerly`, results from before are not shown with it.",
)
CASE_MOVED = Kind(
    "case-moved",
    "neutral",
    "`{before}` is now `{after}` ({why}){history}",
    "A case belongs to another eval, where another gate decides.",
)
ROW_ADDED = Kind("row-added", "strengthened", "the row is new", "`each` gives a case one more row.")
ROW_REMOVED = Kind("row-removed", "weakened", "the row is gone", "A row of `each` is gone, and with it what it tested.")
ROW_RENAMED = Kind(
    "row-renamed",
    "neutral",
    "`{before}` is now `{after}`",
    "A row with the same content has another id, or a case got rows. Results from before are not shown with it.",
)
SEVERITY_RAISED = Kind(
    "severity-raised", "strengthened", "severity {before} is now {after}", "A failure counts as worse than before."
)
SEVERITY_LOWERED = Kind(
    "severity-lowered",
    "weakened",
    "severity {before} is now {after}",
    "A failure counts as less bad: other conditions of the gate apply, and no `critical` one if it was that.",
)
CONTROL_CHANGED = Kind(
    "control-changed",
    "neutral",
    "the case {how} a negative control",
    "A case is marked as a negative control, or no longer so.",
)

INPUT_CHANGED = Kind(
    "input-changed",
    "behaviour",
    "the {what} {how}",
    "A turn of the conversation has other words, or other lines in a list or in code.",
)
INPUT_REFLOWED = Kind(
    "input-reflowed",
    "cosmetic",
    "the {what} has other line ends",
    "A turn has other line ends inside of paragraphs. A target does see them, so its cases are run again.",
)
CONVERSATION_CHANGED = Kind(
    "conversation-changed",
    "behaviour",
    "the turns are `{after}`, before `{before}`",
    "Turns came, went or moved.",
)
TOOLS_CHANGED = Kind(
    "tools-changed",
    "behaviour",
    "the tool `{name}` {how}",
    "A tool came or went, or its schema or its replies changed.",
)

EXPECTATION_ADDED = Kind("expectation-added", "strengthened", "`expect` is new", "A case without `expect` has one now.")
EXPECTATION_REMOVED = Kind("expectation-removed", "weakened", "`expect` is gone", "The text of `expect` is gone.")
EXPECTATION_CHANGED = Kind(
    "expectation-changed",
    "behaviour",
    "something else is expected ({reason})",
    "The text of `expect` says something else, or it is not plain that it says the same: numbers, names, signs, "
    "negations, quantities, conditions or opposites changed, or content came or went, or many words changed.",
)
EXPECTATION_REWORDED = Kind(
    "expectation-reworded",
    "neutral",
    "the same is expected in other words",
    "A few plain words of `expect` were replaced.",
)
EXPECTATION_REFLOWED = Kind(
    "expectation-reflowed", "cosmetic", "`expect` has other line ends", "The text of `expect` has other line ends."
)

REPEATS_LOOSENED = Kind(
    "repeats-loosened",
    "weakened",
    "the case passes with {after}, before with {before}",
    "At most as many passes are needed and at least as many failures allowed: it is easier to pass by luck.",
)
REPEATS_TIGHTENED = Kind(
    "repeats-tightened",
    "strengthened",
    "the case passes with {after}, before with {before}",
    "It is harder to pass by luck.",
)
REPEATS_CHANGED = Kind(
    "repeats-changed",
    "behaviour",
    "the case passes with {after}, before with {before}",
    "More passes are needed and more failures are allowed, or fewer of both.",
)

EXAMPLE_ADDED = Kind(
    "example-added",
    "strengthened",
    "a {label} example is new",
    "One more answer proves what the checks can do.",
)
EXAMPLE_REMOVED = Kind(
    "example-removed", "weakened", "a {label} example is gone", "One answer less proves what the checks can do."
)
EXAMPLE_CHANGED = Kind(
    "example-changed",
    "neutral",
    "a {label} example has another text",
    "An example proves the same by another text.",
)
EXAMPLE_REFLOWED = Kind(
    "example-reflowed", "cosmetic", "a {label} example has other line ends", "An example has other line ends."
)
EXAMPLE_PROVES_LESS = Kind(
    "example-proves-less",
    "weakened",
    "a {label} example no longer breaks {names}",
    "A bad example names fewer of the checks that it breaks.",
)
EXAMPLE_PROVES_MORE = Kind(
    "example-proves-more", "strengthened", "a {label} example also breaks {names}", "It names more of them."
)
EXAMPLE_RELABELLED = Kind(
    "example-relabelled",
    "behaviour",
    "a {label} example has another label: {after}, before {before}",
    "The verdict, the scores or the calls that an example is known for changed, so calibrations do not compare.",
)
