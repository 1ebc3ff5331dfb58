"""The language server: pygls on one side, the features on the other."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, PyglsError
from pygls.lsp.server import LanguageServer

from evalc import __version__
from evalc.lsp.documents import Documents
from evalc.lsp.features import (
    actions,
    completion,
    diagnostics,
    formatting,
    hints,
    hover,
    links,
    navigation,
    outline,
    rename,
    tokens,
)
from evalc.lsp.view import View

# Whoever types without a pause does not want to read about every half word.
_QUIET_S = 0.15

Answer = TypeVar("Answer")


class EvalcServer(LanguageServer):
    """Answers an editor about its open specs. Reads the files of their catalogs, and writes none."""

    def __init__(self) -> None:
        # Whole texts are sent: what pygls takes for the end of a line is not what editors do (U+2028, for one), so that
        # changes of parts could go to the wrong place.
        super().__init__("evalc", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.documents = Documents()
        self._waiting: asyncio.TimerHandle | None = None
        self._published: set[str] = set()

    def publish_soon(self) -> None:
        """Say what is wrong in all open documents once nothing was typed for a moment."""
        if self._waiting:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().call_later(_QUIET_S, self.publish)

    def publish(self) -> None:
        """Say what is wrong in all open documents and the files that they use."""
        opened = self.documents.open_uris()
        found: dict[str, list[types.Diagnostic]] = {uri: [] for uri in opened}
        for view in filter(None, map(self.documents.view, opened)):
            for path, shown in diagnostics.diagnostics_by_file(view, self.documents.findings(view)).items():
                found[view.uri(path)] = shown
        for uri in self._published - found.keys():
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        for uri, shown in found.items():
            version = self.workspace.get_text_document(uri).version if uri in opened else None
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version))
        self._published = {uri for uri, shown in found.items() if shown}

    def report_server_error(self, error: Exception, source: type[PyglsError] | type[JsonRpcException]) -> None:
        """Write an error of ours to the log; a request that was refused is none."""
        if not isinstance(error, JsonRpcInvalidParams):
            super().report_server_error(error, source)


class _InDocument(Protocol):
    @property
    def text_document(self) -> types.TextDocumentIdentifier: ...


class _AtPosition(_InDocument, Protocol):
    @property
    def position(self) -> types.Position: ...


def create_server() -> EvalcServer:
    """A server that knows all features, not yet started."""
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_our_fault)
    server = EvalcServer()
    for method, (answer, options) in _FEATURES.items():
        server.feature(method, options)(answer)
    return server


def _is_our_fault(record: logging.LogRecord) -> bool:
    """Whether a record is about more than a request that was refused."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcInvalidParams))


def _initialized(server: EvalcServer, params: types.InitializedParams) -> None:
    server.documents.encoding = str(getattr(server.workspace.position_encoding, "value", "utf-16"))
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching and watching.dynamic_registration:
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        server.client_register_capability(types.RegistrationParams([types.Registration(method, method, options)]))


def _opened(server: EvalcServer, params: types.DidOpenTextDocumentParams) -> None:
    _put(server, params.text_document.uri)


def _changed(server: EvalcServer, params: types.DidChangeTextDocumentParams) -> None:
    _put(server, params.text_document.uri)


def _put(server: EvalcServer, uri: str) -> None:
    server.documents.put(uri, server.workspace.get_text_document(uri).source)
    server.publish_soon()


def _closed(server: EvalcServer, params: types.DidCloseTextDocumentParams) -> None:
    server.documents.drop(params.text_document.uri)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))
    server.publish_soon()


def _files_changed(
    server: EvalcServer, params: types.DidSaveTextDocumentParams | types.DidChangeWatchedFilesParams
) -> None:
    server.documents.forget()
    server.publish_soon()


def _complete(server: EvalcServer, params: types.CompletionParams) -> types.CompletionList | None:
    found = _at(server, params, completion.completions)
    return None if found is None else types.CompletionList(is_incomplete=False, items=found)


def _hover(server: EvalcServer, params: types.HoverParams) -> types.Hover | None:
    return _at(server, params, hover.hover)


def _definition(server: EvalcServer, params: types.DefinitionParams) -> list[types.Location] | None:
    return _at(server, params, navigation.definition, is_whole=True)


def _references(server: EvalcServer, params: types.ReferenceParams) -> list[types.Location] | None:
    def ask(view: View, offset: int) -> list[types.Location]:
        return navigation.references(view, offset, has_declaration=params.context.include_declaration)

    return _at(server, params, ask, is_whole=True)


def _highlights(server: EvalcServer, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
    return _at(server, params, navigation.highlights)


def _prepare_rename(server: EvalcServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    try:
        return _at(server, params, rename.renamable, is_whole=True)
    except rename.CannotRename as refusal:
        raise JsonRpcInvalidParams(str(refusal)) from None


def _rename(server: EvalcServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    def ask(view: View, offset: int) -> types.WorkspaceEdit | None:
        return rename.rename(view, offset, name=params.new_name)

    try:
        return _at(server, params, ask, is_whole=True)
    except rename.CannotRename as refusal:
        raise JsonRpcInvalidParams(str(refusal)) from None


def _actions(server: EvalcServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    def ask(view: View) -> list[types.CodeAction]:
        return actions.actions(view, view.ruler.span(params.range), found=server.documents.findings(view))

    return _of(server, params, ask)


def _hints(server: EvalcServer, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    return _of(server, params, lambda view: hints.hints(view, view.ruler.span(params.range)))


def _formatting(server: EvalcServer, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    return _of(server, params, formatting.formatting)


def _range_formatting(server: EvalcServer, params: types.DocumentRangeFormattingParams) -> list[types.TextEdit] | None:
    return _of(server, params, lambda view: formatting.range_formatting(view, view.ruler.span(params.range)))


def _symbols(server: EvalcServer, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    return _of(server, params, outline.symbols)


def _folds(server: EvalcServer, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    return _of(server, params, outline.folds)


def _tokens(server: EvalcServer, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    return _of(server, params, tokens.tokens)


def _links(server: EvalcServer, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    return _of(server, params, links.links)


def _of(server: EvalcServer, params: _InDocument, ask: Callable[[View], Answer]) -> Answer | None:
    view = server.documents.view(params.text_document.uri)
    return ask(view) if view else None


def _at(
    server: EvalcServer, params: _AtPosition, ask: Callable[[View, int], Answer], *, is_whole: bool = False
) -> Answer | None:
    view = server.documents.view(params.text_document.uri, is_whole=is_whole)
    return ask(view, view.ruler.offset(params.position)) if view else None


_KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
_FEATURES: dict[str, tuple[Callable[..., object], object]] = {
    types.INITIALIZED: (_initialized, None),
    types.TEXT_DOCUMENT_DID_OPEN: (_opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (_changed, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (_closed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (_files_changed, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_files_changed, None),
    types.TEXT_DOCUMENT_COMPLETION: (_complete, types.CompletionOptions(trigger_characters=list(completion.TRIGGERS))),
    types.TEXT_DOCUMENT_HOVER: (_hover, None),
    types.TEXT_DOCUMENT_DEFINITION: (_definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (_references, None),
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: (_highlights, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (_prepare_rename, None),
    types.TEXT_DOCUMENT_RENAME: (_rename, types.RenameOptions(prepare_provider=True)),
    types.TEXT_DOCUMENT_CODE_ACTION: (_actions, types.CodeActionOptions(code_action_kinds=_KINDS)),
    types.TEXT_DOCUMENT_FORMATTING: (_formatting, None),
    types.TEXT_DOCUMENT_RANGE_FORMATTING: (_range_formatting, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (_symbols, None),
    types.TEXT_DOCUMENT_FOLDING_RANGE: (_folds, None),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: (_tokens, tokens.LEGEND),
    types.TEXT_DOCUMENT_INLAY_HINT: (_hints, None),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: (_links, None),
}
