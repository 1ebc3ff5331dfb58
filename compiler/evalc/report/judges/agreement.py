"""How far the judges of a panel agree with each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evalc.judge.panel import tally, word_of
from evalc.model.catalog import Case
from evalc.model.report import Agreement, Split
from evalc.model.result import CriterionResult, TrialResult
from evalc.planning.labels.labelled import rubric_of
from evalc.report.judges.alpha import alpha


@dataclass(frozen=True, slots=True)
class Heard:
    """What a panel said of one criterion of one answer."""

    rubric: str
    trial_id: str
    check: str
    result: CriterionResult


def hear(trial: TrialResult, case: Case) -> Iterator[Heard]:
    """What a panel said of the answers of a trial; nothing where one judge was asked once."""
    judged = [result for result in trial.checks if any(criterion.votes for criterion in result.criteria)]
    if not judged:
        return
    checks = {(reply.name, check.name): check for reply in case.replies for check in reply.checks} | {
        ("", check.name): check for check in case.checks
    }
    for result in judged:
        check = checks.get((result.reply, result.check))
        for criterion in result.criteria:
            if criterion.votes and check:
                yield Heard(rubric_of(check), trial.trial.id, result.check, criterion)


def agreements(heard: Iterable[Heard]) -> tuple[Agreement, ...]:
    """The agreement on each criterion that a panel judged, by rubric and criterion."""
    found: dict[tuple[str, str], list[Heard]] = {}
    for one in heard:
        found.setdefault((one.rubric, one.result.criterion), []).append(one)
    return tuple(_agreement(*key, heard) for key, heard in sorted(found.items()))


def _agreement(rubric: str, criterion: str, heard: Sequence[Heard]) -> Agreement:
    units = [[word for vote in one.result.votes if (word := word_of(vote)) != "cannot-tell" and word] for one in heard]
    words = sorted({word for unit in units for word in unit}, key=lambda word: (_number(word), word))
    splits = [
        Split(trial_id=one.trial_id, check=one.check, words=tally(one.result.votes))
        for one in heard
        if len({word_of(vote) for vote in one.result.votes}) > 1
    ]
    is_ordered = bool(words) and all(_number(word) >= 0 for word in words)
    return Agreement(
        rubric=rubric,
        criterion=criterion,
        answers=len(heard),
        alpha=alpha(units, words, is_ordered=is_ordered),
        splits=tuple(splits),
    )


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        return -1.0
