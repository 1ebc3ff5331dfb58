"""What can be wrong with the checks of a case together."""

from evalc.base.diagnostic import Code

DUPLICATE_CHECK = Code(
    "duplicate-check",
    "error",
    "this says what line {line} says already",
    "The same check twice tells nothing new, and its results could not be told apart.",
    wrong='case asks: A question\n  severity: low\n  input: How long?\n  must contain "30 days"\n'
    '  must contain "30 days"\n',
    right='case asks: A question\n  severity: low\n  input: How long?\n  must contain "30 days"\n',
)

CONTRADICTION = Code(
    "contradiction",
    "error",
    "this says the opposite of line {line}, so one of the two always fails",
    "No answer meets both checks.",
    wrong='case asks: A question\n  severity: low\n  input: How long?\n  must contain "30 days"\n'
    '  must not contain "30 days"\n',
    right='case asks: A question\n  severity: low\n  input: How long?\n  must contain "30 days"\n'
    '  must not contain "60 days"\n',
)
