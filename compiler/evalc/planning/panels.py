"""Judges and panels of them: who is called by a name, who sits on a panel, and what it is called in results."""

from typing import NamedTuple

from evalc.base.digest import digest
from evalc.base.suggest import closest
from evalc.model.plan import Panel, TargetCard
from evalc.model.settings import Policy
from evalc.planning.bind import make_card


class Judge(NamedTuple):
    """Who judges: its card, and the panel that it stands for where it is one."""

    card: TargetCard
    panel: Panel | None


def find_judge(name: str, policy: Policy) -> Judge | None:
    """The judge or panel that a policy calls by a name, or None."""
    if panel := find_panel(name, policy):
        return Judge(panel_card(name, panel), panel)
    return next((Judge(make_card(binding), None) for binding in policy.judges if binding.name == name), None)


def missing_judge(name: str, policy: Policy) -> str:
    """A sentence that says that a policy has no judge of this name, and which ones would fit."""
    known = [*(binding.name for binding in policy.judges), *policy.panels]
    near = closest(name, known)
    hint = f"did you mean `{near}`?" if near else f"it has {', '.join(known) or 'none'}"
    return f"{policy.path} has no judge `{name}`; {hint}"


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
