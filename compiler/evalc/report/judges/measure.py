"""From what a judge said of labelled answers to the lines of the lock file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evalc.base.digest import digest
from evalc.judge.panel import word_of
from evalc.judge.templates import templates_digest
from evalc.model.calibration import Agreed, Measured
from evalc.model.catalog import Check, Eval
from evalc.model.plan import TargetCard
from evalc.model.result import CheckResult, Vote
from evalc.planning.labels.labelled import WHOLE, Labelled, rubric_named, rubric_of, words_for


@dataclass(frozen=True, slots=True)
class HeardLabel:
    """A labelled answer with what the judge said of it, once for each sample; the first one counts."""

    labelled: Labelled
    samples: tuple[CheckResult, ...]
    cost_usd: float | None


def measured_name(eval_: Eval, check: Check) -> str:
    """What a check's verdicts are measured under, such as `acme/facts/sound`."""
    return f"{eval_.id}/{rubric_of(check)}"


def measured_fingerprint(eval_: Eval, check: Check) -> str:
    """What a measurement is bound to beside the judge: the rubric, or the way in which all claims are asked."""
    rubric = rubric_named(eval_, check)
    return rubric.fingerprint if rubric else digest(["judged", rubric_of(check), templates_digest()])


def measure(heard: Iterable[HeardLabel], judge: TargetCard, *, date: str) -> tuple[Measured, ...]:
    """A line for each rubric with labels, and one for each of its criteria that has some, in order of their names."""
    found: dict[tuple[str, str], list[HeardLabel]] = {}
    for one in heard:
        name = measured_name(one.labelled.eval_, one.labelled.check)
        for criterion in one.labelled.labels:
            found.setdefault((name, criterion), []).append(one)
    return tuple(_line(name, ones, judge, date=date) for name, ones in sorted(found.items()))


def _line(name: tuple[str, str], heard: Sequence[HeardLabel], judge: TargetCard, *, date: str) -> Measured:
    criterion = name[1]
    first = heard[0].labelled
    counts = Counter((one.labelled.labels[criterion], said(one.samples[0], criterion)) for one in heard)
    again = [one for one in heard if len(one.samples) > 1]
    costs = [one.cost_usd for one in heard]
    known = [cost for cost in costs if cost is not None]
    return Measured(
        rubric=name[0],
        criterion=criterion,
        judge=judge.name,
        judge_fingerprint=judge.fingerprint,
        rubric_fingerprint=measured_fingerprint(first.eval_, first.check),
        date=date,
        scale=_scale(words_for(first.eval_, first.check, criterion=criterion), [verdict for _, verdict in counts]),
        counts=tuple(
            Agreed(label=label, verdict=verdict, count=count) for (label, verdict), count in sorted(counts.items())
        ),
        samples=len(heard[0].samples),
        same=sum(len({said(sample, criterion) for sample in one.samples}) == 1 for one in again),
        asked=len(again),
        cost_usd=round(sum(known), 6) if len(known) == len(costs) and criterion == WHOLE else None,
    )


def _scale(words: tuple[str, ...], verdicts: Iterable[str]) -> tuple[str, ...]:
    """The words that can be said, and what lies between them: the median of a panel may be a half."""
    between = {verdict for verdict in verdicts if verdict and verdict not in words}
    return tuple(sorted((*words, *between), key=float)) if between else words


def said(result: CheckResult, criterion: str) -> str:
    """The judge's word on a criterion, or on the whole; nothing where it had none."""
    if criterion == WHOLE:
        return result.outcome if result.outcome in ("passed", "failed") else ""
    found = next((one for one in result.criteria if one.criterion == criterion), None)
    word = word_of(Vote(judge="", score=found.score, verdict=found.verdict)) if found else ""
    return "" if word == "cannot-tell" else word
