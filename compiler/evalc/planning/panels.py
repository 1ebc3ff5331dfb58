"""Panels of judges: who sits on one, and what it is called in results."""

from evalc.base.digest import digest
from evalc.model.plan import Panel, TargetCard
from evalc.model.settings import Policy
from evalc.planning.bind import make_card


def find_panel(name: str, policy: Policy) -> Panel | None:
    """The panel that a policy calls by a name, or None."""
    if name not in policy.panels:
        return None
    panel = policy.panels[name]
    cards = {binding.name: make_card(binding) for binding in policy.judges if binding.name in panel.judges}
    judges = tuple(cards[judge] for judge in dict.fromkeys(panel.judges))
    return Panel(judges=judges, samples=panel.samples, rule=panel.rule)


def panel_card(name: str, panel: Panel) -> TargetCard:
    """What is public about a panel as a whole; it is another judge when one of its own, or its rule, is another."""
    models = dict.fromkeys(judge.model for judge in panel.judges if judge.model)
    return TargetCard(
        name=name,
        type="panel",
        model=", ".join(models),
        is_scripted=all(judge.is_scripted for judge in panel.judges),
        fingerprint=digest(["panel", [judge.fingerprint for judge in panel.judges], panel.samples, panel.rule]),
    )
