"""Cures that an editor offers for what is wrong."""

from collections.abc import Iterable

from lsprotocol import types

from evalc.base.diagnostic import Diagnostic, Fix
from evalc.base.source import Span
from evalc.lsp.features.diagnostics import diagnostics
from evalc.lsp.view import View


def actions(view: View, span: Span, *, found: Iterable[Diagnostic]) -> list[types.CodeAction]:
    """The cures of findings that touch a span, and one that applies all safe ones of the document."""
    own = [finding for finding in found if finding.source.name == view.path and finding.fix]
    offered = [
        types.CodeAction(
            title=fix.title[:1].upper() + fix.title[1:],
            kind=types.CodeActionKind.QuickFix,
            diagnostics=diagnostics(view, [finding]),
            is_preferred=fix.is_safe,
            edit=_edit(view, [fix]),
        )
        for finding in own
        if (fix := finding.fix) and finding.span.start <= span.end and span.start <= finding.span.end
    ]
    safe = _apart([finding.fix for finding in own if finding.fix and finding.fix.is_safe])
    if safe:
        every = types.CodeAction(
            title="Apply all safe fixes of evalc", kind=types.CodeActionKind.SourceFixAll, edit=_edit(view, safe)
        )
        offered.append(every)
    return offered


def _apart(fixes: list[Fix]) -> list[Fix]:
    """The fixes of which no two change the same place, earlier ones first."""
    kept: list[Fix] = []
    taken: list[Span] = []
    for fix in fixes:
        spans = [edit.span for edit in fix.edits]
        if not any(one.start <= other.end and other.start <= one.end for one in spans for other in taken):
            kept.append(fix)
            taken += spans
    return kept


def _edit(view: View, fixes: list[Fix]) -> types.WorkspaceEdit:
    edits = [view.ruler.text_edit(edit) for fix in fixes for edit in fix.edits]
    return types.WorkspaceEdit(changes={view.uri(view.path): edits})
