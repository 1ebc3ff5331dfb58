"""The linter on any spec: its places are places, each finding can be allowed, and copies cost no more than others."""

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.lint._linting import lint
from evalc.lint._shingles import like_pairs, likeness, shingles
from tests.lint.specs import EVAL, VENDOR, compiled

_PROSE = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60).map(
    lambda text: " ".join(text.split())
)
_TEXTS = _PROSE | st.sampled_from(
    [
        "Good.",
        "A good answer, etc.",
        "[TODO: more]",
        "Says x and names the y.",
        "Has at most 5 words",
        "{{v}}",
        "Yes. No. So.",
    ]
)
_CLAUSES = st.sampled_from(
    [
        'contain "yes"',
        'contain any of "yes", "no"',
        'contain "{{v}}"',
        "match /y(es)?/i",
        "have words <= 5",
        "have words >= 9",
        "have latency <= 4s",
        'have $.a = "{{v}}"',
        "be json",
        'satisfy "Says x and names the y"',
        'satisfy "The answer is good"',
        'equal "yes"',
        "refuse",
        "stop with length",
    ]
)
_LEVELS = st.sampled_from(["must", "must not", "should"])
_ROWS = "  each:\n    | id  | v  |\n    | one | 1  |\n    | two | no |\n"


@st.composite
def cases(draw: st.DrawFn, name: str) -> str:
    """A case with a few checks and examples, which may be weak in any way."""
    lines = [f"case {name}: {draw(_TEXTS)}", f"  severity: {draw(st.sampled_from(['critical', 'low']))}"]
    body = "\n".join(lines) + "\n" + (_ROWS if draw(st.booleans()) else "")
    body += f"  input:\n    {draw(_TEXTS)} {{{{v}}}}\n  expect:\n    {draw(_TEXTS)}\n"
    clauses = draw(st.lists(st.tuples(_LEVELS, _CLAUSES), max_size=5, unique_by=lambda found: found[1]))
    body += "".join(f"  {level} {clause} as c{number}\n" for number, (level, clause) in enumerate(clauses))
    body += "  rubric: grading\n" if draw(st.booleans()) else ""
    for label in draw(st.lists(st.sampled_from(["good", "bad", "bad (breaks c0)", "good (tone 5)", "bad (tone 1)"]))):
        body += f"  {label}:\n    {draw(_TEXTS)}\n"
    return body


@st.composite
def catalogs(draw: st.DrawFn) -> str:
    """An eval with some cases and a rubric."""
    status = draw(st.sampled_from(["draft", "stable"]))
    rubric = (
        "rubric grading: Grading\n  scale: 1 to 5\n  criterion tone: {}\n    5: {}\n    1: {}\n  pass when mean >= 4\n"
    )
    parts = [VENDOR, f"{EVAL}  status: {status}\n", rubric.format(*(draw(_TEXTS) for _ in range(3)))]
    return "\n".join([*parts, *(draw(cases(f"c{number}")) for number in range(draw(st.integers(1, 4))))])


@given(catalogs())
def test_any_spec_can_be_linted(text: str) -> None:
    """A rule that raises stops the editor of whoever writes the spec."""
    compilation = compile_loaded(MemoryLoader({"a.evalc": text}))
    assume(compilation.catalog.evals)
    findings = lint(compilation, {})

    assert [str(found) for found in findings] == [str(found) for found in lint(compilation, {})]
    for found in findings:
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.message
        assert "\n" not in found.message


@given(catalogs())
def test_any_finding_can_be_allowed_by_comments(text: str) -> None:
    """An author who knows better must not be left without a way."""
    compilation = compile_loaded(MemoryLoader({"a.evalc": text}))
    assume(compilation.catalog.evals)
    names = {found.code.name for found in lint(compilation, {})}
    comments = "".join(f"# allow {name}: it is meant so\n" for name in sorted(names))
    allowed = "".join(comments + line if line[:1].isalpha() else line for line in text.splitlines(keepends=True))
    left = lint(compile_loaded(MemoryLoader({"a.evalc": allowed})), {})

    assert {found.code.name for found in left} <= {"unused-suppression"}


_WORDS = st.lists(st.sampled_from("abcd"), min_size=3, max_size=14).map(" ".join)


@given(st.lists(_WORDS, max_size=8), st.sampled_from([0.5, 0.7, 0.8, 1.0]))
def test_like_texts_are_found_without_comparing_all(texts: Sequence[str], least: float) -> None:
    """The quick way must find what comparing each with each finds."""
    found = [shingles(text) for text in texts]
    slowly = {
        (earlier, later)
        for later in range(len(texts))
        for earlier in range(later)
        if found[later] and found[earlier] and likeness(found[earlier], found[later]) >= least
    }

    assert slowly == set(like_pairs(found, least=least))


def test_many_copies_are_each_told_once() -> None:
    """A thousand copies are a thousand findings and not half a million."""
    case = "case c{}: Copy\n  severity: low\n  input: How long may I return a hat that I bought here?\n  must refuse\n"
    findings = lint(compiled("\n".join(case.format(number) for number in range(300))), {})

    assert 299 == sum(found.code.name == "near-duplicate-case" for found in findings)
