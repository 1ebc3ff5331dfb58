"""Plans in files: sealed when they are made, and looked at before they are run.

Whoever runs a plan may have more rights than whoever made it. What it asks is still only what its seal was approved
for, of targets that the policy at hand binds.
"""

import re
from collections.abc import Iterator

from pydantic import ValidationError

from evalc.base.digest import digest
from evalc.checks._evaluation import open_check
from evalc.model.plan import FinishedBefore, Plan, PlanEstimate, PlanFile
from evalc.model.stored import PLAN_FORMAT_VERSION

PLAN_LIMIT = 256 * 1024 * 1024

_SEAL_LENGTH = 64
_SHORTEST_SEAL = 8
_ID = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*){1,3}")


class PlanRefused(Exception):
    """A file holds no plan that may be run as it is; the message says why."""


def seal_plan(plan: Plan, estimate: PlanEstimate, *, finished_before: FinishedBefore) -> PlanFile:
    """The plan as a file has it."""
    return PlanFile(seal=_seal(plan), estimate=estimate, finished_before=finished_before, plan=plan)


def read_plan(content: bytes, *, approved: str | None) -> Plan:
    """The plan of a file, when it is what was approved.

    Args:
        approved: The seal that was approved, or its first digits, eight or more; None where nobody names one.

    Raises:
        PlanRefused: The content is no plan, or another one, or one that cannot be run.
    """
    try:
        found = PlanFile.model_validate_json(content)
    except ValidationError as error:
        raise PlanRefused(_misfit(error)) from None
    if found.format_version > PLAN_FORMAT_VERSION:
        raise PlanRefused(
            f"it has version {found.format_version} of the format, and this evalc reads {PLAN_FORMAT_VERSION}"
        )
    seal = _seal(found.plan)
    if seal != found.seal:
        raise PlanRefused("it is not as it was written: its seal is of another plan")
    if approved is not None and (len(approved) < _SHORTEST_SEAL or not seal.startswith(approved.lower())):
        raise PlanRefused(f"its seal is {seal}, and {approved or 'nothing'} was approved")
    for reason in _reasons(found.plan):
        raise PlanRefused(reason)
    return found.plan


def _seal(plan: Plan) -> str:
    return digest(plan.model_dump(mode="json"), length=_SEAL_LENGTH)


def _misfit(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"it is no plan that `evalc plan --out` wrote: {place or 'the text'} does not fit"


def _reasons(plan: Plan) -> Iterator[str]:
    """What keeps a plan from being run: `evalc plan` makes none like that."""
    cases = {case.id: case for eval_ in plan.evals for case in eval_.cases}
    targets = {card.name for card in plan.targets}
    for id in (*(eval_.id for eval_ in plan.evals), *cases):
        if not _ID.fullmatch(id):
            yield f"`{id[:80]}` is no id of a case or an eval"
    seen = set()
    for trial in plan.trials:
        if trial.id != f"{trial.target}:{trial.case_id}@{trial.repeat}" or trial.id in seen:
            yield f"the trial `{trial.id[:80]}` is there twice, or not what its name says"
        if trial.case_id not in cases or trial.target not in targets:
            yield f"the trial `{trial.id[:80]}` has no case or no target"
        seen.add(trial.id)
    checks = [
        check for case in cases.values() for check in (*case.checks, *(c for r in case.replies for c in r.checks))
    ]
    for check in checks:
        try:
            open_check(check)
        except (LookupError, ValidationError):
            yield f"the check {check.id[:80]} is none that this evalc has"
        if check.is_judged and not plan.judge:
            yield f"the check {check.id[:80]} needs a judge, and there is none"
