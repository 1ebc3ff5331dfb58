"""What stands in specs beside blocks and their fields."""

from evalc.reference.entry import Entry, Fact, Sample

_CASE = "case window: The window for returns\n  severity: high\n  input: How long may I return a hat?\n"


def _statement(name: str, title: str, summary: str, *paragraphs: str, where: str, sample: str) -> Entry:
    facts = (Fact("Stands", where),)
    return Entry("statement", name, title, (summary, *paragraphs), facts, (Sample("", sample),))


STATEMENTS = (
    _statement(
        "use",
        "use",
        "Makes the vendors, rubrics and lets of another file known in this one.",
        "The path starts in the folder of the file that says it, or at the catalog's folder if it begins with "
        "`/`. What that "
        "file uses is known here too. Only a file without an `eval` can be used.",
        where="at the left margin",
        sample='use "vendor.evalc"\nuse "/shared/rubrics.evalc"\n',
    ),
    _statement(
        "let",
        "let",
        "Gives a name to a text, which `{{name}}` stands for.",
        "The text stands behind `=`, in quotes where its ends matter; or below, like the text of a field; or "
        "in a file.",
        where="at the left margin",
        sample='let days = 30\nlet greeting = "Hello, "\nlet policy:\n  Goods can be returned.\n  The customer pays.\n',
    ),
    _statement(
        "slot",
        "{{name}}",
        "Stands for a column of the case's rows or for a `let`.",
        "It is replaced in titles, texts, checks and examples, once: what was put in is not looked at again. "
        "Any other text in "
        "double braces stays as it is, so that pasted templates stay whole.",
        where="in titles, texts, checks and examples",
        sample="let days = 30\n\n" + _CASE + '  must contain "{{days}} days"\n',
    ),
    _statement(
        "retired",
        "retired",
        "Records that a case went on purpose, and keeps its name from being used again.",
        "Old results carry the name. A new case under it would take over a history that is not its own.",
        where="at the left margin of a file with an eval",
        sample="retired window-in-days: joined with window\n",
    ),
    _statement(
        "must",
        "must",
        "Begins a check that decides: the case fails where it does.",
        "`must not` turns it round. Behind it stand a verb and its words, and then `as` and a name. A check "
        "without a name gets "
        "one from its words.",
        where="in a case or a reply",
        sample=_CASE + '  must contain "30 days" as names-the-days\n  must not contain "60 days"\n',
    ),
    _statement(
        "should",
        "should",
        "Begins a check that is reported and never decides.",
        "It suits style and length. `should not` turns it round.",
        where="in a case or a reply",
        sample=_CASE + '  must contain "30 days"\n  should have words <= 60 as is-short\n',
    ),
    _statement(
        "as",
        "as",
        "Names a check, for results, examples and history.",
        "The name is small letters, digits and `-`. It stays when the check is changed; `bad (breaks NAME)` "
        "refers to it.",
        where="at the end of a check",
        sample=_CASE
        + '  must contain "30 days" as names-the-days\n  bad (breaks names-the-days): You have some days.\n',
    ),
    _statement(
        "pass-when",
        "pass when",
        "Says when an eval, a rubric or a repeated case passes: conditions joined by `and`.",
        "An eval counts shares of cases: by severity, or `overall`. A case with `repeat` counts `passes`. A "
        "rubric knows `mean`, "
        "the names of its criteria and `no criterion below 3`; with `scale: met` it knows `every criterion "
        "met`. Shares have a "
        "percent sign, scores and counts have none.",
        where="in an eval, a rubric or a case",
        sample="rubric tone: Tone of a reply\n  scale: 1 to 5\n  criterion warmth: The customer feels taken seriously\n"
        "    5: Names the harm.\n    3: Is polite.\n    1: Blames the customer.\n"
        "  pass when mean >= 4.0 and no criterion below 3\n",
    ),
    _statement(
        "file",
        "file",
        "Takes the text of a field, or rows, from a file beside the spec.",
        "The path starts in the folder of the spec, or at the catalog's folder if it begins with `/`. The "
        "text is taken as it is, "
        "byte for byte, and nothing is replaced in it.",
        where="behind the colon of a field that takes it",
        sample='system: file "system.md"\neach: file "cases.csv"\n',
    ),
    _statement(
        "comment",
        "# comment",
        "A line for readers of the file, which means nothing.",
        "It stands on a line of its own. Inside a text `#` is part of the text, and behind a value it is part "
        "of the value.",
        where="between lines, at any depth",
        sample="# Written after the incident in March.\n" + _CASE + "  # The number is in the policy.\n"
        '  must contain "30 days"\n',
    ),
    _statement(
        "allow",
        "# allow",
        "A comment that allows what a rule of the linter finds in what begins below it.",
        "It names the rule and, behind a colon, the reason. It covers the check, the field or the whole item "
        "that begins below. "
        "Without a reason it allows nothing, and one that is not needed is a finding.",
        where="above a check, a field or an item",
        sample="# allow passing-silence: here it is right to say nothing\n" + _CASE + '  must not contain "60 days"\n',
    ),
)
"""Statements, marks and comments."""
