"""What is wrong with a document, and how it is shown."""

from collections.abc import Iterable

from lsprotocol import types

from evalc.base.diagnostic import Diagnostic, Level
from evalc.lsp.convert import Ruler
from evalc.lsp.view import View

_SEVERITIES: dict[Level, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "advice": types.DiagnosticSeverity.Information,
}
_UNUSED = "unused-"


def diagnostics(view: View, found: Iterable[Diagnostic]) -> list[types.Diagnostic]:
    """Those of all findings that are about this document."""
    return diagnostics_by_file(view, found).get(view.path, [])


def diagnostics_by_file(view: View, found: Iterable[Diagnostic]) -> dict[str, list[types.Diagnostic]]:
    """The findings by the path of the file that they are about, be it open or not."""
    shown: dict[str, list[types.Diagnostic]] = {}
    for finding in found:
        shown.setdefault(finding.source.name, []).append(_shown(view, finding))
    return shown


def _shown(view: View, finding: Diagnostic) -> types.Diagnostic:
    parts = [finding.message, finding.label, finding.help]
    tags = [types.DiagnosticTag.Unnecessary] if finding.code.name.startswith(_UNUSED) else None
    return types.Diagnostic(
        range=Ruler(finding.source, view.encoding).range(finding.span),
        severity=_SEVERITIES[finding.level],
        code=finding.code.name,
        source="evalc",
        message="\n".join(part for part in parts if part),
        tags=tags,
    )
