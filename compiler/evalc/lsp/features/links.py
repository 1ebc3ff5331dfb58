"""The files that a document names."""

from collections.abc import Iterator

from lsprotocol import types

from evalc.base.source import Span
from evalc.lsp.view import View
from evalc.syntax.tree import BlockDecl, FieldDecl, NameDecl


def links(view: View) -> list[types.DocumentLink]:
    """The paths behind `use` and `file` that lead to a file."""
    return [types.DocumentLink(view.ruler.range(span), target=view.uri(path)) for path, span in links_of(view)]


def links_of(view: View) -> Iterator[tuple[str, Span]]:
    """Each file that a document names, from the catalog's folder, and where it says so."""
    names = [*(use.path for use in view.tree.uses), *(let.file for let in view.tree.lets if let.file)]
    for block in view.tree.blocks:
        names += _files_of(block)
    for name in names:
        path = view.target(view.path, name.text)
        if path:
            yield path, name.span


def _files_of(block: BlockDecl) -> Iterator[NameDecl]:
    for member in block.body:
        if isinstance(member, BlockDecl):
            yield from _files_of(member)
        elif isinstance(member, FieldDecl) and member.file:
            yield member.file
