"""Blocks and fields, from the vocabulary."""

from collections.abc import Iterator

from evalc.reference.entry import Entry, Fact, Sample
from evalc.syntax.vocabulary import ANCHOR, BLOCKS, BlockKind, FieldKind, ValueKind

WRITTEN: dict[ValueKind, str] = {
    "choice": "one word",
    "line": "one line",
    "list": "a list: commas on a line, or lines that begin with `- `",
    "name": "a name",
    "number": "a number",
    "prose": "a text: one line behind the colon, or any lines below",
    "scale": "`1 to 5`, or other whole numbers, or `met`",
    "table": "a table: lines with cells between `|`",
}
"""How the value of a field is written, by its kind."""


def block_entries() -> Iterator[Entry]:
    """Each kind of block, and below it each of its fields."""
    for block in BLOCKS.values():
        yield _block(block)
        for field in block.fields:
            yield _field(field, block.keyword)


def _block(block: BlockKind) -> Entry:
    inside = [kind.keyword for kind in BLOCKS.values() if block.keyword in kind.parents]
    where = f"in a `{block.parents[0]}`" if block.parents else "at the left margin"
    takes = [f"`{keyword}` blocks" for keyword in inside]
    takes += ["checks"] if block.takes_checks else []
    takes += ["`pass when`"] if block.takes_rule else []
    takes += ["fields of any name"] if block.is_open else []
    facts = [Fact("Stands", where)]
    facts += [Fact("Takes", _listed(takes))] if takes else []
    needs = [f"`{field.name}`" for field in block.fields if field.is_required]
    facts += [Fact("Needs", _listed(needs))] if needs else []
    title = block.keyword
    return Entry("block", block.keyword, title, (block.doc,), tuple(facts), (Sample("", block.example),))


def _field(field: FieldKind, block: str) -> Entry:
    choices = _listed([f"`{choice}`" for choice in field.choices], "or")
    facts = [Fact("Written as", choices or WRITTEN[field.value])]
    facts += [Fact("From a file", 'with `file "path"`')] if field.takes_file else []
    facts += [Fact("How often", "any number of times")] if field.repeats else []
    facts += [Fact("Needed", "yes")] if field.is_required else []
    name = "anchors" if field.name == ANCHOR else field.name
    title = "5, 4, 3 ..." if field.name == ANCHOR else field.name
    return Entry(
        "field",
        name,
        title,
        (field.doc,),
        tuple(facts),
        (Sample("", _ended(field.example)),),
        owner=block,
    )


def _listed(items: list[str], word: str = "and") -> str:
    return f"{', '.join(items[:-1])} {word} {items[-1]}" if len(items) > 1 else "".join(items)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
