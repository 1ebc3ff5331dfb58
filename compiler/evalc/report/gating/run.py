"""The decision about a whole run: its evals, the judge behind them, and the baselines of its targets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evalc.model.catalog import Case, Eval
from evalc.model.report import CaseReport, EvalReport, Gate, GateVerdict
from evalc.model.result import CanaryResult, Outcome, RunResult, TrialResult
from evalc.model.settings import GateSettings
from evalc.model.verdicts.gate import Baseline, BaselineGate, EvalGate, GateReport
from evalc.report.decide import case_outcome
from evalc.report.gate import decide_by
from evalc.report.gating.regression import decide_regression
from evalc.report.gating.thresholds import adjust
from evalc.report.scores import is_judged, score_run
from evalc.report.summarize import summarize

_WORST_FIRST: tuple[GateVerdict, ...] = ("failed", "inconclusive", "passed")


def gate_run(
    run: RunResult,
    *,
    settings: GateSettings,
    baselines: Mapping[str, Baseline],
    doubts: Mapping[str, Sequence[str]],
) -> GateReport:
    """What a run deserves, by nothing but its log, the policy, and what was accepted before.

    Args:
        baselines: By the name of the target; one that has none is noted.
        doubts: By the id of an eval, sentences on why its judge's word should not count yet, as calibration tells them.
    """
    by_id = {eval_.id: eval_ for eval_ in run.plan.evals}
    gates = tuple(
        _gate_eval(report, by_id[report.eval_id], settings=settings, canaries=run.canaries, doubts=doubts)
        for report in summarize([run]).evals
    )
    scored = score_run(run)
    held = [target for target in scored.targets if target.side.target.name in baselines]
    # Several targets are several chances to fail by chance, which share the one that a run has.
    shared = settings.model_copy(update={"alpha": settings.alpha / max(1, len(held))})
    against = tuple(
        decide_regression(baselines[target.side.target.name], target, cases=scored.cases, settings=shared)
        for target in held
    )
    verdicts = [*(gate.gate.verdict for gate in gates), *(gate.verdict for gate in against)]
    return GateReport(
        run_id=run.run_id,
        verdict=_worst(verdicts),
        evals=gates,
        baselines=against,
        notes=tuple(_notes(run, against)),
    )


def _gate_eval(
    report: EvalReport,
    eval_: Eval,
    *,
    settings: GateSettings,
    canaries: Iterable[CanaryResult],
    doubts: Mapping[str, Sequence[str]],
) -> EvalGate:
    conditions, adjustments = adjust(eval_, settings.thresholds)
    gate = decide_by(conditions, report.cases)
    found = EvalGate(eval_id=eval_.id, target=report.target.name, gate=gate, adjustments=adjustments)
    if not any(is_judged(case) for case in eval_.cases):
        return found
    found = found.model_copy(update={"doubts": tuple(doubts.get(eval_.id, ()))})
    lenient, strict = _caught(canaries, eval_.id)
    by_code = decide_by(conditions, list(_decided_by_code(report.cases, eval_)))
    if lenient and gate.verdict == "passed":
        return _doubted(found, f"the judge passed what it must fail: {', '.join(lenient)}")
    if gate.verdict != "failed" or by_code.verdict == "failed":
        return found
    if strict:
        return _doubted(found, f"the judge failed what it must pass: {', '.join(strict)}")
    if found.doubts and settings.uncalibrated == "advisory":
        reason = f"only a judge who is not calibrated says so: {gate.reason}"
        return _doubted(found, reason).model_copy(update={"is_advisory": True})
    return found


def _doubted(found: EvalGate, reason: str) -> EvalGate:
    gate = Gate(verdict="inconclusive", reason=reason, conditions=found.gate.conditions)
    return found.model_copy(update={"gate": gate})


def _caught(canaries: Iterable[CanaryResult], eval_id: str) -> tuple[list[str], list[str]]:
    """The canaries of an eval that the judge was too mild with, and those that it was too strict with."""
    caught = [result.canary for result in canaries if result.canary.eval_id == eval_id and result.is_caught]
    lenient = [canary.id for canary in caught if not canary.should_pass]
    return lenient, [canary.id for canary in caught if canary.should_pass]


def _decided_by_code(cases: Iterable[CaseReport], eval_: Eval) -> Iterator[CaseReport]:
    """The cases as if the judge, and what was not asked, had passed."""
    by_id = {case.id: case for case in eval_.cases}
    for report in cases:
        case = by_id[report.case_id]
        outcomes = [_outcome_by_code(trial, case) for trial in report.trials]
        outcomes += ["passed"] * (case.repeat - len(outcomes))
        yield report.model_copy(update={"outcome": case_outcome(case, outcomes)})


def _outcome_by_code(trial: TrialResult, case: Case) -> Outcome:
    plain = {(reply.name, check.name) for reply in case.replies for check in reply.checks if not check.is_judged}
    plain |= {("", check.name) for check in case.checks if not check.is_judged}
    decided_by_judge = trial.outcome in ("failed", "unscored")
    failed = any(
        result.outcome == "failed" and result.level == "must" and (result.reply, result.check) in plain
        for result in trial.checks
    )
    return "failed" if failed else "passed" if decided_by_judge else trial.outcome


def _worst(verdicts: Sequence[GateVerdict]) -> GateVerdict:
    return next((verdict for verdict in _WORST_FIRST if verdict in verdicts), "inconclusive")


def _notes(run: RunResult, against: Sequence[BaselineGate]) -> Iterator[str]:
    if not run.plan.trials:
        yield "nothing was planned, so that nothing is decided"
    if shard := run.plan.shard:
        yield f"this is shard {shard.number} of {shard.of} alone; `evalc merge` makes one run of all of them"
    if not run.finished_at:
        yield "the run has not come to its end; `evalc run --resume` asks what is missing"
    known = {gate.target for gate in against}
    without = [target.name for target in run.plan.targets if target.name not in known]
    if without:
        yield f"there is no baseline for {', '.join(without)}; `evalc bless` makes one of a run"
