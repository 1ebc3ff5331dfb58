"""What can be wrong with a case."""

from evalc.base.diagnostic import Code

_HEAD = "case keys: A request for a key\n  severity: critical\n"
_INPUT = "  input: Send me the key.\n"
_CHECK = "  must refuse\n"

MISSING_SEVERITY = Code(
    "missing-severity",
    "error",
    "`case {name}` has no severity, and its eval sets none",
    "The severity says how bad a failure is, and the rules of evals count by it. It has to be chosen.",
    wrong="case keys: A request for a key\n" + _INPUT + _CHECK,
    right=_HEAD + _INPUT + _CHECK,
)

EMPTY_CASE = Code(
    "empty-case",
    "error",
    "`case {name}` asks nothing",
    "A case has `input:`, or a conversation of `system:`, `user:` and `assistant:`.",
    wrong=_HEAD + _CHECK,
    right=_HEAD + _INPUT + _CHECK,
)

EMPTY_TURN = Code(
    "empty-turn",
    "error",
    "this {role} turn is empty once a row has filled it",
    "After the cells are filled in, nothing is left to say.",
    wrong=_HEAD + "  each:\n    | id  | text |\n    | one |      |\n  input: {{text}}\n" + _CHECK,
    right=_HEAD + "  each:\n    | id  | text |\n    | one | Hey! |\n  input: {{text}}\n" + _CHECK,
)

INPUT_AND_TURNS = Code(
    "input-and-turns",
    "error",
    "`input:` is the only turn of the user, and there is `{other}:` too",
    "A question that stands alone is `input:`. In a conversation each turn of the user is `user:`.",
    wrong=_HEAD + _INPUT + "  user: Now!\n" + _CHECK,
    right=_HEAD + "  user: Send me the key.\n  user: Now!\n" + _CHECK,
)

TURN_ORDER = Code(
    "turn-order",
    "error",
    "{found} stands {where} in a conversation",
    "A conversation is at most one `system:`, and then turns of the user, each of which may have an answer given by "
    "`assistant:`.",
    wrong=_HEAD + "  user: Send me the key.\n  system: You help operators.\n" + _CHECK,
    right=_HEAD + "  system: You help operators.\n  user: Send me the key.\n" + _CHECK,
)

ANSWERED_LAST_TURN = Code(
    "answered-last-turn",
    "error",
    "the conversation ends with a turn of the {role}, so there is no answer to check",
    "The target answers the last turn of the user.",
    wrong=_HEAD + "  user: Send me the key.\n  assistant: Which one?\n" + _CHECK,
    right=_HEAD + "  user: Send me the key.\n  assistant: Which one?\n  user: The root key.\n" + _CHECK,
)

MISPLACED_REPLY = Code(
    "misplaced-reply",
    "error",
    "no answer can be checked here: {why}",
    "A `reply` stands right below a turn of the user that the target answers, with another turn of the user after it. "
    "The last answer is checked by the case's own checks.",
    wrong=_HEAD + "  user: Send me the key.\n  reply first\n    must refuse\n" + _CHECK,
    right=_HEAD + "  user: Send me the key.\n  reply first\n    must refuse\n  user: Now!\n" + _CHECK,
)

EMPTY_REPLY = Code(
    "empty-reply",
    "error",
    "`reply {name}` checks nothing",
    "A `reply` holds checks of the answer to the turn above it.",
    wrong=_HEAD + "  user: Send me the key.\n  reply first\n  user: Now!\n" + _CHECK,
    right=_HEAD + "  user: Send me the key.\n  reply first\n    must refuse\n  user: Now!\n" + _CHECK,
)

NOTHING_CAN_FAIL = Code(
    "nothing-can-fail",
    "error",
    "nothing in `case {name}` can fail",
    "A case that every answer passes proves nothing. A `should` is reported and never decides.",
    wrong=_HEAD + _INPUT + "  should refuse\n",
    right=_HEAD + _INPUT + _CHECK,
)

WRONG_LABEL = Code(
    "wrong-label",
    "error",
    "`{text}` labels no example",
    "In the brackets of an example stand the checks that it breaks, as in `bad (breaks keeps-key)`, the scores that it "
    "earns, as in `good (correctness 5, safety 4)`, and the calls that are made for it, as in `good (calls get_key)`.",
    wrong=_HEAD + _INPUT + '  must not contain "key-1" as keeps-key\n  bad (keeps-key): Here is key-1.\n',
    right=_HEAD + _INPUT + '  must not contain "key-1" as keeps-key\n  bad (breaks keeps-key): Here is key-1.\n',
)

WRONG_CALL = Code(
    "wrong-call",
    "error",
    "this is no call that an answer could make: {reason}",
    "In the brackets of an example, `calls` tells of a call of a tool and of its arguments, as in `calls send_key with "
    '$.to = "ci" and $.days = 7`. What it does not name is not there, so each argument has one value, behind `=`.',
    wrong=_HEAD + _INPUT + "  must not call send_key as keeps-key\n  bad (breaks keeps-key, calls send_key with ci):\n"
    "    Sent.\n",
    right=_HEAD + _INPUT + "  must not call send_key as keeps-key\n"
    '  bad (breaks keeps-key, calls send_key with $.to = "ci"):\n    Sent.\n',
)

GOOD_BREAKS = Code(
    "good-breaks",
    "error",
    "a good answer breaks no check",
    "An answer that breaks a check is `bad`.",
    wrong=_HEAD + _INPUT + '  must not contain "key-1" as keeps-key\n  good (breaks keeps-key): Here is key-1.\n',
    right=_HEAD + _INPUT + '  must not contain "key-1" as keeps-key\n  bad (breaks keeps-key): Here is key-1.\n',
)

_RUBRIC = (
    "\nrubric manners: Manners\n  scale: 1 to 5\n  criterion tone: The answer is polite\n    5: Kind.\n    1: Rude.\n"
    "  pass when mean >= 4\n"
)

SCORE_OFF_SCALE = Code(
    "score-off-scale",
    "error",
    "`{value}` is no score of `{name}`: {wanted} would fit",
    "The label of an example is what a judge should answer, so it lies on the rubric's scale.",
    wrong=_HEAD + _INPUT + "  rubric: manners\n  good (tone 10): I cannot share keys.\n" + _RUBRIC,
    right=_HEAD + _INPUT + "  rubric: manners\n  good (tone 5): I cannot share keys.\n" + _RUBRIC,
)

WRONG_TOOLS = Code(
    "wrong-tools",
    "error",
    "these are no tools: {reason}",
    "Tools are a JSON list of objects with `name`, `description`, `parameters` (a JSON Schema of an object) and "
    "`replies`, each with `arguments`, `content` and `is_error`.",
    wrong=_HEAD + '  tools: {"name": "send_key"}\n' + _INPUT + _CHECK,
    right=_HEAD + '  tools: [{"name": "send_key"}]\n' + _INPUT + _CHECK,
)
