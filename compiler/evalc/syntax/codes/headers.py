"""Mistakes in headers, fields and items: colons, names, keywords."""

from evalc.base.diagnostic import Code

MISSING_COLON = Code(
    "missing-colon",
    "error",
    "there is no colon behind `{word}`",
    "A field is a name with a colon; a header is a keyword and a name, and a colon where a title follows.",
    wrong="case france: France\n  severity high\n",
    right="case france: France\n  severity: high\n",
)

UNCLOSED_BRACKETS = Code(
    "unclosed-brackets",
    "error",
    "the brackets behind `{word}` are not closed",
    "What stands in the brackets of an example ends with `)` in front of the colon.",
    wrong="case france: France\n  good (calls look_up:\n    Paris\n",
    right="case france: France\n  good (calls look_up):\n    Paris\n",
)

BRACKETS_IN_BRACKETS = Code(
    "brackets-in-brackets",
    "error",
    "brackets stand in the brackets behind `{word}`",
    "The brackets of an example hold labels, parted by commas: `breaks keeps-it`, `correctness 5`, "
    '`calls send_key with $.to = "ci"`. Only a text in quotes holds brackets there; a call has none.',
    wrong='case france: France\n  good (calls look_up("France")):\n    Paris\n',
    right='case france: France\n  good (calls look_up with $.country = "France (mainland)"):\n    Paris\n',
)

MISSING_SPACE = Code(
    "missing-space",
    "error",
    "there is no space behind the colon of `{word}`",
    "One space stands between the colon and the value.",
    wrong="case france: France\n  severity:high\n",
    right="case france: France\n  severity: high\n",
)

EQUALS_FOR_COLON = Code(
    "equals-for-colon",
    "error",
    "`{word}` is a field, and a field has a colon instead of `=`",
    "Only `let` has an equals sign, and conditions in checks.",
    wrong="case france: France\n  severity = high\n",
    right="case france: France\n  severity: high\n",
)

MISSING_NAME = Code(
    "missing-name",
    "error",
    "this {keyword} has no name",
    "A header is a keyword, a name, and a colon with a title: `case refund-late: A refund after the window`. The name "
    "stays when the title changes, and history, results and other files refer to it.",
    wrong="case: The capital of France\n",
    right="case france: The capital of France\n",
)

WRONG_NAME = Code(
    "wrong-name",
    "error",
    "`{name}` is no name: small letters, digits and `-` between them make one",
    "Names are written as `kebab-case` everywhere, so that they read the same in addresses, files and commands.",
    wrong="case The_Capital: The capital of France\n",
    right="case the-capital: The capital of France\n",
)

UNKNOWN_KEYWORD = Code(
    "unknown-keyword",
    "error",
    "nothing begins with `{keyword}` here",
    "At the left margin a line begins with `eval`, `case`, `rubric`, `vendor`, `use`, `let` or `retired`. `criterion` "
    "stands in a rubric, `reply` and `row` in a case.",
    wrong="caes france: France\n",
    right="case france: France\n",
)

MISPLACED_BLOCK = Code(
    "misplaced-block",
    "error",
    "{where} has no `{keyword}`",
    "Each kind of nested block belongs to one kind of item: `criterion` to a rubric, `reply` and `row` to a case.",
    wrong="case france: France\n  criterion tone: Friendly\n",
    right="rubric manners: Manners\n  criterion tone: Friendly\n",
)

MISPLACED_CHECK = Code(
    "misplaced-check",
    "error",
    "{where} has no checks",
    "`must` and `should` check the answers of a case; they stand in a case or in one of its `reply` blocks.",
    wrong='eval capitals: Capitals\n  must contain "Paris"\n',
    right='case france: France\n  must contain "Paris"\n',
)

MISPLACED_RULE = Code(
    "misplaced-rule",
    "error",
    "{where} has no `pass when`",
    "`pass when` tells when an eval, a rubric or a case with `repeat` passes, and stands there in column 3.",
    wrong="vendor baseten: Baseten\n  pass when mean >= 4\n",
    right="rubric tone: Tone\n  pass when mean >= 4\n",
)

WRONG_USE = Code(
    "wrong-use",
    "error",
    '`use` is not followed by one path in quotes: `use "vendor.evalc"`',
    "`use` makes the vendors, rubrics and lets of another file known here. Its path starts from this file's folder.",
    wrong="use vendor.evalc\n",
    right='use "vendor.evalc"\n',
)

WRONG_LET = Code(
    "wrong-let",
    "error",
    "this `let` gives no value to a name",
    '`let` names a text that `{{name}}` stands for: `let days = 30`, `let days = "thirty"`, '
    '`let policy = file "x.md"`, or `let policy:` with a text below.',
    wrong="let days: 30\n",
    right="let days = 30\n",
)

WRONG_RETIRED = Code(
    "wrong-retired",
    "error",
    "`retired` is not followed by a name, a colon and a reason",
    "`retired old-name: reason` records that a case went on purpose and keeps its name from being used again.",
    wrong="retired france\n",
    right="retired france: covered by europe\n",
)
