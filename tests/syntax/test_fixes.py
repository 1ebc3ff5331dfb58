"""The fix of a finding cures it, in the text as the author has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evalc.base.diagnostic import Diagnostic, Fix
from evalc.base.source import Source
from evalc.syntax.parser import parse
from tests.house.modules import ROOT
from tests.phases.syntax import unescaped
from tests.text_cases import read_sections

# Of too many mistakes each one that is cured makes room for another.
CASES = sorted(path for path in (ROOT / "tests" / "cases" / "syntax").glob("*.txt") if path.stem != "too-many-mistakes")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_fix_cures_its_finding(case: Path) -> None:
    """An editor applies one fix to the text as it is, though the parser found it in a text that it had mended."""
    text = unescaped(read_sections(case.read_bytes().decode())["input.evalc"])

    for item, fix in _fixes(text):
        mended = _applied(text, fix)
        assert _count(mended, item) < _count(text, item), (item.message, fix, mended[:300])


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_safe_fixes_together_leave_nothing_safe_to_fix(case: Path) -> None:
    """`--fix` is run once, and a second run has nothing to do."""
    text = unescaped(read_sections(case.read_bytes().decode())["input.evalc"])
    for _ in range(3):
        text = _applied(text, *(fix for _, fix in _fixes(text) if fix.is_safe))

    assert [] == [item.message for item, fix in _fixes(text) if fix.is_safe]


def _fixes(text: str) -> Iterator[tuple[Diagnostic, Fix]]:
    return ((item, item.fix) for item in parse(Source("a.evalc", text))[1] if item.fix)


def _count(text: str, item: Diagnostic) -> int:
    return sum(other.code is item.code for other in parse(Source("a.evalc", text))[1])


def _applied(text: str, *fixes: Fix) -> str:
    """The text with the edits of some fixes made; of those that overlap, the first."""
    edits = sorted({(edit.span.start, edit.span.end, edit.text) for fix in fixes for edit in fix.edits})
    made, at = "", 0
    for start, end, new in edits:
        if start >= at:
            made += text[at:start] + new
            at = end
    return made + text[at:]
