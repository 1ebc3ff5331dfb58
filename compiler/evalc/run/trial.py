"""One trial: a case asked, its answers checked and judged."""

from collections.abc import Iterator, Sequence

from evalc.checks._evaluation import evaluate_plain
from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Check
from evalc.model.plan import Trial
from evalc.model.result import CheckResult, Outcome, TrialResult
from evalc.run.asking import Asker
from evalc.run.clock import Clock, moment
from evalc.run.conversation import Answer, answer_key, converse
from evalc.run.judging.bench import Bench, Jury, seed_of
from evalc.run.work import Cases


class TrialRunner:
    """Runs trials of cases, with one jury for all."""

    def __init__(self, cases: Cases, *, jury: Jury | None, clock: Clock, max_steps: int) -> None:
        self._max_steps = max_steps
        self._cases = cases
        self._jury = jury
        self._clock = clock

    async def run(self, trial: Trial, asker: Asker) -> TrialResult:
        """The result of a trial. A fault of the target leaves nothing checked: the answer that counts is missing."""
        case, eval_ = self._cases[trial.case_id]
        conversation = await converse(case, trial, asker=asker, max_steps=self._max_steps)
        bench = Bench(self._jury, eval_.rubrics) if self._jury else None
        checks: list[CheckResult] = []
        if not conversation.fault:
            for answer, reply, check in _checks(case, conversation.answers):
                key = answer_key(trial, answer.turn)
                result = await _check(check, case, answer=answer, bench=bench, key=key)
                checks.append(result.model_copy(update={"reply": reply}) if reply else result)
        return TrialResult(
            trial=trial,
            outcome="errored" if conversation.fault else decide(checks),
            responses=tuple(answer.response for answer in conversation.answers),
            checks=tuple(checks),
            fault=conversation.fault,
            attempts=conversation.attempts + (bench.attempts if bench else 0),
            judge_cost_usd=bench.cost_usd if bench and bench.attempts else None,
            finished_at=moment(self._clock),
        )


def decide(checks: Sequence[CheckResult]) -> Outcome:
    """How a trial ended by its checks: one failed `must` fails it, whatever else could not be told.

    A `should` decides nothing.
    """
    outcomes = {check.outcome for check in checks if check.level == "must"}
    order: tuple[Outcome, ...] = ("failed", "errored", "unscored")
    return next((outcome for outcome in order if outcome in outcomes), "passed")


def _checks(case: Case, answers: Sequence[Answer]) -> Iterator[tuple[Answer, str, Check]]:
    """Each check with the answer that it reads, and the name of the reply that it stands under."""
    by_turn = {answer.turn: answer for answer in answers}
    for reply in case.replies:
        for check in reply.checks:
            yield by_turn[reply.turn], reply.name, check
    for check in case.checks:
        yield answers[-1], "", check


async def _check(check: Check, case: Case, *, answer: Answer, bench: Bench | None, key: str) -> CheckResult:
    answered = Answered(case=case, asked=answer.asked, response=answer.response)
    if not check.is_judged:
        return evaluate_plain(check, answered)
    assert bench, "a plan with judged checks has a judge"
    return await bench.judge(check, answered, key=key, seed=seed_of(check, answered))
