"""What an editor shows beside the text: ids, and how many cases a case stands for."""

from lsprotocol import types

from evalc.base.source import Span
from evalc.lsp.columns import row_count
from evalc.lsp.view import View
from evalc.syntax.tree import BlockDecl, FieldDecl


def hints(view: View, span: Span) -> list[types.InlayHint]:
    """The id of each case whose header lies in a span, with the number of its rows."""
    found = []
    for block in view.tree.blocks:
        header = Span(block.name.span.start, _header_end(block))
        if block.keyword.text == "case" and block.name.text and span.start <= header.end and header.start <= span.end:
            rows = _rows(view, block)
            counted = f", {rows} row{'' if rows == 1 else 's'}" if rows else ""
            position = view.ruler.position(header.end)
            hint = types.InlayHint(position, f"{case_id(view, block)}{counted}", padding_left=True)
            hint.tooltip = "What runs, logs and pages call this case."
            found.append(hint)
    return found


def case_id(view: View, case: BlockDecl) -> str:
    """The id of a case, with `?` for what is not there yet."""
    page = next((block for block in view.tree.blocks if block.keyword.text == "eval"), None)
    vendor = next(
        (item.value.text for item in (page.body if page else ()) if isinstance(item, FieldDecl) and _is_for(item)), "?"
    )
    return f"{vendor or '?'}/{page.name.text if page else '?'}/{case.name.text}"


def _is_for(field: FieldDecl) -> bool:
    return field.name.text == "for"


def _rows(view: View, case: BlockDecl) -> int:
    own = row_count(case)
    if own or view.eval is None:
        return own
    cluster = case_id(view, case)
    return sum(item.cluster == cluster != item.id for item in view.eval.cases)


def _header_end(block: BlockDecl) -> int:
    return block.title.span.end if block.title and block.title.text else block.name.span.end
