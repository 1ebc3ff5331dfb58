"""The calls of tools that an example shows."""

from collections.abc import Mapping, Sequence
from typing import cast

from pydantic import JsonValue

from evalc.analysis.codes.cases import WRONG_CALL
from evalc.analysis.lower.context import Context
from evalc.analysis.values.templates import Template
from evalc.analysis.values.wording import Wording
from evalc.base.record import record
from evalc.base.source import Span
from evalc.checks._texts import joined
from evalc.model.catalog import ExampleCall
from evalc.syntax.nodes.brackets import CALL_FORM, words_of
from evalc.syntax.nodes.clauses import LONGEST_CHECK
from evalc.syntax.paths import parse_path
from evalc.syntax.phrase import END, Mismatch, match, spell_word
from evalc.syntax.tree import NameDecl, Word

Steps = tuple[str | int, ...]

_STEPS_AT_MOST = 16


class _NoCall(ValueError):
    """What is wrong with a call, which completes a sentence about it, and where."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


@record
class CallDraft:
    """A call before its row is known: what is put where in its arguments."""

    tool: str
    arguments: "tuple[_Argument, ...]"

    @property
    def texts(self) -> Sequence[Template]:
        """The values that a row may fill."""
        return [argument.value for argument in self.arguments if isinstance(argument.value, Template)]

    def fill(self, row: Mapping[str, str]) -> ExampleCall:
        """The call for one row."""
        arguments: dict[str, JsonValue] = {}
        for argument in self.arguments:
            argument.put_into(arguments, row)
        return ExampleCall(name=self.tool, arguments=arguments)


@record
class _Argument:
    """One value and the place that it has; `span` is that of its path."""

    steps: Steps
    value: Template | JsonValue
    span: Span

    def put_into(self, arguments: dict[str, JsonValue], row: Mapping[str, str]) -> None:
        """Put the value where the steps lead, and make what is not there on the way."""
        value = self.value.fill(row) if isinstance(self.value, Template) else self.value
        inside: JsonValue = arguments
        for step, after in zip(self.steps, (*self.steps[1:], None), strict=True):
            is_last = after is None
            new: JsonValue = value if is_last else [] if isinstance(after, int) else {}
            inside = self._enter(inside, step, new, is_last=is_last)

    def _enter(self, inside: JsonValue, step: str | int, new: JsonValue, *, is_last: bool) -> JsonValue:
        if isinstance(inside, dict) and isinstance(step, str):
            if is_last and step in inside:
                raise _NoCall(f"`{step}` has a value already", self.span)
            return inside.setdefault(step, new)
        if isinstance(inside, list) and isinstance(step, int):
            if step > len(inside):
                raise _NoCall(f"[{step}] stands where [{len(inside)}] comes next", self.span)
            if step < len(inside) and is_last:
                raise _NoCall(f"[{step}] has a value already", self.span)
            inside += [new] if step == len(inside) else []
            return inside[step]
        raise _NoCall(f"`{step}` leads into a value that has no such part", self.span)


@record
class CallReader:
    """Reads the calls of one case, which may name the tools that it has."""

    tools: Sequence[str]
    context: Context
    wording: Wording

    def read(self, label: NameDecl) -> CallDraft | None:
        """The call that a label in brackets tells of, or None; what is wrong is reported."""
        try:
            draft, tool = self._draft(label)
        except _NoCall as problem:
            self.context.reporter.add(WRONG_CALL, problem.span, reason=problem.reason)
            return None
        if self.tools and draft.tool not in self.tools:
            self.context.reporter.add_unknown("tool", draft.tool, span=tool.span, known=self.tools)
        return draft

    def _draft(self, label: NameDecl) -> tuple[CallDraft, Word]:
        if len(label.text) > LONGEST_CHECK:
            raise _NoCall(f"it has more than {LONGEST_CHECK:,} characters", label.span)
        words = words_of(label)
        if words is None:
            raise _NoCall("a text stands in quotes, and only a text may hold other signs", label.span)
        found = match(CALL_FORM, words)
        if isinstance(found, Mismatch):
            expected = joined([text for text in found.expected if text != END] or found.expected, "or")
            there, span = ("nothing", label.span) if found.at == len(words) else _shown(words[found.at])
            raise _NoCall(f"{there} stands where {expected} would fit", span)
        first = found.places.get("arguments", (0, 0))[0]
        values = cast("list[dict[str, JsonValue]]", found.values.get("arguments", []))
        # A path, `=`, a value and an `and`.
        starts = range(first, first + 4 * len(values), 4)
        placed = [self._argument(value, words[at : at + 3]) for value, at in zip(values, starts, strict=True)]
        draft = CallDraft(str(found.values["tool"]), tuple(placed))
        draft.fill(dict.fromkeys(self.wording.columns, ""))
        return draft, words[1]

    def _argument(self, written: Mapping[str, JsonValue], words: Sequence[Word]) -> _Argument:
        path, value, span = str(written["path"]), written["value"], words[0].span
        try:
            steps = parse_path(path)
        except ValueError as error:
            raise _NoCall(str(error), span) from None
        known = tuple(step for step in steps if step is not None)
        if not steps or len(known) < len(steps) or len(steps) > _STEPS_AT_MOST:
            raise _NoCall(f"{path} is not one place in its arguments", span)
        return _Argument(known, self.wording.word(words[2]) if isinstance(value, str) else value, span)


def _shown(word: Word) -> tuple[str, Span]:
    return f"`{spell_word(word)}`", word.span
