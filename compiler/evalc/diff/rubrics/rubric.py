"""The rubrics of an eval before and after."""

from collections.abc import Iterator
from dataclasses import replace

from evalc.diff.draft import Draft, RubricNews, Spot
from evalc.diff.kinds.evals import ORDER_CHANGED
from evalc.diff.kinds.rubrics import (
    CRITERION_ADDED,
    CRITERION_JOINED_MEAN,
    CRITERION_REMOVED,
    JUDGING_CHANGED,
    RUBRIC_CHANGED,
    RUBRIC_LOOSENED,
    RUBRIC_RENAMED,
    RUBRIC_REWORDED,
    RUBRIC_TIGHTENED,
    SCALE_CHANGED,
)
from evalc.diff.pairing.pair import EvalPair
from evalc.diff.rubrics.criteria import CriterionPair, compare_criterion, compare_question, criterion_spot
from evalc.diff.rubrics.pair import Pairs, pair_criteria, pair_rubrics
from evalc.diff.rules.conditions import compare_rubric_rules
from evalc.model.catalog import Case, Criterion, Rubric, Scale
from evalc.model.change import ReachedCase, Subject, worst
from evalc.model.rule import Comparison

_RULES = {"looser": RUBRIC_LOOSENED, "tighter": RUBRIC_TIGHTENED, "unknown": RUBRIC_CHANGED}


def compare_rubrics(pair: EvalPair) -> tuple[list[Draft], RubricNews]:
    """What changed in the rubrics of an eval, and what its cases should know of that.

    A rubric that came or went is told by the checks that name it.
    """
    found = pair_rubrics(pair.before.rubrics, pair.after.rubrics)
    drafts: list[Draft] = []
    changed = set()
    for before, after in found.pairs:
        spot = Spot(Subject(kind="rubric", id=after.name), before.place, after.place)
        news = [*_compare_rubric(before, after, spot)]
        if news:
            changed.add(after.name)
            reaches = _reaches(pair, before.name, after.name)
            drafts += [_shared(draft, reaches) for draft in news]
    return drafts, RubricNews(found.present_names, frozenset(changed))


def _shared(draft: Draft, reaches: tuple[ReachedCase, ...]) -> Draft:
    """The draft with its cases, and with a cause that other evals with the same rubric have too."""
    spot = draft.spot
    values = tuple(sorted(draft.values.items()))
    cause = (spot.subject.id, spot.place_before, spot.place_after, draft.before, draft.after, values)
    return replace(draft, spot=replace(spot, reaches=reaches), cause=cause)


def _reaches(pair: EvalPair, before: str, after: str) -> tuple[ReachedCase, ...]:
    earlier = {case.id.removeprefix(pair.before.id): case for case in pair.before.cases if before in used_rubrics(case)}
    found = []
    for case in pair.after.cases:
        old = earlier.get(case.id.removeprefix(pair.after.id))
        if old or after in used_rubrics(case):
            severity = worst([case.severity, *([old.severity] if old else [])])
            assert severity is not None
            found.append(ReachedCase(case_id=case.id, severity=severity))
    return tuple(found)


def used_rubrics(case: Case) -> frozenset[str]:
    """The names of the rubrics that grade a case."""
    checks = (*case.checks, *(check for reply in case.replies for check in reply.checks))
    return frozenset(
        str(check.arguments["rubric"]) for check in checks if check.is_judged and "rubric" in check.arguments
    )


def _compare_rubric(before: Rubric, after: Rubric, spot: Spot) -> Iterator[Draft]:
    criteria = pair_criteria(before.criteria, after.criteria)
    if before.name != after.name:
        yield Draft(RUBRIC_RENAMED, spot, before=before.name, after=after.name)
    if before.scale != after.scale:
        yield Draft(SCALE_CHANGED, spot, before=_spell(before.scale), after=_spell(after.scale))
    yield from compare_question(spot, "its title", before=before.title, after=after.title)
    yield from compare_question(spot, "its `about`", before=before.about, after=after.about)
    yield from _judging(before, after, spot)
    yield from _rule(before, after, spot=spot, criteria=criteria)
    for left, right in criteria.pairs:
        yield from compare_criterion(CriterionPair(left, right, spot))
    for gone in criteria.removed:
        yield Draft(CRITERION_REMOVED, criterion_spot(spot, before=gone, after=None), before=gone.title)
    takes_mean = any(isinstance(found, Comparison) and found.subject == "mean" for found in after.rule.conditions)
    for new in criteria.added:
        kind = CRITERION_JOINED_MEAN if takes_mean else CRITERION_ADDED
        yield Draft(kind, criterion_spot(spot, before=None, after=new), after=new.title)
    yield from _order(before, after, spot=spot, criteria=criteria)


def _judging(before: Rubric, after: Rubric, spot: Spot) -> Iterator[Draft]:
    if before.shows_examples != after.shows_examples:
        how = "sees" if after.shows_examples else "no longer sees"
        yield Draft(JUDGING_CHANGED, spot, values={"how": f"a judge {how} the examples"})
    if before.is_judged_together != after.is_judged_together:
        how = "about all criteria in one call" if after.is_judged_together else "about one criterion at a time"
        yield Draft(JUDGING_CHANGED, spot, values={"how": f"a judge is asked {how}"})


def _rule(before: Rubric, after: Rubric, *, spot: Spot, criteria: Pairs[Criterion]) -> Iterator[Draft]:
    changes = compare_rubric_rules(before, after, renamed=criteria.present_names)
    is_rescaled = before.scale != after.scale
    for change in changes:
        if is_rescaled:
            change = change.of(f"of {_spell(before.scale)}", f"of {_spell(after.scale)}")
        yield Draft(_RULES[change.stand], spot, before=change.before, after=change.after, values={"how": change.how})
    if not changes and before.rule.words != after.rule.words and not criteria.present_names:
        yield Draft(RUBRIC_REWORDED, spot, before=before.rule.words, after=after.rule.words)


def _order(before: Rubric, after: Rubric, *, spot: Spot, criteria: Pairs[Criterion]) -> Iterator[Draft]:
    old = [criteria.present_names.get(found.name, found.name) for found in before.criteria]
    new = [found.name for found in after.criteria]
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Draft(ORDER_CHANGED, spot, values={"what": "criteria"})


def _spell(scale: Scale) -> str:
    return "met or not met" if scale.kind == "met" else f"{scale.low} to {scale.high}"
