"""What a person should look at in a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evalc.checks._answered import asked_before, last_turn
from evalc.judge.panel import tally, word_of
from evalc.model.catalog import SEVERITIES, Case, Check, awaited_turns
from evalc.model.exchange import Message, Response
from evalc.model.result import CheckResult, PersonVerdict, RunResult, TrialResult


@dataclass(frozen=True, slots=True)
class Flagged:
    """A check's result that a person should look at: `flags` say why, `said` is what people said of it so far."""

    trial_id: str
    case: Case
    check: Check
    result: CheckResult
    asked: tuple[Message, ...]
    response: Response
    flags: tuple[str, ...]
    said: tuple[PersonVerdict, ...] = ()


def flagged_in(run: RunResult) -> tuple[Flagged, ...]:
    """The results to look at, the most severe cases first, and of equal ones those with more flags.

    Flagged are what failed in a critical case, what the judge gave no word on, judged checks that say otherwise than
    all checks by code, answers on which a panel was split, and judged checks that flip between repeats.
    """
    cases = {case.id: case for eval_ in run.plan.evals for case in eval_.cases}
    flips = _flips(run.results)
    found = []
    for trial in run.results:
        case = cases[trial.trial.case_id]
        for result in trial.checks:
            check = _check(case, result)
            flags = tuple(_flags(trial, case, check=check, result=result, flips=flips))
            if flags:
                one = _flagged(trial, case, check=check, result=result, flags=flags)
                about = one.trial_id, result.reply, result.check
                said = (word for word in run.people if (word.trial_id, word.reply, word.check) == about)
                found.append(replace(one, said=tuple(said)))
    return tuple(sorted(found, key=lambda one: (SEVERITIES.index(one.case.severity), -len(one.flags), one.trial_id)))


def _flags(
    trial: TrialResult, case: Case, *, check: Check, result: CheckResult, flips: Mapping[tuple[str, str, str], int]
) -> Iterator[str]:
    if case.severity == "critical" and result.level == "must" and result.outcome == "failed":
        yield "failed in a critical case"
    if not check.is_judged:
        return
    if result.outcome == "unscored":
        yield "the judge gave no word"
    by_code = {other.outcome for other in trial.checks if other.level == "must" and not _check(case, other).is_judged}
    if result.outcome in ("passed", "failed") and by_code and by_code == {_opposite(result.outcome)}:
        yield f"{result.outcome}, and every check by code {by_code.pop()}"
    for word in result.criteria:
        if len({word_of(vote) for vote in word.votes}) > 1:
            yield f"the panel is split on {word.criterion}: {tally(word.votes)}"
    count = flips.get((trial.trial.target + ":" + case.id, result.reply, result.check), 0)
    if count:
        yield f"passes in some of {count} repeats"


def _flips(results: Sequence[TrialResult]) -> dict[tuple[str, str, str], int]:
    """The checks that passed in some repeats and failed in others, with the number of repeats that tell."""
    outcomes: dict[tuple[str, str, str], list[str]] = {}
    for trial in results:
        for result in trial.checks:
            if result.outcome in ("passed", "failed"):
                key = f"{trial.trial.target}:{trial.trial.case_id}", result.reply, result.check
                outcomes.setdefault(key, []).append(result.outcome)
    return {key: len(found) for key, found in outcomes.items() if len(set(found)) > 1}


def _flagged(trial: TrialResult, case: Case, *, check: Check, result: CheckResult, flags: tuple[str, ...]) -> Flagged:
    turns = {reply.name: reply.turn for reply in case.replies}
    turn = turns.get(result.reply, last_turn(case))
    at = list(awaited_turns(case.turns)).index(turn)
    asked = asked_before(case, turn, answers=[response.text for response in trial.responses[:at]])
    return Flagged(trial.trial.id, case, check, result, asked, trial.responses[at], flags)


def _check(case: Case, result: CheckResult) -> Check:
    checks = next((reply.checks for reply in case.replies if reply.name == result.reply), case.checks)
    return next(check for check in checks if check.name == result.check)


def _opposite(outcome: str) -> str:
    return "failed" if outcome == "passed" else "passed"
