"""From counts of what people and a judge said to the figures of a calibration."""

from evalc.model.calibration import Calibration, Measured, Standing
from evalc.model.report import Figure
from evalc.report.judges.corrected import Checked
from evalc.report.judges.kappa import kappa
from evalc.report.statistics.intervals import wilson_interval

POSITIVE = {"met": "not-met", "passed": "failed"}
"""The words for what is as wanted, each with its opposite."""


def calibrate(measured: Measured, *, standing: Standing = "fresh") -> Calibration:
    """The figures of a measurement; what the judge could not tell counts in none but `undecided`."""
    counts = {(found.label, found.verdict): found.count for found in measured.counts if found.verdict}
    total = sum(counts.values())
    same = sum(count for (label, verdict), count in counts.items() if label == verdict)
    is_scored = measured.scale[0] not in POSITIVE
    checked = checked_of(measured)
    return Calibration(
        measured=measured,
        standing=standing,
        labels=sum(found.count for found in measured.counts),
        undecided=sum(found.count for found in measured.counts if not found.verdict),
        agreement=_share(same, total),
        kappa=kappa(counts, measured.scale),
        weighted_kappa=kappa(counts, measured.scale, weights="quadratic") if is_scored else Figure(),
        sensitivity=_share(checked.passed, checked.of_good),
        specificity=_share(checked.failed, checked.of_bad),
        consistency=_share(measured.same, measured.asked),
    )


def checked_of(measured: Measured) -> Checked:
    """What is known of a judge's errors, for rates that it gives; nothing where it gave scores."""
    counts = {(found.label, found.verdict): found.count for found in measured.counts if found.verdict}
    good = measured.scale[0]
    bad = POSITIVE.get(good, "")
    return Checked(
        passed=counts.get((good, good), 0),
        of_good=sum(counts.get((good, verdict), 0) for verdict in (good, bad)) if bad else 0,
        failed=counts.get((bad, bad), 0),
        of_bad=sum(counts.get((bad, verdict), 0) for verdict in (good, bad)) if bad else 0,
    )


def _share(count: int, total: int) -> Figure:
    return Figure(value=count / total, interval=wilson_interval(count, total)) if total else Figure()
