"""An editor, as far as the protocol sees it: pygls' client, and `evalc lsp` as its own program."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from lsprotocol import types
from pygls.lsp.client import LanguageClient

_PATIENCE_S = 60


class Editor(LanguageClient):
    """A client that starts the server in a folder, and keeps what it is told of each document's findings."""

    def __init__(self, folder: Path, encodings: Sequence[str] = ("utf-16",)) -> None:
        super().__init__("tests", "1")
        self.folder = folder
        self.encodings = encodings
        self.capabilities = types.ServerCapabilities()
        self.exit_code: int | None = None
        self.log = ""
        self.versions: dict[str, int] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.news = asyncio.Event()

        def note(params: types.PublishDiagnosticsParams) -> None:
            self.published[params.uri] = params
            self.news.set()

        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(note)

    async def __aenter__(self) -> Self:
        await self.start_io(sys.executable, "-m", "evalc", "lsp", "--stdio", cwd=self.folder)
        general = types.GeneralClientCapabilities(position_encodings=list(self.encodings))
        started = await self.initialize_async(
            types.InitializeParams(types.ClientCapabilities(general=general), root_uri=self.folder.as_uri())
        )
        self.capabilities = started.capabilities
        self.initialized(types.InitializedParams())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.stopped:
            await self.shutdown_async(None)
            self.exit(None)
        await asyncio.wait_for(self.stop(), _PATIENCE_S)  # type: ignore[no-untyped-call]  # pygls lacks its types.

    async def server_exit(self, server: Process) -> None:
        """Remember how it ended, and what it wrote."""
        self.exit_code = server.returncode
        assert server.stderr is not None
        self.log = (await server.stderr.read()).decode()

    def document(self, path: str) -> types.TextDocumentIdentifier:
        """A file of the folder as requests name it."""
        return types.TextDocumentIdentifier((self.folder / path).as_uri())

    def open(self, path: str, text: str) -> None:
        """Show a document to the user."""
        uri = self.document(path).uri
        self.versions[uri] = 1
        self.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "evalc", 1, text)))

    def change(self, path: str, text: str) -> None:
        """Let the user have typed."""
        uri = self.document(path).uri
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    async def findings(self, path: str) -> list[types.Diagnostic]:
        """What the server finds in a document as it is now."""
        uri = self.document(path).uri
        while uri not in self.published or self.published[uri].version != self.versions[uri]:
            await self._wait()
        return list(self.published[uri].diagnostics)

    async def findings_once(self, uri: str) -> None:
        """Wait until something was said about a file that may not be open."""
        while uri not in self.published:
            await self._wait()

    async def _wait(self) -> None:
        self.news.clear()
        await asyncio.wait_for(self.news.wait(), _PATIENCE_S)
