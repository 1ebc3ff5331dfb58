"""All kinds of changes by their words."""

from evalc.diff.kinds import cases, checks, evals, rubrics
from evalc.diff.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    value.name: value
    for module in (cases, checks, evals, rubrics)
    for value in vars(module).values()
    if isinstance(value, Kind)
}
