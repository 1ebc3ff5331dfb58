"""What can be wrong with comments that allow what a rule finds."""

from evalc.base.diagnostic import Code

_CASE = (
    'case complaint: A late parcel\n  severity: high\n  input: My parcel is late again!\n  must not contain "refund"\n'
)
_ALLOWED = "# allow passing-silence: only refunds are of interest here\n" + _CASE
_RIGHT_CASE = _CASE + '  must contain "tracking number"\n'

UNEXPLAINED_SUPPRESSION = Code(
    "unexplained-suppression",
    "warning",
    "`allow {rule}` has no reason, so it allows nothing",
    "Whoever meets the comment later has to know whether it still holds. The reason stands behind a colon: "
    "`# allow passing-silence: only refunds are of interest here`.",
    wrong="# allow passing-silence\n" + _CASE,
    right=_ALLOWED,
)

UNUSED_SUPPRESSION = Code(
    "unused-suppression",
    "warning",
    "`allow {rule}` allows nothing that is there",
    "The rule finds nothing in what begins below the comment. Left standing, the comment would hide the rule's next "
    "finding, which nobody has looked at.",
    wrong="# allow passing-silence: only refunds are of interest here\n" + _RIGHT_CASE,
    right=_RIGHT_CASE,
)

UNKNOWN_RULE = Code(
    "unknown-rule",
    "warning",
    "there is no rule `{rule}`",
    "`# allow NAME: reason` takes the name of a rule of the linter. What `evalc check` finds cannot be allowed.",
    wrong="# allow passing-silense: only refunds are of interest here\n" + _RIGHT_CASE,
    right=_RIGHT_CASE,
)
