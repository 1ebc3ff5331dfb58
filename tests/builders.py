"""Values for tests that need a catalog or a run without a text behind it."""

from collections.abc import Mapping, Sequence

from evalc.model.catalog import Case, Check, Eval, Severity, Turn, Vendor
from evalc.model.plan import Plan, TargetCard, Trial
from evalc.model.result import Outcome, RunResult, TrialResult
from evalc.model.rule import Comparison, Rule
from evalc.model.stored import Place

PLACE = Place(path="geo/capitals.evalc", line=1)


def make_case(name: str, *, severity: Severity = "high", repeat: int = 1, passes: int | None = None) -> Case:
    """A case of `geo/capitals`; `passes` is how many repeats its rule demands."""
    rule = None
    if passes is not None:
        bound = Comparison(subject="passes", operator=">=", bound=passes, unit="count")
        rule = Rule(conditions=(bound,), words=f"passes >= {passes}")
    return Case(
        id=f"geo/capitals/{name}",
        name=name,
        cluster=f"geo/capitals/{name}",
        title=name.title(),
        severity=severity,
        turns=(Turn(role="user", text=f"What is the capital of {name}?"),),
        checks=(),
        repeat=repeat,
        rule=rule,
        place=PLACE,
        fingerprint=f"f-{name}",
    )


def make_check(name: str, *, is_judged: bool = False) -> Check:
    """A check that contains its own name, or one that a judge decides."""
    return Check(
        id=f"geo/capitals/case#{name}",
        name=name,
        level="must",
        is_negated=False,
        verb="satisfy" if is_judged else "contain",
        arguments={"claim": name} if is_judged else {"texts": [name]},
        words=f'satisfy "{name}"' if is_judged else f'contain "{name}"',
        is_judged=is_judged,
        place=Place(path="geo/capitals.evalc", line=9),
        fingerprint=f"f-{name}",
    )


def make_eval(cases: Sequence[Case], *, rule: Rule | None = None) -> Eval:
    """The eval `geo/capitals` with these cases."""
    return Eval(
        id="geo/capitals",
        name="capitals",
        title="Capitals",
        vendor="geo",
        category="Search",
        version="1.0.0",
        cases=tuple(cases),
        rule=rule,
        place=PLACE,
        fingerprint="f-capitals",
    )


_MARKS: dict[str, Outcome] = {"+": "passed", "-": "failed", "!": "errored", "?": "unscored"}


def outcomes_of(marks: Mapping[str, str]) -> dict[str, list[Outcome | None]]:
    """The outcomes of repeats from marks such as `++-`, one a repeat, by the name of the case."""
    return {name: [_MARKS[mark] for mark in of_case] for name, of_case in marks.items()}


def shares(**bounds: float) -> Rule:
    """A rule that demands at least these shares, such as `high=0.9`."""
    conditions = tuple(
        Comparison(subject=subject, operator=">=", bound=bound, unit="share") for subject, bound in bounds.items()
    )
    return Rule(conditions=conditions, words=" and ".join(f"{c.subject} >= {c.bound * 100:g}%" for c in conditions))


def make_run(eval_: Eval, outcomes: Mapping[str, Sequence[Outcome | None]], *, started_at: str = "") -> RunResult:
    """A run of an eval at the target `model`: for each case's name the outcomes of its repeats, None for no result."""
    trials, results = [], []
    for case in eval_.cases:
        for repeat, outcome in enumerate(outcomes.get(case.name, ()), start=1):
            trial = Trial(id=f"model:{case.id}@{repeat}", case_id=case.id, target="model", repeat=repeat)
            trials.append(trial)
            if outcome is not None:
                results.append(TrialResult(trial=trial, outcome=outcome))
    plan = Plan(
        vendors=(Vendor(name="geo", title="Geo", place=PLACE),),
        evals=(eval_,),
        targets=(TargetCard(name="model", type="openai", model="m-1"),),
        judge=None,
        trials=tuple(trials),
    )
    started = started_at or "2026-03-04T05:06:07Z"
    return RunResult(run_id=f"run-{started}", started_at=started, plan=plan, results=tuple(results))
