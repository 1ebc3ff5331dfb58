"""Fingerprints: the same for the same meaning, another one for another."""

import pytest

from tests.analysis.catalogs import WHOLE, only_eval


def changed(old: str, new: str) -> str:
    """The whole eval with one part of it written in another way."""
    assert WHOLE.count(old) == 1, old
    return WHOLE.replace(old, new)


def fingerprints(text: str) -> dict[str, str]:
    """All fingerprints of an eval by what has them."""
    found = only_eval(text)
    rubrics = {rubric.name: rubric.fingerprint for rubric in found.rubrics}
    checks = {check.id: check.fingerprint for case in found.cases for check in case.checks}
    return {found.id: found.fingerprint} | {case.id: case.fingerprint for case in found.cases} | rubrics | checks


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("case window", "# Asked every week.\ncase window", id="a comment"),
        pytest.param("  tags: returns\n", "  tags:\n    - returns\n", id="another layout"),
        pytest.param('must contain "{{days}} days" as', 'must  contain  "{{days}} days"  as', id="spaces"),
        pytest.param("  tags: returns\n", "  tags: refunds\n", id="tags"),
        pytest.param("The window for returns", "How long one may return things", id="the title of a case"),
        pytest.param("Facts about returns", "Returns", id="the title of the eval"),
        pytest.param("version: 1.0.0", "version: 1.0.1", id="the version"),
        pytest.param("category: Support Agent", "category: Shops", id="the shelf"),
        pytest.param("Good manners", "Manners", id="the title of a rubric"),
        pytest.param("let days = 30", "let day-count = 30", id="the name of a let"),
        pytest.param("  bad (breaks names-the-days): No hammer.\n", "", id="an example that no judge sees"),
        pytest.param("joined with window", "gone", id="the reason why a case went"),
    ],
)
def test_a_change_that_means_nothing_keeps_all_fingerprints(old: str, new: str) -> None:
    """Results stay comparable when only the words for readers change."""
    text = changed(old, new).replace("{{days}}", "{{day-count}}") if "day-count" in new else changed(old, new)

    assert fingerprints(WHOLE) == fingerprints(text)


def test_order_means_nothing() -> None:
    """A spec is sorted for readers; ids tell its parts apart."""
    head, rubric, window, rows, retired = (
        WHOLE[: WHOLE.index("rubric manners")],
        WHOLE[WHOLE.index("rubric manners") : WHOLE.index("case window")],
        WHOLE[WHOLE.index("case window") : WHOLE.index("case rows")],
        WHOLE[WHOLE.index("case rows") : WHOLE.index("retired")],
        WHOLE[WHOLE.index("retired") :],
    )
    contain = '  must contain "{{days}} days" as names-the-days\n'
    match = "  must match /\\bhammer/i\n"
    assert contain + match in window

    assert fingerprints(WHOLE) == fingerprints(
        head + rows + window.replace(contain + match, match + contain) + retired + "\n" + rubric
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param("words <= 50", "words <= 60", "acme/facts/window", id="a threshold"),
        pytest.param("must match", "should match", "acme/facts/window", id="a level"),
        pytest.param('must contain "{{days}} days"', 'must not contain "{{days}} days"', "acme/facts/window", id="not"),
        pytest.param("let days = 30", "let days = 31", "acme/facts/window", id="what a let says"),
        pytest.param("And a hammer?", "And two hammers?", "acme/facts/window", id="a turn"),
        pytest.param("It says", "It repeats", "acme/facts/window", id="what is expected"),
        pytest.param('"lookup"}', '"lookup", "description": "Looks."}', "acme/facts/window", id="a tool"),
        pytest.param("  reply first\n    must call lookup\n", "", "acme/facts/window", id="a reply"),
        pytest.param("| late  | 45  |", "| late  | 46  |", "acme/facts/rows/late", id="a row"),
        pytest.param("passes >= 4", "passes >= 3", "acme/facts/rows/late", id="how many repeats must pass"),
        pytest.param("5: Kind.", "5: Very kind.", "manners", id="an anchor"),
        pytest.param("weight: 2", "weight: 3", "manners", id="a weight"),
        pytest.param("mean >= 4.0", "mean >= 3.5", "manners", id="when a grade passes"),
        pytest.param("5: Kind.", "5: Very kind.", "acme/facts/window#manners", id="an anchor of the rubric of a check"),
        pytest.param("5: Kind.", "5: Very kind.", "acme/facts/window", id="an anchor of the rubric of a case"),
        pytest.param("high >= 90%", "high >= 80%", "acme/facts", id="the rule of the eval"),
        pytest.param("  tags: returns\n", "  severity: low\n", "acme/facts", id="what a case weighs"),
    ],
)
def test_a_change_of_meaning_changes_the_fingerprint(old: str, new: str, what: str) -> None:
    """A result under the old meaning must not pass for one under the new."""
    before, after = fingerprints(WHOLE), fingerprints(changed(old, new))

    assert before[what] != after[what]
    assert before["acme/facts"] != after["acme/facts"]


def test_a_change_reaches_only_what_it_touches() -> None:
    """One new threshold must not send all cases to be run again."""
    before, after = fingerprints(WHOLE), fingerprints(changed("words <= 50", "words <= 60"))

    differing = {what for what in before if before[what] != after.get(what)}
    assert {"acme/facts", "acme/facts/window", "acme/facts/window#have-words-at-most-50"} == differing


def test_examples_count_where_a_judge_sees_them() -> None:
    """Shown examples are part of the prompt."""
    shown = changed("  scale: 1 to 5\n", "  scale: 1 to 5\n  examples: show\n")

    before, after = fingerprints(shown), fingerprints(shown.replace("No hammer.", "No hammers."))
    assert before["acme/facts/window"] != after["acme/facts/window"]


def test_a_schema_counts_and_its_file_name_does_not() -> None:
    """The check demands what the schema says, wherever that lies."""
    from tests.analysis.catalogs import compiled

    text = WHOLE.replace("must match /\\bhammer/i", 'must fit schema "a.json" as fits')

    def fits(spec: str, files: dict[str, str]) -> str:
        (found,) = compiled({"facts.evalc": spec, **files}).catalog.evals
        return next(check.fingerprint for check in found.cases[0].checks if check.name == "fits")

    first = fits(text, {"a.json": '{"type": "object"}'})
    assert first == fits(text.replace("a.json", "b.json"), {"b.json": '{"type":  "object"}'})
    assert first != fits(text, {"a.json": '{"type": "array"}'})
