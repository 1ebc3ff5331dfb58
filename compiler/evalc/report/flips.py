"""From what runs found of a case to when it flipped, and to what that can come from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evalc.model.catalog import Case, Check
from evalc.model.flip import Cause, Flip, Look, TurnedCheck
from evalc.model.plan import TargetCard
from evalc.model.result import CheckResult, TrialResult


@dataclass(frozen=True, slots=True)
class Sighting:
    """A look at a case with all that it rests on."""

    look: Look
    case: Case
    trials: tuple[TrialResult, ...]


def find_flips(sightings: Sequence[Sighting]) -> tuple[Flip, ...]:
    """The flips between neighbours, sightings oldest first; those that decided nothing are passed over."""
    decided = [sighting for sighting in sightings if sighting.look.outcome in ("passed", "failed")]
    return tuple(
        _flip(before, after) for before, after in pairwise(decided) if before.look.outcome != after.look.outcome
    )


def _flip(before: Sighting, after: Sighting) -> Flip:
    turned = tuple(_turned(before, after))
    suspects = [
        (_spec(before, after, turned), _spec_cleared(before, after)),
        (_target(before, after), "the target is the same, with the same settings"),
        (_judge(before, after, turned), _judge_cleared(turned)),
    ]
    causes = [cause for cause, _ in suspects if cause]
    if not causes:
        causes = ["answer"]
    return Flip(
        before=before.look,
        after=after.look,
        turned=turned,
        causes=tuple(causes),
        cleared=tuple(words for cause, words in suspects if not cause),
    )


def _spec(before: Sighting, after: Sighting, turned: Sequence[TurnedCheck]) -> Cause | None:
    """The spec, unless what is asked, how often, and the checks that turned are what they were."""
    if before.case.fingerprint == after.case.fingerprint:
        return None
    is_asked_alike = (before.case.turns, before.case.tools) == (after.case.turns, after.case.tools)
    is_counted_alike = (before.case.repeat, before.case.rule) == (after.case.repeat, after.case.rule)
    is_clear = is_asked_alike and is_counted_alike and turned and not any(check.is_new for check in turned)
    return None if is_clear else "spec"


def _spec_cleared(before: Sighting, after: Sighting) -> str:
    if before.case.fingerprint == after.case.fingerprint:
        return "the case asks and demands what it did"
    return "the spec changed, and not in what is asked or in the checks that turned"


def _target(before: Sighting, after: Sighting) -> Cause | None:
    is_same = before.look.target.fingerprint == after.look.target.fingerprint and _served(before) == _served(after)
    return None if is_same else "target"


def _served(sighting: Sighting) -> frozenset[str]:
    """The models that the endpoint said it answered with, which a name such as `latest` does not tell."""
    return frozenset(response.model for trial in sighting.trials for response in trial.responses if response.model)


def _judge(before: Sighting, after: Sighting, turned: Sequence[TurnedCheck]) -> Cause | None:
    """The judge, where a check that it decides turned, and it or its word on the same question is another."""
    judged = [check for check in turned if check.is_judged]
    if not judged:
        return None
    is_other = _fingerprint(before.look.judge) != _fingerprint(after.look.judge)
    is_asked_alike = _answers(before) == _answers(after) and not all(check.is_new for check in judged)
    return "judge" if is_other or is_asked_alike else None


def _judge_cleared(turned: Sequence[TurnedCheck]) -> str:
    if not any(check.is_judged for check in turned):
        return "no check that a judge decides turned"
    return "the judge is the same, and what it was asked is not"


def _fingerprint(card: TargetCard | None) -> str:
    return card.fingerprint if card else ""


def _answers(sighting: Sighting) -> list[str]:
    """All that the target said and called, repeat by repeat."""
    return [
        response.text + "".join(call.model_dump_json() for call in response.tool_calls)
        for trial in sighting.trials
        for response in trial.responses
    ]


def _turned(before: Sighting, after: Sighting) -> Iterator[TurnedCheck]:
    """The checks whose outcome over all repeats is another, as the later run has them."""
    known = {place: check.fingerprint for place, check in _checks(before.case)}
    earlier, later = _failing(before.trials), _failing(after.trials)
    for place, check in _checks(after.case):
        if check.level == "must" and (place in earlier) != (place in later):
            found = later.get(place) or earlier.get(place)
            yield TurnedCheck(
                check=check.name,
                reply=place[0],
                is_judged=check.is_judged,
                is_new=known.get(place) != check.fingerprint,
                reason=found.reason if found else "",
            )


def _checks(case: Case) -> Iterator[tuple[tuple[str, str], Check]]:
    for reply in case.replies:
        yield from (((reply.name, check.name), check) for check in reply.checks)
    yield from ((("", check.name), check) for check in case.checks)


def _failing(trials: Sequence[TrialResult]) -> dict[tuple[str, str], CheckResult]:
    """The first failure of each check that failed."""
    found: dict[tuple[str, str], CheckResult] = {}
    for trial in trials:
        for result in trial.checks:
            if result.outcome == "failed":
                found.setdefault((result.reply, result.check), result)
    return found
