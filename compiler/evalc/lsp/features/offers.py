"""The kinds of offers that a completion is made of."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lsprotocol import types

from evalc.analysis.files import written_path
from evalc.base.family import members
from evalc.base.source import Span
from evalc.checks.contract import CheckType
from evalc.lsp.mentions import check_names
from evalc.lsp.reference import field_page, page_of
from evalc.lsp.scope import nested, reach
from evalc.lsp.tools import tool_names
from evalc.lsp.view import View
from evalc.model.catalog import SEVERITIES
from evalc.syntax.nodes.brackets import CALL_FORM, CALLS, labels_in
from evalc.syntax.nodes.clauses import read_clause, read_words
from evalc.syntax.phrase import END, Mismatch, match
from evalc.syntax.slots import AN_OPERATOR, OPERATORS
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl, NameDecl, Word
from evalc.syntax.vocabulary import ANCHOR, BLOCKS, BlockKind, FieldKind

_STATEMENTS = {"use": 'use "', "let": "let ", "retired": "retired "}
# Fits nowhere, so that a form says what would fit in its place.
_NEXT = Word("operator", "", Span(0, 0))
_NAMED = {"the name of a rubric": "rubric", "a tool's name": "tool"}
_SCALE = re.compile(r"([0-9]{1,2})[ \t]+to[ \t]+([0-9]{1,2})")
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
            page = page_of("block", kind.keyword)
            yield Offer(kind.keyword, span, types.CompletionItemKind.Class, "block", page, f"{kind.keyword} ")
    for word, text in _STATEMENTS.items():
        page = page_of("statement", word)
        yield Offer(word, span, types.CompletionItemKind.Keyword, "statement", page, text)


def field_offers(block: BlockKind, span: Span, *, top: BlockDecl | None) -> Iterator[Offer]:
    """What may stand in a block at the start of a line; fields that are there already are left out."""
    there = _fields_there(block, top, span.end)
    for field in block.fields:
        if field.repeats or field.name == ANCHOR or field.name not in there:
            label = "1" if field.name == ANCHOR else field.name
            text = f"{label}:" if field.value in ("prose", "table") else f"{label}: "
            detail = "required" if field.is_required else field.value
            yield Offer(label, span, types.CompletionItemKind.Field, detail, field_page(block, field.name), text)
    if block.takes_checks:
        for level in ("must", "must not", "should", "should not"):
            page = page_of("statement", level.removesuffix(" not"))
            yield Offer(level, span, types.CompletionItemKind.Keyword, "check", page, f"{level} ")
    for kind in BLOCKS.values():
        if block.keyword in kind.parents:
            page = page_of("block", kind.keyword)
            yield Offer(kind.keyword, span, types.CompletionItemKind.Class, "block", page, f"{kind.keyword} ")
    if block.takes_rule:
        page = page_of("statement", "pass-when")
        yield Offer("pass when", span, types.CompletionItemKind.Keyword, "rule", page, "pass when ")


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
                for offer in _offers_for(text, span, page_of("check", verb), names=names):
                    if offer.label not in seen:
                        seen.add(offer.label)
                        detail = verb.replace("-", " ") if words else form
                        yield Offer(offer.label, span, offer.kind, detail, offer.doc, offer.text)


def label_offers(view: View, case: BlockDecl, *, labels: NameDecl, is_good: bool) -> Iterator[Offer]:
    """What may come next in the brackets of an example, which hold these labels up to the caret."""
    end, parts = labels.span.end, [*labels_in(labels)]
    start = parts.pop().span.start if parts and not labels.text.endswith(",") else end
    written = labels.text[len(labels.text) - (end - start) :].lstrip()
    first, is_known, _ = written.partition(" ")
    span, kind = Span(end - len(written.rpartition(" ")[2]), end), types.CompletionItemKind.Reference
    values = _label_values(view, case)
    checks = [Offer(name, span, kind, "check") for name in check_names(case)]
    if first == "breaks" and is_known:
        yield from checks
    elif first == CALLS and is_known:
        yield from _call_offers(written, span, names=tool_names(view, case))
    elif is_known:
        for value in values.get(first, ()):
            yield Offer(value, span, types.CompletionItemKind.EnumMember, first)
    else:
        yield from checks if any(part.text.startswith("breaks ") for part in parts) else ()
        for word in (CALLS,) if is_good else ("breaks", CALLS):
            yield Offer(word, span, types.CompletionItemKind.Keyword, "label", text=f"{word} ")
        for name in values:
            yield Offer(name, span, kind, "criterion", text=f"{name} ")


def _call_offers(written: str, span: Span, *, names: Iterable[str]) -> Iterator[Offer]:
    words = read_words(written[: len(written) - (span.end - span.start)])
    found = match(CALL_FORM, (*words.placed(0), _NEXT)) if words else None
    for text in found.expected if isinstance(found, Mismatch) and words and found.at == len(words.kinds) else ():
        if text != END:
            yield from _offers_for(text, span, "", names=lambda _: names)


def _label_values(view: View, case: BlockDecl) -> Mapping[str, Sequence[str]]:
    """The criteria that a case is graded by, each with the verdicts that an example may have on it."""
    blocks = [case, *(block for block in view.tree.blocks if block.keyword.text == "eval")]
    members = [member for block in blocks for member in block.body]
    fields = [member for member in members if isinstance(member, FieldDecl) and member.name.text == "rubric"]
    named = {name for field in fields for name in re.findall(r"[a-z0-9-]+", field.value.text)}
    clauses = [member.words for member in members if isinstance(member, ClauseDecl)]
    named |= {words[1].text for words in clauses if len(words) > 1 and words[0].text == "satisfy"}
    rubrics = [
        block
        for path in reach(view, view.path)
        for block in view.compilation.trees[path].blocks
        if block.keyword.text == "rubric" and block.name.text in named
    ]
    return {criterion.name.text: _verdicts(rubric) for rubric in rubrics for criterion in nested(rubric, "criterion")}


def _verdicts(rubric: BlockDecl) -> Sequence[str]:
    fields = [member for member in rubric.body if isinstance(member, FieldDecl) and member.name.text == "scale"]
    scale = _SCALE.fullmatch(fields[0].value.text) if fields else None
    return [str(score) for score in range(int(scale[2]), int(scale[1]) - 1, -1)] if scale else ("met", "not-met")


def rule_offers(view: View, block: BlockKind, *, span: Span, header: int) -> Iterator[Offer]:
    """The words that a rule of a block may have."""
    words = {"eval": (*SEVERITIES, "overall"), "case": ("passes",)}.get(block.keyword, ())
    if block.keyword == "rubric":
        top = view.block_at(header)
        nested = [item for item in top.body if isinstance(item, BlockDecl)] if top else []
        words = ("mean", "every criterion met", "no criterion below", *(item.name.text for item in nested))
    for word in (*words, "and"):
        yield Offer(word, span, types.CompletionItemKind.Keyword, "rule")


def _offers_for(text: str, span: Span, page: str, *, names: Callable[[str], Iterable[str]]) -> Iterator[Offer]:
    kind = types.CompletionItemKind
    literal = _LITERAL.fullmatch(text)
    if literal:
        yield Offer(literal[1], span, kind.Function, doc=page)
    elif text == END:
        yield Offer("as", span, kind.Keyword, doc=page_of("statement", "as"), text="as ")
    elif text == AN_OPERATOR:
        yield from (Offer(operator, span, kind.Operator) for operator in OPERATORS)
    elif text in _NAMED:
        yield from (Offer(name, span, kind.Reference) for name in names(_NAMED[text]))


def _words(text: str) -> tuple[Word, ...] | None:
    """The words of an unfinished check, None behind `as` or where they cannot be read."""
    if not text.strip():
        return ()
    shape = read_clause(f"must {text.strip()}")
    return None if shape.words is None or shape.label else shape.words.placed(0)


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
