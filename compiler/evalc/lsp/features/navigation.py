"""Where a name is declared, and where it is used."""

from lsprotocol import types

from evalc.base.source import Span
from evalc.lsp.features.links import links_of
from evalc.lsp.mentions import all_mentions, mention_at, mentions_of
from evalc.lsp.view import View


def definition(view: View, offset: int) -> list[types.Location]:
    """Where the name at an offset is declared, or the beginning of the file whose path is there."""
    for path, span in links_of(view):
        if span.start <= offset <= span.end:
            return [view.location(path, Span(0, 0))]
    here = mention_at(view, offset)
    if here is None:
        return []
    owner = here.key.owner.partition("#")[0]
    found = [item for item in mentions_of(view, owner) if item.key == here.key and item.is_declaration]
    return [view.location(item.path, item.span) for item in found]


def references(view: View, offset: int, *, has_declaration: bool) -> list[types.Location]:
    """Each place of the name at an offset, with the one that declares it or without."""
    here = mention_at(view, offset)
    if here is None:
        return []
    found = [item for item in all_mentions(view) if item.key == here.key]
    return [view.location(item.path, item.span) for item in found if has_declaration or not item.is_declaration]


def highlights(view: View, offset: int) -> list[types.DocumentHighlight]:
    """The places of the name at an offset in its own document."""
    here = mention_at(view, offset)
    if here is None:
        return []
    found = [item for item in mentions_of(view, view.path) if item.key == here.key and not item.lead]
    return [
        types.DocumentHighlight(
            view.ruler.range(item.span),
            types.DocumentHighlightKind.Write if item.is_declaration else types.DocumentHighlightKind.Read,
        )
        for item in found
    ]
