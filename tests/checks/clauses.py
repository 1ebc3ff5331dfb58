"""Clauses for tests: read by the parser of the language, and judged against an answer."""

from evalc.base.source import Source
from evalc.checks._reading import CheckReading, read_clause
from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Check, Turn
from evalc.model.exchange import Message, Response
from evalc.model.stored import Place
from evalc.syntax.parser import parse
from evalc.syntax.tree import ClauseDecl

PLACE = Place(path="check.evalc", line=4)

_SPEC = "eval of-checks: Of checks\n\ncase of-a-check: Of a check\n  {line}\n"
_START = _SPEC.index("{line}")


def clause_of(line: str) -> ClauseDecl:
    """One line of a spec, such as `must contain "x"`, as the parser reads it; places are those in the line."""
    tree, _ = parse(Source("check.evalc", _SPEC.format(line=" " * 2 + line).replace("    ", "  ", 1)))
    (clause,) = [item for block in tree.blocks for item in block.body if isinstance(item, ClauseDecl)]
    return clause


def reading_of(line: str) -> CheckReading:
    """What the words of a line are read as; places count from the line's spec."""
    return read_clause(clause_of(line).words)


def column_of(offset: int) -> int:
    """The place in the line, from 0, of a place in its spec."""
    return offset - _START


def check_of(line: str) -> Check:
    """The check of a line without mistakes."""
    clause, reading = clause_of(line), reading_of(line)
    assert not reading.mistakes, (line, reading.mistakes)
    return Check(
        id="of/checks/of-a-check#check",
        name=clause.label.text if clause.label else reading.default_name,
        level=clause.level,
        is_negated=clause.is_negated,
        verb=reading.verb,
        arguments=reading.arguments,
        words=reading.words,
        is_judged=reading.is_judged,
        place=PLACE,
        fingerprint="f",
    )


def answered_by(response: Response, *, case: Case | None = None) -> Answered:
    """A response to the one question of a case."""
    case = case or CASE
    return Answered(case, tuple(Message(role=turn.role, text=turn.text) for turn in case.turns), response)


CASE = Case(
    id="of/checks/of-a-check",
    name="of-a-check",
    cluster="of/checks/of-a-check",
    title="Of a check",
    severity="high",
    turns=(Turn(role="user", text="What is the capital of France?"),),
    expect="Names Paris.",
    checks=(),
    place=PLACE,
    fingerprint="f",
)
