"""The colours of a document, by the real lexer."""

from lsprotocol import types

from evalc.lsp.view import View
from evalc.syntax.colours import Colour, paint

_KINDS: dict[Colour, str] = {
    "comment": "comment",
    "field": "property",
    "keyword": "keyword",
    "level": "keyword",
    "name": "class",
    "number": "number",
    "operator": "operator",
    "path": "property",
    "pattern": "regexp",
    "qualifier": "parameter",
    "slot": "variable",
    "text": "string",
    "verb": "function",
    "word": "keyword",
}
_NAMES = sorted(set(_KINDS.values()))

LEGEND = types.SemanticTokensLegend(token_types=_NAMES, token_modifiers=[])


def tokens(view: View) -> types.SemanticTokens:
    """The coloured parts of a document; titles, prose and values keep the colour that text has."""
    ruler = view.ruler
    numbers: list[int] = []
    line, column = 0, 0
    for stroke in paint(view.source.text):
        kind = _KINDS.get(stroke.colour)
        if kind is None:
            continue
        at = ruler.position(stroke.span.start)
        if at.line != line:
            column = 0
        numbers += [at.line - line, at.character - column, ruler.length(stroke.span), _NAMES.index(kind), 0]
        line, column = at.line, at.character
    return types.SemanticTokens(numbers)
