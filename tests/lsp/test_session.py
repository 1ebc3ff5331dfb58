"""`evalc lsp` as a program of its own, driven over its standard input and output by a real client."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.desk import CAPITALS, Desk
from tests.lsp.editor import Editor

PATH = "capitals.evalc"


def drive(folder: Path, session: Callable[[Editor], Awaitable[None]], *encodings: str) -> Editor:
    """The editor after a session."""

    async def whole() -> Editor:
        async with Editor(folder, encodings or ("utf-16",)) as editor:
            await session(editor)
        return editor

    return asyncio.run(whole())


def place(text: str, part: str, within: int = 0) -> types.Position:
    """The position of a part of an ASCII line, in UTF-16 units."""
    at = text.index(part) + within
    before = text[:at]
    return types.Position(before.count("\n"), len(before.rpartition("\n")[2].encode("utf-16-le")) // 2)


def levels(found: list[types.Diagnostic]) -> set[str]:
    """How severe findings are."""
    names = {types.DiagnosticSeverity.Error: "error", types.DiagnosticSeverity.Warning: "warning"}
    return {names.get(one.severity or types.DiagnosticSeverity.Hint, "advice") for one in found}


def test_findings_follow_what_is_typed(desk: Desk) -> None:
    """A mistake shows while it is typed and goes when it is mended, and the file on disk is left alone."""
    wrong = CAPITALS.replace("must contain", "must contains")

    async def session(editor: Editor) -> None:
        editor.open(PATH, CAPITALS)
        assert "error" not in levels(await editor.findings(PATH))
        editor.change(PATH, wrong)
        assert ["unknown-verb", "unknown-verb"] == [found.code for found in await editor.findings(PATH)]
        editor.change(PATH, CAPITALS)
        assert "error" not in levels(await editor.findings(PATH))

    ended = drive(desk.folder, session)

    assert 0 == ended.exit_code
    assert CAPITALS == (desk.folder / PATH).read_text("utf-8")
    assert {"library.evalc", PATH} == {path.name for path in desk.folder.iterdir()}


def test_an_open_library_is_seen_by_the_evals_that_use_it(desk: Desk) -> None:
    """Two tabs side by side are one catalog, saved or not."""

    async def session(editor: Editor) -> None:
        editor.open(PATH, CAPITALS)
        await editor.findings(PATH)
        editor.open("library.evalc", "vendor atlas: Atlas\n")
        await editor.findings("library.evalc")
        assert "unknown-name" in {found.code for found in await editor.findings(PATH)}

    drive(desk.folder, session)


def test_mistakes_of_used_files_are_told_too(desk: Desk) -> None:
    """An eval whose library is broken is broken, and the reason lies in a file that nobody has open."""
    library = (desk.folder / "library.evalc").read_text("utf-8")
    (desk.folder / "library.evalc").write_text(library.replace("scale: 1 to 5", "scale: 5"), "utf-8")

    async def session(editor: Editor) -> None:
        uri = editor.document("library.evalc").uri
        editor.open(PATH, CAPITALS)
        await editor.findings(PATH)
        await editor.findings_once(uri)
        assert ["wrong-scale"] == [found.code for found in editor.published[uri].diagnostics]
        editor.open("library.evalc", library)
        assert "wrong-scale" not in {found.code for found in await editor.findings("library.evalc")}

    drive(desk.folder, session)


def test_a_refused_rename_leaves_no_traceback(desk: Desk) -> None:
    """What looks like a crash in the log of an editor is reported as one."""

    async def session(editor: Editor) -> None:
        editor.open(PATH, CAPITALS)
        params = types.RenameParams(editor.document(PATH), place(CAPITALS, "france", 1), "paris")
        with pytest.raises(JsonRpcException, match="the name of a case is part of its id"):
            await editor.text_document_rename_async(params)

    assert "" == drive(desk.folder, session).log


def test_a_session_of_an_author(desk: Desk) -> None:
    """What an editor asks in the course of a minute, each thing once."""
    draft = CAPITALS.replace("severity: high", "severity: ", 1).replace("must contain", "must contains", 1)

    async def session(editor: Editor) -> None:
        document = editor.document(PATH)
        editor.open(PATH, draft)
        found = await editor.findings(PATH)
        verb = next(finding for finding in found if finding.code == "unknown-verb")

        context = types.CodeActionContext([verb])
        offered = await editor.text_document_code_action_async(types.CodeActionParams(document, verb.range, context))
        assert ["Write `contain`"] == [action.title for action in offered or []]

        caret = place(draft, "severity: ", len("severity: "))
        listed = await editor.text_document_completion_async(types.CompletionParams(document, caret))
        assert isinstance(listed, types.CompletionList)
        assert ["critical", "high", "medium", "low"] == [item.label for item in listed.items]

        page = await editor.text_document_hover_async(types.HoverParams(document, place(draft, "greeting")))
        assert page is not None
        assert isinstance(page.contents, types.MarkupContent)
        assert "Hello 🌍" in page.contents.value

        slot = place(draft, ", what is", -4)
        where = await editor.text_document_definition_async(types.DefinitionParams(document, slot))
        assert isinstance(where, list)
        assert [(editor.document("library.evalc").uri, 15)] == [
            (one.uri, one.range.start.line) for one in where if isinstance(one, types.Location)
        ]

        edit = await editor.text_document_rename_async(types.RenameParams(document, slot, "salute"))
        assert edit is not None
        assert {document.uri: 2, editor.document("library.evalc").uri: 1} == {
            uri: len(edits) for uri, edits in (edit.changes or {}).items()
        }
        editor.change(PATH, CAPITALS.replace("severity: high", "severity:   high"))
        options = types.FormattingOptions(tab_size=2, insert_spaces=True)
        laid_out = await editor.text_document_formatting_async(types.DocumentFormattingParams(document, options))
        assert ["  severity: high\n"] == [one.new_text for one in laid_out or []]
        with pytest.raises(JsonRpcException, match="there is already a column `country`"):
            await editor.text_document_rename_async(types.RenameParams(document, slot, "country"))

    ended = drive(desk.folder, session)

    assert 0 == ended.exit_code


def test_a_case_is_found_by_words_of_its_title(desk: Desk) -> None:
    """In a catalog of hundreds of cases nobody knows in which file one stands; files need not be open."""
    other = CAPITALS.replace("eval capitals: Capitals", "eval rivers: Rivers").replace(
        "case others: The", "case more: A"
    )
    (desk.folder / "rivers.evalc").write_text(other, "utf-8")

    async def session(editor: Editor) -> None:
        editor.open(PATH, CAPITALS)
        found = {}
        for query in ("capital country", "TONE", "nothing like it"):
            listed = await editor.workspace_symbol_async(types.WorkspaceSymbolParams(query))
            found[query] = [(one.name, one.container_name) for one in listed or []]
        assert {
            "capital country": [
                ("others: The capital of {{country}}", "capitals.evalc"),
                ("more: A capital of {{country}}", "rivers.evalc"),
            ],
            "TONE": [("tone: Tone of an answer", "library.evalc")],
            "nothing like it": [],
        } == found

    drive(desk.folder, session)


def test_what_is_typed_fast_is_answered_about_what_it_became(desk: Desk) -> None:
    """Answers about texts that are gone would be given one after the other, and lag behind the hand for seconds."""
    drafts = [CAPITALS.replace("severity: high", f"severity: {'h' * count}", 1) for count in range(5)]
    last = CAPITALS.replace("severity: high", "control:  ", 1)
    caret = place(last, "control: ", len("control: "))

    async def session(editor: Editor) -> None:
        document = editor.document(PATH)
        editor.open(PATH, CAPITALS)
        asked = []
        for draft in (*drafts, last):
            editor.change(PATH, draft)
            params = types.CompletionParams(document, caret)
            asked.append(asyncio.ensure_future(editor.text_document_completion_async(params)))
            await asyncio.sleep(0)
        listed = await asyncio.gather(*asked)
        offered = [[item.label for item in one.items] for one in listed if isinstance(one, types.CompletionList)]
        assert [["negative"]] * len(asked) == offered

    drive(desk.folder, session)


def test_a_question_that_is_taken_back_is_not_answered(desk: Desk) -> None:
    """An editor takes a completion back with each further key."""

    async def session(editor: Editor) -> None:
        editor.open(PATH, CAPITALS)
        params = types.CompletionParams(editor.document(PATH), types.Position(0, 0))
        asked = editor.protocol.send_request_async(types.TEXT_DOCUMENT_COMPLETION, params, "taken-back")
        waiting = asyncio.ensure_future(asked)
        await asyncio.sleep(0)
        editor.protocol.notify(types.CANCEL_REQUEST, types.CancelParams("taken-back"))
        with pytest.raises(JsonRpcException) as refused:
            await waiting
        assert types.LSPErrorCodes.RequestCancelled == refused.value.code

    assert "" == drive(desk.folder, session).log


def test_an_editor_that_counts_bytes_is_told_bytes(desk: Desk) -> None:
    """Helix and Neovim ask for UTF-8 first, and a server that agrees has to keep to it."""

    async def session(editor: Editor) -> None:
        editor.open(PATH, CAPITALS)
        assert "utf-8" == editor.capabilities.position_encoding
        line = CAPITALS[: CAPITALS.index("🌍")].count("\n")
        params = types.DefinitionParams(editor.document(PATH), types.Position(line, 4 + len("🌍 {{g".encode())))
        where = await editor.text_document_definition_async(params)
        assert isinstance(where, list)
        assert 1 == len(where)

    drive(desk.folder, session, "utf-8", "utf-16")


def test_any_text_is_answered(desk: Desk) -> None:
    """Nobody restarts an editor over a file that was pasted into it."""

    async def session(editor: Editor) -> None:
        document = editor.document("odd name é.evalc")
        editor.open("odd name é.evalc", "")
        for text in ("\x00\u2028", "case", '  must contain "', "{" * 5000, "a" * 3_000_000):
            editor.change("odd name é.evalc", text)
            await editor.findings("odd name é.evalc")
            await editor.text_document_document_symbol_async(types.DocumentSymbolParams(document))
            await editor.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document))

    assert 0 == drive(desk.folder, session).exit_code
