"""What can be wrong with the files that a spec names, and with whole files."""

from evalc.base.diagnostic import Code

MISSING_FILE = Code(
    "missing-file",
    "error",
    "there is no file `{path}` in the catalog",
    "A path starts beside the spec that names it, or at the catalog's folder if it begins with `/`.",
    wrong='# a.evalc\nuse "vendr.evalc"\n\n# vendor.evalc\nvendor acme: Acme\n',
    right='# a.evalc\nuse "vendor.evalc"\n\n# vendor.evalc\nvendor acme: Acme\n',
)

ODD_PATH = Code(
    "odd-path",
    "error",
    "`{path}` is no path inside of the catalog: {reason}",
    "Paths have plain parts joined by `/`. They cannot climb with `..`, name a drive or leave the catalog's folder, so "
    "that a spec reads nothing but the catalog. A path that begins with `/` starts at the catalog's folder.",
    wrong='use "../shared/rubrics.evalc"\n',
    right='use "/shared/rubrics.evalc"\n\n# shared/rubrics.evalc\nvendor acme: Acme\n',
)

UNREADABLE_FILE = Code(
    "unreadable-file",
    "error",
    "`{path}` cannot be read: {reason}",
    "Specs and the files that they name are UTF-8 texts: at most 1 MiB, rows of `each` at most 64 MiB. Symbolic links "
    "are not followed.",
    wrong='case reset: A lost password\n  severity: high\n  input: file "photo.jpg"\n  must contain "reset"\n',
    right='case reset: A lost password\n  severity: high\n  input: file "mail.txt"\n  must contain "reset"\n\n'
    "# mail.txt\nI lost my password.\n",
)

USE_CYCLE = Code(
    "use-cycle",
    "error",
    "these files use each other: {circle}",
    "What a file uses is read before the file itself, so no file can use itself, directly or through others. What both "
    "need belongs into a third file.",
    wrong='# a.evalc\nuse "b.evalc"\n\n# b.evalc\nuse "a.evalc"\n',
    right='# a.evalc\nuse "b.evalc"\n\n# b.evalc\nvendor acme: Acme\n',
)

USE_OF_EVAL = Code(
    "use-of-eval",
    "error",
    "`{path}` holds an eval, and only a file without one can be used",
    "Rubrics, vendors and lets that several evals need stand in a file of their own, a library.",
    wrong='# a.evalc\nuse "b.evalc"\n\n# b.evalc\neval b: B\n',
    right='# a.evalc\nuse "shared.evalc"\n\n# shared.evalc\nvendor acme: Acme\n',
)

REPEATED_USE = Code(
    "repeated-use",
    "warning",
    "`{path}` is used already",
    "One `use` makes all names of a file known.",
    wrong='# a.evalc\nuse "vendor.evalc"\nuse "vendor.evalc"\n\n# vendor.evalc\nvendor acme: Acme\n',
    right='# a.evalc\nuse "vendor.evalc"\n\n# vendor.evalc\nvendor acme: Acme\n',
)

TOO_MANY_USES = Code(
    "too-many-uses",
    "error",
    "this file uses more than {limit}, directly or not",
    "What a file uses is limited to 200 files with 262,144 characters together, so that an eval cannot take long to "
    "read. Small libraries can be joined, and large ones split, so that each eval uses only what it needs.",
    wrong='use "part-1.evalc"\n# ... and 200 more\n',
    right='use "all-parts.evalc"\n\n# all-parts.evalc\nvendor acme: Acme\n',
)

UNUSED_FILE = Code(
    "unused-file",
    "warning",
    "no eval uses this file",
    "The file has no eval, and no eval uses it, so nothing of it takes effect.",
    wrong='# tone.evalc\nlet greeting = "Hello"\n',
    right='# a.evalc\nuse "tone.evalc"\n\n'
    "case greets: A first message\n  severity: low\n  input: Hi!\n"
    '  must contain "{{greeting}}"\n\n# tone.evalc\nlet greeting = "Hello"\n',
)

WRONG_JSON = Code(
    "wrong-json",
    "error",
    "{path} is no JSON: {reason}",
    "JSON is read strictly: one value, no key twice in an object, no NaN, no comments, at most 64 levels.",
    wrong="case lists: A list of tools\n  severity: high\n  tools:\n    [{name: lookup}]\n  input: Find it.\n"
    '  must contain "found"\n',
    right='case lists: A list of tools\n  severity: high\n  tools:\n    [{"name": "lookup"}]\n  input: Find it.\n'
    '  must contain "found"\n',
)

WRONG_CSV = Code(
    "wrong-csv",
    "error",
    "{path} is no CSV: {reason}",
    'A cell that holds a comma, a quote or a line break stands in quotes, and a quote inside of it is written `""`.',
    wrong='case greets: Hello\n  severity: low\n  each: file "rows.csv"\n  input: {{text}}\n  must contain "Hello"\n\n'
    '# rows.csv\nid,text\none,"He said "hi"\n',
    right='case greets: Hello\n  severity: low\n  each: file "rows.csv"\n  input: {{text}}\n  must contain "Hello"\n\n'
    '# rows.csv\nid,text\none,"He said ""hi"""\n',
)

UNKNOWN_DATA = Code(
    "unknown-data",
    "error",
    "rows are read from `.csv` and `.jsonl` files, not from `{path}`",
    "The name of a file tells how it is read.",
    wrong='case greets: Hello\n  severity: low\n  each: file "rows.xlsx"\n  input: {{text}}\n  must contain "Hello"\n',
    right='case greets: Hello\n  severity: low\n  each: file "rows.csv"\n  input: {{text}}\n  must contain "Hello"\n\n'
    "# rows.csv\nid,text\none,Hi\n",
)

MORE_FINDINGS = Code(
    "more-findings",
    "advice",
    "the first {count} findings of the level `{level}` are listed, there are more",
    "A file with that many is probably made by a program. The rest shows when the first ones are cured.",
    wrong="case a: A\n  severity: low\n  input: Hello!\n  must refuse\n"
    + "".join(f"  note-{n}: x\n" for n in range(101)),
    right="case a: A\n  severity: low\n  input: Hello!\n  must refuse\n",
)
