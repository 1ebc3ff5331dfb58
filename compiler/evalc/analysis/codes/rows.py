"""What can be wrong with the rows of `each`."""

from evalc.base.diagnostic import Code

_HEAD = "case asks: A question after {{days}} days\n  severity: low\n"
_REST = '  input: May I return it after {{days}} days?\n  must contain "{{days}}"\n'
_RIGHT = _HEAD + "  each:\n    | id    | days |\n    | early | 10   |\n    | late  | 45   |\n" + _REST

NO_TABLE = Code(
    "no-table",
    "error",
    "a line of a table begins and ends with `|`",
    "Below `each:` stands a table: a line with the names of the columns, and a line for each row.",
    wrong=_HEAD + "  each:\n    id, days\n    early, 10\n" + _REST,
    right=_RIGHT,
)

EMPTY_ROWS = Code(
    "empty-rows",
    "error",
    "there are no rows here",
    "A case with `each` is one case a row, so without rows it is none.",
    wrong=_HEAD + "  each:\n    | id | days |\n" + _REST,
    right=_RIGHT,
)

UNEVEN_ROW = Code(
    "uneven-row",
    "error",
    "this row has {count}, and the header has {wanted}",
    "Each row has a cell for each column; a cell may be empty. A `|` inside of a cell is written `\\|`.",
    wrong=_HEAD + "  each:\n    | id    | days |\n    | early |\n" + _REST,
    right=_RIGHT,
)

ROW_KEYS = Code(
    "row-keys",
    "error",
    "this line has other keys than the first: {names}",
    "The first line of a JSON Lines file tells the columns, and every other line has a value for each of them.",
    wrong=_HEAD
    + '  each: file "rows.jsonl"\n'
    + _REST
    + '\n# rows.jsonl\n{"id": "early", "days": 10}\n{"id": "late"}\n',
    right=_HEAD
    + '  each: file "rows.jsonl"\n'
    + _REST
    + '\n# rows.jsonl\n{"id": "early", "days": 10}\n{"id": "late", "days": 45}\n',
)

WRONG_CELL = Code(
    "wrong-cell",
    "error",
    "{what} is {wanted}, and here it is something else",
    "A line of a JSON Lines file is an object, and what fills a text is a text, a number, true or false.",
    wrong=_HEAD + '  each: file "rows.jsonl"\n' + _REST + '\n# rows.jsonl\n{"id": "early", "days": [10]}\n',
    right=_HEAD + '  each: file "rows.jsonl"\n' + _REST + '\n# rows.jsonl\n{"id": "early", "days": 10}\n',
)

NO_ID_COLUMN = Code(
    "no-id-column",
    "error",
    "there is no column `id`",
    "The id of a row ends the id of its case. It stays when rows are added or sorted, so that results can be compared.",
    wrong=_HEAD + "  each:\n    | days |\n    | 10   |\n" + _REST,
    right=_RIGHT,
)

DUPLICATE_COLUMN = Code(
    "duplicate-column",
    "error",
    "there is a column `{name}` already",
    "`{{name}}` stands for the cell of one column.",
    wrong=_HEAD + "  each:\n    | id    | days | days |\n    | early | 10   | 11   |\n" + _REST,
    right=_RIGHT,
)

WRONG_COLUMN = Code(
    "wrong-column",
    "error",
    "{what} cannot be the name of a column",
    "A column's name has 1 to 80 letters and no braces, for it stands between braces.",
    wrong=_HEAD + "  each:\n    | id    |  | days |\n    | early | a | 10 |\n" + _REST,
    right=_RIGHT,
)

COLUMN_IS_LET = Code(
    "column-is-let",
    "error",
    "`{name}` is a `let` too, so `{{{{{name}}}}}` could stand for either",
    "A name stands for one thing. Rename the column or the `let`.",
    wrong="let days = 30\n\n" + _RIGHT,
    right=_RIGHT,
)

WRONG_ROW_NAME = Code(
    "wrong-row-name",
    "error",
    "{what} cannot be the id of a row",
    "The id of a row is part of the case's id: small letters, digits and `-` between them.",
    wrong=_HEAD + "  each:\n    | id        | days |\n    | Day Ten   | 10   |\n" + _REST,
    right=_RIGHT,
)

DUPLICATE_ROW = Code(
    "duplicate-row",
    "error",
    "there is a row `{name}` already, on line {line}",
    "Each row makes a case of its own, with an id of its own.",
    wrong=_HEAD + "  each:\n    | id    | days |\n    | early | 10   |\n    | early | 45   |\n" + _REST,
    right=_RIGHT,
)

EACH_AND_ROWS = Code(
    "each-and-rows",
    "error",
    "the rows of a case stand in `each:` or in `row` blocks, not in both",
    "A table is for short cells. Where one column holds prose, each row is a block.",
    wrong=_HEAD + "  each:\n    | id    | days |\n    | early | 10   |\n  row late\n    days: 45\n" + _REST,
    right=_HEAD + "  row early\n    days: 10\n  row late\n    days: 45\n" + _REST,
)

UNKNOWN_CELL = Code(
    "unknown-cell",
    "error",
    "the first row has no `{name}`, so `{row}` cannot have one",
    "The fields of the first `row` are the columns.",
    wrong=_HEAD + "  row early\n    days: 10\n  row late\n    days: 45\n    dais: 46\n" + _REST,
    right=_HEAD + "  row early\n    days: 10\n  row late\n    days: 45\n" + _REST,
)

MISSING_CELL = Code(
    "missing-cell",
    "error",
    "the row `{row}` has no `{name}`",
    "Each row has the fields of the first.",
    wrong=_HEAD + "  row early\n    days: 10\n    item: hat\n  row late\n    days: 45\n"
    '  input: May I return the {{item}} after {{days}} days?\n  must contain "{{days}}"\n',
    right=_HEAD + "  row early\n    days: 10\n    item: hat\n  row late\n    days: 45\n    item: coat\n"
    '  input: May I return the {{item}} after {{days}} days?\n  must contain "{{days}}"\n',
)

TOO_MANY_ROWS = Code(
    "too-many-rows",
    "error",
    "there are more rows than the {limit} that fit into one case",
    "Each row is asked, checked and shown as a case of its own.",
    wrong='case asks: A question\n  each: file "a-million-rows.csv"\n',
    right='case asks: A question\n  each: file "a-thousand-rows.csv"\n',
)

UNUSED_COLUMN = Code(
    "unused-column",
    "warning",
    "no text of the case has `{{{{{name}}}}}` in it",
    "The column is read and then ignored.",
    wrong=_HEAD + "  each:\n    | id    | days | item |\n    | early | 10   | hat  |\n" + _REST,
    right=_RIGHT,
)
