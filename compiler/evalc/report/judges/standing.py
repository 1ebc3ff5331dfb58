"""Whether a judge may be believed on what it decides, by the calibrations that are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evalc.model.calibration import Calibration, Measured, Standing
from evalc.model.catalog import Case, Check, Eval
from evalc.model.plan import TargetCard
from evalc.model.report import Figure
from evalc.model.settings import CalibrationSettings
from evalc.planning.labels.labelled import WHOLE
from evalc.report.judges.calibration import calibrate
from evalc.report.judges.measure import measured_fingerprint, measured_name


def judge_doubts(
    evals: Iterable[Eval], judge: TargetCard | None, *, kept: Sequence[Measured], floors: CalibrationSettings
) -> dict[str, tuple[str, ...]]:
    """By the id of an eval, a sentence for each rubric on which its judge was not measured, or not well enough.

    Evals that need no judge, or whose judge is above all floors, are left out.
    """
    found = {}
    for eval_ in evals:
        sentences = tuple(_doubts(eval_, judge, kept, floors=floors))
        if sentences:
            found[eval_.id] = sentences
    return found


def calibrations_of(
    eval_: Eval, judge: TargetCard, *, kept: Iterable[Measured]
) -> Iterator[tuple[str, Calibration | None]]:
    """Each thing that an eval has judged with the calibration of a judge on it, None where there is none."""
    by_rubric = {line.rubric: line for line in kept if line.judge == judge.name and line.criterion == WHOLE}
    for name, fingerprint in measured_things(eval_).items():
        line = by_rubric.get(name)
        yield name, calibrate(line, standing=_standing(line, judge, fingerprint)) if line else None


def measured_things(eval_: Eval) -> dict[str, str]:
    """What an eval has judged, each with what a calibration of it is bound to, in order of the names."""
    checks = [check for case in eval_.cases for check in _judged(case)]
    return dict(sorted((measured_name(eval_, check), measured_fingerprint(eval_, check)) for check in checks))


def shortfalls(found: Calibration, floors: CalibrationSettings) -> Iterator[str]:
    """Each floor that a calibration does not reach, such as `agreement 0.70 is below 0.80`."""
    if found.labels < floors.labels:
        yield f"{found.labels} labels are less than {floors.labels}"
    figures: Mapping[str, tuple[Figure, float | None]] = {
        "agreement": (found.agreement, floors.agreement),
        "kappa": (found.kappa, floors.kappa),
        "sensitivity": (found.sensitivity, floors.sensitivity),
        "specificity": (found.specificity, floors.specificity),
    }
    for name, (figure, floor) in figures.items():
        if floor is not None and figure.value is None:
            yield f"{name} is not known"
        elif floor is not None and figure.value is not None and figure.value < floor:
            yield f"{name} {figure.value:.2f} is below {floor:.2f}"


def _doubts(
    eval_: Eval, judge: TargetCard | None, kept: Sequence[Measured], *, floors: CalibrationSettings
) -> Iterator[str]:
    if judge is None:
        return
    for name, found in calibrations_of(eval_, judge, kept=kept):
        if found is None:
            yield f"judge {judge.name} was never measured on {name}"
        elif found.standing == "stale":
            yield f"judge {judge.name} was measured on {name} on {found.measured.date}, before it or the rubric changed"
        else:
            short = "; ".join(shortfalls(found, floors))
            if short:
                yield f"judge {judge.name} on {name}: {short}"


def _standing(line: Measured, judge: TargetCard, fingerprint: str) -> Standing:
    is_same = line.judge_fingerprint == judge.fingerprint and line.rubric_fingerprint == fingerprint
    return "fresh" if is_same else "stale"


def _judged(case: Case) -> Iterator[Check]:
    checks = (*case.checks, *(check for reply in case.replies for check in reply.checks))
    return (check for check in checks if check.is_judged and check.level == "must")
