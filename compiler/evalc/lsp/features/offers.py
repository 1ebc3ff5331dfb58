"""The kinds of offers that a completion is made of."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from inspect import cleandoc

from lsprotocol import types

from evalc.analysis.files import written_path
from evalc.base.family import members
from evalc.base.source import Span
from evalc.checks.contract import CheckType
from evalc.lsp.reference import block_page, field_page
from evalc.lsp.view import View
from evalc.model.catalog import SEVERITIES
from evalc.syntax.nodes.clauses import read_clause
from evalc.syntax.phrase import END, Mismatch, match
from evalc.syntax.slots import AN_OPERATOR, OPERATORS
from evalc.syntax.tree import BlockDecl, FieldDecl, Word
from evalc.syntax.vocabulary import ANCHOR, BLOCKS, BlockKind, FieldKind

_STATEMENTS = {
    "use": ('use "', "Makes the vendors, rubrics and lets of another file known here."),
    "let": ("let ", "Names a text that is used in several places as `{{name}}`."),
    "retired": ("retired ", "Records that a case went on purpose, and keeps its id from being used again."),
}
# Fits nowhere, so that a form says what would fit in its place.
_NEXT = Word("operator", "", Span(0, 0))
_NAMED = {"the name of a rubric": "rubric", "a tool's name": "tool"}
_LITERAL = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that fits: what it is called, the span that it replaces, and what with where that is not the label."""

    label: str
    span: Span
    kind: types.CompletionItemKind
    detail: str = ""
    doc: str = ""
    text: str | None = None


def block_offers(span: Span) -> Iterator[Offer]:
    """What may begin at the left margin."""
    for kind in BLOCKS.values():
        if not kind.parents:
            page = block_page(kind)
            yield Offer(kind.keyword, span, types.CompletionItemKind.Class, "block", page, f"{kind.keyword} ")
    for word, (text, doc) in _STATEMENTS.items():
        yield Offer(word, span, types.CompletionItemKind.Keyword, "statement", doc, text)


def field_offers(block: BlockKind, span: Span, *, top: BlockDecl | None) -> Iterator[Offer]:
    """What may stand in a block at the start of a line; fields that are there already are left out."""
    there = _fields_there(block, top, span.end)
    for field in block.fields:
        if field.repeats or field.name == ANCHOR or field.name not in there:
            label = "1" if field.name == ANCHOR else field.name
            text = f"{label}:" if field.value in ("prose", "table") else f"{label}: "
            detail = "required" if field.is_required else field.value
            yield Offer(label, span, types.CompletionItemKind.Field, detail, field_page(field), text)
    if block.takes_checks:
        for level in ("must", "must not", "should", "should not"):
            doc = "A check that gates." if level.startswith("must") else "A check that is reported and never gates."
            yield Offer(level, span, types.CompletionItemKind.Keyword, "check", doc, f"{level} ")
    for kind in BLOCKS.values():
        if block.keyword in kind.parents:
            page = block_page(kind)
            yield Offer(kind.keyword, span, types.CompletionItemKind.Class, "block", page, f"{kind.keyword} ")
    if block.takes_rule:
        doc = "The rule that decides, such as `critical = 100% and overall >= 80%`."
        yield Offer("pass when", span, types.CompletionItemKind.Keyword, "rule", doc, "pass when ")


def choice_offers(field: FieldKind, span: Span) -> Iterator[Offer]:
    """The values of a field that has only a few."""
    choices = ("1 to 5", "met") if field.value == "scale" else field.choices
    for choice in choices:
        yield Offer(choice, span, types.CompletionItemKind.EnumMember, field.name)


def path_offers(view: View, written: str, *, is_spec: bool, end: int) -> Iterator[Offer]:
    """The files that a path may go on to: all specs for a `use`, else those of the folder that is typed."""
    span = Span(end - len(written), end)
    if is_spec:
        paths = [path for path in view.loader.spec_paths() if path != view.path]
    else:
        folder = posixpath.dirname(written)
        start = "" if written.startswith("/") else posixpath.dirname(view.path)
        here = posixpath.normpath(posixpath.join(start, folder.strip("/")))
        here = "" if here == "." else here
        paths = [] if here.startswith("..") else [posixpath.join(here, name) for name in view.loader.names_in(here)]
    for path in paths:
        shown = written_path(view.path, path)
        text = f"/{path}" if written.startswith("/") else shown
        yield Offer(text, span, types.CompletionItemKind.File, "file")


def check_offers(
    written: str, start: int, *, can_negate: bool, names: Callable[[str], Iterable[str]]
) -> Iterator[Offer]:
    """The words that a check may go on with, by the forms of its verbs.

    Args:
        written: What stands behind `must` or `should` and `not`, up to the caret.
        start: Where that begins.
        names: The names of a kind that are known there, `rubric` or `tool`.
    """
    done = written[: len(written) - len(re.split(r"[\s]", written)[-1])]
    words = _words(done)
    if words is None:
        return
    span = Span(start + len(done), start + len(written))
    if can_negate and not words:
        yield Offer("not", span, types.CompletionItemKind.Keyword, "check", "Turns the check round.", "not ")
    seen: set[str] = set()
    for verb, member in members("evalc.checks", CheckType):
        for form in member.forms:
            found = match(form, (*words, _NEXT))
            expected = found.expected if isinstance(found, Mismatch) and found.at == len(words) else ()
            for text in expected:
                for offer in _offers_for(text, span, member, names=names):
                    if offer.label not in seen:
                        seen.add(offer.label)
                        detail = verb.replace("-", " ") if words else form
                        yield Offer(offer.label, span, offer.kind, detail, offer.doc, offer.text)


def rule_offers(view: View, block: BlockKind, *, span: Span, header: int) -> Iterator[Offer]:
    """The words that a rule of a block may have."""
    words = {"eval": (*SEVERITIES, "overall"), "case": ("passes",)}.get(block.keyword, ())
    if block.keyword == "rubric":
        top = view.block_at(header)
        nested = [item for item in top.body if isinstance(item, BlockDecl)] if top else []
        words = ("mean", "every criterion met", "no criterion below", *(item.name.text for item in nested))
    for word in (*words, "and"):
        yield Offer(word, span, types.CompletionItemKind.Keyword, "rule")


def _offers_for(
    text: str, span: Span, member: type[CheckType], *, names: Callable[[str], Iterable[str]]
) -> Iterator[Offer]:
    kind = types.CompletionItemKind
    literal = _LITERAL.fullmatch(text)
    if literal:
        yield Offer(literal[1], span, kind.Function, doc=cleandoc(member.__doc__ or ""))
    elif text == END:
        yield Offer("as", span, kind.Keyword, doc="Gives the check a name.", text="as ")
    elif text == AN_OPERATOR:
        yield from (Offer(operator, span, kind.Operator) for operator in OPERATORS)
    elif text in _NAMED:
        yield from (Offer(name, span, kind.Reference) for name in names(_NAMED[text]))


def _words(text: str) -> tuple[Word, ...] | None:
    """The words of an unfinished check, None behind `as` or where they cannot be read."""
    if not text.strip():
        return ()
    shape = read_clause(f"must {text.strip()}")
    return None if shape.words is None or shape.label else shape.words.placed(0, Span)


def _fields_there(block: BlockKind, top: BlockDecl | None, offset: int) -> set[str]:
    """The fields that a block has on other lines than the caret's."""
    if top is None:
        return set()
    owners = [top, *(item for item in top.body if isinstance(item, BlockDecl))]
    near = [item for item in owners if item.keyword.text == block.keyword and item.span.start <= offset]
    if not near:
        return set()
    return {
        item.name.text
        for item in near[-1].body
        if isinstance(item, FieldDecl) and not item.name.span.start <= offset <= item.name.span.end
    }
