"""Calibrations as a person reads them."""

from collections.abc import Iterator, Sequence

from evalc.base.visible import visible
from evalc.cli.console import Painter
from evalc.model.calibration import Calibration
from evalc.model.report import Figure
from evalc.model.settings import CalibrationSettings
from evalc.planning.labels.labelled import WHOLE
from evalc.report.judges.measure import HeardLabel, said
from evalc.report.judges.standing import shortfalls


def figures_table(found: Sequence[Calibration]) -> Iterator[str]:
    """A row for each rubric and each of its criteria, each figure with its 95 % interval."""
    header = ("", "labels", "agreement", "kappa", "sensitivity", "specificity", "same word")
    rows = [header, *(_row(one) for one in found)]
    columns = [column for column in range(len(header)) if column < 2 or any(row[column] for row in rows[1:])]
    widths = {column: max(len(row[column]) for row in rows) for column in columns}
    for row in rows:
        yield "  ".join(row[column].ljust(widths[column]) for column in columns).rstrip()


def confusion_table(found: Calibration) -> Iterator[str]:
    """How often people said one word and the judge another; the judge may have none."""
    counts = {(one.label, one.verdict): one.count for one in found.measured.counts}
    verdicts = [*found.measured.scale, *([""] if found.undecided else [])]
    labels = [word for word in found.measured.scale if any(label == word for label, _ in counts)]
    name = found.measured.rubric + (f", {found.measured.criterion}" if found.measured.criterion else "")
    rows = [[f"{name}: people \\ judge", *(word or "no word" for word in verdicts)]]
    rows += [[f"  {label}", *(str(counts.get((label, verdict), 0)) for verdict in verdicts)] for label in labels]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells])


def disagreements(heard: Sequence[HeardLabel]) -> Iterator[str]:
    """Each answer on whose verdict the judge does not say what people do, with the judge's reason."""
    for one in heard:
        label, verdict = one.labelled.labels.get(WHOLE), said(one.samples[0], WHOLE)
        if label and label != verdict:
            words = f"people say {label}, the judge {verdict or 'cannot tell'}"
            yield f"  {one.labelled.by} {one.labelled.check.id}: {words}: {visible(one.samples[0].reason)}"


def verdict_line(name: str, found: Calibration | None, *, floors: CalibrationSettings) -> tuple[str, bool]:
    """Whether a judge's word on something counts, in a line, and as a truth value."""
    if found is None:
        return f"missing   {name}", False
    if found.standing == "stale":
        return f"stale     {name}: measured on {found.measured.date}, before the judge or the rubric changed", False
    short = "; ".join(shortfalls(found, floors))
    if short:
        return f"too low   {name}: {short}", False
    return f"measured  {name}: agreement {shown(found.agreement)} on {found.labels} labels", True


def shown(figure: Figure) -> str:
    """A share as 92 % (80 to 97), empty where it is not known."""
    if figure.value is None or figure.interval is None:
        return ""
    return f"{figure.value:.0%} ({figure.interval.low * 100:.0f} to {figure.interval.high * 100:.0f})".replace(
        "%", " %"
    )


def print_lines(lines: Iterator[str], paint: Painter) -> None:
    """Print lines, the first of them as a heading."""
    for number, line in enumerate(lines):
        print(paint(line, "dim") if number == 0 else line)


def _row(found: Calibration) -> tuple[str, ...]:
    measured = found.measured
    kappa = found.weighted_kappa if found.weighted_kappa.value is not None else found.kappa
    name = f"  {measured.criterion}" if measured.criterion else measured.rubric
    open_ = f", {found.undecided} without a word" if found.undecided else ""
    return (
        name,
        f"{found.labels}{open_}",
        shown(found.agreement),
        _kappa(kappa),
        shown(found.sensitivity),
        shown(found.specificity),
        shown(found.consistency),
    )


def _kappa(figure: Figure) -> str:
    if figure.value is None or figure.interval is None:
        return ""
    return f"{figure.value:.2f} ({figure.interval.low:.2f} to {figure.interval.high:.2f})"
