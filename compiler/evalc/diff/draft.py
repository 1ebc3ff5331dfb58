"""Differences as they are found, one case at a time, before those of one cause are put together."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from evalc.diff.kinds.kind import Kind
from evalc.model.catalog import Case
from evalc.model.change import Change, Piece, ReachedCase, Subject, worst
from evalc.model.stored import Place

_LONGEST_IN_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a difference is: what it is about, where that stands, and the cases that it reaches.

    `home` is the eval's id, and the id of the case as it is written, with all its rows.
    """

    subject: Subject
    place_before: Place | None = None
    place_after: Place | None = None
    reaches: tuple[ReachedCase, ...] = ()
    home: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Draft:
    """One difference in one spot. Those of one kind with the same `cause` are one change that reaches several cases.

    `values` fill the kind's sentence beside `before` and `after`.
    """

    kind: Kind
    spot: Spot
    before: str = ""
    after: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    cause: tuple[Hashable, ...] | None = None

    def as_change(self, subject: Subject, reaches: tuple[ReachedCase, ...]) -> Change:
        """The change that this draft describes, about this subject and for these cases."""
        values = {"before": self.before, "after": self.after, **self.values}
        return Change(
            kind=self.kind.name,
            direction=self.kind.direction,
            subject=subject,
            sentence=self.kind.sentence.format(**{name: shortened(text) for name, text in values.items()}),
            before=self.before,
            after=self.after,
            pieces=self.pieces,
            place_before=self.spot.place_before,
            place_after=self.spot.place_after,
            reaches=reaches,
        )


@dataclass(frozen=True, slots=True)
class CasePair:
    """A case, or a row of one, before and after, in an eval as it is called now."""

    before: Case
    after: Case
    eval_id: str

    @property
    def home(self) -> tuple[str, str]:
        """Where it belongs now."""
        return self.eval_id, self.after.cluster

    @property
    def spot(self) -> Spot:
        """The case itself."""
        severity = worst((self.before.severity, self.after.severity))
        assert severity is not None
        return Spot(
            Subject(kind="case", id=self.after.id),
            self.before.place,
            self.after.place,
            reaches=(ReachedCase(case_id=self.after.id, severity=severity),),
            home=self.home,
        )


@dataclass(frozen=True, slots=True)
class RubricNews:
    """What became of the rubrics of an eval: their present names by those before, and which changed, as called now."""

    present: Mapping[str, str]
    changed: frozenset[str]


def reached(case: Case) -> ReachedCase:
    """A case that is on one side alone."""
    return ReachedCase(case_id=case.id, severity=case.severity)


def not_joined(name: str, *, is_declared: bool) -> str:
    """What an undeclared change of a name means for results, and the cure."""
    return "" if is_declared else f"; results from before are not joined without `formerly: {name}`"


def shortened(text: str, limit: int = _LONGEST_IN_SENTENCE) -> str:
    """A text on one line, cut between words where it is long."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 2]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[limit // 2 :] else cut} …"
