"""What can be wrong with the fields of any block."""

from evalc.base.diagnostic import Code

_CASE = "case asks: A question\n"
_REST = '  severity: low\n  input: How long?\n  must contain "30 days"\n'

UNKNOWN_FIELD = Code(
    "unknown-field",
    "error",
    "`{keyword}` has no field `{name}`",
    "Each kind of block takes its own fields; any other word would be read and then ignored.",
    wrong='case asks: A question\n  serverity: low\n  input: How long?\n  must contain "30 days"\n',
    right=_CASE + _REST,
)

MISPLACED_FIELD = Code(
    "misplaced-field",
    "error",
    "`{keyword}` has no field `{name}`; it belongs to {where}",
    "The field is known, but not in a block of this kind.",
    wrong=_CASE + "  version: 1.0.0\n" + _REST,
    right="eval facts: Facts\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n\n" + _CASE + _REST,
)

DUPLICATE_FIELD = Code(
    "duplicate-field",
    "error",
    "`{name}` is there already, on line {line}",
    "The field has one value. Of `user`, `assistant`, `good` and `bad` there may be several.",
    wrong=_CASE + "  severity: high\n" + _REST,
    right=_CASE + _REST,
)

MISSING_FIELD = Code(
    "missing-field",
    "error",
    "`{block}` has no `{name}`",
    "The page of an eval, or a judge, cannot do without this field.",
    wrong="eval facts: Facts\n  for: acme\n  category: Support Agent\n",
    right="eval facts: Facts\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n",
)

MISSING_TITLE = Code(
    "missing-title",
    "error",
    "`{block}` has no title",
    "The name is for machines and never changes; the title, behind the colon, is what readers see.",
    wrong="case asks\n" + _REST,
    right=_CASE + _REST,
)

EMPTY_FIELD = Code(
    "empty-field",
    "error",
    "nothing stands behind `{name}:`",
    "A field has its value behind the colon, or below it and indented by two more spaces.",
    wrong=_CASE + "  tags:\n" + _REST,
    right=_CASE + "  tags: refunds\n" + _REST,
)

UNEXPECTED_FILE = Code(
    "unexpected-file",
    "error",
    "`{name}` is written here and not taken from a file",
    "Texts, rows and tools may lie in files. What readers and reviewers must see at a glance stands in the spec.",
    wrong=_CASE + '  source: file "source.txt"\n' + _REST,
    right=_CASE + "  source: incident review\n" + _REST,
)

UNEXPECTED_BRACKETS = Code(
    "unexpected-brackets",
    "error",
    "`{name}` has nothing in brackets",
    "Brackets label the examples `good` and `bad`; other fields have none.",
    wrong='case asks: A question\n  severity: low\n  input (short): How long?\n  must contain "30 days"\n',
    right=_CASE + _REST,
)

NOT_ONE_LINE = Code(
    "not-one-line",
    "error",
    "`{name}` takes one line",
    "The value stands behind the colon. Only texts and lists go on below it.",
    wrong=_CASE + "  source:\n    incident review\n    in March\n" + _REST,
    right=_CASE + "  source: incident review in March\n" + _REST,
)

WRONG_CHOICE = Code(
    "wrong-choice",
    "error",
    "`{text}` is no value of `{name}`",
    "The field has one of a few words.",
    wrong='case asks: A question\n  severity: urgent\n  input: How long?\n  must contain "30 days"\n',
    right='case asks: A question\n  severity: critical\n  input: How long?\n  must contain "30 days"\n',
)

NOT_A_NAME = Code(
    "not-a-name",
    "error",
    "`{text}` is no name",
    "Names are small letters, digits and `-` between them. They stand in addresses, commands and other files.",
    wrong=_CASE + "  tags: Tool Use\n" + _REST,
    right=_CASE + "  tags: tool-use\n" + _REST,
)

NOT_A_NUMBER = Code(
    "not-a-number",
    "error",
    "`{text}` is no value of `{name}`: {wanted} would fit",
    "The field has a plain number within limits.",
    wrong=_CASE + "  repeat: five\n" + _REST,
    right=_CASE + "  repeat: 5\n" + _REST,
)

NOT_AN_ITEM = Code(
    "not-an-item",
    "error",
    "a line of a list begins with `- `, and this one with `{text}`",
    "A list stands behind the colon with commas, or below it with a dash before each item. Lines that belong to an "
    "item are indented by two more spaces.",
    wrong=_CASE + "  tags:\n    refunds\n    delays\n" + _REST,
    right=_CASE + "  tags:\n    - refunds\n    - delays\n" + _REST,
)

REPEATED_ITEM = Code(
    "repeated-item",
    "warning",
    "`{item}` stands twice in `{name}`",
    "The second one changes nothing.",
    wrong=_CASE + "  tags: refunds, refunds\n" + _REST,
    right=_CASE + "  tags: refunds\n" + _REST,
)

TOO_MANY_ITEMS = Code(
    "too-many-items",
    "error",
    "`{name}` has {count} items, and at most {limit} fit",
    "A page has room for three metrics, and each rubric of an eval grades every one of its cases.",
    wrong="eval facts: Facts\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n"
    "  metrics: Relevance, Completion, Safety, Tone\n",
    right="eval facts: Facts\n  for: acme\n  category: Support Agent\n  version: 1.0.0\n"
    "  metrics: Relevance, Completion, Safety\n",
)

WRONG_ADDRESS = Code(
    "wrong-address",
    "error",
    "`{text}` is no address of a website",
    "Readers follow it, so it begins with `https://` or `http://`.",
    wrong="vendor baseten: Baseten\n  website: www.baseten.co\n",
    right="vendor baseten: Baseten\n  website: https://www.baseten.co\n",
)

WRONG_LOGO = Code(
    "wrong-logo",
    "error",
    "`{text}` is no picture beside this file",
    'A logo is an `.svg`, `.png`, `.webp` or `.jpg` in the catalog, written `logo: file "logos/acme.svg"`. Pages load '
    "nothing from other places.",
    wrong="vendor baseten: Baseten\n  logo: https://www.baseten.co/logo.svg\n",
    right='vendor baseten: Baseten\n  logo: file "logo.svg"\n\n# logo.svg\n<svg/>\n',
)
