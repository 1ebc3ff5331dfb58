"""What an eval has to reach, where a workspace demands more or less than the spec."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from evalc.model.catalog import Eval
from evalc.model.rule import Comparison, Condition
from evalc.model.settings import Thresholds
from evalc.model.verdicts.gate import Adjustment
from evalc.report.gate import conditions_of, describe


def adjust(eval_: Eval, thresholds: Mapping[str, Thresholds]) -> tuple[tuple[Condition, ...], tuple[Adjustment, ...]]:
    """The conditions of an eval as the workspace sets them, and what that changes."""
    wanted: dict[str, float] = {}
    for pattern, shares in thresholds.items():
        if pattern in (eval_.id, eval_.vendor) or fnmatchcase(eval_.id, pattern):
            wanted |= {subject: share for subject, share in shares.model_dump().items() if share is not None}
    conditions: list[Condition] = []
    adjustments: list[Adjustment] = []
    for condition in conditions_of(eval_):
        assert isinstance(condition, Comparison), "an eval's rule compares shares; analysis refuses the rest"
        share = wanted.pop(condition.subject, None)
        kept = condition if share is None or share == condition.bound else _at_least(condition.subject, share)
        conditions.append(kept)
        if kept is not condition:
            adjustments.append(
                Adjustment(
                    direction="loosened" if kept.bound < condition.bound else "tightened",
                    before=describe(condition),
                    after=describe(kept),
                )
            )
    for subject, share in wanted.items():
        added = _at_least(subject, share)
        conditions.append(added)
        adjustments.append(Adjustment(direction="tightened", before="", after=describe(added)))
    return tuple(conditions), tuple(adjustments)


def _at_least(subject: str, share: float) -> Comparison:
    return Comparison(subject=subject, operator=">=", bound=share, unit="share")
