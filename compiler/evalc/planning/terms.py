"""From a policy to what asking somebody costs, and how often it may be done."""

from collections.abc import Collection, Mapping
from typing import Literal

from evalc.model.settings import FREE, Binding, Policy, Price, Terms
from evalc.planning.bind import load_type

Role = Literal["target", "judge"]


def terms_of(policy: Policy) -> dict[tuple[Role, str], Terms]:
    """The terms of each target and judge of a policy that was read without findings."""
    targets: dict[tuple[Role, str], Terms] = {
        ("target", binding.name): _terms(binding, policy.prices) for binding in policy.targets
    }
    return targets | {("judge", binding.name): _terms(binding, policy.prices) for binding in policy.judges}


def unpriced(policy: Policy, *, targets: Collection[str], judges: Collection[str]) -> tuple[str, ...]:
    """The names under which a policy lacks the prices of those who are asked; a panel is all of its judges."""
    members = {
        name for judge in judges for name in (policy.panels[judge].judges if judge in policy.panels else (judge,))
    }
    asked = [binding for binding in policy.targets if binding.name in targets]
    asked += [binding for binding in policy.judges if binding.name in members]
    return tuple(
        dict.fromkeys(_priced_name(binding) for binding in asked if _terms(binding, policy.prices).price is None)
    )


def _priced_name(binding: Binding) -> str:
    """The model of a target or judge, or its own name where it has none."""
    return load_type(binding).model_name or binding.name


def _terms(binding: Binding, prices: Mapping[str, Price]) -> Terms:
    price = FREE if load_type(binding).is_free else prices.get(_priced_name(binding))
    return Terms(price=price, pace=binding.pace)
