"""What judges are asked in one sentence: the claims of checks, and the titles of criteria."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evalc.base.source import Source, Span
from evalc.lint._written import WrittenCase, WrittenCatalog
from evalc.model.catalog import Case, Check
from evalc.syntax.tree import ClauseDecl


@dataclass(frozen=True, slots=True)
class Claim:
    """One such sentence with its place; `clause` is the check that it stands in, and `check` what that means."""

    kind: Literal["claim", "criterion"]
    text: str
    source: Source
    span: Span
    clause: ClauseDecl | None = None
    check: Check | None = None


def claims(catalog: WrittenCatalog) -> Iterator[Claim]:
    """All claims of all cases, with the cells of their first rows, and all titles of criteria."""
    for case in catalog.cases:
        yield from claims_of(case)
    for rubric in catalog.rubrics:
        for criterion, block in rubric.criteria():
            if block.title:
                yield Claim("criterion", criterion.title, rubric.source, block.title.span)


def claims_of(case: WrittenCase) -> Iterator[Claim]:
    """The claims of a case."""
    for check in _checks(case.first):
        text = check.arguments.get("claim")
        clause = case.clause(check)
        if check.is_judged and isinstance(text, str) and clause:
            span = next(word.span for word in clause.words if word.kind == "text")
            yield Claim("claim", text, case.source, span, clause, check)


def _checks(case: Case) -> Iterator[Check]:
    for found in (case.checks, *(reply.checks for reply in case.replies)):
        yield from found
