"""What documents are made of: their symbols, and what of them folds."""

from collections.abc import Iterator

from lsprotocol import types

from evalc.base.source import Span
from evalc.lsp.view import View
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl

_KINDS = {
    "vendor": types.SymbolKind.Namespace,
    "eval": types.SymbolKind.Module,
    "rubric": types.SymbolKind.Interface,
    "criterion": types.SymbolKind.Property,
    "case": types.SymbolKind.Function,
    "reply": types.SymbolKind.Event,
    "row": types.SymbolKind.Object,
}


def symbols(view: View) -> list[types.DocumentSymbol]:
    """The blocks, lets and named checks of a document, nested as they are written."""
    lets = [
        (let.span.start, _symbol(view, let.name.text, types.SymbolKind.Constant, span=let.span, name=let.name.span))
        for let in view.tree.lets
        if let.name.text
    ]
    blocks = [(block.span.start, _block(view, block)) for block in view.tree.blocks if block.name.text]
    return [symbol for _, symbol in sorted([*lets, *blocks], key=lambda found: found[0])]


def found_by(view: View, query: str) -> list[types.WorkspaceSymbol]:
    """The blocks at the margin of all specs that a view sees whose names and titles have all words of a query."""
    words = query.casefold().split()
    found = []
    for path, tree in view.compilation.trees.items():
        for block in tree.blocks:
            shown = f"{block.name.text}: {block.title.text}" if block.title else block.name.text
            if all(word in shown.casefold() for word in words):
                place = view.location(path, block.name.span)
                found.append(types.WorkspaceSymbol(place, shown, _KINDS[block.keyword.text], container_name=path))
    return found


def folds(view: View) -> list[types.FoldingRange]:
    """The blocks, texts and runs of comments that take more than one line."""
    found = [(span, None) for block in view.tree.blocks for span in _spans(block)]
    found += [(let.span, None) for let in view.tree.lets]
    lines = {(_line(view, span.start), _line(view, max(span.start, span.end - 1))) for span, _ in found}
    shown = [types.FoldingRange(start, end) for start, end in sorted(lines) if start < end]
    return shown + [types.FoldingRange(*run, kind=types.FoldingRangeKind.Comment) for run in _comment_runs(view)]


def _block(view: View, block: BlockDecl) -> types.DocumentSymbol:
    symbol = _symbol(view, block.name.text, _KINDS[block.keyword.text], span=block.span, name=block.name.span)
    symbol.detail = block.title.text if block.title else None
    symbol.children = [
        _block(view, member) if isinstance(member, BlockDecl) else _check(view, member)
        for member in block.body
        if (isinstance(member, BlockDecl) and member.name.text) or (isinstance(member, ClauseDecl) and member.label)
    ]
    return symbol


def _check(view: View, clause: object) -> types.DocumentSymbol:
    assert isinstance(clause, ClauseDecl)
    assert clause.label is not None
    name = clause.label
    return _symbol(view, name.text, types.SymbolKind.Boolean, span=clause.span, name=name.span)


def _symbol(view: View, text: str, kind: types.SymbolKind, *, span: Span, name: Span) -> types.DocumentSymbol:
    # An editor refuses a symbol whose name lies outside of it.
    whole = Span(min(span.start, name.start), max(span.end, name.end))
    return types.DocumentSymbol(text, kind, view.ruler.range(whole), view.ruler.range(name))


def _spans(block: BlockDecl) -> Iterator[Span]:
    yield block.span
    for member in block.body:
        if isinstance(member, BlockDecl):
            yield from _spans(member)
        elif isinstance(member, FieldDecl):
            yield member.span


def _comment_runs(view: View) -> Iterator[tuple[int, int]]:
    lines = sorted(_line(view, comment.span.start) for comment in view.tree.comments)
    start = before = -2
    for line in [*lines, -2]:
        if line != before + 1:
            if before > start:
                yield start, before
            start = line
        before = line


def _line(view: View, offset: int) -> int:
    return view.source.line_of(offset) - 1
