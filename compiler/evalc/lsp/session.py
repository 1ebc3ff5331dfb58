"""What the server keeps between messages, and when it speaks."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, PyglsError
from pygls.lsp.server import LanguageServer

from evalc import __version__
from evalc.lsp.documents import Documents
from evalc.lsp.features import diagnostics

# Whoever types without a pause does not want to read about every half word.
_QUIET_S = 0.15
# Long enough to begin with what the editor has sent already.
_SOON_S = 0.01
_LONGEST_QUIET_S = 2.0

Answer = TypeVar("Answer")
Params = TypeVar("Params")


class EvalcServer(LanguageServer):
    """Answers an editor about its open specs. Reads the files of their catalogs, and writes none."""

    def __init__(self) -> None:
        # Whole texts are sent: what pygls takes for the end of a line is not what editors do (U+2028, for one), so that
        # changes of parts could go to the wrong place.
        super().__init__("evalc", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.documents = Documents()
        self._waiting: asyncio.TimerHandle | None = None
        self._published: set[str] = set()
        self._took_s = 0.0
        self.changes = 0

    def publish_soon(self) -> None:
        """Say what is wrong in all open documents once nothing was typed for a moment, or as long as that takes.

        So colours and completion of a large file do not wait for the linter.
        """
        if self._waiting:
            self._waiting.cancel()
        quiet_s = min(max(_QUIET_S, self._took_s), _LONGEST_QUIET_S)
        self._waiting = asyncio.get_running_loop().call_later(quiet_s, self._publish)

    def _publish(self) -> None:
        begun = time.monotonic()
        self.publish()
        self._took_s = time.monotonic() - begun

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


def in_a_moment(answer: Callable[[EvalcServer, Params], Answer]) -> Callable[[EvalcServer, Params], Awaitable[Answer]]:
    """An answer that is given when what came right behind the question was read: a change, or that it was taken back.

    Whoever types fast would else wait for answers about texts that are gone.
    """

    @wraps(answer)
    async def wait(server: EvalcServer, params: Params) -> Answer:
        seen, latest = -1, time.monotonic() + _LONGEST_QUIET_S
        while seen != server.changes and time.monotonic() < latest:
            seen = server.changes
            await asyncio.sleep(_SOON_S)
        return answer(server, params)

    return wait
