"""What can be wrong with names, and with the texts that they stand for."""

from evalc.base.diagnostic import Code

UNKNOWN_NAME = Code(
    "unknown-name",
    "error",
    "there is no {kind} `{name}` here",
    "A file sees the vendors, rubrics and lets that it declares itself and those of the files that it uses, directly "
    "or not. Checks and criteria are those of the same case.",
    wrong="case polite: A rude question\n  severity: low\n  input: Hey you.\n  rubric: manners\n",
    right="case polite: A rude question\n  severity: low\n  input: Hey you.\n  rubric: manners\n\n"
    "rubric manners: Manners\n  scale: met\n  criterion polite: The answer is polite\n",
)

DUPLICATE_NAME = Code(
    "duplicate-name",
    "error",
    "the {kind} `{name}` is there already, {place}",
    "Results, history and other files refer to things by their names, so a name stands for one thing.",
    wrong='case polite: A rude question\n  severity: low\n  input: Hey you.\n  must contain "hello" as greets\n'
    '  must contain "please" as greets\n',
    right='case polite: A rude question\n  severity: low\n  input: Hey you.\n  must contain "hello" as greets\n'
    '  must contain "please" as asks\n',
)

NEAR_SLOT = Code(
    "near-slot",
    "warning",
    "`{{{{{slot}}}}}` stays as it is, because nothing has that name",
    "Only names that are declared are replaced, so that pasted templates stay whole. This one is so near to a declared "
    "name that it may be a slip.",
    wrong="let model = whisper\n\ncase asks: A question\n  severity: low\n  input: Is {{ model }} up, {{model}}?\n"
    '  must contain "yes"\n',
    right="let model = whisper\n\ncase asks: A question\n  severity: low\n  input: Is {{model}} up, {{model}}?\n"
    '  must contain "yes"\n',
)

SLOT_IN_DATA = Code(
    "slot-in-data",
    "warning",
    "`{{{{{name}}}}}` stays as it is in {where}",
    "Names are replaced in the texts of a spec, once. Cells, the values of `let` and the texts of files are put in as "
    "they are, and what was put in is not looked at again.",
    wrong='let days = 30\nlet rule = "Within {{days}} days."\n\ncase asks: A question\n  severity: low\n'
    '  input: Is it {{days}}? {{rule}}\n  must contain "yes"\n',
    right='let days = 30\nlet rule = "Within 30 days."\n\ncase asks: A question\n  severity: low\n'
    '  input: Is it {{days}}? {{rule}}\n  must contain "yes"\n',
)

TOO_MUCH_TEXT = Code(
    "too-much-text",
    "error",
    "this file has more than {limit} characters once its rows, lets and files are filled in",
    "A few lines can stand for a text of any size when rows and lets are filled in, so the sum is limited for each "
    "file. Fewer rows, or several evals, stay below it.",
    wrong="# 100,000 rows in a text of 10,000 letters\n",
    right="# 1,000 rows in a text of 10,000 letters\n",
)

UNUSED_LET = Code(
    "unused-let",
    "warning",
    "nothing needs the `let` `{name}`",
    "No text of the catalog has `{{name}}` in it, so this value takes no effect.",
    wrong='let days = 30\n\ncase asks: A question\n  severity: low\n  input: How long?\n  must contain "30 days"\n',
    right="let days = 30\n\ncase asks: A question\n  severity: low\n  input: How long?\n"
    '  must contain "{{days}} days"\n',
)

UNUSED_RUBRIC = Code(
    "unused-rubric",
    "warning",
    "no case is graded by the rubric `{name}`",
    "A rubric takes effect where an eval or a case names it with `rubric:`, or a check with `must satisfy`.",
    wrong='case polite: A rude question\n  severity: low\n  input: Hey you.\n  must contain "hello"\n\n'
    "rubric manners: Manners\n  scale: met\n  criterion polite: The answer is polite\n",
    right="case polite: A rude question\n  severity: low\n  input: Hey you.\n  rubric: manners\n\n"
    "rubric manners: Manners\n  scale: met\n  criterion polite: The answer is polite\n",
)
