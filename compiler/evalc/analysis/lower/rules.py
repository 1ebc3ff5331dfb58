"""Rules of passing: conditions with the units and bounds that fit where they stand."""

from collections.abc import Mapping, Sequence

from evalc.analysis.codes.rules import (
    BACKWARDS_RULE,
    BOUND_OUT_OF_RANGE,
    DUPLICATE_RULE,
    RULE_NEVER_FAILS,
    RULE_NEVER_PASSES,
    UNKNOWN_SUBJECT,
    WRONG_BOUND,
    WRONG_CONDITION,
)
from evalc.analysis.reporting import Reporter
from evalc.base.record import record
from evalc.model.catalog import SEVERITIES, Scale
from evalc.model.rule import Comparison, Condition, EveryMet, Floor, Operator, Rule, Unit
from evalc.syntax.phrase import spell
from evalc.syntax.tree import ConditionDecl, RuleDecl, Word

_OPERATORS: Mapping[str, Operator] = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@record
class Measure:
    """What a rule can compare: its unit and the values that it can take."""

    unit: Unit
    low: float
    high: float

    @property
    def words(self) -> str:
        """The values in words."""
        match self.unit:
            case "share":
                return "a share from 0% to 100%"
            case "score":
                return f"a score from {self.low:g} to {self.high:g}"
            case "count":
                return f"a whole number from {self.low:g} to {self.high:g}"


SHARE = Measure("share", 0.0, 1.0)


@record
class Ground:
    """What a rule may say where it stands.

    `floor` is the measure of `no criterion below`. `takes_limits` tells whether less may be better there.
    """

    measures: Mapping[str, Measure]
    floor: Measure | None = None
    takes_every_met: bool = False
    takes_limits: bool = False

    @property
    def forms(self) -> str:
        """What would fit, in words."""
        forms = [f"`{next(iter(self.measures))} >= ...`"]
        forms += ["`no criterion below ...`"] if self.floor else []
        forms += ["`every criterion met`"] if self.takes_every_met else []
        return " or ".join(forms)


EVAL_GROUND = Ground({**dict.fromkeys(SEVERITIES, SHARE), "overall": SHARE})


def case_ground(repeat: int) -> Ground:
    """The ground of a case that is asked `repeat` times."""
    return Ground({"passes": Measure("count", 0, repeat)})


def rubric_ground(scale: Scale, criteria: Sequence[str]) -> Ground:
    """The ground of a rubric: scores on a scale, or the share of what is met."""
    if scale.kind == "met":
        return Ground({"mean": SHARE}, takes_every_met=True)
    score = Measure("score", scale.low, scale.high)
    return Ground(dict.fromkeys(["mean", *criteria], score), floor=score, takes_limits=True)


def lower_rules(decls: Sequence[RuleDecl], ground: Ground, *, reporter: Reporter) -> Rule | None:
    """The rule of a block, or None where it has none or a wrong one."""
    for decl in decls[1:]:
        reporter.add(DUPLICATE_RULE, decl.span)
    if not decls:
        return None
    lowered = [_condition(condition, ground, reporter) for condition in decls[0].conditions]
    conditions = tuple(condition for condition in lowered if condition)
    if len(conditions) < len(lowered) or not lowered:
        return None
    return Rule(conditions=conditions, words=" and ".join(spell(found.words) for found in decls[0].conditions))


def _condition(decl: ConditionDecl, ground: Ground, reporter: Reporter) -> Condition | None:
    words = decl.words
    match [word.text for word in words]:
        case ["every", "criterion", "met"] if ground.takes_every_met:
            return EveryMet()
        case ["no", "criterion", "below", _] if ground.floor and words[3].kind == "number":
            bound = _bound(decl, words[3], ground.floor, reporter=reporter)
            if bound is None or not _can_turn_out(decl, ">=", bound, measure=ground.floor, reporter=reporter):
                return None
            return Floor(bound=bound)
        case [subject, sign, _] if sign in _OPERATORS and words[2].kind == "number" and words[0].kind == "name":
            if subject in ground.measures:
                return _comparison(decl, ground, reporter)
            near = reporter.closest(subject, ground.measures)
            label = f"{_listed(ground.measures)} would fit"
            reporter.add(UNKNOWN_SUBJECT, words[0].span, name=subject, near=near, label=label)
        case _:
            has_or = any(word.text == "or" for word in words)
            help = "conditions are joined by `and`; a rule has no `or`" if has_or else ""
            reporter.add(WRONG_CONDITION, decl.span, words=spell(words), label=f"{ground.forms} would fit", help=help)
    return None


def _comparison(decl: ConditionDecl, ground: Ground, reporter: Reporter) -> Comparison | None:
    subject, sign, number = decl.words
    operator = _OPERATORS[sign.text]
    measure = ground.measures[subject.text]
    bound = _bound(decl, number, measure, reporter=reporter)
    if bound is None:
        return None
    if operator in ("<", "<=", "!=") and not ground.takes_limits:
        reporter.add(BACKWARDS_RULE, sign.span, subject=subject.text, operator=operator)
        return None
    if not _can_turn_out(decl, operator, bound, measure=measure, reporter=reporter):
        return None
    return Comparison(subject=subject.text, operator=operator, bound=bound, unit=measure.unit)


def _bound(decl: ConditionDecl, number: Word, measure: Measure, *, reporter: Reporter) -> float | None:
    """The bound that a number gives, or None where its unit or its size does not fit the measure."""
    value = float(number.text)
    wanted = "%" if measure.unit == "share" else ""
    is_whole = measure.unit != "count" or value.is_integer()
    if number.mark != wanted or not is_whole:
        near = _as_percent(value) if measure.unit == "share" and not number.mark else None
        written = spell((number,))
        reporter.add(WRONG_BOUND, number.span, number=written, wanted=measure.words, near=near)
        return None
    bound = value / 100 if measure.unit == "share" else value
    if not measure.low <= bound <= measure.high:
        reporter.add(BOUND_OUT_OF_RANGE, number.span, number=spell((number,)), wanted=measure.words)
        return None
    return bound


def _can_turn_out(
    decl: ConditionDecl, operator: Operator, bound: float, *, measure: Measure, reporter: Reporter
) -> bool:
    """Whether a condition can be true and can be false; what is settled beforehand is reported."""
    always = (operator == ">=" and bound <= measure.low) or (operator == "<=" and bound >= measure.high)
    never = (operator == ">" and bound >= measure.high) or (operator == "<" and bound <= measure.low)
    if always:
        reporter.add(RULE_NEVER_FAILS, decl.span, words=spell(decl.words), wanted=measure.words)
    if never:
        reporter.add(RULE_NEVER_PASSES, decl.span, words=spell(decl.words), wanted=measure.words)
    return not always and not never


def _as_percent(value: float) -> str:
    return f"{value * 100 if 0 < value <= 1 else value:g}%"


def _listed(names: Mapping[str, Measure]) -> str:
    first = list(names)[:6]
    return ", ".join(f"`{name}`" for name in first) + (", ..." if len(names) > len(first) else "")
