"""Specs that other tests break, format and read: made by hypothesis, and one written by hand."""

from hypothesis import strategies as st

from evalc.syntax.vocabulary import BLOCKS, BlockKind, FieldKind

SPEC = """\
# A spec with something of everything.
use "vendor.evalc"

let days = 30
let closing:
  Kind regards,

    the desk

eval desk: Refund desk
  for: northwind
  about:
    What it measures.

    # not a comment
  tags: support, refunds
  pass when critical = 100% and high >= 90%

rubric tone: Tone
  scale: 1 to 5
  criterion warmth: The customer feels taken seriously
    weight: 2
    5:
      Names the harm.
      Apologises once.
    1: Blames the customer.
  pass when mean >= 4.0 and no criterion below 3

# Rows of a table.
case edge: The {{days}} of the window
  severity: high
  each:
    | id    | days |
    | early | 10   |
  row late
    days: 45
  input:
    May I return it after {{days}} days?
  must contain any of "30 days", "a \\"month\\"" as names-the-window
  must not match /no [refund/]+/i
  good: Within 30 days.
  bad (breaks names-the-window):
    No.

case talk: Two turns
  severity: critical
  system: file "system.txt"
  user:
    Hello
  reply first
    # A comment in a block.
    must refuse
  user:
    Please
  must call send with $.to[0] = "x" at most 2 times
  repeat: 5
  pass when passes >= 4
  good (calls send with $.to[0] = "x, y" and $.days = 30, calls look):
    Sent.

retired old-case: covered by talk
"""

names = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
_plain = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
_words = st.text(_plain | st.just(" "), min_size=1, max_size=20).map(lambda text: " ".join(text.split()))
titles = _words.filter(lambda text: text and not text.startswith('file "'))
_lines = st.text(_plain | st.sampled_from(' \t#|:-"'), max_size=24).map(lambda text: text.replace("\n", ""))
proses = (
    st.lists(_lines, min_size=1, max_size=5)
    .map(lambda lines: "\n".join(lines).strip("\n"))
    .filter(lambda text: text.split("\n")[0].strip(" \t") and text.split("\n")[-1].strip(" \t"))
)
_texts = st.text(_plain | st.just(" "), max_size=8).map(lambda text: text.replace("\\", "").replace('"', ""))
_values = st.one_of(
    names.filter(lambda name: name not in ("as", "and", "not")),
    _texts.map(lambda text: f'"{text}"'),
    st.integers(0, 99).map(str),
    st.sampled_from(["/a b/i", "$.a[0]", "80%", "$0.02", "4s", ">= 3", "any of"]),
)
clauses = st.builds(
    lambda level, verb, values, name: " ".join([level, verb, *values, *(["as", name] if name else [])]),
    st.sampled_from(["must", "should", "must not", "should  not"]),
    names.filter(lambda name: name not in ("as", "not")),
    st.lists(_values, max_size=3),
    st.none() | names,
)
rules = st.sampled_from(
    ["pass when mean >= 4", "pass  when  overall >= 80% and high = 100%", "pass when every criterion met"]
)

_calls = st.builds(
    lambda tool, text, space: f'calls{space}{tool} with $.a ={space}"{text}"{space}and $.b[0]=3',
    names,
    _texts.map(lambda text: text.replace("(", "").replace(")", "")),
    st.sampled_from([" ", "   "]),
)
_labels = st.lists(names.map(lambda name: f"breaks {name}") | _calls, min_size=1, max_size=3).map(" ,".join)


@st.composite
def fields(draw: st.DrawFn, kind: FieldKind, column: int) -> list[str]:
    """The lines of one field, written in one of the ways that it takes."""
    margin = " " * column
    name = f"{kind.name} ({draw(_labels)})" if kind.takes_qualifier and draw(st.booleans()) else kind.name
    match draw(st.sampled_from(["line", "prose", "file"])):
        case "file" if kind.takes_file:
            return [f'{margin}{name}: file "{draw(names)}.txt"']
        case "prose" if kind.value == "prose":
            below = [f"{margin}  {line}" if line else line for line in draw(proses).split("\n")]
            return [f"{margin}{name}:", *below]
    return [f"{margin}{name}:{draw(st.sampled_from([' ', '   ']))}{draw(titles).replace('#', '') or 'x'}"]


@st.composite
def members(draw: st.DrawFn, kind: BlockKind, column: int) -> list[str]:
    """The lines of something that stands in a block: a field, a check, a rule, a comment or a block in it."""
    margin = " " * column
    inner = [other for other in BLOCKS.values() if kind.keyword in other.parents]
    sorts = [
        "comment",
        *(["field"] * 3 if kind.fields else []),
        *(["column"] if kind.is_open else []),
        *(["block"] if inner else []),
    ]
    sorts += [*(["check"] if kind.takes_checks else []), *(["rule"] if kind.takes_rule else [])]
    match draw(st.sampled_from(sorts)):
        case "field":
            return draw(fields(draw(st.sampled_from(kind.fields)), column))
        case "column":
            return [f"{margin}{draw(names)}: {draw(titles)}"]
        case "check":
            return [margin + draw(clauses)]
        case "rule":
            return [margin + draw(rules)]
        case "block":
            return draw(blocks(draw(st.sampled_from(inner)), column))
    return [f"{draw(st.sampled_from(['', margin]))}# {draw(titles)}"]


@st.composite
def blocks(draw: st.DrawFn, kind: BlockKind, column: int) -> list[str]:
    """The lines of a block."""
    title = draw(st.none() | titles)
    head = f"{' ' * column}{kind.keyword} {draw(names)}{f': {title}' if title else ''}"
    body = draw(st.lists(members(kind, column + 2), max_size=5))
    blank = [""] if draw(st.booleans()) else []
    return [head, *(line for lines in body for line in [*blank, *lines])]


_items = st.one_of(
    st.sampled_from([kind for kind in BLOCKS.values() if not kind.parents]).flatmap(lambda kind: blocks(kind, 0)),
    names.map(lambda name: [f'use "{name}.evalc"']),
    st.builds(
        lambda name, value: [f"let {name} =  {value.replace(chr(35), '').replace(chr(34), '') or 'x'}"], names, titles
    ),
    st.builds(lambda name, prose: [f"let {name}:", *(f"  {line}" for line in prose.split("\n"))], names, proses),
    st.builds(lambda name, reason: [f"retired {name}: {reason}"], names, titles),
    titles.map(lambda words: [f"#{words}"]),
    st.just([""]),
)
specs = st.lists(_items, max_size=6).map(lambda items: "".join(f"{line}\n" for lines in items for line in lines))
"""Specs without a mistake in their writing."""
