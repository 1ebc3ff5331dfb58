"""What something at a place means."""

import re
from collections.abc import Iterator

from lsprotocol import types

from evalc.base.reading import SPEC_LIMIT, ReadProblem
from evalc.base.source import Span
from evalc.checks._verbs import Verb, find_verb
from evalc.lsp.features.hints import case_id
from evalc.lsp.mentions import Mention, check_names, mention_at
from evalc.lsp.reference import fenced, field_page, page_of, rubric_page, vendor_page
from evalc.lsp.scope import Key
from evalc.lsp.view import View
from evalc.syntax.tree import BlockDecl, ClauseDecl, CommentDecl, FieldDecl, LetDecl, RuleDecl, Tree
from evalc.syntax.vocabulary import BLOCKS, BlockKind

_LONGEST = 2000
_ALLOW = re.compile(r"(allow)[ \t]+([a-z0-9-]+)")


def hover(view: View, offset: int) -> types.Hover | None:
    """The page of the word at an offset: what a name stands for, or what the reference says."""
    mention = mention_at(view, offset)
    page, span = (_meaning(view, mention), mention.span) if mention else ("", Span(0, 0))
    if not page:
        found = next((item for item in _reference(view) if item[0].start <= offset <= item[0].end), None)
        if not found or not found[1]:
            return None
        span, page = found
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, page), view.ruler.range(span))


def _meaning(view: View, mention: Mention) -> str:
    """What a name stands for; empty where nothing more is known of it than its name."""
    key = mention.key
    path, _, block = key.owner.partition("#")
    tree = view.compilation.trees[path]
    match key.kind:
        case "let":
            return next((_value(view, path, let) for let in tree.lets if let.name.text == key.name), "")
        case "rubric":
            rubric = view.rubric(key.name)
            return rubric_page(rubric) if rubric else _as_written(tree, key)
        case "vendor":
            vendors = view.compilation.catalog.vendors
            found = next((vendor for vendor in vendors if vendor.name == key.name), None)
            return vendor_page(found) if found else _as_written(tree, key)
        case "case":
            case = next(item for item in tree.blocks if item.name.span == mention.span)
            return f"`{case_id(view, case)}`"
        case "eval":
            return _titled(tree.blocks, key.name)
        case "check":
            owner = [item for item in tree.blocks if item.name.text == block]
            clauses = [check_names(item).get(key.name) for item in owner]
            return next((fenced(clause.text) for clause in clauses if clause), "")
        case "criterion":
            nested = [item for top in tree.blocks if top.name.text == block for item in top.body]
            return _titled([item for item in nested if isinstance(item, BlockDecl)], key.name)
        case "column":
            return f"The column `{key.name}` of the rows of `{block}`."


def _value(view: View, path: str, let: LetDecl) -> str:
    text = let.value.text
    target = view.target(path, let.file.text) if let.file else None
    if target:
        try:
            text = view.loader.read_text(target, limit=SPEC_LIMIT)
        except ReadProblem:
            return ""
    return fenced(_cut(text), "text")


def _as_written(tree: Tree, key: Key) -> str:
    """The text of a block that means nothing yet, because it has mistakes or no eval needs it."""
    block = next(item for item in tree.blocks if (item.keyword.text, item.name.text) == (key.kind, key.name))
    return fenced(_cut(tree.source.text[block.span.start : block.span.end]))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\n..."


def _titled(blocks: "tuple[BlockDecl, ...] | list[BlockDecl]", name: str) -> str:
    found = next((block for block in blocks if block.name.text == name), None)
    return f"**{found.title.text}** (`{name}`)" if found and found.title else ""


def _reference(view: View) -> Iterator[tuple[Span, str]]:
    """Each word that the reference knows, with its page."""
    tree = view.tree
    for keyword, decls in (("use", tree.uses), ("let", tree.lets), ("retired", tree.retired)):
        for decl in decls:
            yield _from(decl.span.start, keyword), page_of("statement", keyword)
    for let in tree.lets:
        if let.file:
            yield _from(let.value.span.start, "file"), page_of("statement", "file")
    for comment in tree.comments:
        yield from _of_comment(comment)
    for block in tree.blocks:
        yield from _of_block(block)


def _of_comment(comment: CommentDecl) -> Iterator[tuple[Span, str]]:
    allowed = _ALLOW.match(comment.text)
    if allowed:
        start = comment.span.end - len(comment.text)
        yield Span(start + allowed.start(2), start + allowed.end(2)), page_of("rule", allowed[2])
        yield Span(comment.span.start, start + allowed.end(1)), page_of("statement", "allow")


def _of_block(block: BlockDecl) -> Iterator[tuple[Span, str]]:
    kind = BLOCKS[block.keyword.text]
    yield block.keyword.span, page_of("block", kind.keyword)
    for member in block.body:
        if isinstance(member, BlockDecl):
            yield from _of_block(member)
        elif isinstance(member, FieldDecl):
            yield from _of_field(member, kind)
        elif isinstance(member, ClauseDecl):
            yield from _of_clause(member)
        elif isinstance(member, RuleDecl):
            yield _from(member.span.start, "pass when"), page_of("statement", "pass-when")


def _of_field(field: FieldDecl, block: BlockKind) -> Iterator[tuple[Span, str]]:
    yield field.name.span, field_page(block, field.name.text)
    if field.file:
        yield _from(field.value.span.start, "file"), page_of("statement", "file")


def _of_clause(clause: ClauseDecl) -> Iterator[tuple[Span, str]]:
    verb = find_verb(clause.words) if clause.words and clause.words[0].kind == "name" else None
    if isinstance(verb, Verb):
        last = clause.words[verb.word.count("-")]
        yield Span(clause.words[0].span.start, last.span.end), page_of("check", verb.word)
    yield _from(clause.span.start, clause.level), page_of("statement", clause.level)
    if clause.label:
        lead = clause.text[: clause.label.span.start - clause.span.start].rstrip()
        yield _from(clause.span.start + len(lead) - len("as"), "as"), page_of("statement", "as")


def _from(start: int, word: str) -> Span:
    """Where a word stands that begins at an offset."""
    return Span(start, start + len(word))
