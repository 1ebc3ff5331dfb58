"""Names: where they are declared, where they are used, and what they may become."""

import pytest
from lsprotocol import types

from evalc.base.source import Source
from evalc.lsp.convert import Ruler
from evalc.lsp.features.navigation import definition, highlights, references
from evalc.lsp.features.rename import CannotRename, renamable, rename
from evalc.lsp.view import View
from tests.lsp.desk import CAPITALS, LIBRARY, Desk, with_caret

TEXTS = {"capitals.evalc": CAPITALS, "library.evalc": LIBRARY}


def shown(locations: list[types.Location]) -> list[str]:
    """Places as `file:line text`."""
    found = []
    for place in locations:
        name = place.uri.rpartition("/")[2]
        source = Source(name, TEXTS[name])
        span = Ruler(source).span(place.range)
        found.append(f"{name}:{place.range.start.line + 1} {source.text[span.start : span.end]}")
    return found


def changed(view: View, edit: types.WorkspaceEdit | None) -> dict[str, str]:
    """The texts after an edit, as an editor would make it."""
    assert edit is not None
    assert edit.changes is not None
    texts = {}
    for uri, edits in edit.changes.items():
        name = uri.rpartition("/")[2]
        ruler = view.ruler_of(name)
        text = ruler.source.text
        for one in sorted(edits, key=lambda one: ruler.offset(one.range.start), reverse=True):
            span = ruler.span(one.range)
            text = text[: span.start] + one.new_text + text[span.end :]
        texts[name] = text
    return texts


@pytest.mark.parametrize(
    ("before", "later", "within", "expected"),
    [
        ("tone", 0, 2, "library.evalc:6 tone"),
        ("tone", 1, 4, "library.evalc:6 tone"),
        ("atlas", 0, 0, "library.evalc:1 atlas"),
        ("greeting", 1, 1, "library.evalc:16 greeting"),
        ("warmth", 0, 1, "library.evalc:8 warmth"),
        ("{{country", 1, 3, "capitals.evalc:25 country"),
        ("{{city", 0, 3, "capitals.evalc:25 city"),
        ("names-paris", 1, 3, "capitals.evalc:15 names-paris"),
        ("library.evalc", 0, 3, "library.evalc:1 "),
    ],
    ids=["rubric", "judged check", "vendor", "let", "criterion", "column", "column in a check", "check", "file"],
)
def test_a_name_leads_to_its_declaration(desk: Desk, before: str, later: int, within: int, expected: str) -> None:
    """Half of what a spec says stands in another file, and searching by eye finds the wrong one."""
    view, at = desk.open(with_caret(CAPITALS, before, later=later, within=within))

    assert [expected] == shown(definition(view, at))


def test_a_rubric_is_found_in_files_that_are_not_open(desk: Desk) -> None:
    """Whoever changes a rubric wants to know whom it grades."""
    view, at = desk.open(with_caret(LIBRARY, "tone", within=1), "library.evalc")

    assert ["capitals.evalc:8 tone", "capitals.evalc:31 tone", "library.evalc:6 tone"] == shown(
        references(view, at, has_declaration=True)
    )
    assert 2 == len(references(view, at, has_declaration=False))


def test_only_its_own_case_mentions_a_check(desk: Desk) -> None:
    """Cases often have checks of the same name, and these have nothing to do with each other."""
    text = CAPITALS + CAPITALS[CAPITALS.index("case france") :].replace("case france", "case spain", 1)
    view, at = desk.open(with_caret(text, "names-paris", within=1))

    assert [14, 18] == [mark.range.start.line for mark in highlights(view, at)]


@pytest.mark.parametrize(
    ("before", "within", "name", "old", "new"),
    [
        ("{{greeting", 2, "salute", "greeting", "salute"),
        ("names-paris", 0, "says-paris", "names-paris", "says-paris"),
        ("{{country", 2, "land", "country", "land"),
    ],
    ids=["let", "check", "column"],
)
def test_a_name_changes_wherever_it_is_written(
    desk: Desk, before: str, within: int, name: str, *, old: str, new: str
) -> None:
    """A rename that leaves one place behind breaks the spec that it was meant to mend."""
    view, at = desk.open(with_caret(CAPITALS, before, within=within))
    after = TEXTS | changed(view, rename(view, at, name=name))

    assert {path: text.replace(old, new) for path, text in TEXTS.items()} == after


def test_a_rubric_changes_its_name_in_all_files_and_in_nothing_else(desk: Desk) -> None:
    """The word `tone` in prose is a word, and a title is no name."""
    view, at = desk.open(with_caret(LIBRARY, "rubric tone", within=8), "library.evalc")
    after = changed(view, rename(view, at, name="voice"))

    assert LIBRARY.replace("rubric tone", "rubric voice") == after["library.evalc"]
    assert (
        CAPITALS.replace("rubric: tone", "rubric: voice").replace("satisfy tone", "satisfy voice")
        == (after["capitals.evalc"])
    )


def test_a_check_without_a_name_of_its_own_gets_one(desk: Desk) -> None:
    """Its name was made of its words; once it is called something else that has to be written."""
    text = CAPITALS.replace(" as names-paris", "").replace("breaks names-paris", "breaks contain-paris")
    view, at = desk.open(with_caret(text, "contain-paris", within=3))
    after = changed(view, rename(view, at, name="says-paris"))

    assert (
        text.replace('"Paris"', '"Paris" as says-paris').replace("contain-paris", "says-paris")
        == (after["capitals.evalc"])
    )


@pytest.mark.parametrize(
    ("before", "within", "name", "reason"),
    [
        ("{{greeting", 3, "country", "there is already a column `country` at capitals.evalc:25"),
        ("{{country", 3, "greeting", "there is already a let `greeting` at library.evalc:16"),
        ("{{country", 3, "city", "there is already a column `city` at capitals.evalc:25"),
        ("{{greeting", 3, "Hello there", "`Hello there` is no name"),
        ("france", 3, "paris", "the name of a case is part of its id"),
        ("is-kind", 3, "contain-city", "there is already a check `contain-city` at capitals.evalc:30"),
    ],
)
def test_a_name_that_would_collide_is_refused(desk: Desk, before: str, within: int, name: str, *, reason: str) -> None:
    """Two things of one name are two mistakes where there was none."""
    view, at = desk.open(with_caret(CAPITALS, before, within=within))

    with pytest.raises(CannotRename, match="^" + reason):
        rename(view, at, name=name)


def test_what_has_no_name_cannot_be_renamed(desk: Desk) -> None:
    """An editor asks before it opens the box for the new name."""
    view, at = desk.open(with_caret(CAPITALS, "what is the capital", within=2))

    assert renamable(view, at) is None
    assert rename(view, at, name="x") is None
