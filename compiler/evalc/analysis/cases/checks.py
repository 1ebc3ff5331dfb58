"""Checks: clauses filled once a row, with names that stay when other checks come and go."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from evalc.analysis.cases.clauses import SATISFY, Clause, ClauseReader, Level
from evalc.analysis.codes.checks import CONTRADICTION, DUPLICATE_CHECK
from evalc.analysis.codes.names import DUPLICATE_NAME
from evalc.analysis.lower.body import Item
from evalc.analysis.lower.context import Context
from evalc.analysis.values.rows import in_row
from evalc.analysis.values.templates import Template
from evalc.analysis.values.wording import Wording
from evalc.base.digest import digest
from evalc.base.record import record
from evalc.base.source import Span
from evalc.checks._naming import name_check
from evalc.model.catalog import Check
from evalc.syntax.phrase import spell
from evalc.syntax.tree import ClauseDecl, NameDecl, Word


@record
class CheckDraft:
    """A check before its row is known: `clause` where every row has the same words, else a template a word."""

    name: str
    level: Level
    is_negated: bool
    span: Span
    clause: Clause | None
    decl: ClauseDecl | None = None
    templates: tuple[Template, ...] = ()

    @property
    def words(self) -> Sequence[Word]:
        """What was written; nothing of what a rubric's name alone asks for."""
        return self.decl.words if self.decl else ()

    @property
    def is_sound(self) -> bool:
        """Whether there is a check; one with a mistake is kept for its name alone."""
        return self.clause is not None or bool(self.templates)

    @property
    def spelling(self) -> str:
        """Its words in canonical form, before a row fills them."""
        return self.clause.words if self.clause else spell(self.words)

    @property
    def own_digest(self) -> str:
        """A short digest of what it says, which tells it from others of its name."""
        return digest([self.level, self.is_negated, self.spelling], length=6)


def draft_checks(decls: Sequence[ClauseDecl], wording: Wording, *, reader: ClauseReader) -> tuple[CheckDraft, ...]:
    """The checks of one answer in the order written; those that say what another one says are reported."""
    drafts = _told_apart([_draft(decl, wording, reader) for decl in decls], decls)
    reporter = wording.reporter
    said: dict[tuple[bool, str], CheckDraft] = {}
    names: dict[str, CheckDraft] = {}
    kept: list[CheckDraft] = []
    for draft in drafts:
        if not draft.is_sound:
            kept.append(draft)
            continue
        first = said.setdefault((draft.is_negated, draft.spelling), draft)
        holder = names.setdefault(draft.name, draft)
        if first is not draft:
            reporter.add(DUPLICATE_CHECK, draft.span, line=reporter.source.line_of(first.span.start))
        elif holder is not draft:
            place = f"on line {reporter.source.line_of(holder.span.start)}"
            reporter.add(DUPLICATE_NAME, draft.span, kind="check", name=draft.name, place=place)
        else:
            kept.append(draft)
    return tuple(kept)


def draft_gradings(
    rubrics: Sequence[Item], own: Sequence[CheckDraft], *, place: NameDecl, reader: ClauseReader
) -> tuple[CheckDraft, ...]:
    """A check for each rubric that grades a case and that none of its own checks names already.

    Args:
        place: The case's name, where a grading stands that its eval asks for.
    """
    if not rubrics:
        return ()
    named = {draft.clause.rubric for draft in own if draft.clause and not draft.is_negated}
    taken = {draft.name: draft for draft in own}
    found: list[CheckDraft] = []
    for rubric in rubrics:
        if rubric.text in named:
            continue
        words = (Word("name", SATISFY, rubric.span), Word("name", rubric.text, rubric.span))
        clause = reader.read(words, text=f"{SATISFY} {rubric.text}")
        if rubric.text in taken:
            line = f"on line {reader.context.reporter.source.line_of(rubric.span.start)}"
            span = taken[rubric.text].span
            reader.context.reporter.add(DUPLICATE_NAME, span, kind="check", name=rubric.text, place=line)
        found.append(CheckDraft(rubric.text, "must", False, place.span, clause))
    return tuple(found)


def fill_checks(
    drafts: Iterable[CheckDraft], row: Mapping[str, str], *, owner: str, reader: ClauseReader
) -> tuple[Check, ...]:
    """The checks for one row; `owner` is the id of the case, with the reply's name behind `#` where there is one."""
    found: list[Check] = []
    demanded: dict[str, CheckDraft] = {}
    for draft in drafts:
        clause = draft.clause or (_fill(draft, row, reader) if draft.templates else None)
        if clause is None:
            continue
        opposite = demanded.setdefault(clause.words, draft)
        if opposite.is_negated != draft.is_negated:
            line = reader.context.reporter.source.line_of(opposite.span.start)
            reader.context.reporter.add(CONTRADICTION, draft.span, line=line, help=in_row(row))
        found.append(_check(draft, clause, owner=owner, context=reader.context))
    return tuple(found)


def _draft(decl: ClauseDecl, wording: Wording, reader: ClauseReader) -> CheckDraft:
    templates: tuple[Template, ...] = ()
    if "{{" not in decl.text:
        clause = reader.known.get(decl.text) or reader.read(decl.words, text=decl.text)
    else:
        clause, templates = None, _templates(decl.words, wording)
        if all([template.is_fixed for template in templates]):
            clause, templates = reader.read(_filled(decl.words, templates, {})), ()
    return CheckDraft(_name(decl, clause), decl.level, decl.is_negated, decl.span, clause, decl, templates)


def _name(decl: ClauseDecl, clause: Clause | None) -> str:
    if decl.label:
        return decl.label.text
    # What fills a slot may change, and the name stays.
    return name_check(decl.words) if clause is None or "{{" in decl.text else clause.default_name


def _told_apart(drafts: Sequence[CheckDraft], decls: Sequence[ClauseDecl]) -> Sequence[CheckDraft]:
    """The drafts with names of their own: those that have the same one from their words each get their own digest."""
    taken = Counter([draft.name for draft, decl in zip(drafts, decls, strict=True) if decl.label is None])
    if len(taken) == taken.total():
        return drafts
    return [
        replace(draft, name=f"{draft.name}-{draft.own_digest}")
        if decl.label is None and taken[draft.name] > 1
        else draft
        for draft, decl in zip(drafts, decls, strict=True)
    ]


def _templates(words: Sequence[Word], wording: Wording) -> tuple[Template, ...]:
    return tuple(wording.word(word) if word.kind in ("text", "pattern") else Template((word.text,)) for word in words)


def _fill(draft: CheckDraft, row: Mapping[str, str], reader: ClauseReader) -> Clause | None:
    return reader.read(_filled(draft.words, draft.templates, row), help=in_row(row))


def _filled(words: Sequence[Word], templates: Sequence[Template], row: Mapping[str, str]) -> tuple[Word, ...]:
    # What a row puts into a pattern is meant as text, so its letters stand for themselves.
    quoted = {name: re.escape(cell) for name, cell in row.items()}
    return tuple(
        replace(word, text=template.fill(quoted if word.kind == "pattern" else row))
        for word, template in zip(words, templates, strict=True)
    )


def _check(draft: CheckDraft, clause: Clause, *, owner: str, context: Context) -> Check:
    return Check(
        id=owner + draft.name,
        name=draft.name,
        level=draft.level,
        is_negated=draft.is_negated,
        verb=clause.verb,
        arguments=clause.arguments,
        words=clause.words,
        is_judged=clause.is_judged,
        place=context.place(draft.span),
        fingerprint=clause.fingerprint(draft.level, is_negated=draft.is_negated),
    )
