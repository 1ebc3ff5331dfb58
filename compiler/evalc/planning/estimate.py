"""What a plan takes before anything is asked: calls, tokens and money."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from evalc.model.catalog import SEVERITIES, Case, Eval
from evalc.model.plan import AskedEstimate, Bounds, Canary, Plan, PlanEstimate, TargetCard, Usage
from evalc.model.settings import FREE, Claim, Policy, Price, Terms
from evalc.planning.terms import Role, terms_of
from evalc.planning.usage import answer_usage, judging_usage


def estimate_plan(plan: Plan, policy: Policy) -> PlanEstimate:
    """What a plan is likely to take, told from the sizes of its prompts and examples.

    Answers that are judged again are there already, and take nothing. Repairs of a judge's reply and further attempts
    are not in it.
    """
    usages = _usages(plan, policy)
    terms = terms_of(policy)
    judging = _total(usages.judging[trial.case_id] for trial in plan.trials)
    judging += _total(usage for _, usage in _canary_usages(plan))
    judging = judging.times(_samples(plan))
    asked = [] if plan.rejudges else [*_targets(plan, usages, terms)]
    asked += [_estimate("judge", card, judging, terms=terms) for card in _judges(plan)]
    return PlanEstimate(
        cases=len({trial.case_id for trial in plan.trials}),
        trials=len(plan.trials),
        canaries=len(plan.canaries),
        asked=tuple(asked),
        calls=_sum(found.usage.calls for found in asked),
        cost_usd=_sum_known(found.cost_usd for found in asked),
    )


def claims_of(plan: Plan, policy: Policy) -> dict[str, Claim]:
    """What each trial and canary of a plan may take, by its id; what has no known price counts for nothing."""
    usages = _usages(plan, policy)
    terms = terms_of(policy)
    prices = [terms["judge", card.name].price for card in _judges(plan)]
    severities = {case.id: case.severity for eval_ in plan.evals for case in eval_.cases}
    claims = {}
    for trial in plan.trials:
        judging = usages.judging[trial.case_id].times(_samples(plan))
        answering = Usage() if plan.rejudges else usages.answering[trial.case_id]
        asked = FREE if plan.rejudges else terms["target", trial.target].price
        costs = [_cost(answering, asked), *(_cost(judging, price) for price in prices)]
        claims[trial.id] = Claim(
            severity=severities[trial.case_id],
            calls=round(answering.calls.high + judging.calls.high * len(prices)),
            cost_usd=sum(cost.high for cost in costs if cost),
        )
    for canary, usage in _canary_usages(plan):
        judging = usage.times(_samples(plan))
        costs = [_cost(judging, price) for price in prices]
        # They are put after all trials, and have no severity of their own.
        claims[canary.id] = Claim(
            severity="low",
            calls=round(judging.calls.high * len(prices)),
            cost_usd=sum(cost.high for cost in costs if cost),
        )
    return claims


def severe_first(plan: Plan) -> Plan:
    """The plan with its trials in the order of their severity, and otherwise as they were."""
    ranks = {case.id: SEVERITIES.index(case.severity) for eval_ in plan.evals for case in eval_.cases}
    trials = sorted(plan.trials, key=lambda trial: ranks[trial.case_id])
    return plan.model_copy(update={"trials": tuple(trials)})


class _Usages:
    """What each case takes once, of a target and of one judge."""

    def __init__(self, evals: Iterable[Eval], *, asked: frozenset[str], max_steps: int) -> None:
        self.answering: dict[str, Usage] = {}
        self.judging: dict[str, Usage] = {}
        for case, eval_ in _cases(evals):
            if case.id in asked:
                self.answering[case.id] = answer_usage(case, max_steps=max_steps)
                self.judging[case.id] = judging_usage(case, eval_.rubrics)


def _canary_usages(plan: Plan) -> Iterator[tuple[Canary, Usage]]:
    """What each canary takes of one judge: it is judged by one check of its case."""
    wanted = {canary.case_id for canary in plan.canaries}
    found = {case.id: (case, eval_) for case, eval_ in _cases(plan.evals) if case.id in wanted}
    for canary in plan.canaries:
        case, eval_ = found[canary.case_id]
        checks = tuple(check for check in case.checks if check.name == canary.check)
        yield canary, judging_usage(case.model_copy(update={"checks": checks, "replies": ()}), eval_.rubrics)


def _usages(plan: Plan, policy: Policy) -> _Usages:
    asked = frozenset(trial.case_id for trial in plan.trials)
    return _Usages(plan.evals, asked=asked, max_steps=policy.limits.max_steps)


def _cases(evals: Iterable[Eval]) -> Iterator[tuple[Case, Eval]]:
    for eval_ in evals:
        for case in eval_.cases:
            yield case, eval_


def _targets(plan: Plan, usages: _Usages, terms: Mapping[tuple[Role, str], Terms]) -> Iterator[AskedEstimate]:
    for card in plan.targets:
        often = Counter(trial.case_id for trial in plan.trials if trial.target == card.name)
        usage = _total(usages.answering[case_id].times(count) for case_id, count in often.items())
        yield _estimate("target", card, usage, terms=terms)


def _estimate(role: Role, card: TargetCard, usage: Usage, *, terms: Mapping[tuple[Role, str], Terms]) -> AskedEstimate:
    cost_usd = _cost(usage, terms[role, card.name].price)
    return AskedEstimate(role=role, name=card.name, model=card.model, usage=usage, cost_usd=cost_usd)


def _judges(plan: Plan) -> tuple[TargetCard, ...]:
    if plan.panel:
        return plan.panel.judges
    return (plan.judge,) if plan.judge else ()


def _samples(plan: Plan) -> int:
    return plan.panel.samples if plan.panel else 1


def _cost(usage: Usage, price: Price | None) -> Bounds | None:
    if price is None:
        return None
    return Bounds(
        low=price.cost_usd(usage.input_tokens.low, usage.output_tokens.low),
        high=price.cost_usd(usage.input_tokens.high, usage.output_tokens.high),
    )


def _total(usages: Iterable[Usage]) -> Usage:
    return sum(usages, Usage())


def _sum(bounds: Iterable[Bounds]) -> Bounds:
    return sum(bounds, Bounds())


def _sum_known(bounds: Iterable[Bounds | None]) -> Bounds | None:
    """The sum, or None where a part of it is not known."""
    found = [*bounds]
    known = [bound for bound in found if bound]
    return _sum(known) if len(known) == len(found) else None
