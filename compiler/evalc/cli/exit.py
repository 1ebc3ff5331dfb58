"""Exit codes: an interface that scripts rely on."""

GOOD = 0
GATE_FAILED = 1
WRONG_SPEC_OR_COMMAND = 2
INCONCLUSIVE = 3
OUR_BUG = 4
STORAGE = 5
INTERRUPTED = 130
