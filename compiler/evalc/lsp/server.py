"""The language server: pygls on one side, the features on the other."""

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from evalc.lsp.features import (
    actions,
    completion,
    formatting,
    hints,
    hover,
    links,
    navigation,
    outline,
    rename,
    tokens,
)
from evalc.lsp.session import EvalcServer, in_a_moment
from evalc.lsp.view import View

Answer = TypeVar("Answer")


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
    for method, (note, options) in _NOTES.items():
        server.feature(method, options)(note)
    for method, (answer, options) in _QUESTIONS.items():
        server.feature(method, options)(in_a_moment(answer))
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
    server.changes += 1
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


def _found_by(server: EvalcServer, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    return [found for view in server.documents.whole_views() for found in outline.found_by(view, params.query)]


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
_NOTES: dict[str, tuple[Callable[..., object], object]] = {
    types.INITIALIZED: (_initialized, None),
    types.TEXT_DOCUMENT_DID_OPEN: (_opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (_changed, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (_closed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (_files_changed, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_files_changed, None),
}
_QUESTIONS: dict[str, tuple[Callable[..., object], object]] = {
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
    types.WORKSPACE_SYMBOL: (_found_by, None),
    types.TEXT_DOCUMENT_FOLDING_RANGE: (_folds, None),
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: (_tokens, tokens.LEGEND),
    types.TEXT_DOCUMENT_INLAY_HINT: (_hints, None),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: (_links, None),
}
