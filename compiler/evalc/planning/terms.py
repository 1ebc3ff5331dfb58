"""From a policy to what asking somebody costs, and how often it may be done."""

from collections.abc import Mapping
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


def priced_name(binding: Binding) -> str:
    """The name under which a policy has the price of a target or judge: its model, or its own where it has none."""
    return load_type(binding).model_name or binding.name


def _terms(binding: Binding, prices: Mapping[str, Price]) -> Terms:
    price = FREE if load_type(binding).is_free else prices.get(priced_name(binding))
    return Terms(price=price, pace=binding.pace)
