"""The rule `placeholder`."""

import re
from collections.abc import Iterator
from itertools import islice

from evalc.base.source import Source
from evalc.lint._written import Passage, WrittenCatalog
from evalc.lint.contract import LintRule, Remark

# Marks that nobody writes for a reader, wherever they stand.
_MARK = (
    r"\[(?:REQUIRES?[-_ ]VERIFICATION|TO[-_ ]?DO|TBD|TBC|FIXME|XXX|PLACEHOLDER|CITATION NEEDED)"
    r"(?:[-:_ ][^\]\n]{0,80})?\]"
    r"|\blorem ipsum\b"
)
# Marks that may be what a text is about, in a question or an answer; in the author's own words they are left over.
_BLANK = (
    r"<(?:\.{3}|…|(?:insert|your|company|product|customer|name|date|fill|placeholder)\b[^<>\n]{0,40})>"
    r"|\[(?:insert|your) [^\]\n]{1,60}\]"
)
_NOTE = r"\b(?:TODO|FIXME|TBD|TBC|XXX)\b(?=\s*(?::|\(|$))"

_ANYWHERE = re.compile(_MARK, re.IGNORECASE)
_OWN_WORDS = re.compile(rf"(?i:{_MARK}|{_BLANK})|{_NOTE}", re.MULTILINE)

# What a target is sent or gives may be about anything, and bad answers are bad.
_QUOTED = frozenset({"input", "system", "user", "assistant", "tools", "each", "good"})
_LEFT_OUT = frozenset({"bad"})

_MOST_OF_A_TEXT = 20


class Placeholder(LintRule):
    """A stable eval still has a placeholder in its text.

    Readers of the catalog see it, judges are told it, and targets answer it. In drafts it is fine.

    Wrong:
        eval returns: Returns
          for: acme
          category: Support Agent
          version: 1.0.0
          status: stable

        case window: The window for returns
          severity: high
          input: How long may I return a hat?
          expect: Names the window of 30 days [REQUIRES-VERIFICATION].
          must contain "30 days"

    Right:
        eval returns: Returns
          for: acme
          category: Support Agent
          version: 1.0.0
          status: stable

        case window: The window for returns
          severity: high
          input: How long may I return a hat?
          expect: Names the window of 30 days.
          must contain "30 days"
    """

    level = "warning"
    message = "`{text}` is left in the text of a stable eval"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each placeholder in an eval that says `status: stable`, or in a rubric that such an eval uses."""
        stable = [eval_ for eval_ in catalog.evals if eval_.eval.status == "stable"]
        for eval_ in stable:
            yield from _remarks(eval_.passages(), eval_.source)
            for case in eval_.cases:
                yield from _remarks(case.passages(), eval_.source)
        used = {(rubric.place.path, rubric.name) for eval_ in stable for rubric in eval_.eval.rubrics}
        for rubric in catalog.rubrics:
            if (rubric.rubric.place.path, rubric.rubric.name) in used:
                yield from _remarks(rubric.passages(), rubric.source)


def _remarks(passages: Iterator[Passage], source: Source) -> Iterator[Remark]:
    for passage in passages:
        for found in islice(_places(passage), _MOST_OF_A_TEXT):
            yield Remark(source, passage.span(*found.span()), {"text": found[0]})


def _places(passage: Passage) -> Iterator[re.Match[str]]:
    if passage.name in _LEFT_OUT:
        return iter(())
    return (_ANYWHERE if passage.name in _QUOTED else _OWN_WORDS).finditer(passage.text)
