"""One criterion before and after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalc.diff.draft import Draft, Spot
from evalc.diff.kinds.kind import Kind
from evalc.diff.kinds.rubrics import (
    ANCHOR_ADDED,
    ANCHOR_CHANGED,
    ANCHOR_REFLOWED,
    ANCHOR_REMOVED,
    ANCHOR_REWORDED,
    CRITERION_INVERTED,
    CRITERION_OPTIONAL,
    CRITERION_RENAMED,
    CRITERION_REQUIRED,
    QUESTION_CHANGED,
    QUESTION_REFLOWED,
    QUESTION_REWORDED,
    WEIGHT_CHANGED,
)
from evalc.diff.prose.meaning import Nature, compare_texts
from evalc.model.catalog import Criterion
from evalc.model.change import Subject

_ANCHORS: dict[Nature, Kind] = {"meaning": ANCHOR_CHANGED, "wording": ANCHOR_REWORDED, "reflow": ANCHOR_REFLOWED}
_QUESTIONS: dict[Nature, Kind] = {
    "meaning": QUESTION_CHANGED,
    "wording": QUESTION_REWORDED,
    "reflow": QUESTION_REFLOWED,
}


@dataclass(frozen=True, slots=True)
class CriterionPair:
    """A criterion before and after, in the spot of its rubric."""

    before: Criterion
    after: Criterion
    rubric: Spot

    @property
    def spot(self) -> Spot:
        """The criterion itself."""
        return criterion_spot(self.rubric, before=self.before, after=self.after)


def criterion_spot(rubric: Spot, *, before: Criterion | None, after: Criterion | None) -> Spot:
    """The spot of a criterion that is on both sides or on one."""
    here = after or before
    assert here is not None
    return replace(
        rubric,
        subject=Subject(kind="criterion", id=f"{rubric.subject.id}/{here.name}"),
        place_before=before.place if before else None,
        place_after=after.place if after else None,
    )


def compare_criterion(pair: CriterionPair) -> Iterator[Draft]:
    """Everything that changed in a criterion."""
    before, after, spot = pair.before, pair.after, pair.spot
    if before.name != after.name:
        yield Draft(CRITERION_RENAMED, spot, before=before.name, after=after.name)
    if before.is_required != after.is_required:
        yield Draft(CRITERION_REQUIRED if after.is_required else CRITERION_OPTIONAL, spot)
    if before.is_forbidden != after.is_forbidden:
        how = "names a fault now" if after.is_forbidden else "no longer names a fault"
        yield Draft(CRITERION_INVERTED, spot, values={"how": how})
    if before.weight != after.weight:
        yield Draft(WEIGHT_CHANGED, spot, before=f"{before.weight:g}", after=f"{after.weight:g}")
    yield from compare_question(spot, "its title", before=before.title, after=after.title)
    yield from compare_question(spot, "its `about`", before=before.about, after=after.about)
    yield from _compare_anchors(pair)


def compare_question(spot: Spot, what: str, *, before: str, after: str) -> Iterator[Draft]:
    """The change of a text that a judge is told."""
    change = compare_texts(before, after)
    if change:
        values = {"what": what, "reason": change.reason}
        yield Draft(_QUESTIONS[change.nature], spot, values=values, pieces=change.pieces)


def _compare_anchors(pair: CriterionPair) -> Iterator[Draft]:
    before = {anchor.score: anchor.text for anchor in pair.before.anchors}
    after = {anchor.score: anchor.text for anchor in pair.after.anchors}
    for score in sorted({*before, *after}, reverse=True):
        values = {"score": f"{score}"}
        if score not in after:
            yield Draft(ANCHOR_REMOVED, pair.spot, before=before[score], values=values)
        elif score not in before:
            yield Draft(ANCHOR_ADDED, pair.spot, after=after[score], values=values)
        elif change := compare_texts(before[score], after[score]):
            values["reason"] = change.reason
            yield Draft(_ANCHORS[change.nature], pair.spot, values=values, pieces=change.pieces)
