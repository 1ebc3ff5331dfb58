"""Texts to values: slots, tables and JSON."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.analysis.codes.fields import MISSING_TITLE
from evalc.analysis.files import OddPath, resolve_path
from evalc.analysis.reporting import Reporter, span_in
from evalc.analysis.values.strict_json import MAX_DEPTH, JsonMistake, read_json
from evalc.analysis.values.tables import read_table
from evalc.analysis.values.templates import cut, find_slots
from evalc.base.source import Source, Span
from evalc.syntax.parser import parse
from evalc.syntax.tree import FieldDecl, ProseDecl

PIECES = st.sampled_from(["{{a}}", "{{b}}", "{{c}}", "{{ a }}", "{", "}", "{{", "}}", "a", " ", "\n", "{{{a}}}"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=8).map(str.strip)


def prose(text: str) -> ProseDecl:
    """A text at the beginning of a source."""
    offsets = [0]
    for line in text.split("\n")[:-1]:
        offsets.append(offsets[-1] + len(line) + 1)
    return ProseDecl(text, Span(0, len(text)), offsets=tuple(offsets))


@given(text=TEXTS, a=TEXTS, b=TEXTS)
def test_slots_are_filled_in_one_pass(text: str, a: str, b: str) -> None:
    """What a row puts in may look like a slot, and must not be filled again."""
    values = {"a": a, "b": b}

    template = cut(text, frozenset({"a"}), constant=lambda slot: values.get(slot.name) if slot.name == "b" else None)
    expected = re.sub(r"\{\{([^{}\n]{1,80})\}\}", lambda found: values.get(found[1], found[0]), text)
    assert expected == template.fill({"a": a})
    assert len(expected) == template.filled_length({"a": a})


@given(text=TEXTS)
def test_slots_know_their_places(text: str) -> None:
    """A message points at the slot that it is about."""
    slots = find_slots(text)

    assert [f"{{{{{slot.name}}}}}" for slot in slots] == [text[slot.start : slot.end] for slot in slots]


@given(before=st.text("ab\n", max_size=20), after=st.text("ab\n", max_size=20))
def test_a_place_in_a_text_is_a_place_in_its_source(before: str, after: str) -> None:
    """The text of a field is dedented, so its offsets are not the source's."""
    lines = f"{before}HERE{after}".split("\n")
    block = "".join(f"    {line}\n" for line in lines)
    source = Source("a.evalc", f"case a: A\n  expect:\n{block}")
    tree, _ = parse(source)
    field = tree.blocks[0].body[0]
    assert isinstance(field, FieldDecl)

    at = field.value.text.index("HERE")
    span = span_in(field.value, start=at, end=at + 4)
    assert "HERE" == source.text[span.start : span.end]


def test_a_finding_is_kept_once() -> None:
    """A case with a hundred thousand rows is lowered once a row, and its mistake is one."""
    reporter = Reporter(Source("a.evalc", "case a\n"))
    for _ in range(3):
        reporter.add(MISSING_TITLE, Span(5, 6), block="case a")
        reporter.at(reporter.source).add(MISSING_TITLE, Span(5, 6), block="case a")

    assert 1 == len(reporter.findings)


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_a_table_gives_back_what_was_put_in(rows: list[tuple[str, str]]) -> None:
    """A cell may hold anything but a line break, and a backslash at its end."""
    rows = [(left.rstrip("\\").strip(), right.rstrip("\\").strip()) for left, right in rows]
    shown = [
        (left.replace("\\|", "|").replace("|", "\\|"), right.replace("\\|", "|").replace("|", "\\|"))
        for left, right in rows
    ]
    lines = [f"| row-{number} | {left} | {right} |" for number, (left, right) in enumerate(shown)]
    text = "\n".join(["| id | left | right |", *lines])

    table = read_table(prose(text), Reporter(Source("a.evalc", text)))
    assert table is not None
    expected = [(left.replace("\\|", "|"), right.replace("\\|", "|")) for left, right in rows]
    assert expected == [(row.cells["left"], row.cells["right"]) for row in table.rows]


@given(
    value=st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(codec="utf-8")),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner, max_size=4)
        ),
    )
)
def test_json_is_read_as_by_the_standard_library(value: object) -> None:
    """Strictness is about what is refused, never about what comes back."""
    text = json.dumps(value)

    assert json.loads(text) == read_json(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1, "a": 2}', 'the key "a" stands twice in one object'),
        ("[NaN]", "NaN is no number of JSON"),
        ("[-Infinity]", "-Infinity is no number of JSON"),
        ("1e999", "1e999 is beyond what a number can hold"),
        ("9" * 400, "a number in it has more than 300 digits"),
        ('"\\ud800"', "a text in it holds half of a surrogate pair"),
        ('{"\\ud800": 1}', "a text in it holds half of a surrogate pair"),
        ("[" * 65 + "1" + "]" * 65, "it is nested more than 64 levels deep"),
        ("[" * 100_000 + "]" * 100_000, "it is nested more than 64 levels deep"),
        ("// no\n1", "expecting value"),
        ("1 2", "extra data"),
        ("", "expecting value"),
    ],
    ids=lambda text: text[:20],
)
def test_json_that_is_not_strict_is_refused(text: str, reason: str) -> None:
    """A value that two readers take differently is no value of a spec."""
    with pytest.raises(JsonMistake) as caught:
        read_json(text)

    assert reason == caught.value.reason


def test_json_may_be_as_deep_as_the_limit() -> None:
    """The limit is a promise in both directions."""
    text = "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH

    assert json.loads(text) == read_json(text)


@given(st.text("ab./\\:~ \0", max_size=12))
def test_no_path_leads_out_of_the_catalog(written: str) -> None:
    """Specs come from strangers."""
    try:
        path = resolve_path("acme/shop/facts.evalc", written)
    except OddPath:
        return

    parts = path.split("/")
    assert not path.startswith("/")
    assert not {"", ".", ".."} & set(parts)
    assert written.startswith("/") or ["acme", "shop"] == parts[:2]
