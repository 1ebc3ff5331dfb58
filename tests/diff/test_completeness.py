"""Nothing that a spec can say changes unseen."""

import pytest

from evalc.diff.compare import compare
from evalc.model.catalog import Catalog
from evalc.model.stored import Stored
from tests.diff.catalogs import Path, fields_of, make_catalog, replaced, with_fingerprints

# Fields that hold nothing of their own, and fields whose change is another change.
_EXEMPT = {
    "place": "where a thing stands is no part of it",
    "path": "tested with the file that an eval stands in",
    "line": "lines move whenever something above them grows",
    "fingerprint": "made of the other fields",
    "id": "made of the names, or pairs the two sides",
    "cluster": "made of the names",
    "vendor": "part of the id",
    "subject": "of a case's rule is always `passes`; of other rules, changed with the names",
    "unit": "follows from where the rule stands",
    "kind": "of a scale or a condition comes with other fields",
    "words": "spelled from the other fields",
}

# Names that are told apart from others by the ids made of them.
_NAMES = {("evals", 0, "name"), ("evals", 0, "cases", 0, "name")}

_OTHER = {
    "severity": "critical",
    "status": "stable",
    "role": "assistant",
    "label": "good",
    "level": "should",
    "operator": ">",
    "verb": "equal",
    "version": "2.0.0",
}


def _changed(path: Path, old: object) -> object:
    """Another value of the same type."""
    name = path[-1]
    match old:
        case _ if name in _OTHER:
            other = _OTHER[str(name)]
            return other if other != old else "bad"
        case bool():
            return not old
        case int() | float():
            return old + 1
        case str():
            return f"{old} anew"
        case tuple():
            return old[:-1]
        case dict():
            return {**old, "anew": 3.0}
        case _:
            return None


FIELDS = [
    pytest.param(path, old, id=".".join(map(str, path)))
    for path, old in fields_of(make_catalog())
    if path[-1] not in _EXEMPT and path not in _NAMES and not isinstance(old, Stored) and old not in ((), {}, None)
    if not (path[-1] == "conditions" and isinstance(old, tuple) and len(old) == 1)
]


@pytest.mark.parametrize(("path", "old"), FIELDS)
def test_a_change_of_any_field_is_a_change(path: Path, old: object) -> None:
    """A field that is new in the model and unknown to the diff is a way to weaken an eval without a trace."""
    before = make_catalog()
    changed = replaced(before, path, _changed(path, old))
    assert isinstance(changed, Catalog)
    after = with_fingerprints(changed)

    assert () != compare(before, after)
    assert () != compare(after, before)


def test_an_unchanged_catalog_has_no_changes() -> None:
    """The comment on a pull request that touches no spec is no comment."""
    assert () == compare(make_catalog(), make_catalog())


def test_lines_that_moved_are_no_change() -> None:
    """An eval that grows at its top moves everything below."""
    before = make_catalog()
    after = before
    for path, line in fields_of(before):
        if path[-1] == "line":
            assert isinstance(line, int)
            moved = replaced(after, path, line + 10)
            assert isinstance(moved, Catalog)
            after = moved

    assert () == compare(before, after)


def test_another_version_of_the_compiler_is_told_apart() -> None:
    """Judge prompts of another version may give other verdicts, though no spec changed."""
    before = make_catalog()
    after = replaced(before, ("evals", 0, "cases", 0, "fingerprint"), "other")
    assert isinstance(after, Catalog)

    assert ["recompiled"] == [change.kind for change in compare(before, after)]
