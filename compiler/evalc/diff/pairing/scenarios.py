"""The cases of a catalog as they are written: each with its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evalc.model.catalog import Case, Eval


@dataclass(frozen=True, slots=True)
class Scenario:
    """One `case` of a spec: its rows by their ids in order, or the case itself under an empty id."""

    id: str
    name: str
    eval_id: str
    rows: Mapping[str, Case]

    @property
    def cases(self) -> tuple[Case, ...]:
        """Its cases, one a row."""
        return tuple(self.rows.values())

    @property
    def first(self) -> Case:
        """The first of them."""
        return next(iter(self.rows.values()))

    @property
    def has_rows(self) -> bool:
        """Whether it was written with `each`."""
        return "" not in self.rows

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What all its cases mean, in any order of rows."""
        return tuple(sorted(case.fingerprint for case in self.rows.values()))


def scenarios_of(eval_: Eval) -> list[Scenario]:
    """The cases of an eval, rows of one `each` together, in the order written."""
    found: dict[str, dict[str, Case]] = {}
    for case in eval_.cases:
        found.setdefault(case.cluster, {})[case.id.removeprefix(case.cluster).removeprefix("/")] = case
    return [Scenario(id_, id_.removeprefix(f"{eval_.id}/"), eval_.id, rows) for id_, rows in found.items()]


def by_id(evals: Iterable[Eval]) -> dict[str, Eval]:
    """Evals by their ids."""
    return {eval_.id: eval_ for eval_ in evals}
