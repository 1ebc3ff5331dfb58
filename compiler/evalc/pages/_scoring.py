"""How the cases of an eval are decided, in words that agree with their checks and rules."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evalc.model.catalog import Case, Check, Eval, Rubric
from evalc.model.rule import Comparison, Floor, Rule
from evalc.pages._words import say

ScoringKind = Literal["code", "claims", "rubric"]
"""What decides: checks by code, claims that a judge finds true or not, rubrics that a judge grades by."""


@dataclass(frozen=True)
class Scoring:
    """What decides a case: checks by code, claims put to a judge, rubrics that a judge grades by."""

    by_code: bool
    by_claim: bool
    rubrics: tuple[Rubric, ...]

    @property
    def graded(self) -> tuple[Rubric, ...]:
        """The rubrics on a scale of scores."""
        return tuple(rubric for rubric in self.rubrics if rubric.scale.kind == "score")

    @property
    def is_judged_yes_or_no(self) -> bool:
        """Whether a judge is asked something that is met or not met."""
        return self.by_claim or len(self.graded) < len(self.rubrics)

    @property
    def is_pass_or_fail(self) -> bool:
        """Whether anything but a score decides."""
        return self.by_code or self.is_judged_yes_or_no


def scoring_kinds(eval_: Eval) -> tuple[ScoringKind, ...]:
    """What decides the cases of an eval, each kind once."""
    scorings = [score_case(case, eval_) for case in eval_.cases]
    found: dict[ScoringKind, bool] = {
        "code": any(scoring.by_code for scoring in scorings),
        "claims": any(scoring.by_claim for scoring in scorings),
        "rubric": any(scoring.rubrics for scoring in scorings),
    }
    return tuple(kind for kind, is_there in found.items() if is_there)


def score_case(case: Case, eval_: Eval) -> Scoring:
    """What decides this case: its `must` checks of all its answers."""
    deciding = [check for check in all_checks(case) if check.level == "must"]
    judged = [check for check in deciding if check.is_judged]
    rubrics = {rubric.name: rubric for rubric in (rubric_of(check, eval_) for check in judged) if rubric}
    return Scoring(
        by_code=len(judged) < len(deciding),
        by_claim=any(rubric_of(check, eval_) is None for check in judged),
        rubrics=tuple(rubrics.values()),
    )


def all_checks(case: Case) -> Iterator[Check]:
    """The checks of a case's earlier answers, then of its last one."""
    for reply in case.replies:
        yield from reply.checks
    yield from case.checks


def rubric_of(check: Check, eval_: Eval) -> Rubric | None:
    """The rubric that a check asks a judge to grade by, or None."""
    name = check.arguments.get("rubric")
    return next((rubric for rubric in eval_.rubrics if rubric.name == name), None)


def type_labels(scoring: Scoring) -> tuple[str, ...]:
    """The check types of a case as its badges say them, such as `Pass / Fail`."""
    labels = [say("sample.pass_fail")] if scoring.is_pass_or_fail else []
    return (*labels, *dict.fromkeys(_score_label(rubric) for rubric in scoring.graded))


def scoring_line(eval_: Eval) -> str:
    """How the cases are scored, in one or two sentences; empty for an eval without cases."""
    if not eval_.cases:
        return ""
    scorings = [score_case(case, eval_) for case in eval_.cases]
    graded = {rubric.name: rubric for scoring in scorings for rubric in scoring.graded}
    if not graded:
        return _pass_fail_line(scorings)
    key = "scoring.mixed" if any(scoring.is_pass_or_fail for scoring in scorings) else "scoring.graded"
    sentences = [say(key, scale=_scales(graded.values()), rule=_joined_rules(graded.values()))]
    if by_code := sum(scoring.by_code for scoring in scorings):
        sentences.append(say("scoring.by_code_too", n=by_code, total=len(scorings)))
    return " ".join(sentences)


def grading_sentences(eval_: Eval) -> tuple[str, ...]:
    """The whole rule from an answer up to the verdict on the eval, one step a sentence."""
    scorings = [score_case(case, eval_) for case in eval_.cases]
    rubrics = {rubric.name: rubric for scoring in scorings for rubric in scoring.rubrics}
    found = [say("grading.case")]
    if any(scoring.by_claim for scoring in scorings):
        found.append(say("grading.claim"))
    for rubric in rubrics.values():
        key = "grading.rubric_score" if rubric.scale.kind == "score" else "grading.rubric_met"
        found.append(say(key, title=rubric.title, scale=scale_words(rubric), rule=in_symbols(rubric.rule.words)))
    found += _repeat_sentences(eval_)
    if controls := sum(case.is_negative_control for case in eval_.cases):
        found.append(say("grading.controls", n=controls))
    found.append(say("grading.eval", rule=in_symbols(eval_.rule.words)) if eval_.rule else say("grading.eval_all"))
    found.append(say("grading.open"))
    return tuple(found)


def repeat_rule(case: Case) -> str:
    """How many of a case's repeats must pass, in words; empty where all must."""
    if case.rule is None:
        return ""
    match case.rule.conditions:
        case (Comparison(subject="passes", operator=">=", bound=bound),):
            return say("grading.at_least", bound=f"{bound:g}")
    return in_symbols(case.rule.words)


def scale_words(rubric: Rubric) -> str:
    """A rubric's scale: its ends, or `met / not met`."""
    if rubric.scale.kind == "met":
        return say("rubric.met_scale")
    return say("rubric.scale", low=rubric.scale.low, high=rubric.scale.high)


def in_symbols(words: str) -> str:
    """A rule's words with signs as they are read: `mean ≥ 4.0`."""
    return words.replace(">=", "≥").replace("<=", "≤").replace("!=", "≠")


def _pass_fail_line(scorings: Sequence[Scoring]) -> str:
    by_code = any(scoring.by_code for scoring in scorings)
    judged = any(scoring.is_judged_yes_or_no for scoring in scorings)
    if by_code and judged:
        return say("scoring.code_and_judge")
    return say("scoring.judge_only") if judged else say("scoring.code_only")


def _repeat_sentences(eval_: Eval) -> Iterator[str]:
    repeated = Counter((case.repeat, repeat_rule(case)) for case in eval_.cases if case.repeat > 1)
    for (times, rule), count in sorted(repeated.items()):
        key = "grading.repeat_rule" if rule else "grading.repeat_all"
        yield say(key, n=count, times=times, rule=rule)


def _score_label(rubric: Rubric) -> str:
    return say("sample.score", scale=scale_words(rubric), rule=_short_rule(rubric.rule))


def _short_rule(rule: Rule) -> str:
    match rule.conditions:
        case (Comparison(subject="mean", operator=">=", bound=bound),):
            return f"≥ {bound:g}"
        case (Comparison(subject="mean", operator=">=", bound=bound), Floor(bound=floor)):
            return say("sample.score_floor", bound=f"{bound:g}", floor=f"{floor:g}")
    return in_symbols(rule.words)


def _scales(rubrics: Iterable[Rubric]) -> str:
    return say("scoring.or").join(dict.fromkeys(scale_words(rubric) for rubric in rubrics))


def _joined_rules(rubrics: Iterable[Rubric]) -> str:
    return say("scoring.or").join(dict.fromkeys(in_symbols(rubric.rule.words) for rubric in rubrics))
