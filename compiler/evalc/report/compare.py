"""Two runs of the same cases: which flipped, and whether the rates differ by more than chance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evalc.model.catalog import SEVERITIES, Case
from evalc.model.verdicts.comparison import (
    CasePair,
    CaseScore,
    LeftOut,
    LeftOutReason,
    RunComparison,
    Side,
    Slice,
    TargetComparison,
)
from evalc.report.scores import Scored, ScoredRun
from evalc.report.slices import make_slices
from evalc.report.statistics.intervals import FEWEST_CLUSTERS


def compare_runs(before: ScoredRun, after: ScoredRun) -> RunComparison:
    """What became of the cases, for each target in both runs; where each has one, those two, whatever their names."""
    if len(before.targets) == len(after.targets) == 1:
        pairs = [(before.targets[0], after.targets[0])]
        unmatched: set[str] = set()
    else:
        earlier = {scored.side.target.name: scored for scored in before.targets}
        names = [scored.side.target.name for scored in after.targets]
        pairs = [(earlier[name], scored) for name, scored in zip(names, after.targets, strict=True) if name in earlier]
        unmatched = set(names) ^ earlier.keys()
    compared = tuple(compare_scores(old, new, cases=after.cases) for old, new in pairs)
    return RunComparison(targets=compared, unmatched=tuple(sorted(unmatched)))


def compare_scores(before: Scored, after: Scored, *, cases: Mapping[str, Case]) -> TargetComparison:
    """What became of the cases that both sides have and that ask and check the same in both.

    Args:
        cases: The cases of the side after, by id.
    """
    pairs = pair_scores(before, after, cases=cases)
    clusters = {pair.case_id: cases[pair.case_id].cluster for pair in pairs}
    slices = make_slices(pairs, clusters, seed_words=[before.side.run_id, after.side.run_id, after.side.target.name])
    return TargetComparison(
        before=before.side,
        after=after.side,
        flips=tuple(sorted((pair for pair in pairs if _is_flip(pair)), key=_by_weight)),
        shifts=tuple(sorted((pair for pair in pairs if _is_shift(pair)), key=_by_weight)),
        slices=slices,
        left_out=tuple(_left_out(before, after)),
        notes=tuple(_notes(before.side, after.side, whole=slices[0], clusters=list(clusters.values()))),
    )


def pair_scores(before: Scored, after: Scored, *, cases: Mapping[str, Case]) -> list[CasePair]:
    """The cases that can be compared, by id."""
    return [
        _pair(cases[id_], before.scores[id_], score)
        for id_, score in sorted(after.scores.items())
        if not _reason(before.scores.get(id_), score)
    ]


def is_loss(pair: CasePair) -> bool:
    """Whether a case passed before and fails now."""
    return (pair.before.outcome, pair.after.outcome) == ("passed", "failed")


def _pair(case: Case, before: CaseScore, after: CaseScore) -> CasePair:
    return CasePair(
        title=case.title, severity=case.severity, tags=case.tags, place=case.place, before=before, after=after
    )


def _is_flip(pair: CasePair) -> bool:
    return {pair.before.outcome, pair.after.outcome} == {"passed", "failed"}


def _is_shift(pair: CasePair) -> bool:
    return not _is_flip(pair) and pair.before.share != pair.after.share


def _by_weight(pair: CasePair) -> tuple[bool, int, str]:
    return not is_loss(pair), SEVERITIES.index(pair.severity), pair.case_id


def _left_out(before: Scored, after: Scored) -> Iterator[LeftOut]:
    for id_ in sorted(before.scores.keys() | after.scores.keys()):
        reason = _reason(before.scores.get(id_), after.scores.get(id_))
        if reason:
            yield LeftOut(case_id=id_, reason=reason)


def _reason(before: CaseScore | None, after: CaseScore | None) -> LeftOutReason | None:
    if before is None or after is None:
        return "added" if before is None else "not-run"
    if before.fingerprint != after.fingerprint:
        return "changed"
    if before.judge != after.judge:
        return "other-judge"
    return "undecided" if before.share is None or after.share is None else None


def _notes(before: Side, after: Side, *, whole: Slice, clusters: Sequence[str]) -> Iterator[str]:
    # A baseline has neither settings nor a judge; its lines know who judged each case.
    is_run = bool(before.run_id)
    if is_run and before.target.name == after.target.name and before.target.fingerprint != after.target.fingerprint:
        yield f"{after.target.name} is not set as it was before: another model, or other settings"
    if is_run and _judged_by(before) != _judged_by(after):
        yield f"the judge was {_name(before)} and is {_name(after)}, so that cases with judged checks do not compare"
    scripted = [side.target.name for side in (before, after) if side.target.is_scripted]
    if scripted:
        yield f"answers of {_listed(scripted)} come from a script, not from a model"
    if whole.cases > len(set(clusters)) and len(set(clusters)) < FEWEST_CLUSTERS:
        yield "rows of one `each` are alike, and these are too few kinds of them to say how much: each row counts alone"


def _judged_by(side: Side) -> str:
    return side.judge.fingerprint if side.judge else ""


def _name(side: Side) -> str:
    return side.judge.name if side.judge else "nobody"


def _listed(names: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(names))
