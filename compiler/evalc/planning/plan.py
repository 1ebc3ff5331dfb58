"""From a catalog, a policy and what was asked for, to the work of a run."""

from collections.abc import Iterable, Sequence
from itertools import chain

from evalc.base.diagnostic import Code, Findings
from evalc.base.source import Source, Span
from evalc.base.suggest import closest
from evalc.model.catalog import Case, Catalog, Check, Eval
from evalc.model.plan import Panel, Plan, TargetCard, Trial
from evalc.model.settings import Binding, Policy, RunSettings
from evalc.planning import codes
from evalc.planning.bind import make_card
from evalc.planning.panels import find_panel, panel_card
from evalc.planning.select import select


def make_plan(catalog: Catalog, policy: Policy, *, settings: RunSettings) -> tuple[Plan, Findings]:
    """The trials of a run with all that is needed to decide them, and what is wrong with what was asked for.

    Findings are about the command line. Evals hold only their selected cases; trials are ordered by eval, case,
    target and repeat. A repeat in the settings is for cases without a rule of their own over repeats.
    """
    asked = _Asked(policy, settings)
    chosen = asked.chosen_cases(catalog)
    evals = tuple(_narrowed(eval_, chosen) for eval_ in catalog.evals if any(case.id in chosen for case in eval_.cases))
    targets = asked.cards("--target", settings.targets, bindings=policy.targets)
    judge, panel = asked.judge()
    asked.look_for_who_is_missing(evals)
    vendors = {eval_.vendor for eval_ in evals}
    plan = Plan(
        vendors=tuple(vendor for vendor in catalog.vendors if vendor.name in vendors),
        evals=evals,
        targets=targets,
        judge=judge,
        panel=panel,
        trials=tuple(_trials(evals, targets, repeat=settings.repeat)),
    )
    return plan, asked.findings


class _Asked:
    """What was asked for, as a command line that findings point into."""

    def __init__(self, policy: Policy, settings: RunSettings) -> None:
        self._policy = policy
        self._settings = settings
        self._spans: dict[tuple[str, str], Span] = {}
        text = "evalc run"
        words = [("", pattern) for pattern in settings.select]
        words += [("--target", name) for name in settings.targets]
        words += [("--judge", settings.judge)] if settings.judge else []
        for option, word in words:
            text += f" {option} " if option else " "
            self._spans[option, word] = Span(len(text), len(text) + len(word))
            text += word
        self._source = Source("command line", text)
        self.findings = Findings()

    def chosen_cases(self, catalog: Catalog) -> frozenset[str]:
        ids = [case.id for eval_ in catalog.evals for case in eval_.cases]
        chosen, unmatched = select(ids, self._settings.select)
        known = [*ids, *(eval_.id for eval_ in catalog.evals), *(vendor.name for vendor in catalog.vendors)]
        for pattern in unmatched:
            near = closest(pattern, known)
            self._add(codes.NO_MATCH, self._spans["", pattern], label=_meant(near), pattern=pattern)
        return chosen

    def cards(self, option: str, names: Iterable[str], *, bindings: Sequence[Binding]) -> tuple[TargetCard, ...]:
        by_name = {binding.name: binding for binding in bindings}
        for name in names:
            if name not in by_name:
                code = codes.UNKNOWN_TARGET if option == "--target" else codes.UNKNOWN_JUDGE
                near = closest(name, [*by_name, *(self._policy.panels if option == "--judge" else ())])
                help = "" if near else self._offer(option, bindings)
                values = {"name": name, "policy": self._policy.path}
                self._add(code, self._spans[option, name], label=_meant(near), help=help, **values)
        return tuple(make_card(by_name[name]) for name in dict.fromkeys(names) if name in by_name)

    def judge(self) -> tuple[TargetCard | None, Panel | None]:
        """Who judges, and the panel that it stands for where it is one."""
        name = self._settings.judge
        panel = find_panel(name, self._policy) if name else None
        if name and panel:
            return panel_card(name, panel), panel
        cards = self.cards("--judge", (name,) if name else (), bindings=self._policy.judges)
        return (cards[0] if cards else None), None

    def look_for_who_is_missing(self, evals: Sequence[Eval]) -> None:
        command = Span(0, len("evalc run"))
        if not self._settings.targets:
            self._add(codes.NO_TARGET, command, help=self._offer("--target", self._policy.targets))
        judged = sum(check.is_judged for eval_ in evals for case in eval_.cases for check in _checks(case))
        if judged and not self._settings.judge:
            help = self._offer("--judge", self._policy.judges)
            count = "1 check is" if judged == 1 else f"{judged} checks are"
            self._add(codes.NO_JUDGE, command, help=help, count=count)

    def _offer(self, option: str, bindings: Sequence[Binding]) -> str:
        panels = self._policy.panels if option == "--judge" else ()
        known = ", ".join(f"`{option} {name}`" for name in (*(binding.name for binding in bindings), *panels))
        return f"{self._policy.path} has {known or f'nobody for {option}'}"

    def _add(self, code: Code, span: Span, *, label: str = "", help: str = "", **values: object) -> None:
        self.findings.add(code, self._source, span, label=label, help=help, fix=None, **values)


def _meant(near: str | None) -> str:
    return f"did you mean `{near}`?" if near else ""


def _narrowed(eval_: Eval, chosen: frozenset[str]) -> Eval:
    cases = tuple(case for case in eval_.cases if case.id in chosen)
    return eval_ if len(cases) == len(eval_.cases) else eval_.model_copy(update={"cases": cases})


def _checks(case: Case) -> Iterable[Check]:
    return chain(case.checks, *(reply.checks for reply in case.replies))


def _trials(evals: Sequence[Eval], targets: Sequence[TargetCard], *, repeat: int | None) -> Iterable[Trial]:
    for eval_ in evals:
        for case in eval_.cases:
            for target in targets:
                for number in range(1, _repeats(case, repeat) + 1):
                    id = f"{target.name}:{case.id}@{number}"
                    yield Trial(id=id, case_id=case.id, target=target.name, repeat=number)


def _repeats(case: Case, asked: int | None) -> int:
    # A rule such as `passes >= 4` is about the number of repeats that stands beside it.
    return case.repeat if case.rule or asked is None else asked
