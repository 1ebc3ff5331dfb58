"""The exporter `sarif`."""

import json
from collections.abc import Iterator
from urllib.parse import quote

from evalc.base.digest import digest
from evalc.base.family import find_member
from evalc.base.visible import visible
from evalc.checks.contract import CheckType
from evalc.exporters.contract import Exporter, RunView, check_of, failed_checks
from evalc.model.catalog import Check, Severity
from evalc.model.report import CaseReport, EvalReport
from evalc.model.result import CheckResult

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
# GitHub takes no more results of one run.
_MOST = 5_000


class Sarif(Exporter):
    """Failed checks at their lines in the specs, in SARIF 2.1.0, for code scanning and editors.

    A failed `should` is a note. Cases without an answer or a verdict are notifications of the run and no results.

    Example:
        evalc gate --format sarif > evalc.sarif
    """

    def export_run(self, view: RunView) -> str:
        found = [*_results(view)]
        verbs = sorted({str(result["ruleId"]) for result in found[:_MOST]})
        notes = [*_notifications(view)]
        if len(found) > _MOST:
            notes.append(_notification(f"{len(found) - _MOST} more results are left out"))
        run = {
            "tool": {"driver": {"name": "evalc gate", "rules": [_rule(verb) for verb in verbs]}},
            "invocations": [{"executionSuccessful": not notes, "toolExecutionNotifications": notes}],
            "results": found[:_MOST],
        }
        return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(verb: str) -> dict[str, object]:
    member = find_member("evalc.checks", verb, CheckType)
    meaning = (member.__doc__ or verb).strip().splitlines()[0] if member else verb
    return {"id": verb, "shortDescription": {"text": verb}, "fullDescription": {"text": meaning}}


def _results(view: RunView) -> Iterator[dict[str, object]]:
    for report, found, case in view.case_reports():
        for results in failed_checks(found):
            check = check_of(case, results[0])
            if check:
                yield _result(report, found, results, check=check)


def _result(report: EvalReport, found: CaseReport, results: list[CheckResult], *, check: Check) -> dict[str, object]:
    first = results[0]
    often = f" ({len(results)} of {len(found.trials)} times)" if len(found.trials) > 1 else ""
    words = f"{found.case_id} at {report.target.name}{often}: {first.reason}"
    artifact = {"uri": quote(check.place.path, errors="replace")}
    location = {"artifactLocation": artifact, "region": {"startLine": check.place.line}}
    return {
        "ruleId": check.verb,
        "level": _LEVELS[found.severity] if first.level == "must" else "note",
        "message": {"text": visible(words)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"check/v1": digest([check.id, first.reply, report.target.name])},
        "properties": {"severity": found.severity, "passes": found.passes, "repeats": len(found.trials)},
    }


def _notifications(view: RunView) -> Iterator[dict[str, object]]:
    for report, found, _ in view.case_reports():
        if found.outcome in ("errored", "unscored", "skipped"):
            faults = "; ".join(dict.fromkeys(trial.fault.message for trial in found.trials if trial.fault))
            why = f": {faults}" if faults else ""
            yield _notification(f"{found.case_id} at {report.target.name} has no verdict, {found.outcome}{why}")


def _notification(text: str) -> dict[str, object]:
    return {"level": "error", "message": {"text": visible(text)}}
