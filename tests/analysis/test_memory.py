"""What a catalog with many cases holds in memory."""

from pathlib import Path

from evalc.analysis.compilation import compile_sources
from evalc.model.catalog import Case

SPEC = """\
vendor desk: Desk

eval words: Words
  for: desk
  category: Search
  version: 1.0.0

case word: {{id}}
  severity: low
  each: file "rows.csv"
  input:
    Say {{word}}.
  must contain "{{word}}"
"""


def test_cases_of_one_each_share_what_is_the_same(tmp_path: Path) -> None:
    """There may be 20,000 of them, and a place of its own for each takes more than its text."""
    (tmp_path / "words.evalc").write_text(SPEC)
    (tmp_path / "rows.csv").write_text("id,word\na,red\nb,blue\n")
    first, second = compile_sources(tmp_path).catalog.evals[0].cases

    assert first.place is second.place
    assert first.checks[0].place is second.checks[0].place
    assert first.checks[0].place.line == 13


def test_a_case_does_not_keep_which_members_it_was_given(tmp_path: Path) -> None:
    """The names of its members take as much memory as the case does."""
    (tmp_path / "words.evalc").write_text(SPEC)
    (tmp_path / "rows.csv").write_text("id,word\na,red\n")
    ((case,),) = (eval_.cases for eval_ in compile_sources(tmp_path).catalog.evals)
    again = Case.model_validate_json(case.model_dump_json())
    renamed = again.model_copy(update={"title": "Another"})

    assert case == again
    assert "Another" == renamed.title
    assert [set()] * 4 == [one.model_fields_set for one in (case, again, renamed, case.checks[0])]


def test_a_schema_that_many_checks_share_is_there_once(tmp_path: Path) -> None:
    """A schema may have a mebibyte, and each case of an eval may ask for it."""
    case = 'case {}: C\n  severity: low\n  input: x\n  must fit schema "s.json" as fits\n'
    (tmp_path / "words.evalc").write_text(SPEC.partition("case")[0] + case.format("a") + case.format("b"))
    (tmp_path / "s.json").write_text('{"enum": [1, 2]}')
    first, second = compile_sources(tmp_path).catalog.evals[0].cases

    assert {"enum": [1, 2]} == first.checks[0].arguments["schema"]
    assert first.checks[0].arguments["schema"] is second.checks[0].arguments["schema"]
