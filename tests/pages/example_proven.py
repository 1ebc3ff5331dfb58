"""What the judges of the library made by hand were measured at, and what bad answers made of its checks."""

from collections.abc import Sequence

from evalc.model.calibration import Agreed, Measured
from evalc.model.catalog import Eval
from evalc.model.plan import TargetCard
from evalc.model.verdicts.proof import CaseProof, Proof, Survivor
from evalc.report.judges.standing import measured_things
from tests.pages.example_results import JUDGE


def measured_lines(eval_: Eval) -> tuple[Measured, ...]:
    """One judge measured on a rubric as it is, another on one that has changed since, and one that nobody asked."""
    guidance, handover = (f"{eval_.id}/{name}" for name in ("operator-guidance", "handover"))
    things = measured_things(eval_)
    counts = (("failed", "", 1), ("failed", "failed", 17), ("failed", "passed", 3), ("passed", "failed", 2))
    line = Measured(
        rubric=guidance,
        judge=JUDGE.name,
        judge_fingerprint=JUDGE.fingerprint,
        rubric_fingerprint=things[guidance],
        date="2026-11-18",
        scale=("passed", "failed"),
        counts=_agreed(*counts, ("passed", "passed", 27)),
    )
    return (
        line,
        line.model_copy(update={"criterion": "safety"}),
        line.model_copy(
            update={"rubric": handover, "rubric_fingerprint": "0" * 16, "counts": _agreed(("passed", "passed", 6))}
        ),
        line.model_copy(update={"judge": "panel-of-three", "judge_fingerprint": "1" * 16, "date": "2026-10-02"}),
    )


def proofs(evals: Sequence[Eval]) -> dict[str, Proof]:
    """A proof with answers that got through and ones that only a judge can tell, and one that a judge helped with."""
    deployments, triage = evals[0], evals[1]
    return {deployments.id: _proof(deployments), triage.id: _judged_proof(triage, JUDGE)}


def _proof(eval_: Eval) -> Proof:
    first, second = (
        CaseProof(case_id=case.id, severity=case.severity, place=case.place, killed=killed)
        for case, killed in zip(eval_.cases[:2], (96, 87), strict=True)
    )
    through = Survivor(kind="canned", probe="empty", text="")
    weak = second.model_copy(update={"survived": 9, "untold": 14, "passing": (through,)})
    return Proof(eval_id=eval_.id, eval_fingerprint=eval_.fingerprint, cases=(first, weak))


def _judged_proof(eval_: Eval, judge: TargetCard) -> Proof:
    (case,) = eval_.cases
    proven = CaseProof(case_id=case.id, severity=case.severity, place=case.place, killed=11)
    return Proof(eval_id=eval_.id, eval_fingerprint=eval_.fingerprint, judge=judge, cases=(proven,))


def _agreed(*counts: tuple[str, str, int]) -> tuple[Agreed, ...]:
    return tuple(Agreed(label=label, verdict=verdict, count=count) for label, verdict, count in counts)
