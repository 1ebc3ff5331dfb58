"""Kinds of changes of checks."""

from evalc.diff.kinds.kind import Kind

CHECK_ADDED = Kind("check-added", "strengthened", "`{after}` is new", "A case has one more check.")
CHECK_REMOVED = Kind(
    "check-removed",
    "weakened",
    "`{before}` is gone",
    "A check is gone, or another verb took its place: what it demanded is demanded no longer.",
)
CHECK_LOOSENED = Kind(
    "check-loosened",
    "weakened",
    "`{before}` is now `{after}`",
    "Every answer that passed still passes, and others do too: a limit was moved, an `any of` got longer, an `all of` "
    "shorter. `not` turns this round.",
)
CHECK_TIGHTENED = Kind(
    "check-tightened",
    "strengthened",
    "`{before}` is now `{after}`",
    "No answer passes that failed before, and some fail that passed.",
)
CHECK_CHANGED = Kind(
    "check-changed",
    "behaviour",
    "`{before}` is now `{after}`; whether that is looser is not known",
    "A check demands something else. Whether it is looser is not known: that of two patterns, texts or schemas is "
    "seldom plain, so look at it as if it were.",
)
CHECK_INVERTED = Kind(
    "check-inverted", "behaviour", "`{before}` is now `{after}`", "A `not` came or went, so the opposite is demanded."
)
CHECK_DEMOTED = Kind(
    "check-demoted",
    "weakened",
    "`{words}` was a `must` and is a `should`",
    "A `should` is reported and never decides.",
)
CHECK_PROMOTED = Kind(
    "check-promoted", "strengthened", "`{words}` was a `should` and is a `must`", "What was only reported decides now."
)
CHECK_REWORDED = Kind(
    "check-reworded", "neutral", "`{before}` is now `{after}`, which means the same", "Other words for the same check."
)
CHECK_RENAMED = Kind(
    "check-renamed",
    "neutral",
    "`{words}` is called `{after}`, before `{before}`",
    "A check has another name. Results from before are shown under the old one.",
)
CHECK_MOVED = Kind(
    "check-moved",
    "behaviour",
    "`{words}` looks at {after}, before at {before}",
    "A check reads another answer of the conversation.",
)
REPLY_MOVED = Kind(
    "reply-moved",
    "behaviour",
    "`reply {name}` comes after another turn",
    "The checks below a `reply` read the answer to another turn.",
)
