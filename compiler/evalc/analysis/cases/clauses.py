"""Clauses: read once for all that are written in the same words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import JsonValue

from evalc.analysis.fingerprints import check_fingerprint, rubric_fingerprint
from evalc.analysis.lower.context import Context
from evalc.base.digest import canonical_json
from evalc.base.record import record
from evalc.base.source import Span
from evalc.checks._reading import CheckReading, read_clause
from evalc.checks._schemas import schema_problem
from evalc.checks.codes import BAD_SCHEMA
from evalc.judge.templates import templates_digest
from evalc.syntax.tree import NameDecl, Word

Level = Literal["must", "should"]

SATISFY = "satisfy"
RUBRIC = "rubric"
_CALL = "call"
_REFUSE = "refuse"
_FIT_SCHEMA = "fit-schema"
_FILE, _SCHEMA = "file", "schema"


@record
class Clause:
    """What a clause demands, wherever it stands.

    `rubric` is the one that it names, or empty. `length` is how many characters its words and its schema have.
    """

    verb: str
    arguments: dict[str, JsonValue]
    words: str
    is_judged: bool
    default_name: str
    rubric: str
    judged_by: tuple[str, ...]
    length: int
    fingerprints: dict[tuple[Level, bool], str] = field(default_factory=dict)

    def fingerprint(self, level: Level, *, is_negated: bool) -> str:
        """The fingerprint of a check that demands this, or that it does not hold."""
        known = self.fingerprints.get((level, is_negated))
        if known is None:
            # Of a schema the content counts, not where it lies.
            meant = {name: value for name, value in self.arguments.items() if name != _FILE}
            known = check_fingerprint(self.verb, meant, level=level, is_negated=is_negated, judged_by=self.judged_by)
            self.fingerprints[level, is_negated] = known
        return known


@dataclass(slots=True)
class ClauseReader:
    """Reads the clauses of one file, and reports what is wrong with them."""

    context: Context
    known: dict[str, Clause] = field(default_factory=dict)

    def read(self, words: Sequence[Word], *, text: str = "", help: str = "") -> Clause | None:
        """What the words of a clause demand, or None where they are no check.

        Args:
            text: The clause as written, by which it is remembered.
            help: What is said below a mistake that has no cure of its own.
        """
        clause = self.known.get(text)
        if clause is None:
            clause = self._read(words, help)
            if clause and text:
                self.known[text] = clause
        return clause

    def _read(self, words: Sequence[Word], help: str) -> Clause | None:
        reading = read_clause(words)
        for mistake in reading.mistakes:
            self.context.reporter.add(
                mistake.code, mistake.span, label="", near=mistake.near, help=mistake.help or help, **mistake.values
            )
        if reading.mistakes:
            return None
        if reading.verb == SATISFY and RUBRIC in reading.arguments:
            return self._graded(reading, words)
        if reading.verb == _FIT_SCHEMA:
            return self._fitted(reading, words)
        if reading.verb == _REFUSE:
            # Few catalogs need this rubric, and the model of rubrics takes its time to be made.
            from evalc.judge.rubrics import REFUSAL

            return _clause(reading, reading.arguments, judged_by=(rubric_fingerprint(REFUSAL),))
        judged_by = (templates_digest(),) if reading.is_judged else ()
        return _clause(reading, reading.arguments, judged_by=judged_by)

    def _graded(self, reading: CheckReading, words: Sequence[Word]) -> Clause | None:
        """The clause with the rubric that it names, which must be known."""
        name = str(reading.arguments[RUBRIC])
        rubric = self.context.rubrics.get(name)
        self.context.graded_by.add(name)
        self.context.check_name(RUBRIC, name, span=words[-1].span)
        if rubric is None:
            return None
        return _clause(reading, reading.arguments, rubric=name, judged_by=(rubric.fingerprint,))

    def _fitted(self, reading: CheckReading, words: Sequence[Word]) -> Clause | None:
        """The clause with the schema that its file holds."""
        quoted = words[-1].span
        path = NameDecl(str(reading.arguments[_FILE]), Span(quoted.start + 1, quoted.end - 1))
        schema = self.context.files.json(path)
        if schema is None:
            return None
        if problem := schema_problem(schema.value):
            self.context.reporter.add(BAD_SCHEMA, path.span, file=path.text, reason=problem)
            return None
        return _clause(reading, {**reading.arguments, _SCHEMA: schema.value}, length=len(canonical_json(schema.value)))


def tools_called(clause: Clause) -> tuple[str, ...]:
    """The tools that a clause names."""
    if clause.verb != _CALL:
        return ()
    return tuple(str(clause.arguments[name]) for name in ("tool", "later") if clause.arguments.get(name))


def _clause(
    reading: CheckReading,
    arguments: dict[str, JsonValue],
    *,
    rubric: str = "",
    judged_by: tuple[str, ...] = (),
    length: int = 0,
) -> Clause:
    return Clause(
        verb=reading.verb,
        arguments=arguments,
        words=reading.words,
        is_judged=reading.is_judged,
        default_name=reading.default_name,
        rubric=rubric,
        judged_by=judged_by,
        length=len(reading.words) + length,
    )
