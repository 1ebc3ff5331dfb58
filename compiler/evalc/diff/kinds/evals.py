"""Kinds of changes of evals, their gates, their facts and their vendors."""

from evalc.diff.kinds.kind import Kind

EVAL_ADDED = Kind("eval-added", "strengthened", "the eval is new", "There is an eval that was not there before.")
EVAL_REMOVED = Kind(
    "eval-removed",
    "weakened",
    "the eval is gone",
    "An eval is gone, and at least one of its cases is in no other eval. The cases that went with it are listed.",
)
EVAL_DISSOLVED = Kind(
    "eval-dissolved",
    "neutral",
    "the eval is gone; each of its cases is in another eval or retired",
    "An eval is gone, and none of its cases with it.",
)
EVAL_RENAMED = Kind(
    "eval-renamed",
    "neutral",
    "`{before}` is now `{after}`{history}",
    "An eval has another name or vendor: by `formerly`, or since most of its cases are those of an eval that is gone. "
    "Without `formerly`, results from before are not shown with it.",
)
EVAL_RETIRED = Kind(
    "eval-retired",
    "weakened",
    "the status is now `retired`",
    "An eval is not to be relied on any more.",
)
FILE_MOVED = Kind(
    "file-moved", "cosmetic", "the eval stands in `{after}`, before in `{before}`", "An eval stands in another file."
)
FACT_CHANGED = Kind(
    "fact-changed",
    "neutral",
    "{what} changed",
    "Readers see something else: a title, a tag, an owner, an `about`, a fact of a vendor. No verdict depends on it, "
    "but a run that selects by tags may take other cases.",
)
FACT_REFLOWED = Kind(
    "fact-reflowed",
    "cosmetic",
    "{what} has other line ends",
    "A text for readers has other line ends, and the same words.",
)
ORDER_CHANGED = Kind(
    "order-changed", "cosmetic", "the {what} stand in another order", "The same things stand in another order."
)
VENDOR_ADDED = Kind("vendor-added", "neutral", "the vendor is new", "There is a vendor that was not there before.")
VENDOR_REMOVED = Kind("vendor-removed", "neutral", "the vendor is gone", "A vendor is gone; its evals are told apart.")

GATE_LOOSENED = Kind(
    "gate-loosened",
    "weakened",
    "the gate {how}",
    "A condition behind the eval's `pass when` asks for less, or is gone. What another condition or the language "
    "itself still demands is taken into account: critical cases must always pass.",
)
GATE_TIGHTENED = Kind(
    "gate-tightened",
    "strengthened",
    "the gate {how}",
    "A condition behind the eval's `pass when` is new or asks for more.",
)
GATE_CHANGED = Kind(
    "gate-changed",
    "behaviour",
    "the gate {how}",
    "A condition behind the eval's `pass when` asks for something else, neither more nor less.",
)
GATE_REWORDED = Kind(
    "gate-reworded", "neutral", "the gate is written in other words", "Another `pass when` that asks for the same."
)
SUPPRESSION_ADDED = Kind(
    "suppression-added",
    "weakened",
    "the rule `{rule}` no longer speaks here: `{after}`",
    "A comment `# allow RULE: reason` keeps `evalc lint` from saying what is weak about an eval.",
)
SUPPRESSION_REMOVED = Kind(
    "suppression-removed",
    "strengthened",
    "the rule `{rule}` speaks again: `{before}` is gone",
    "A comment `# allow RULE: reason` is gone.",
)
RECOMPILED = Kind(
    "recompiled",
    "behaviour",
    "what it compiles to changed, though nothing else did",
    "The fingerprint differs and nothing in the spec tells why: the two sides were compiled by different versions.",
)
