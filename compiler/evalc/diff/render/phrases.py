"""Words about changes that several outputs share. Nothing here is escaped yet."""

from collections import Counter
from collections.abc import Iterable, Sequence

from evalc.model.change import DIRECTIONS, Change, Direction, Review
from evalc.model.stored import Place

_MOST_NAMED = 5


def by_direction(changes: Iterable[Change]) -> dict[Direction, list[Change]]:
    """The changes of each direction that has some, in the order of directions."""
    found: dict[Direction, list[Change]] = {direction: [] for direction in DIRECTIONS}
    for change in changes:
        found[change.direction].append(change)
    return {direction: some for direction, some in found.items() if some}


def counts_of(review: Review) -> str:
    """How many changes there are of each direction, such as `2 weakened, 1 neutral`."""
    counts = [f"{len(some)} {direction}" for direction, some in by_direction(review.changes).items()]
    return ", ".join(counts) or "nothing changed"


def kinds_of(changes: Iterable[Change]) -> str:
    """How many changes there are of each kind, such as `2 fact-changed, 1 input-reflowed`."""
    return ", ".join(f"{count} {kind}" for kind, count in sorted(Counter(change.kind for change in changes).items()))


def subject_of(change: Change) -> str:
    """What a change is about, by its id; a rubric's is a name and needs the word."""
    match change.subject.kind:
        case "catalog":
            return "several evals"
        case "rubric" | "criterion" | "vendor":
            return f"{change.subject.kind} {change.subject.id}"
        case "example":
            return f"{change.subject.id} (example)"
        case _:
            return change.subject.id


def reach_of(change: Change, *, most: int = _MOST_NAMED) -> str:
    """The cases that a change reaches beyond the one that it is about, some of them by name; empty where none."""
    cases = [case.case_id for case in change.reaches]
    if not cases or cases == [change.subject.id.partition("#")[0]]:
        return ""
    evals = {tuple(case.split("/")[:2]) for case in cases}
    names = ["/".join(case.split("/")[2:]) for case in cases] if len(evals) == 1 else cases
    return f"{counted(len(cases), 'case')}: {few(names, most=most)}"


def few(names: Sequence[str], *, most: int = _MOST_NAMED) -> str:
    """The first of some names, and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def acceptance_of(change: Change) -> str:
    """Who accepts a change and why, empty where nobody does."""
    return f"accepted by {change.acceptance.by}: {change.acceptance.reason}" if change.acceptance else ""


def cost_of(review: Review) -> str:
    """What it takes to have comparable results again, empty where nothing."""
    cost = review.cost
    if not cost.cases:
        return ""
    judge = f" and {counted(cost.judge_calls, 'call')} of the judge" if cost.judge_calls else ""
    return f"{counted(cost.cases, 'case')} to run again: {counted(cost.calls, 'call')}{judge} for each target"


def calibrations_of(review: Review) -> str:
    """The calibrations that no longer hold, empty where all do."""
    names = review.calibrations
    hold = "holds" if len(names) == 1 else "hold"
    return f"{counted(len(names), 'calibration')} no longer {hold}: {few(names)}" if names else ""


def pages_of(review: Review) -> str:
    """The pages that change, empty where none does."""
    return f"{counted(len(review.pages), 'page')}: {few(review.pages)}" if review.pages else ""


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as `1 case` or `2 cases`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def place_of(place: Place) -> str:
    """Where something stands."""
    return f"{place.path}:{place.line}"
