"""What a change of specs does to the evals: one value a difference in meaning."""

from collections.abc import Iterable
from typing import Literal, get_args

from evalc.model.catalog import SEVERITIES, Severity
from evalc.model.stored import Place, Stored

Direction = Literal["weakened", "behaviour", "strengthened", "neutral", "cosmetic"]
"""`weakened`: easier to pass, or less is tested. `behaviour`: something else is tested, so results before and after
do not compare. `strengthened`: harder to pass, or more is tested. `neutral`: readers see a difference, verdicts do
not. `cosmetic`: nobody does, but for the layout.

Five words and not three, because a reviewer does five things: refuses, runs again, welcomes, reads, skips.
"""
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

SubjectKind = Literal["catalog", "vendor", "eval", "case", "check", "rubric", "criterion", "example"]


class Subject(Stored):
    """What changed, by its id after the change, or before it where it is gone.

    A rubric's id is its name, a criterion's `rubric/criterion`. An example has the id of its case. A change that
    reaches cases of several evals from one place has the catalog as its subject, with an empty id.
    """

    kind: SubjectKind
    id: str


class Piece(Stored):
    """A run of words in a changed text; those that are `removed` or `added` stand between those that are the `same`."""

    kind: Literal["same", "removed", "added"]
    text: str


class ReachedCase(Stored):
    """A case that a change reaches, with its severity before or after, whichever is worse."""

    case_id: str
    severity: Severity


class Acceptance(Stored):
    """Who takes a weakening, and why; `place` is None where that does not stand in a spec."""

    by: str
    reason: str
    place: Place | None = None


class Change(Stored):
    """One difference in meaning of two catalogs.

    `kind` is a word such as `check-loosened`, and gives the direction. `before` and `after` are what stood and stands
    there in a few words, empty where there was or is nothing. `pieces` show a change of prose word by word. `reaches`
    lists the cases that it concerns, in order of their ids. Places are those of the compilation.
    """

    kind: str
    direction: Direction
    subject: Subject
    sentence: str
    before: str = ""
    after: str = ""
    pieces: tuple[Piece, ...] = ()
    place_before: Place | None = None
    place_after: Place | None = None
    reaches: tuple[ReachedCase, ...] = ()
    acceptance: Acceptance | None = None

    @property
    def severity(self) -> Severity | None:
        """The worst severity among the cases that it reaches, None where it reaches none."""
        return worst(case.severity for case in self.reaches)

    @property
    def place(self) -> Place | None:
        """Where to look: after the change, or before it where the thing is gone."""
        return self.place_after or self.place_before


class Cost(Stored):
    """What it takes to have results again: cases to run, and for each target the calls of it and of the judge."""

    cases: int = 0
    calls: int = 0
    judge_calls: int = 0


class Review(Stored):
    """What a change of specs does, as a whole.

    `base` and `head` are the sides as people call them, and the commits are empty where a side is a folder. `reruns`
    are the ids of the cases that have no comparable results: new ones, and those that ask, expect or check something
    else. `calibrations` are the rubrics and claims on which judges were measured, and that are judged otherwise now.
    `pages` are the evals whose pages change.
    `unread` are sentences about specs of the base that could not be read, so that nothing is known of what they said.
    """

    format: Literal["evalc-review"] = "evalc-review"
    format_version: int = 1
    base: str
    head: str
    base_commit: str = ""
    head_commit: str = ""
    changes: tuple[Change, ...]
    reruns: tuple[str, ...] = ()
    cost: Cost = Cost()
    calibrations: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def worst(severities: Iterable[Severity]) -> Severity | None:
    """The most severe of some severities, None of none."""
    return min(severities, key=SEVERITIES.index, default=None)
