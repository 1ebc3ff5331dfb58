"""How soon an editor is answered while somebody types in a file as large as a spec may be."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from bench.measure import Figure, run_function
from bench.specs import as_specs, make_content
from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader

_CASES = 400
_ROUNDS = 5
_BURST = 20
_BETWEEN_KEYS_S = 0.06


def measure() -> Iterator[Figure]:
    """Wall time from a key to completion and colours, by the real server over its standard streams."""
    cases = [case for found in make_content(_CASES).values() for case in found]
    (text,) = as_specs({"large": cases}).values()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "evalc.toml").touch()
        typed = asyncio.run(_typed(Path(folder), text))
    compiled = median(run_function(lambda: compile_loaded(MemoryLoader({"a.evalc": text}))).wall_s for _ in range(5))
    name = f"a key in {len(text) / 1e6:.2f} MB with {_CASES} cases"
    side = "compiling it"
    yield Figure(f"{name}, to completion, wall", typed["completion"], "s", side, compiled)
    yield Figure(f"{name}, to colours, wall", typed["colours"], "s", side, compiled)
    yield Figure(f"the last of {_BURST} quick keys, to completion, wall", typed["burst"], "s", side, compiled)


async def _typed(folder: Path, text: str) -> dict[str, float]:
    """The medians of what was waited for behind a key."""
    client = LanguageClient("bench", "1")
    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: None)
    await client.start_io(sys.executable, "-m", "evalc", "lsp", "--stdio", cwd=folder)
    await client.initialize_async(types.InitializeParams(types.ClientCapabilities(), root_uri=folder.as_uri()))
    client.initialized(types.InitializedParams())
    typist = _Typist(client, (folder / "specs" / "large.evalc").as_uri(), text)
    found = {"completion": [await typist.wait_for_completion() for _ in range(_ROUNDS)]}
    found["colours"] = [await typist.wait_for_colours() for _ in range(_ROUNDS)]
    found["burst"] = [await typist.wait_for_burst() for _ in range(_ROUNDS)]
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()  # type: ignore[no-untyped-call]  # pygls lacks its types.
    return {name: median(waits) for name, waits in found.items()}


class _Typist:
    """Types a letter into the middle of a document, and waits for answers."""

    def __init__(self, client: LanguageClient, uri: str, text: str) -> None:
        self.client, self.document = client, types.TextDocumentIdentifier(uri)
        at = text.index("  should have words", len(text) // 2)
        self.before, self.after = text[: text.index("\n", at)], text[text.index("\n", at) :]
        self.keys = 0
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "evalc", 0, self.before + self.after))
        )

    def type_key(self) -> None:
        """One letter more."""
        self.keys += 1
        whole = types.TextDocumentContentChangeWholeDocument(self.before + " x" * self.keys + self.after)
        document = types.VersionedTextDocumentIdentifier(self.keys, self.document.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    async def wait_for_completion(self) -> float:
        """The seconds from a key to the list of what may follow."""
        self.type_key()
        begun = time.perf_counter()
        await self._complete()
        return time.perf_counter() - begun

    async def wait_for_colours(self) -> float:
        """The seconds from a key to the colours of the document."""
        self.type_key()
        begun = time.perf_counter()
        await self.client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(self.document))
        return time.perf_counter() - begun

    async def wait_for_burst(self) -> float:
        """The seconds from the last of several keys, each of which asks for completion, to its answer."""
        asked = []
        for _ in range(_BURST):
            self.type_key()
            asked.append(asyncio.ensure_future(self._complete()))
            await asyncio.sleep(_BETWEEN_KEYS_S)
        begun = time.perf_counter()
        await asyncio.gather(*asked)
        return time.perf_counter() - begun

    async def _complete(self) -> None:
        line = self.before.count("\n")
        place = types.Position(line, len(self.before.rpartition("\n")[2]) + 2 * self.keys)
        await self.client.text_document_completion_async(types.CompletionParams(self.document, place))
