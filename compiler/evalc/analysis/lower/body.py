"""What stands in a block: its fields, checked against the vocabulary, and the rest by kind."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from evalc.analysis.codes.fields import (
    DUPLICATE_FIELD,
    EMPTY_FIELD,
    MISPLACED_FIELD,
    MISSING_FIELD,
    NOT_A_NAME,
    NOT_A_NUMBER,
    NOT_AN_ITEM,
    NOT_ONE_LINE,
    REPEATED_ITEM,
    UNEXPECTED_BRACKETS,
    UNEXPECTED_FILE,
    UNKNOWN_FIELD,
    WRONG_CHOICE,
)
from evalc.analysis.reporting import Reporter
from evalc.analysis.values.names import as_name, is_name
from evalc.base.record import record
from evalc.base.source import Span
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl, ProseDecl, RuleDecl
from evalc.syntax.vocabulary import ANCHOR, BLOCKS, BlockKind, FieldKind

_KNOWN = {keyword: {field.name: field for field in kind.fields} for keyword, kind in BLOCKS.items()}
_ALL = {name for fields in _KNOWN.values() for name in fields}
_REQUIRED = {keyword: [field for field in kind.fields if field.is_required] for keyword, kind in BLOCKS.items()}
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


@record
class Item:
    """One item of a list with its place."""

    text: str
    span: Span


@record
class Body:
    """What stands in one block: fields by name, and the rest by kind, each in the order written.

    Of fields there are only those that the block takes and that say something.
    """

    decls: Mapping[str, Sequence[FieldDecl]]
    mentioned: Collection[str]
    clauses: Sequence[ClauseDecl]
    rules: Sequence[RuleDecl]
    blocks: Sequence[BlockDecl]
    reporter: Reporter

    def one(self, name: str) -> FieldDecl | None:
        """The field of this name; of a duplicate, which was reported, the first."""
        found = self.decls.get(name)
        return found[0] if found else None

    def mentions(self, name: str) -> bool:
        """Whether a field is there, or something that was reported and may have been meant to be it."""
        return name in self.mentioned

    @property
    def has_strangers(self) -> bool:
        """Whether a field was reported of which nobody knows what was meant; it may be any that seems to lack."""
        if len(self.mentioned) == len(self.decls):
            return False
        return any(name not in self.decls and name not in _ALL for name in self.mentioned)

    def choice(self, name: str) -> str | None:
        """The word that a field chose, None where it is not there or was reported to be another."""
        field = self.one(name)
        return field.value.text if field else None

    def line(self, name: str) -> str:
        """The text of a field of one line, empty where it is not there."""
        field = self.one(name)
        return field.value.text if field else ""

    def items(self, name: str) -> tuple[Item, ...]:
        """The items of a list; one that is there twice is reported and kept once."""
        field = self.one(name)
        if field is None:
            return ()
        found: dict[str, Item] = {}
        for item in list_items(field, self.reporter):
            if item.text in found:
                self.reporter.add(REPEATED_ITEM, item.span, item=item.text, name=name)
            found.setdefault(item.text, item)
        return tuple(found.values())

    def texts(self, name: str) -> tuple[str, ...]:
        """The items of a list as texts."""
        return tuple([item.text for item in self.items(name)]) if name in self.decls else ()

    def names(self, name: str) -> tuple[Item, ...]:
        """The items of a list of names; others are reported and left out."""
        return tuple([item for item in self.items(name) if self.is_name(item)]) if name in self.decls else ()

    def is_name(self, item: Item) -> bool:
        """Whether an item is a name, or names joined by `/`; if not, it is reported."""
        if all(is_name(part) for part in item.text.split("/")):
            return True
        is_whole = self.reporter.source.text[item.span.start : item.span.end] == item.text
        near = as_name(item.text) if is_whole else None
        self.reporter.add(NOT_A_NAME, item.span, text=item.text, near=near)
        return False

    def number(self, name: str, *, low: float, high: float, is_whole: bool = False) -> float | None:
        """The number that a field gives, None where it is not there or was reported to be another."""
        field = self.one(name)
        if field is None:
            return None
        text = field.value.text
        value = float(text) if _NUMBER.fullmatch(text) else None
        if value is None or not low <= value <= high or (is_whole and not value.is_integer()):
            wanted = f"a {'whole ' if is_whole else ''}number from {low:g} to {high:g}"
            self.reporter.add(NOT_A_NUMBER, field.value.span, text=text, name=name, wanted=wanted)
            return None
        return value


def read_body(block: BlockDecl, reporter: Reporter) -> Body:
    """What stands in a block; fields that it does not take, takes once, or needs and lacks are reported."""
    kind = BLOCKS[block.keyword.text]
    decls: dict[str, list[FieldDecl]] = {}
    clauses: list[ClauseDecl] = []
    rules: list[RuleDecl] = []
    blocks: list[BlockDecl] = []
    for member in block.body:
        match member:
            case FieldDecl():
                _add_field(member, decls, kind, reporter=reporter)
            case ClauseDecl():
                clauses.append(member)
            case BlockDecl():
                blocks.append(member)
            case RuleDecl():
                rules.append(member)
    for required in _REQUIRED[block.keyword.text]:
        if required.name not in decls:
            named = f"{kind.keyword} {block.name.text}"
            help = f"write `{required.example}`"
            reporter.add(MISSING_FIELD, block.name.span, block=named, name=required.name, help=help)
    there = {name: found for name, found in decls.items() if found}
    return Body(there, decls.keys(), clauses, rules, blocks, reporter)


def _add_field(field: FieldDecl, decls: dict[str, list[FieldDecl]], kind: BlockKind, *, reporter: Reporter) -> None:
    name = field.name.text
    if name.isdecimal():
        name = name.lstrip("0") or "0"
    expected = _KNOWN[kind.keyword].get(ANCHOR if name.isdecimal() else name)
    if expected is None:
        meant = _report_unknown(field, kind, reporter)
        decls.setdefault(meant or name, [])
        return
    # A field that was reported is there all the same, so that it is not reported as missing too.
    same = decls.setdefault(name, [])
    if same and not expected.repeats:
        line = reporter.source.line_of(same[0].span.start)
        reporter.add(DUPLICATE_FIELD, field.name.span, name=name, line=line)
    elif _fits(field, expected, reporter):
        same.append(field)


def _report_unknown(field: FieldDecl, kind: BlockKind, reporter: Reporter) -> str | None:
    """Say that a block has no such field; what comes back is the field that was probably meant."""
    name = field.name.text
    homes = [other.keyword for other in BLOCKS.values() if other.field(name)]
    if homes:
        where = " or ".join(f"`{home}`" for home in homes)
        reporter.add(MISPLACED_FIELD, field.name.span, name=name, keyword=kind.keyword, where=where)
        return None
    near = reporter.closest(name, _names(kind))
    help = "" if near or not kind.fields else f"`{kind.keyword}` takes {_listed(_names(kind))}"
    reporter.add(UNKNOWN_FIELD, field.name.span, name=name, keyword=kind.keyword, near=near, help=help)
    return near


def _names(kind: BlockKind) -> list[str]:
    return [field.name for field in kind.fields if field.name != ANCHOR]


def _fits(field: FieldDecl, kind: FieldKind, reporter: Reporter) -> bool:
    """Whether a field's value is of its kind; what is wrong is reported."""
    text = field.value.text
    if field.qualifier and not kind.takes_qualifier:
        reporter.add(UNEXPECTED_BRACKETS, field.qualifier.span, name=kind.name)
        return False
    if field.file:
        if not kind.takes_file:
            reporter.add(UNEXPECTED_FILE, field.file.span, name=kind.name)
        return kind.takes_file
    if not text:
        help = "" if "\n" in kind.example else f"write `{kind.example}`"
        reporter.add(EMPTY_FIELD, field.name.span, name=field.name.text, help=help)
        return False
    if kind.value in ("line", "name", "number", "choice", "scale") and "\n" in text:
        reporter.add(NOT_ONE_LINE, field.value.span, name=kind.name)
        return False
    if kind.value == "choice" and text not in kind.choices:
        near = reporter.closest(text, kind.choices)
        label = f"{_listed(kind.choices)} would fit"
        reporter.add(WRONG_CHOICE, field.value.span, text=text, name=kind.name, near=near, label=label)
        return False
    if kind.value == "name" and not is_name(text):
        reporter.add(NOT_A_NAME, field.value.span, text=text, near=as_name(text))
        return False
    return True


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def list_items(field: FieldDecl, reporter: Reporter) -> Iterator[Item]:
    """The items of a list: between commas on one line, or behind dashes on lines of their own."""
    if not field.inline:
        yield from _dashed(field.value, reporter)
        return
    for part in re.finditer(r"[^,]+", field.value.text):
        text = part[0].strip()
        if text:
            start = field.value.span.start + part.start() + part[0].index(text)
            yield Item(text, Span(start, start + len(text)))


def _dashed(prose: ProseDecl, reporter: Reporter) -> Iterator[Item]:
    """The items of lines that begin with a dash; lines indented below one belong to it."""
    parts: list[str] = []
    span = prose.span
    for line, offset in zip(prose.text.split("\n"), prose.line_offsets, strict=True):
        text = line.strip()
        if line.startswith("- ") and text != "-":
            if parts:
                yield Item(" ".join(parts), span)
            parts = [text[1:].lstrip()]
            span = Span(offset + line.index(parts[0]), offset + len(line.rstrip()))
        elif parts and line.startswith("  ") and text:
            parts.append(text)
        elif text:
            reporter.add(NOT_AN_ITEM, Span(offset, offset + len(line.rstrip())), text=text)
    if parts:
        yield Item(" ".join(parts), span)
