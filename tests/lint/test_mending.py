"""Safe fixes: what a spec says stays the same, and nothing gets worse."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.diagnostic import Code, Diagnostic, Edit, Fix
from evalc.base.source import Source, Span
from evalc.lint._fixes import fixed, safe_fixes
from evalc.lint._linting import lint
from evalc.lint._mending import Mended, mend
from evalc.syntax.parser import parse
from tests.lint.specs import CASE, EVAL, VENDOR

WHOLE = f"""\
{VENDOR}
{EVAL}  pass when low >= 90%

# allow passing-silence: only refunds are of interest here
case complaint: A complaint about the delivery
  severity: high
  tags: delivery, tone
  input:
    My parcel is late: again!
  must not contain "refund", "money back" as promises-nothing
  must have words <= 100
  bad (breaks promises-nothing): You get a refund.

{CASE}"""

_SAFE = [
    ("  severity: ", "  severity:"),
    ("  severity: ", "  severity = "),
    ("  severity: ", "\tseverity: "),
    ("  tags: ", " tags: "),
    (" <= ", " ≤ "),
    ('"refund"', "“refund”"),
]
_SLIPS = [
    *_SAFE,
    ("  must ", "  - must "),
    ("  must ", "   must "),
    ("case ", "  case "),
    ("\n    My", "\n  My"),
    ("  version: ", "  verison: "),
    ("severity: high", "severity: hihg"),
    ('"day"', '"day'),
    ("pass when", "pass if"),
    ("only refunds are of interest here", "day"),
    ("passing-silence:", "leaked-answer:"),
]


@st.composite
def slipped_specs(draw: st.DrawFn) -> str:
    """A whole spec with some slips in it."""
    text = WHOLE
    for old, new in draw(st.lists(st.sampled_from(_SLIPS), max_size=4)):
        places = [at for at in range(len(text)) if text.startswith(old, at)]
        if places:
            at = draw(st.sampled_from(places))
            text = text[:at] + new + text[at + len(old) :]
    return text


def mended(text: str) -> Mended:
    """A spec in memory after its safe fixes."""
    return mend(MemoryLoader({"a.evalc": text}), None, prefix="", levels={})


def meaning(node: object) -> object:
    """What a tree says, without places and comments."""
    if isinstance(node, tuple):
        return tuple(meaning(part) for part in node)
    if is_dataclass(node):
        left_out = {
            "span",
            "indent",
            "has_empty",
            "offsets",
            "starts",
            "ends",
            "source",
            "comments",
            "is_damaged",
            "text_span",
        }
        return type(node).__name__, *(meaning(getattr(node, x.name)) for x in fields(node) if x.name not in left_out)
    return node


def errors(findings: Iterable[Diagnostic]) -> int:
    """How many of them are errors."""
    return sum(finding.level == "error" for finding in findings)


@given(slipped_specs())
def test_a_fixed_spec_means_what_was_understood_before(text: str) -> None:
    """The reader goes on as if a slip were cured; the cure in the file must be that one."""
    tree, findings = parse(Source("a.evalc", text))
    after, left = parse(Source("a.evalc", fixed(text, safe_fixes(findings).get("a.evalc", ()))))

    # A cure may uncover another slip of its line, which was not read before.
    if not left:
        assert meaning(tree.blocks) == meaning(after.blocks)


@given(slipped_specs())
def test_fixing_leaves_no_safe_fix_and_no_new_error(text: str) -> None:
    """Whoever runs it twice must get the same, and a pipeline that was green must stay so."""
    before = compile_loaded(MemoryLoader({"a.evalc": text}))
    done = mended(text)
    again = mended(done.texts.get("a.evalc", text))

    assert {} == again.texts
    assert errors(again.findings) == errors(done.findings)
    assert errors(done.findings) <= errors([*before.findings, *lint(before, {})])


def test_a_spec_without_slips_stays_as_it_is() -> None:
    """A fix of nothing would show up as a change in each pull request."""
    assert {} == mended(WHOLE).texts


@pytest.mark.parametrize(("old", "new"), _SAFE)
def test_safe_slips_are_cured(old: str, new: str) -> None:
    """Properties hold of a fixer that does nothing, too."""
    done = mended(WHOLE.replace(old, new, 1))

    assert {"a.evalc": WHOLE} == done.texts


_CODE = Code("a", "error", "m", "", "", "")


def _found(*edits: tuple[int, int, str], is_safe: bool = True) -> Diagnostic:
    fix = Fix("f", tuple(Edit(Span(start, end), text) for start, end, text in edits), is_safe)
    return Diagnostic(_CODE, "error", "m", Source("a", ""), Span(0, 0), fix=fix)


def test_fixes_that_touch_each_other_wait() -> None:
    """Put in together, two fixes of one place make something that neither of them is."""
    findings = [_found((4, 6, "X")), _found((0, 1, "A"), (5, 7, "Y")), _found((8, 8, "Z")), _found((8, 9, "W"))]
    chosen = safe_fixes(findings)["a"]

    assert "A1234Y7Z89" == fixed("0123456789", chosen)


def test_unsafe_fixes_are_not_applied() -> None:
    """Unsafe is what may be something else than the author meant."""
    assert {} == safe_fixes([_found((0, 1, "A"), is_safe=False)])
