"""What an editor shows of a document, and that no text and no place makes it fail."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.source import Span
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
from evalc.lsp.reference import page_of
from evalc.lsp.view import View
from evalc.reference.contents import language_entries
from evalc.reference.entry import Entry
from tests.colours.soup import soups
from tests.lsp.desk import CAPITALS, CARET, LIBRARY, Desk, with_caret


def page(desk: Desk, text: str, path: str = "capitals.evalc") -> str:
    """What is shown of the word at the caret."""
    found = hover.hover(*desk.open(text, path))
    if found is None:
        return ""
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


@pytest.mark.parametrize(
    ("before", "within", "expected"),
    [
        ("severity", 2, "How bad a failure is."),
        ("case france", 1, "One scenario: what is asked"),
        ("must contain", 6, "The answer has a text somewhere in it"),
        ("must contain", 1, "Begins a check that decides"),
        ("should", 1, "Begins a check that is reported and never decides."),
        ("as names-paris", 1, "Names a check, for results, examples and history."),
        ('use "library', 1, "Makes the vendors, rubrics and lets of another file known"),
        ("france", 1, "`atlas/capitals/france`"),
        ("{{greeting", 4, "Hello 🌍"),
        ("rubric: tone", 9, "**warmth**: The reader feels welcome"),
        ("rubric: tone", 9, "Passes when mean >= 4 and no criterion below 2."),
        ("for: atlas", 6, "Atlas knows the world."),
        ("breaks names-paris", 9, 'must contain "Paris" as names-paris'),
        ("warmth 5", 1, "The reader feels welcome"),
        ("{{country", 4, "The column `country`"),
        ("pass when", 1, "conditions joined by `and`"),
    ],
)
def test_a_word_tells_what_it_means(desk: Desk, before: str, within: int, *, expected: str) -> None:
    """The reference is where the word is, and not three clicks away."""
    assert expected in page(desk, with_caret(CAPITALS, before, within=within))


def test_a_rubric_with_a_mistake_is_shown_as_written(desk: Desk) -> None:
    """It means nothing yet, and its author still wants to read it from where it is used."""
    desk.open(LIBRARY.replace("scale: 1 to 5", "scale: 5"), "library.evalc")

    assert "```evalc\nrubric tone: Tone of an answer\n  scale: 5\n" in page(
        desk, with_caret(CAPITALS, "tone", within=1)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('l‸et a = "b"\n', "Gives a name to a text"),
        ('let a = f‸ile "a.txt"\n', "Takes the text of a field"),
        ('case a: A\n  system: f‸ile "a.txt"\n', "Takes the text of a field"),
        ("ret‸ired a: gone\n", "Records that a case went on purpose"),
        ("# al‸low vague-criterion: as agreed\n", "A comment that allows what a rule of the linter finds"),
        ("# allow va‸gue-criterion: as agreed\n", page_of("rule", "vague-criterion")),
        ("# allow no-rule‸-at-all: as agreed\n", ""),
        ("rubric r: R\n  criterion c: C\n    ‸5: Good.\n", page_of("field", "criterion.anchors")),
        ('case a: A\n  must be one o‸f "b", "c"\n', page_of("check", "be-one-of")),
    ],
)
def test_the_reference_is_shown_wherever_its_words_stand(desk: Desk, text: str, expected: str) -> None:
    """Statements, marks and rules that a comment allows have pages as well as fields and verbs."""
    shown = page(desk, text)

    assert expected in shown if expected else not shown


@pytest.mark.parametrize("entry", language_entries(), ids=lambda entry: f"{entry.kind} {entry.path}")
def test_an_editor_shows_what_the_reference_says(entry: Entry) -> None:
    """Two texts about one word would part, and one of them would be wrong."""
    shown = page_of(entry.kind, entry.path)

    for part in (
        *entry.paragraphs,
        *(fact.text for fact in entry.facts),
        *(item.text.strip() for item in entry.samples),
    ):
        assert part in shown


def test_prose_tells_nothing(desk: Desk) -> None:
    """A page that opens over ordinary text is in the way."""
    assert "" == page(desk, with_caret(CAPITALS, "what is the capital", within=2))


def test_findings_say_what_would_fit(desk: Desk) -> None:
    """The caret's label is no less a part of a message in an editor than in a terminal."""
    view, _ = desk.open(CAPITALS.replace("🌍 {{greeting}}", "🌍🌍 {{greting}}"))
    (found,) = diagnostics.diagnostics(view, view.compilation.findings)

    assert "near-slot" == found.code
    assert "did you mean `{{greeting}}`?" in found.message
    assert (13, 9, 20) == (found.range.start.line, found.range.start.character, found.range.end.character)


def test_findings_of_other_files_stay_with_them(desk: Desk) -> None:
    """A mistake is shown where it can be mended."""
    desk.open(LIBRARY.replace("scale: 1 to 5", "scale: 5"), "library.evalc")
    view, _ = desk.open(CAPITALS)

    assert view.compilation.findings.has_errors
    assert [] == diagnostics.diagnostics(view, view.compilation.findings)


def test_the_linter_advises_as_the_policy_says(desk: Desk) -> None:
    """A rule that a workspace has switched off is quiet in its editors as well."""
    view, _ = desk.open(LIBRARY, "library.evalc")
    desk.open(CAPITALS)
    assert ["missing-middle-anchor"] * 2 == codes(desk, view)

    (desk.folder / "evalc.toml").write_text('[lint]\nmissing-middle-anchor = "off"\n', "utf-8")
    desk.documents.forget()

    assert [] == codes(desk, view)


def codes(desk: Desk, view: View) -> list[str]:
    """The kinds of findings in a document."""
    now = desk.documents.view(desk.uri(view.path))
    assert now is not None
    return [str(found.code) for found in diagnostics.diagnostics(now, desk.documents.findings(now))]


def test_a_cure_mends_what_it_is_offered_for(desk: Desk) -> None:
    """One keystroke instead of a look into the manual."""
    wrong = CAPITALS.replace("must contain ", "must contains ").replace("severity: low", "severity: lo")
    view, _ = desk.open(wrong)
    at = wrong.index("severity: lo\n") + 11
    offered = actions.actions(view, Span(at, at), found=view.compilation.findings)
    (edits,) = [action.edit.changes[desk.uri(view.path)] for action in offered if action.edit and action.edit.changes]
    span = view.ruler.span(edits[0].range)

    assert ["Write `low`"] == [action.title for action in offered]
    assert wrong.replace("severity: lo\n", "severity: low\n") == (
        wrong[: span.start] + edits[0].new_text + wrong[span.end :]
    )


def test_all_safe_cures_come_together(desk: Desk) -> None:
    """A pasted spec with tabs is mended in one go, and nothing is changed that needs a decision."""
    view, _ = desk.open(
        CAPITALS.replace("  severity: high", "\tseverity: high").replace("  severity: low", "\tseverity: low")
    )
    offered = actions.actions(view, Span(0, 0), found=view.compilation.findings)

    (every,) = offered
    assert types.CodeActionKind.SourceFixAll == every.kind
    assert every.edit is not None
    assert every.edit.changes is not None
    assert 2 == len(every.edit.changes[desk.uri(view.path)])


def test_a_layout_is_one_edit_of_the_lines_that_change(desk: Desk) -> None:
    """An editor keeps its place in lines that it is not told to replace."""
    view, _ = desk.open(CAPITALS.replace("severity: high", "severity:   high"))
    (edit,) = formatting.formatting(view)
    span = view.ruler.span(edit.range)

    assert (11, 12, "  severity: high\n") == (edit.range.start.line, edit.range.end.line, edit.new_text)
    assert CAPITALS == view.source.text[: span.start] + edit.new_text + view.source.text[span.end :]


ODD = "vendor a:  A\n\n# Of b.\ncase b:  B\n  input: x\n  severity:   low\n  # Below.\n\n\ncase c:  C\n  oops\n"


@pytest.mark.parametrize(
    ("marked", "laid_out"),
    [
        (
            "severity",
            ODD.replace("b:  B", "b: B").replace("  input: x\n  severity:   low", "  severity: low\n  input: x"),
        ),
        (
            "case b",
            ODD.replace("b:  B", "b: B").replace("  input: x\n  severity:   low", "  severity: low\n  input: x"),
        ),
        ("vendor", ODD.replace("a:  A", "a: A")),
        ("# Of b", ODD.replace("a:  A", "a: A")),
        ("oops", ODD),
    ],
)
def test_a_range_lays_out_the_items_that_it_touches(desk: Desk, marked: str, laid_out: str) -> None:
    """Whoever formats a selection wants the rest of the file as it is, mistakes and all."""
    view, _ = desk.open(ODD)
    at = ODD.index(marked)
    text = ODD
    for edit in formatting.range_formatting(view, Span(at, at + 1)):
        span = view.ruler.span(edit.range)
        text = text[: span.start] + edit.new_text + text[span.end :]

    assert laid_out == text


@pytest.mark.parametrize("text", [CAPITALS, CAPITALS.replace("severity: high", "severity  high")])
def test_what_is_laid_out_or_broken_is_left_alone(desk: Desk, text: str) -> None:
    """A half-written spec is laid out by its author."""
    view, _ = desk.open(text)

    assert [] == formatting.formatting(view)


def test_symbols_are_nested_as_written(desk: Desk) -> None:
    """The outline of an editor is the table of contents of a spec."""
    view, _ = desk.open(LIBRARY + CAPITALS[CAPITALS.index("eval") :])
    found = [(symbol.name, [child.name for child in symbol.children or []]) for symbol in outline.symbols(view)]

    assert [
        ("atlas", []),
        ("tone", ["warmth", "brevity"]),
        ("greeting", []),
        ("capitals", []),
        ("france", ["names-paris"]),
        ("others", ["is-kind"]),
    ] == found


def test_blocks_texts_and_comments_fold(desk: Desk) -> None:
    """A file of fifty cases is read by its headers."""
    view, _ = desk.open("# One.\n# Two.\n\ncase a: A\n  input:\n    x\n    y\n  expect: z\n")

    assert [(3, 7, None), (4, 6, None), (0, 1, types.FoldingRangeKind.Comment)] == [
        (fold.start_line, fold.end_line, fold.kind) for fold in outline.folds(view)
    ]


def test_ids_and_rows_stand_beside_the_cases(desk: Desk) -> None:
    """The id is what runs and logs name, and nobody wants to put it together by hand."""
    view, _ = desk.open(CAPITALS)
    found = [(hint.position.line, hint.label) for hint in hints.hints(view, Span(0, len(CAPITALS)))]

    assert [(10, "atlas/capitals/france"), (21, "atlas/capitals/others, 2 rows")] == found
    assert [] == hints.hints(view, Span(0, 10))


def test_rows_of_a_file_are_counted(desk: Desk) -> None:
    """Rows in a file are cases as well."""
    (desk.folder / "rows.csv").write_text("id,country,city\na,Peru,Lima\nb,Mali,Bamako\nc,Laos,Vientiane\n", "utf-8")
    table = CAPITALS[CAPITALS.index("  each:") : CAPITALS.index("  input:\n    What is")]
    view, _ = desk.open(CAPITALS.replace(table, '  each: file "rows.csv"\n'))

    assert "atlas/capitals/others, 3 rows" == hints.hints(view, Span(0, len(CAPITALS)))[-1].label


def test_paths_are_links(desk: Desk) -> None:
    """A file that a spec names is one click away; one that is not there is no link."""
    view, _ = desk.open(CAPITALS + '  expect: file "gone.txt"\n')

    assert [(desk.uri("library.evalc"), 1, 5, 18)] == [
        (link.target, link.range.start.line, link.range.start.character, link.range.end.character)
        for link in links.links(view)
    ]


def test_colours_are_counted_from_one_another(desk: Desk) -> None:
    """The protocol sends differences of lines and UTF-16 units."""
    view, _ = desk.open("case a: 🌍 {{b}} c\n  must refuse\n")
    found = tokens.tokens(view).data
    names = [tokens.LEGEND.token_types[kind] for kind in found[3::5]]

    assert ["keyword", "class", "variable", "keyword", "function"] == names
    assert [0, 5, 6, 2, 5] == list(found[1::5])
    assert [0, 0, 0, 1, 0] == list(found[0::5])


@settings(deadline=None, max_examples=150)
@given(st.lists(soups | st.sampled_from([CAPITALS, LIBRARY]), max_size=3).map("\n".join))
def test_colours_are_kept_by_parts_and_the_same_as_of_the_whole(text: str) -> None:
    """Only the part that is typed in is read again; cut in a wrong place, it would be read in another way."""
    loader = MemoryLoader({"a.evalc": text})
    view = View("a.evalc", compile_loaded(loader), loader, None, {"a.evalc": "untitled:a"})

    assert tokens.tokens(view).data == [*tokens.tokens_of_part(text, "utf-16").numbers]


FRAGMENTS = st.lists(
    st.sampled_from([*CAPITALS.split("\n"), *LIBRARY.split("\n")])
    | st.sampled_from(["case", "case a", "  must", "  must not", '  must contain "', "  bad (", "{{"])
    | st.text(max_size=12),
    max_size=12,
).map("\n".join)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(text=FRAGMENTS | st.text(max_size=60), data=st.data())
def test_no_text_and_no_place_makes_a_feature_fail(text: str, data: st.DataObject) -> None:
    """An editor asks about every half-typed word; a server that falls over one is switched off."""
    loader = MemoryLoader({"a.evalc": text, "library.evalc": LIBRARY})
    view = View("a.evalc", compile_loaded(loader), loader, None, {"a.evalc": "untitled:a"})
    at = data.draw(st.integers(0, len(text)))
    span = Span(at, data.draw(st.integers(at, len(text))))

    for ask in (completion.completions, hover.hover, navigation.definition, navigation.highlights):
        ask(view, at)
    navigation.references(view, at, has_declaration=True)
    for show in (outline.symbols, outline.folds, links.links, tokens.tokens, formatting.formatting):
        show(view)
    hints.hints(view, span)
    formatting.range_formatting(view, span)
    diagnostics.diagnostics(view, view.compilation.findings)
    actions.actions(view, span, found=view.compilation.findings)
    with suppress(rename.CannotRename):
        rename.rename(view, at, name="other-name")


@pytest.mark.parametrize("text", [CAPITALS, LIBRARY], ids=["eval", "library"])
def test_every_place_of_a_real_spec_is_answered(desk: Desk, text: str) -> None:
    """At each caret of a whole spec, and of the spec as it stands while it is typed up to there."""
    view, _ = desk.open(text)
    for at in range(0, len(text) + 1):
        completion.completions(view, at)
        hover.hover(view, at)
    for end in range(0, len(text), 7):
        half, at = desk.open(text[:end] + CARET)
        completion.completions(half, at)
        hover.hover(half, at)
