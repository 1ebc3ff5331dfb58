"""From a policy to the targets and the judge that a run asks."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from evalc.base.scrub import Scrubber
from evalc.model.plan import Plan, TargetCard
from evalc.model.settings import Binding, Policy
from evalc.planning.policy.read import find_target_type
from evalc.targets.contract import OpenTargets, TargetContext, TargetError, TargetType

SHORTEST_SECRET = 8

Secret = Callable[[str], str | None]
"""Gives the value of an environment variable, or None."""


class ShortSecret(TargetError):
    """The value of a secret is too short to be kept out of what is written."""

    kind = "target-fatal"

    def __init__(self, variable: str) -> None:
        super().__init__(
            f"the value of {variable} has less than {SHORTEST_SECRET} characters, so it cannot be told from other text "
            "and kept out of what is written; leave `key` out where the server wants none"
        )


class ChangedTarget(TargetError):
    """A target of a run that goes on is not what it was when the run began."""

    kind = "target-fatal"

    def __init__(self, name: str, policy: str) -> None:
        super().__init__(
            f"`{name}` is not set in {policy} as it was when this run began, so its answers would not belong together"
        )


def load_type(binding: Binding) -> TargetType:
    """The options of a target or judge, of a policy that was read without findings."""
    kind = find_target_type(binding.type)
    assert kind, binding.type
    return kind.model_validate_json(json.dumps(binding.options))


def make_card(binding: Binding) -> TargetCard:
    """What is public about a target or judge, of a policy that was read without findings."""
    return load_type(binding).card(binding.name, type=binding.type)


def open_targets(plan: Plan, policy: Policy, *, secret: Secret) -> tuple[OpenTargets, Scrubber]:
    """Everybody whom a plan asks, and what keeps their secrets out of all that is written.

    Raises:
        TargetError: One of them cannot be asked at all, or is not what it was when the plan was made.
    """
    judges = plan.panel.judges if plan.panel else (plan.judge,) if plan.judge else ()
    asked = [*_bound(plan.targets, policy.targets, policy=policy), *_bound(judges, policy.judges, policy=policy)]
    scrubber = Scrubber(_secrets((type_ for _, type_ in asked), secret))
    context = TargetContext(
        folder=Path(policy.folder),
        evals=plan.evals,
        secret=secret,
        timeout_s=policy.limits.attempt_timeout_s,
        max_answer_bytes=policy.limits.max_answer_bytes,
        network=policy.network,
    )
    opened = [type_.open(card, context) for card, type_ in asked]
    targets = {target.card.name: target for target in opened[: len(plan.targets)]}
    return OpenTargets(targets=targets, judges=tuple(opened[len(plan.targets) :])), scrubber


def _bound(
    cards: Sequence[TargetCard], bindings: Iterable[Binding], *, policy: Policy
) -> list[tuple[TargetCard, TargetType]]:
    by_name = {binding.name: binding for binding in bindings}
    for card in cards:
        if card.name not in by_name or make_card(by_name[card.name]) != card:
            raise ChangedTarget(card.name, policy.path)
    return [(card, load_type(by_name[card.name])) for card in cards]


def _secrets(types: Iterable[TargetType], secret: Secret) -> dict[str, str]:
    found = {name: value for type_ in types for name in type_.secret_names if (value := secret(name))}
    for name, value in found.items():
        if len(value) < SHORTEST_SECRET:
            raise ShortSecret(name)
    return found
