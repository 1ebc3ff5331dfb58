"""From a catalog, a policy and what was asked for, to the work of a run."""

from collections.abc import Iterable, Iterator, Sequence

from evalc.base.diagnostic import Code, Findings
from evalc.base.source import Source, Span
from evalc.base.suggest import closest
from evalc.model.catalog import Case, Catalog, Eval, all_checks
from evalc.model.plan import Panel, Plan, TargetCard, Trial
from evalc.model.settings import Binding, Policy, RunSettings
from evalc.planning import codes
from evalc.planning.bind import make_card
from evalc.planning.canaries import plan_canaries
from evalc.planning.kin import kin
from evalc.planning.panels import find_panel, panel_card
from evalc.planning.select import select
from evalc.planning.selection import Known, choose, deal, narrowed, tags_of
from evalc.planning.terms import unpriced


def make_plan(
    catalog: Catalog, policy: Policy, *, settings: RunSettings, known: Known | None = None, command: str = "run"
) -> tuple[Plan, Findings]:
    """The trials of a run with all that is needed to decide them, and what is wrong with what was asked for.

    Findings are about the command line, which begins with `evalc COMMAND`. Evals hold only their selected cases;
    trials are ordered by eval, case, target and repeat, or by case as drawn. A repeat in the settings is for cases
    without a rule of their own over repeats. `known` is what a selection by results or changes goes by.
    """
    asked = _Asked(policy, settings, command)
    chosen = asked.chosen_cases(catalog, known or Known())
    ids = {case.id for case in chosen}
    evals = tuple(eval_ for found in catalog.evals if (eval_ := narrowed(found, ids)).cases)
    targets = asked.cards("--target", settings.targets, bindings=policy.targets)
    judge, panel = asked.judge()
    asked.look_for_who_is_missing(evals)
    asked.look_for_prices()
    if any(check.is_judged for eval_ in evals for case in eval_.cases for check in all_checks(case)):
        asked.look_for_kin(targets, panel.judges if panel else (judge,) if judge else ())
    vendors = {eval_.vendor for eval_ in evals}
    plan = Plan(
        vendors=tuple(vendor for vendor in catalog.vendors if vendor.name in vendors),
        evals=evals,
        targets=targets,
        judge=judge,
        panel=panel,
        trials=tuple(_trials(chosen, targets, repeat=settings.repeat)),
        canaries=plan_canaries(evals) if judge else (),
    )
    shard = settings.selection.shard
    return (deal(plan, shard[0], of=shard[1]) if shard else plan), asked.findings


class _Asked:
    """What was asked for, as a command line that findings point into."""

    def __init__(self, policy: Policy, settings: RunSettings, command: str) -> None:
        self._policy = policy
        self._settings = settings
        self._spans: dict[tuple[str, str], Span] = {}
        self._start = text = f"evalc {command}"
        for option, word in _words(settings):
            text += f" {option} " if option else " "
            self._spans[option, word] = Span(len(text), len(text) + len(word))
            text += word
        self._source = Source("command line", text)
        self.findings = Findings()

    def chosen_cases(self, catalog: Catalog, known: Known) -> tuple[Case, ...]:
        selection = self._settings.selection
        ids = [case.id for eval_ in catalog.evals for case in eval_.cases]
        liked, unmatched = select(ids, selection.patterns)
        names = [*ids, *(eval_.id for eval_ in catalog.evals), *(vendor.name for vendor in catalog.vendors)]
        for pattern in unmatched:
            near = closest(pattern, names)
            self._add(codes.NO_MATCH, self._spans["", pattern], label=_meant(near), pattern=pattern)
        tags = sorted({tag for eval_ in catalog.evals for case in eval_.cases for tag in tags_of(case, eval_)})
        for tag in dict.fromkeys(tag for tag in selection.tags if tag not in tags):
            near = closest(tag, tags)
            help = "" if near else f"there are {', '.join(f'`{tag}`' for tag in tags) or 'no tags'}"
            self._add(codes.NO_TAG, self._spans["--tag", tag], label=_meant(near), help=help, tag=tag)
        chosen = choose(catalog, selection, liked=liked, known=known)
        if not chosen.cases and not self.findings:
            steps = (f"{count or 'none'} {'are' if count > 1 else 'is'} {words}" for count, words in chosen.left)
            help = f"of {len(ids)} cases {', of these '.join(steps)}" if chosen.left else "there are no cases"
            self._add(codes.NOTHING_SELECTED, Span(0, len(self._source.text)), help=help)
        return chosen.cases

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
        command = Span(0, len(self._start))
        if not self._settings.targets:
            self._add(codes.NO_TARGET, command, help=self._offer("--target", self._policy.targets))
        judged = sum(check.is_judged for eval_ in evals for case in eval_.cases for check in all_checks(case))
        if judged and not self._settings.judge:
            help = self._offer("--judge", self._policy.judges)
            count = "1 check is" if judged == 1 else f"{judged} checks are"
            self._add(codes.NO_JUDGE, command, help=help, count=count)

    def look_for_prices(self) -> None:
        budget_usd = self._settings.caps.budget_usd
        if budget_usd is None:
            return
        judges = (self._settings.judge,) if self._settings.judge else ()
        for model in unpriced(self._policy, targets=self._settings.targets, judges=judges):
            near = closest(model, self._policy.prices)
            help = f'[prices."{model}"] takes `input_usd_per_million` and `output_usd_per_million`'
            if near:
                help += f"; there is one for `{near}`"
            span = self._spans["--budget", f"{budget_usd:g}"]
            self._add(codes.UNKNOWN_PRICE, span, help=help, policy=self._policy.path, model=model)

    def look_for_kin(self, targets: Sequence[TargetCard], judges: Sequence[TargetCard]) -> None:
        span = self._spans.get(("--judge", self._settings.judge or ""), Span(0, 0))
        for target, judge, common in kin(targets, judges):
            values = {"judge": judge.name, "target": target.name, "common": common}
            self._add(codes.JUDGE_OF_KIN, span, **values)

    def _offer(self, option: str, bindings: Sequence[Binding]) -> str:
        panels = self._policy.panels if option == "--judge" else ()
        known = ", ".join(f"`{option} {name}`" for name in (*(binding.name for binding in bindings), *panels))
        return f"{self._policy.path} has {known or f'nobody for {option}'}"

    def _add(self, code: Code, span: Span, *, label: str = "", help: str = "", **values: object) -> None:
        self.findings.add(code, self._source, span, label=label, help=help, fix=None, **values)


def _words(settings: RunSettings) -> Iterator[tuple[str, str]]:
    """The options of a command line that asks for this, each with its word."""
    selection = settings.selection
    yield from (("", pattern) for pattern in selection.patterns)
    yield from (("--tag", tag) for tag in selection.tags)
    yield from (("--severity", severity) for severity in selection.severities)
    yield from (("--status", status) for status in selection.statuses)
    yield from (("--last", outcome) for outcome in selection.last)
    if selection.changed_since:
        yield "--changed-since", selection.changed_since
    yield from (("--target", name) for name in settings.targets)
    if settings.judge:
        yield "--judge", settings.judge
    if settings.caps.budget_usd is not None:
        yield "--budget", f"{settings.caps.budget_usd:g}"


def _meant(near: str | None) -> str:
    return f"did you mean `{near}`?" if near else ""


def _trials(cases: Sequence[Case], targets: Sequence[TargetCard], *, repeat: int | None) -> Iterable[Trial]:
    for case in cases:
        for target in targets:
            for number in range(1, _repeats(case, repeat) + 1):
                id = f"{target.name}:{case.id}@{number}"
                yield Trial(id=id, case_id=case.id, target=target.name, repeat=number)


def _repeats(case: Case, asked: int | None) -> int:
    # A rule such as `passes >= 4` is about the number of repeats that stands beside it.
    return case.repeat if case.rule or asked is None else asked
