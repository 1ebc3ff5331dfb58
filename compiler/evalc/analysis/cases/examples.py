"""Examples: answers whose verdict is known, with the checks that they break and the scores that they earn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evalc.analysis.cases.checks import CheckDraft
from evalc.analysis.cases.example_calls import CallDraft, CallReader
from evalc.analysis.codes.cases import GOOD_BREAKS, SCORE_OFF_SCALE, WRONG_LABEL
from evalc.analysis.lower.body import Body
from evalc.analysis.reporting import Reporter
from evalc.analysis.values.templates import Template
from evalc.base.record import record
from evalc.base.source import Span
from evalc.model.catalog import Example, Rubric, Scale
from evalc.model.stored import Place
from evalc.syntax.nodes.brackets import is_call, labels_in
from evalc.syntax.tree import FieldDecl, NameDecl

_LABEL = re.compile(r"(breaks[ \t]+)?([^\s]+)(?:[ \t]+([^\s]+))?")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_VERDICTS = {"met": 1.0, "not-met": 0.0}


@record
class ExampleDraft:
    """An example before its row is known."""

    is_good: bool
    breaks: tuple[str, ...]
    scores: Mapping[str, float]
    calls: tuple[CallDraft, ...]
    text: Template
    place: Place

    @property
    def texts(self) -> Sequence[Template]:
        """What a row may fill."""
        return [self.text, *(text for call in self.calls for text in call.texts)]

    def fill(self, row: Mapping[str, str]) -> Example:
        """The example for one row."""
        return Example(
            label="good" if self.is_good else "bad",
            breaks=self.breaks,
            scores=dict(self.scores),
            calls=tuple([call.fill(row) for call in self.calls]),
            text=self.text.fill(row),
            place=self.place,
        )


@record
class Labels:
    """What the brackets of an example may name: the checks of its case, and the criteria of its rubrics.

    Where a rubric has mistakes, not all criteria are known; where a line of the case could not be read, not all checks.
    """

    checks: Mapping[str, CheckDraft]
    scales: Mapping[str, Scale]
    is_whole: bool
    has_all_checks: bool


def labels_of(checks: Sequence[CheckDraft], rubrics: Sequence[Rubric], *, is_damaged: bool) -> Labels:
    """The labels for a case with these checks, graded by these rubrics."""
    scales = {criterion.name: rubric.scale for rubric in rubrics for criterion in rubric.criteria}
    is_whole = all(draft.is_sound for draft in checks)
    return Labels({draft.name: draft for draft in checks}, scales, is_whole, has_all_checks=not is_damaged)


def draft_examples(body: Body, labels: Labels, *, calls: CallReader) -> tuple[ExampleDraft, ...]:
    """The examples of a case, the good ones first."""
    return tuple(_draft(decl, labels, calls) for name in ("good", "bad") for decl in body.decls.get(name, ()))


def _draft(decl: FieldDecl, labels: Labels, calls: CallReader) -> ExampleDraft:
    context = calls.context
    brackets = _Brackets(labels, calls)
    if decl.qualifier:
        brackets.read(decl.qualifier)
    is_good = decl.name.text == "good"
    if is_good and brackets.breaks and decl.qualifier:
        context.reporter.add(GOOD_BREAKS, decl.qualifier.span)
    text = context.template(decl, calls.wording) or Template(("",))
    return ExampleDraft(
        is_good, tuple(brackets.breaks), brackets.scores, tuple(brackets.calls), text, context.place(decl.span)
    )


@dataclass(slots=True)
class _Brackets:
    """Reads what stands in the brackets of an example."""

    labels: Labels
    reader: CallReader
    breaks: list[str] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)
    calls: list[CallDraft] = field(default_factory=list)

    def read(self, qualifier: NameDecl) -> None:
        for part in labels_in(qualifier):
            span = part.span
            label = _LABEL.fullmatch(part.text)
            if is_call(part):
                call = self.reader.read(part)
                self.calls += [call] if call else []
            elif label and label[3] is None and (label[1] or self.breaks):
                self._add_break(label[2], Span(span.end - len(label[2]), span.end))
            elif label and label[1] is None and label[3] and label[3] not in self.labels.checks:
                self._add_score(label[2], label[3], span)
            else:
                self._report_unknown(part)

    def _report_unknown(self, label: NameDecl) -> None:
        name = label.text.rpartition(" ")[2]
        near = f"breaks {name}" if name in self.labels.checks else None
        self._reporter.add(WRONG_LABEL, label.span, text=label.text, near=near)

    @property
    def _reporter(self) -> Reporter:
        return self.reader.context.reporter

    def _add_break(self, name: str, span: Span) -> None:
        if name in self.labels.checks:
            self.breaks.append(name)
            return
        if self.labels.has_all_checks or self._reporter.closest(name, self.labels.checks):
            self._reporter.add_unknown("check", name, span=span, known=self.labels.checks)

    def _add_score(self, name: str, value: str, span: Span) -> None:
        scale = self.labels.scales.get(name)
        if scale is None:
            place = Span(span.start, span.start + len(name))
            if self.labels.is_whole:
                self._reporter.add_unknown("criterion", name, span=place, known=self.labels.scales)
            return
        score = _score(value, scale)
        if score is None:
            wanted = "`met` or `not-met`" if scale.kind == "met" else f"a number from {scale.low} to {scale.high}"
            place = Span(span.end - len(value), span.end)
            self._reporter.add(SCORE_OFF_SCALE, place, value=value, name=name, wanted=wanted)
            return
        self.scores[name] = score


def _score(value: str, scale: Scale) -> float | None:
    if scale.kind == "met":
        return _VERDICTS.get(value)
    score = float(value) if _NUMBER.fullmatch(value) else None
    return score if score is not None and scale.low <= score <= scale.high else None
