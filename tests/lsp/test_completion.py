"""What may be typed at a place."""

import pytest
from lsprotocol import types

from evalc.base.family import member_names
from evalc.lsp.features.completion import completions
from tests.lsp.desk import CAPITALS, CARET, LIBRARY, Desk, with_caret

CASE = 'use "library.evalc"\n\neval e: E\n  for: atlas\n\ncase one: One\n'


def labels(desk: Desk, text: str, path: str = "capitals.evalc") -> list[str]:
    """What is offered at the caret of a text."""
    return [item.label for item in completions(*desk.open(text, path))]


def typed(desk: Desk, text: str, label: str) -> str:
    """The line with the caret after an offer was taken."""
    view, at = desk.open(text)
    item = next(item for item in completions(view, at) if item.label == label)
    assert isinstance(item.text_edit, types.TextEdit)
    span = view.ruler.span(item.text_edit.range)
    after = view.source.text[: span.start] + item.text_edit.new_text + view.source.text[span.end :]
    return after.split("\n")[view.source.line_of(at) - 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CARET, ["vendor", "rubric", "eval", "case", "use", "let", "retired"]),
        (f"{CASE}  severity: {CARET}", ["critical", "high", "medium", "low"]),
        (f"{CASE}  control: {CARET}", ["negative"]),
        (f"{CASE}  rubric: {CARET}", ["tone"]),
        (f"{CASE}  rubric: other, {CARET}", ["tone"]),
        (f"{CASE}  rubric:\n    - {CARET}", ["tone"]),
        (f"rubric r: R\n  scale: {CARET}", ["1 to 5", "met"]),
        (f"rubric r: R\n  criterion c: C\n    required: {CARET}", ["yes", "no"]),
        (f'use "library.evalc"\n\neval e: E\n  for: {CARET}', ["atlas"]),
        (f'{CASE}  must contain "a" as x-y\n  bad (breaks {CARET}', ["x-y"]),
        (f"{CASE}  rubric: tone\n  good ({CARET}", ["calls", "warmth", "brevity"]),
        (f"{CASE}  rubric: tone\n  good (warmth {CARET}):", ["5", "4", "3", "2", "1"]),
        (f"{CASE}  must satisfy tone\n  bad ({CARET}):\n    A.", ["breaks", "calls", "warmth", "brevity"]),
        (f'{CASE}  good (calls f with $.a = "(, {CARET}', []),
        (f"{CASE}  good (calls f {CARET}):", ["with"]),
        (f'{CASE}  tools:\n    [{{"name": "look_up"}}]\n  bad (calls f, calls l{CARET}', ["look_up"]),
        (
            f'{CASE}  must contain "a" as x\n  must refuse as y\n  bad (breaks x, {CARET}):\n    A.',
            ["x", "y", "breaks", "calls"],
        ),
        (f"{CASE}  each:\n    | id | land |\n    | a | b |\n  input:\n    Is {{{{{CARET}", ["id", "land", "greeting"]),
        (f'use "{CARET}', ["library.evalc"]),
        (f"{CASE}  input:\n    severity: {CARET}", []),
        (f"{CASE}  input:\n    {CARET}", []),
        (f"{CASE}  must satisfy {CARET}", ["tone"]),
        (f"{CASE}  must contain any {CARET}", ["of"]),
        (f'{CASE}  must contain "a" {CARET}', ["exactly", "as"]),
        (f'{CASE}  must contain "a" as {CARET}', []),
        (f'{CASE}  tools:\n    [{{"name": "look_up"}}]\n  must call {CARET}', ["look_up"]),
        (f"{CASE}  must call {CARET}", []),
        (f"{CASE}  must have words {CARET}", ["=", "!=", "<", "<=", ">", ">="]),
        (f"{CASE}  # allow compound-c{CARET}", [*member_names("evalc.lint")]),
        (f"{CASE}  must not have {CARET}", ["words", "characters", "lines", "tokens", "latency", "cost"]),
        (f"{CASE}  pass when {CARET}", ["passes", "and"]),
        (
            f"rubric r: R\n  criterion c: C\n  pass when {CARET}",
            ["mean", "every criterion met", "no criterion below", "c", "and"],
        ),
    ],
)
def test_what_fits_is_offered_and_nothing_else(desk: Desk, text: str, expected: list[str]) -> None:
    """A list of everything is no help, and one that is silent sends the author to the manual."""
    assert expected == labels(desk, text)


def test_a_block_offers_its_own_fields_once(desk: Desk) -> None:
    """A second `severity` is a mistake, a second `good` is not, and `criterion` belongs elsewhere."""
    offered = labels(desk, f"{CASE}  severity: high\n  good:\n    A.\n  {CARET}")

    assert {"input", "good", "must", "must not", "reply", "row", "pass when"} <= {*offered}
    assert set() == {"severity", "criterion", "scale", "for"} & {*offered}


def test_the_fields_of_a_nested_block_are_offered_in_it(desk: Desk) -> None:
    """Deeper in a rubric is a criterion, and its fields are others."""
    offered = labels(desk, f"rubric r: R\n  criterion c: C\n    {CARET}")

    assert ["about", "weight", "required", "forbidden", "1", "met", "not-met"] == offered


def test_all_verbs_are_offered_behind_must(desk: Desk) -> None:
    """Whoever does not know the verbs meets them here, with their pages."""
    view, at = desk.open(f"{CASE}  must {CARET}")
    found = {item.label: item for item in completions(view, at)}

    assert {"not", "contain", "match", "call", "be one of", "satisfy", "have", "fit schema"} <= found.keys()
    assert "as" not in found
    assert isinstance(found["contain"].documentation, types.MarkupContent)
    assert "must contain any of" in found["contain"].documentation.value


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        (f"{CASE}  sev{CARET}", "severity", "  severity: "),
        (f"{CASE}  inp{CARET}", "input", "  input:"),
        (f"{CASE}  must con{CARET}", "contain", "  must contain"),
        (f"{CASE}  input:\n    🌍🌍 {{{{gr{CARET}", "greeting", "    🌍🌍 {{greeting}}"),
        (f"{CASE}  input:\n    🌍 {{{{gr{CARET}}}}}", "greeting", "    🌍 {{greeting}}"),
        (f'use "lib{CARET}"', "library.evalc", 'use "library.evalc"'),
        (f"ca{CARET}", "case", "case "),
    ],
)
def test_an_offer_replaces_what_was_typed(desk: Desk, text: str, label: str, expected: str) -> None:
    """Half a word left in front of the whole one is a new mistake."""
    assert expected == typed(desk, text, label)


def test_files_are_offered_by_folder(desk: Desk) -> None:
    """Nobody remembers what a file was called; only those inside of the catalog may be named."""
    (desk.folder / "texts").mkdir()
    (desk.folder / "texts" / "long.txt").write_text("x", encoding="utf-8")

    assert ["capitals.evalc", "library.evalc"] == labels(desk, f'{CASE}  input: file "{CARET}')
    assert ["texts/long.txt"] == labels(desk, f'{CASE}  input: file "texts/{CARET}')
    assert ["/texts/long.txt"] == labels(desk, f'{CASE}  input: file "/texts/{CARET}')
    assert [] == labels(desk, f'{CASE}  input: file "../{CARET}')


def test_names_of_an_unsaved_library_are_offered(desk: Desk) -> None:
    """The library is open beside it, with a rubric that is not on disk yet."""
    desk.open(LIBRARY.replace("rubric tone", "rubric voice"), "library.evalc")

    assert ["voice"] == labels(desk, with_caret(CAPITALS, "tone"))
