"""The exporter `junit`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from evalc.base.visible import visible
from evalc.exporters.contract import Exporter, RunView, check_of, failed_checks
from evalc.model.catalog import Case
from evalc.model.report import CaseReport, EvalReport, GateVerdict
from evalc.model.verdicts.gate import GateReport

# What XML 1.0 has no place for, however it is escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Junit(Exporter):
    """Test results as CI systems read them: a suite for each eval at each target, a test for each case.

    A case that failed is a failure, one without an answer or a verdict an error, one that was not asked is skipped.
    With a gate, its decisions are tests of a suite `gate`; what is inconclusive is an error.

    Example:
        evalc gate --format junit > junit.xml
    """

    def export_run(self, view: RunView) -> str:
        suites = [_suite(report, view) for report in view.report.evals]
        suites += [_gate(view.gate)] if view.gate else []
        root = ElementTree.Element("testsuites", {"name": "evalc", **_sums(suites)})
        root.extend(suites)
        ElementTree.indent(root)
        body = ElementTree.tostring(root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(report: EvalReport, view: RunView) -> ElementTree.Element:
    tests = [_test(report, found, view.cases[found.case_id]) for found in report.cases]
    name = f"{report.eval_id} at {report.target.name}"
    attributes = {"timestamp": report.started_at.removesuffix("Z")} if report.started_at else {}
    return _filled("testsuite", name, tests, **attributes)


def _filled(tag: str, name: str, tests: Sequence[ElementTree.Element], **attributes: str) -> ElementTree.Element:
    """A suite of tests with its counts."""
    kinds = Counter(child.tag for test in tests for child in test)
    counts = {kind: str(kinds[one]) for kind, one in (("failures", "failure"), ("errors", "error"))}
    seconds = sum(float(test.get("time", "0")) for test in tests)
    sums = {"tests": str(len(tests)), **counts, "skipped": str(kinds["skipped"]), "time": f"{seconds:.3f}"}
    suite = ElementTree.Element(tag, {"name": _legal(name), **sums, **attributes})
    suite.extend(tests)
    return suite


def _test(report: EvalReport, found: CaseReport, case: Case) -> ElementTree.Element:
    seconds = sum(response.latency_s for trial in found.trials for response in trial.responses)
    test = ElementTree.Element(
        "testcase",
        {
            "classname": _legal(f"{report.eval_id}.{report.target.name}".replace("/", ".")),
            "name": _legal(found.case_id.split("/", 2)[-1]),
            "file": _legal(case.place.path),
            "line": str(case.place.line),
            "time": f"{seconds:.3f}",
        },
    )
    properties = ElementTree.SubElement(test, "properties")
    for name, value in (("severity", found.severity), ("passes", f"{found.passes} of {len(found.trials)}")):
        ElementTree.SubElement(properties, "property", {"name": name, "value": value})
    match found.outcome:
        case "failed":
            lines = [*_failures(found, case)]
            _add(test, "failure", lines[0] if lines else "its rule over repeats does not hold", lines)
        case "errored" | "unscored":
            faults = dict.fromkeys(trial.fault.message for trial in found.trials if trial.fault)
            _add(test, "error", next(iter(faults), found.outcome), list(faults))
        case "skipped":
            ElementTree.SubElement(test, "skipped", {"message": "not asked"})
    return test


def _failures(found: CaseReport, case: Case) -> Iterator[str]:
    """A line for each check that failed, with how often and where it stands, those that decide first."""
    for results in sorted(failed_checks(found), key=lambda results: results[0].level):
        first = results[0]
        check = check_of(case, first)
        place = f" ({check.place.path}:{check.place.line})" if check else ""
        often = f", {len(results)} of {len(found.trials)} times" if len(found.trials) > 1 else ""
        reply = f"{first.reply} " if first.reply else ""
        yield f"{first.level} {reply}{first.check}{often}: {first.reason}{place}"


def _gate(gate: GateReport) -> ElementTree.Element:
    tests = [
        _decision(f"{found.eval_id} at {found.target}", found.gate.verdict, [found.gate.reason, *found.doubts])
        for found in gate.evals
    ]
    tests += [
        _decision(f"{held.target} against its baseline", held.verdict, [held.reason, *filter(None, [held.needs])])
        for held in gate.baselines
    ]
    return _filled("testsuite", "gate", tests)


def _decision(name: str, verdict: GateVerdict, reasons: list[str]) -> ElementTree.Element:
    test = ElementTree.Element("testcase", {"classname": "gate", "name": _legal(name), "time": "0.000"})
    if verdict != "passed":
        _add(test, "failure" if verdict == "failed" else "error", reasons[0], reasons)
    return test


def _add(test: ElementTree.Element, tag: str, message: str, lines: Iterable[str]) -> None:
    child = ElementTree.SubElement(test, tag, {"message": _legal(message), "type": tag})
    # Each line begins with a sign of ours, so that none is a command to a CI system that reads its own output.
    child.text = "".join(f"\n- {_legal(line)}" for line in lines) + "\n"


def _sums(suites: Iterable[ElementTree.Element]) -> dict[str, str]:
    counts = {name: sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors")}
    seconds = sum(float(suite.get("time", "0")) for suite in suites)
    return {name: str(count) for name, count in counts.items()} | {"time": f"{seconds:.3f}"}


def _legal(text: str) -> str:
    return _ILLEGAL.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", visible(text))
