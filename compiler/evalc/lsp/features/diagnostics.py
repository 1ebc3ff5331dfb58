"""What is wrong with a document, and how it is shown."""

from collections.abc import Iterable

from lsprotocol import types

from evalc.base.diagnostic import Diagnostic, Level
from evalc.lsp.view import View

_SEVERITIES: dict[Level, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "advice": types.DiagnosticSeverity.Information,
}
_UNUSED = "unused-"


def diagnostics(view: View, found: Iterable[Diagnostic]) -> list[types.Diagnostic]:
    """Those of all findings that are about this document."""
    return [_shown(view, finding) for finding in found if finding.source.name == view.path]


def _shown(view: View, finding: Diagnostic) -> types.Diagnostic:
    parts = [finding.message, finding.label, finding.help]
    tags = [types.DiagnosticTag.Unnecessary] if finding.code.name.startswith(_UNUSED) else None
    return types.Diagnostic(
        range=view.ruler.range(finding.span),
        severity=_SEVERITIES[finding.level],
        code=finding.code.name,
        source="evalc",
        message="\n".join(part for part in parts if part),
        tags=tags,
    )
