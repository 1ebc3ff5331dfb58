"""What became of the conditions behind `pass when`, one by one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evalc.diff.rules.bounds import Range, Stand, comparisons, range_for, spell_all
from evalc.model.catalog import SEVERITIES, Rubric, Scale
from evalc.model.rule import Comparison, Condition, EveryMet, Floor, Rule

_SHARES = Range(0.0, 1.0)
_ALL = Range(1.0, 1.0)

# What decides an eval that has no rule of its own.
_ALL_PASS = Rule(
    conditions=(Comparison(subject="overall", operator="=", bound=1.0, unit="share"),), words="overall = 100%"
)

_FLOOR = "no criterion below"
_EVERY = "every criterion met"

Effect = Callable[[str], Range | None]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How what a rule asks of one subject changed, with its conditions on it; no words where there are none."""

    stand: Stand
    subject: str
    before: str
    after: str

    def of(self, before: str, after: str) -> "RuleChange":
        """The same with words behind the conditions of each side."""
        return RuleChange(
            self.stand,
            self.subject,
            f"{self.before} {before}" if self.before else "",
            f"{self.after} {after}" if self.after else "",
        )

    @property
    def how(self) -> str:
        """What completes "the rule ..."."""
        if self.before and self.after:
            return f"asks for `{self.after}`, before for `{self.before}`"
        return f"asks for `{self.after}` too" if self.after else f"no longer asks for `{self.before}`"


def compare_gates(before: Rule | None, after: Rule | None) -> list[RuleChange]:
    """How an eval's rule changed; without one, all cases have to pass."""
    left, right = before or _ALL_PASS, after or _ALL_PASS
    return [*_changes(left, right, effects=(_gate_effect(left), _gate_effect(right)))]


def compare_rubric_rules(before: Rubric, after: Rubric, *, renamed: Mapping[str, str]) -> list[RuleChange]:
    """How a rubric's rule changed, with bounds as shares of the scale; `renamed` gives criteria their present names."""
    left = before.rule.model_copy(
        update={"conditions": tuple(_with_present_name(found, renamed) for found in before.rule.conditions)}
    )
    effects = _rubric_effect(left, before.scale), _rubric_effect(after.rule, after.scale)
    return [*_changes(left, after.rule, effects=effects)]


def _with_present_name(condition: Condition, renamed: Mapping[str, str]) -> Condition:
    if isinstance(condition, Comparison) and condition.subject in renamed:
        return condition.model_copy(update={"subject": renamed[condition.subject]})
    return condition


def _changes(before: Rule, after: Rule, *, effects: tuple[Effect, Effect]) -> Iterator[RuleChange]:
    for subject in dict.fromkeys([*_subjects(before), *_subjects(after)]):
        left, right = effects[0](subject), effects[1](subject)
        words = _words(before, subject), _words(after, subject)
        if left is None or right is None:
            if words[0] != words[1]:
                yield RuleChange("unknown", subject, *words)
            continue
        stand = right.against(left)
        if stand != "equal":
            yield RuleChange(stand, subject, *words)


def _subjects(rule: Rule) -> list[str]:
    return [_subject(condition) for condition in rule.conditions]


def _subject(condition: Condition) -> str:
    match condition:
        case Comparison():
            return condition.subject
        case Floor():
            return _FLOOR
        case EveryMet():
            return _EVERY


def _words(rule: Rule, subject: str) -> str:
    if subject == _EVERY:
        return _EVERY if any(isinstance(found, EveryMet) for found in rule.conditions) else ""
    if subject == _FLOOR:
        return " and ".join(f"{_FLOOR} {found.bound:g}" for found in _floors(rule.conditions))
    return spell_all(comparisons(rule.conditions, subject))


def _floors(conditions: Sequence[Condition]) -> list[Floor]:
    return [found for found in conditions if isinstance(found, Floor)]


def _gate_effect(rule: Rule) -> Effect:
    """What a gate demands of a severity or of all, by this condition, another one or the language."""
    written = {subject: range_for(rule, subject, domain=_SHARES) for subject in (*SEVERITIES, "overall")}
    demands_all = _demands_all(written["overall"]) or all(
        _demands_all(written[severity]) for severity in SEVERITIES if severity != "critical"
    )

    def effect(subject: str) -> Range | None:
        found = written[subject]
        # A failed critical case fails its eval, whatever the rule says.
        is_all = subject == "critical" or demands_all
        return found.meet(_ALL) if found and is_all else found

    return effect


def _demands_all(found: Range | None) -> bool:
    return found is not None and found.low >= 1.0


def _rubric_effect(rule: Rule, scale: Scale) -> Effect:
    """What a rubric demands of the mean, of a criterion, of each and of all, as shares of the scale."""
    is_met = scale.kind == "met"
    low, width = (0.0, 1.0) if is_met else (scale.low, max(scale.high - scale.low, 1))
    floor = max((found.bound for found in _floors(rule.conditions)), default=low)
    demands_every = any(isinstance(found, EveryMet) for found in rule.conditions)

    def effect(subject: str) -> Range | None:
        if subject == _EVERY:
            mean = range_for(rule, "mean", domain=_SHARES)
            return _ALL if demands_every or _demands_all(mean) else _SHARES
        domain = Range(floor, low + width)
        found = domain if subject == _FLOOR else range_for(rule, subject, domain=domain)
        if found is None:
            return None
        if demands_every:
            return found.meet(_ALL)
        return Range((found.low - low) / width, (found.high - low) / width, found.is_low_open, found.is_high_open)

    return effect
