"""What readers see of an eval, a case or a vendor, and what no verdict depends on."""

from collections.abc import Iterator

from evalc.diff.draft import CasePair, Draft, Spot
from evalc.diff.kinds.evals import (
    EVAL_RETIRED,
    FACT_CHANGED,
    FACT_REFLOWED,
    FILE_MOVED,
    VENDOR_ADDED,
    VENDOR_REMOVED,
)
from evalc.diff.prose.words import compare_words
from evalc.model.catalog import Catalog, Eval
from evalc.model.change import Subject

Fact = str | tuple[str, ...]

EVAL_FACTS = (
    *("title", "category", "agent_type", "metrics", "version", "status", "owner", "license", "description", "about"),
    *("source", "use_cases", "recommended_for", "works_with", "related", "tags", "formerly"),
)
CASE_FACTS = ("title", "tags", "source", "formerly")
VENDOR_FACTS = (*("title", "product", "segment", "industry", "employees", "headquarters", "website", "logo", "about"),)

_LONGEST_LINE = 100


def compare_eval_facts(before: Eval, after: Eval) -> Iterator[Draft]:
    """The facts of an eval that changed, its status and its file among them."""
    spot = Spot(Subject(kind="eval", id=after.id), before.place, after.place, home=(after.id, ""))
    for name in EVAL_FACTS:
        if name == "formerly" and before.id != after.id:
            # The line belongs to the new name, which is told.
            continue
        if name == "status" and before.status != after.status == "retired":
            yield Draft(EVAL_RETIRED, spot, before=before.status, after=after.status)
        else:
            yield from _compare(name, getattr(before, name), after=getattr(after, name), spot=spot)
    if before.place.path != after.place.path:
        yield Draft(FILE_MOVED, spot, before=before.place.path, after=after.place.path)


def compare_case_facts(pair: CasePair) -> Iterator[Draft]:
    """The facts of a case that changed."""
    for name in CASE_FACTS:
        before, after = getattr(pair.before, name), getattr(pair.after, name)
        if before != after and not (name == "formerly" and pair.before.name != pair.after.name):
            yield from _compare(name, before, after=after, spot=pair.spot)


def compare_vendors(before: Catalog, after: Catalog) -> Iterator[Draft]:
    """The vendors that came or went, and the facts of the others that changed."""
    old = {vendor.name: vendor for vendor in before.vendors}
    new = {vendor.name: vendor for vendor in after.vendors}
    for name in dict.fromkeys([*old, *new]):
        subject = Subject(kind="vendor", id=name)
        if name not in new:
            yield Draft(VENDOR_REMOVED, Spot(subject, place_before=old[name].place), before=old[name].title)
        elif name not in old:
            yield Draft(VENDOR_ADDED, Spot(subject, place_after=new[name].place), after=new[name].title)
        else:
            spot = Spot(subject, old[name].place, new[name].place)
            for fact in VENDOR_FACTS:
                yield from _compare(fact, getattr(old[name], fact), after=getattr(new[name], fact), spot=spot)


def _compare(name: str, before: Fact, *, after: Fact, spot: Spot) -> Iterator[Draft]:
    """The change of one fact; a list is compared as its items in order."""
    if before == after:
        return
    left = before if isinstance(before, str) else ", ".join(before)
    right = after if isinstance(after, str) else ", ".join(after)
    kind = FACT_REFLOWED if left.split() == right.split() else FACT_CHANGED
    field = f"`{name.replace('_', '-')}`"
    is_long = max(len(left), len(right)) > _LONGEST_LINE
    yield Draft(
        kind,
        spot,
        before="" if is_long else left,
        after="" if is_long else right,
        values={"what": field},
        pieces=compare_words(left, right).pieces if kind is FACT_CHANGED and is_long else (),
        # A row has the facts of its case, and each of its rows has them again.
        cause=(spot.home, field, left, right) if spot.home[1] else None,
    )
