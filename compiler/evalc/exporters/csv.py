"""The exporter `csv`."""

import csv
import io
from collections.abc import Iterable, Iterator

from evalc.base.visible import visible
from evalc.exporters.contract import Exporter, RunView
from evalc.model.report import CaseReport, EvalReport
from evalc.model.result import TrialResult
from evalc.model.verdicts.comparison import CasePair, RunComparison
from evalc.report.compare import is_loss

Cell = str | int | float | None

_RUN = ("run", "eval", "case", "severity", "target", "repeat", "outcome", "failed_checks", "reason")
_MEASURES = ("attempts", "latency_s", "first_token_s", "input_tokens", "output_tokens", "cost_usd", "path", "line")
_COMPARISON = ("target_before", "target_after", "case", "severity", "change", "before", "after", "path", "line")
_FORMULA = ("=", "+", "-", "@")


class Csv(Exporter):
    """A row for each answer, or for each case that turned, for spreadsheets and notebooks.

    A text that a spreadsheet would take for a formula begins with an apostrophe, and controls are shown as signs.

    Example:
        evalc export latest --format csv > answers.csv
    """

    def export_run(self, view: RunView) -> str:
        rows = (
            (*_trial(report, found, trial), case.place.path, case.place.line)
            for report, found, case in view.case_reports()
            for trial in found.trials
        )
        return _table((*_RUN, *_MEASURES), rows)

    def export_comparison(self, comparison: RunComparison) -> str:
        rows: list[tuple[Cell, ...]] = []
        for compared in comparison.targets:
            sides = (compared.before.target.name, compared.after.target.name)
            rows += [(*sides, *_pair(pair, "lost" if is_loss(pair) else "gained")) for pair in compared.flips]
            rows += [(*sides, *_pair(pair, "shifted")) for pair in compared.shifts]
            rows += [(*sides, out.case_id, "", f"not compared: {out.reason}", *[None] * 4) for out in compared.left_out]
        return _table(_COMPARISON, rows)


def _trial(report: EvalReport, found: CaseReport, trial: TrialResult) -> tuple[Cell, ...]:
    failed = [result for result in trial.checks if result.outcome == "failed"]
    reason = trial.fault.message if trial.fault else failed[0].reason if failed else ""
    last = trial.responses[-1] if trial.responses else None
    return (
        report.run_id,
        report.eval_id,
        found.case_id,
        found.severity,
        report.target.name,
        trial.trial.repeat,
        trial.outcome,
        " ".join(result.check for result in failed),
        reason,
        trial.attempts,
        last.latency_s if last else None,
        last.first_token_s if last else None,
        last.input_tokens if last else None,
        last.output_tokens if last else None,
        trial.cost_usd,
    )


def _pair(pair: CasePair, change: str) -> tuple[Cell, ...]:
    return (
        pair.case_id,
        pair.severity,
        change,
        pair.before.share,
        pair.after.share,
        pair.place.path,
        pair.place.line,
    )


def _table(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    written = io.StringIO()
    # Texts are quoted, so that no line begins with a word of somebody else.
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([*_cells(row)] for row in rows)
    return written.getvalue()


def _cells(row: Iterable[Cell]) -> Iterator[Cell]:
    for cell in row:
        yield _guarded(visible(cell)) if isinstance(cell, str) else "" if cell is None else cell


def _guarded(text: str) -> str:
    """The text as a cell that no spreadsheet computes.

    Source: OWASP, "CSV injection".
    """
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
