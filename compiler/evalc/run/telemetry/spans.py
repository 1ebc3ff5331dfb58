"""From the events of a run to spans and evaluations in the GenAI semantic conventions of OpenTelemetry.

A run is a trace. Below it is a span for each trial and each canary, and below that one for each question that a target
or a judge was asked, all of its attempts together, as the conventions want it. Prompts and answers are in none of them.

Source: semantic-conventions-genai, `gen_ai.client.inference` and `gen_ai.evaluation.result` (status: development).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from evalc.base.digest import digest
from evalc.model.catalog import Case
from evalc.model.event import CanaryFinished, Event, RunFinished, RunStarted, TrialFinished
from evalc.model.plan import TargetCard
from evalc.model.result import Attempt, CanaryResult, CheckResult, Outcome, TrialResult
from evalc.run.work import Work

Value: TypeAlias = "str | bool | int | float | tuple[str, ...]"

# What the conventions call those who answer; others go by the type of the target.
_PROVIDERS = {"google": "gcp.gemini"}

_LABELS: dict[Outcome, tuple[str, float]] = {"passed": ("pass", 1.0), "failed": ("fail", 0.0)}


@dataclass(frozen=True, slots=True)
class Span:
    """One operation; times are nanoseconds since 1970, ids hexadecimal. `error` is empty where it went well."""

    name: str
    kind: Literal["internal", "client"]
    trace_id: str
    span_id: str
    parent_id: str
    start_ns: int
    end_ns: int
    attributes: Mapping[str, Value]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a check or a judge says of an answer, whose span is the parent."""

    trace_id: str
    span_id: str
    at_ns: int
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one event of a run adds to its trace."""

    spans: tuple[Span, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()


class Tracer:
    """Makes the trace of one run, as its events come."""

    def __init__(self, plan: Work) -> None:
        judges = plan.panel.judges if plan.panel else (plan.judge,) if plan.judge else ()
        self._cards: dict[tuple[str, str], TargetCard] = {("answer", card.name): card for card in plan.targets}
        self._cards |= {("judgement", card.name): card for card in judges}
        self._cases = plan.cases_by_id()
        self._run_id = ""
        self._started_ns = 0

    def see(self, event: Event) -> Seen:
        """The spans and evaluations that an event completes."""
        match event:
            case RunStarted():
                self._run_id, self._started_ns = event.run_id, _nanoseconds(event.at)
                return Seen()
            case TrialFinished() if event.attempts or event.result.responses:
                return self._trial(event.result, event.attempts)
            case CanaryFinished() if event.attempts:
                return Seen(spans=self._canary(event.result, event.attempts))
            case RunFinished():
                return Seen(spans=(self._run(event),))
            case _:
                return Seen()

    @property
    def _trace_id(self) -> str:
        return digest(["run", self._run_id], length=32)

    def _id(self, *parts: str) -> str:
        return digest([self._run_id, *parts], length=16)

    def _run(self, event: RunFinished) -> Span:
        attributes: dict[str, Value] = {
            "evalc.run.id": event.run_id,
            "evalc.run.ending": event.ending,
            "evalc.run.planned": event.planned,
            "evalc.run.finished": event.finished,
            "evalc.run.attempts": event.attempts,
        }
        if event.spent_usd is not None:
            attributes["evalc.cost_usd"] = event.spent_usd
        end_ns = max(self._started_ns, _nanoseconds(event.at))
        error = "" if event.ending == "complete" else event.ending
        return self._span("", (self._started_ns, end_ns), name="evalc run", attributes=attributes, error=error)

    def _trial(self, result: TrialResult, attempts: Sequence[Attempt]) -> Seen:
        case, eval_ = self._cases[result.trial.case_id]
        asked = self._questions(result.trial.id, attempts)
        attributes: dict[str, Value] = {
            "evalc.trial.id": result.trial.id,
            "evalc.eval.id": eval_.id,
            "evalc.case.id": case.id,
            "evalc.case.severity": case.severity,
            "evalc.outcome": result.outcome,
        }
        if result.cost_usd is not None:
            attributes["evalc.cost_usd"] = result.cost_usd
        # Answers that were not asked for now, for they were kept, have no span, and what they say is still evaluated.
        ended_ns = max((span.end_ns for span in asked), default=_nanoseconds(result.finished_at))
        period_ns = (min((span.start_ns for span in asked), default=ended_ns), ended_ns)
        error = result.outcome if result.outcome in ("errored", "unscored") else ""
        trial = self._span(result.trial.id, period_ns, name="evalc trial", attributes=attributes, error=error)
        return Seen((*asked, trial), tuple(self._evaluations(result, case, asked=asked, trial=trial)))

    def _canary(self, result: CanaryResult, attempts: Sequence[Attempt]) -> tuple[Span, ...]:
        """The spans of a canary. It says something of the judge and nothing of an answer, so it is no evaluation."""
        canary = result.canary
        asked = self._questions(canary.id, attempts)
        attributes: dict[str, Value] = {
            "evalc.canary.id": canary.id,
            "evalc.canary.kind": canary.kind,
            "evalc.canary.is_caught": result.is_caught,
            "evalc.eval.id": canary.eval_id,
            "evalc.case.id": canary.case_id,
            "evalc.outcome": result.outcome,
        }
        if result.cost_usd is not None:
            attributes["evalc.cost_usd"] = result.cost_usd
        period_ns = (min(span.start_ns for span in asked), max(span.end_ns for span in asked))
        error = result.outcome if result.outcome in ("errored", "unscored") else ""
        return (*asked, self._span(canary.id, period_ns, name="evalc canary", attributes=attributes, error=error))

    def _span(
        self, key: str, period_ns: tuple[int, int], *, name: str, attributes: dict[str, Value], error: str
    ) -> Span:
        """A span of ours below that of the run, or that of the run where there is no key."""
        if error:
            attributes["error.type"] = error
        span_id, parent_id = (self._id(key), self._id()) if key else (self._id(), "")
        return Span(name, "internal", self._trace_id, span_id, parent_id, *period_ns, attributes, error)

    def _questions(self, key: str, attempts: Sequence[Attempt]) -> list[Span]:
        """The spans of all questions that were asked for a trial or a canary."""
        found: dict[tuple[str, str], list[Attempt]] = {}
        for attempt in attempts:
            found.setdefault((attempt.asked, attempt.key), []).append(attempt)
        return [self._question(key, together) for together in found.values()]

    def _question(self, trial_id: str, attempts: Sequence[Attempt]) -> Span:
        last = attempts[-1]
        card = self._cards[last.purpose, last.asked]
        attributes: dict[str, Value] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": _PROVIDERS.get(card.type, card.type),
            "evalc.prompt.key": last.key,
            "evalc.purpose": last.purpose,
            "evalc.asked": last.asked,
            "evalc.attempts": len(attempts),
        }
        given: dict[str, Value | None] = {
            "gen_ai.request.model": card.model or None,
            "gen_ai.response.model": last.model or None,
            "gen_ai.response.finish_reasons": (last.finish_reason,) if last.finish_reason else None,
            "gen_ai.usage.input_tokens": last.input_tokens,
            "gen_ai.usage.output_tokens": last.output_tokens,
            "evalc.cost_usd": _sum([attempt.cost_usd for attempt in attempts]),
            "error.type": last.fault.kind if last.fault else None,
        }
        return Span(
            name=f"chat {card.model}".rstrip(),
            kind="client",
            trace_id=self._trace_id,
            span_id=self._id(trial_id, last.asked, last.key),
            parent_id=self._id(trial_id),
            start_ns=_nanoseconds(attempts[0].started_at),
            end_ns=_nanoseconds(last.started_at) + round(last.duration_s * 1e9),
            attributes=attributes | {name: value for name, value in given.items() if value is not None},
            error=last.fault.message if last.fault else "",
        )

    def _evaluations(
        self, result: TrialResult, case: Case, *, asked: Sequence[Span], trial: Span
    ) -> Iterator[Evaluation]:
        for check in result.checks:
            answer = _answer_span(check, case, asked) or trial
            for attributes in _evaluated(check):
                about: dict[str, Value] = {"evalc.trial.id": result.trial.id, "evalc.case.id": case.id}
                yield Evaluation(self._trace_id, answer.span_id, answer.end_ns, attributes | about)


def _answer_span(check: CheckResult, case: Case, asked: Sequence[Span]) -> Span | None:
    """The span of the answer that a check reads, if it was asked for now: its last part, where there were tools."""
    answers = [span for span in asked if span.attributes["evalc.purpose"] == "answer"]
    turn = next((str(reply.turn) for reply in case.replies if reply.name == check.reply), None) if check.reply else None
    read = [span for span in answers if turn is None or _turn(str(span.attributes["evalc.prompt.key"])) == turn]
    return read[-1] if read else None


def _turn(key: str) -> str:
    return key.rpartition("/")[2].partition(".")[0]


def _evaluated(check: CheckResult) -> Iterator[dict[str, Value]]:
    """The attributes of a check's evaluation, and of each score that a judge gave for it."""
    found: dict[str, Value] = {"gen_ai.evaluation.name": check.check, "evalc.check.level": check.level}
    if check.outcome in _LABELS:
        label, value = _LABELS[check.outcome]
        found |= {"gen_ai.evaluation.score.label": label, "gen_ai.evaluation.score.value": value}
    else:
        found["error.type"] = check.outcome
    yield found | {"gen_ai.evaluation.explanation": check.reason}
    for criterion in check.criteria:
        word: dict[str, Value] = {"gen_ai.evaluation.name": f"{check.check}/{criterion.criterion}"}
        if criterion.score is not None:
            word["gen_ai.evaluation.score.value"] = criterion.score
        if criterion.verdict is not None:
            word["gen_ai.evaluation.score.label"] = criterion.verdict
        yield word | {"gen_ai.evaluation.explanation": criterion.reason}


def _sum(costs: Sequence[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _nanoseconds(moment: str) -> int:
    return round(datetime.fromisoformat(moment).timestamp() * 1000) * 1_000_000
