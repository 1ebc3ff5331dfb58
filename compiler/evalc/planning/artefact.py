"""Plans in files: sealed when they are made, and looked at before they are run.

Whoever runs a plan may have more rights than whoever made it. What it asks is still only what its seal was approved
for, of targets that the policy at hand binds.
"""

import re
from collections.abc import Collection, Iterator
from itertools import chain

from pydantic import ValidationError

from evalc.base.digest import digest
from evalc.checks._evaluation import open_check
from evalc.model.catalog import all_checks
from evalc.model.plan import FinishedBefore, Plan, PlanEstimate, PlanFile
from evalc.model.settings import Policy
from evalc.model.stored import PLAN_FORMAT_VERSION
from evalc.planning.panels import find_panel, panel_card

PLAN_LIMIT = 256 * 1024 * 1024

_SEAL_LENGTH = 64
_SHORTEST_SEAL = 8
_ID = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*){1,3}")


class PlanRefused(Exception):
    """A file holds no plan that may be run as it is; the message says why."""


def seal_plan(plan: Plan, estimate: PlanEstimate, *, finished_before: FinishedBefore) -> PlanFile:
    """The plan as a file has it."""
    return PlanFile(seal=_seal(plan), estimate=estimate, finished_before=finished_before, plan=plan)


def read_plan(content: bytes, policy: Policy, *, approved: str | None) -> Plan:
    """The plan of a file, when it is what was approved, for the targets and judges of a policy.

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
    for reason in chain(_reasons(found.plan), _foreign(found.plan, policy)):
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
    cases = {case.id for eval_ in plan.evals for case in eval_.cases}
    for id in (*(eval_.id for eval_ in plan.evals), *cases):
        if not _ID.fullmatch(id):
            yield f"`{id[:80]}` is no id of a case or an eval"
    if plan.rejudges:
        yield "it judges the answers of another run again, which is no plan for a file"
    yield from _wrong_trials(plan, cases)
    yield from _wrong_checks(plan)


def _wrong_trials(plan: Plan, cases: Collection[str]) -> Iterator[str]:
    targets = {card.name for card in plan.targets}
    seen = set()
    for trial in plan.trials:
        if trial.id != f"{trial.target}:{trial.case_id}@{trial.repeat}" or trial.id in seen:
            yield f"the trial `{trial.id[:80]}` is there twice, or not what its name says"
        if trial.case_id not in cases or trial.target not in targets:
            yield f"the trial `{trial.id[:80]}` has no case or no target"
        seen.add(trial.id)


def _wrong_checks(plan: Plan) -> Iterator[str]:
    checks = [check for eval_ in plan.evals for case in eval_.cases for check in all_checks(case)]
    for check in checks:
        try:
            open_check(check)
        except (LookupError, ValidationError):
            yield f"the check {check.id[:80]} is none that this evalc has"
        if check.is_judged and not plan.judge:
            yield f"the check {check.id[:80]} needs a judge, and there is none"
    names = {check.id for check in checks}
    for canary in plan.canaries:
        if f"{canary.case_id}#{canary.check}" not in names:
            yield f"the canary `{canary.id[:80]}` has no check"


def _foreign(plan: Plan, policy: Policy) -> Iterator[str]:
    """What a plan says of its judges that the policy does not; who they are is looked at when they are opened."""
    if plan.panel is None:
        return
    named = find_panel(plan.judge.name, policy) if plan.judge else None
    if named != plan.panel or not plan.judge or panel_card(plan.judge.name, plan.panel) != plan.judge:
        yield f"its panel of judges is not set in {policy.path} as it is there"
