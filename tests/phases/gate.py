"""Runs that are decided: cases with the outcomes of their repeats, before and now, and what a gate makes of them."""

from collections.abc import Mapping
from pathlib import Path

from evalc.base.render import render_text
from evalc.cli.verdicts.gating import render_gate
from evalc.model.catalog import SEVERITIES, Case
from evalc.model.plan import TargetCard
from evalc.model.result import RunResult
from evalc.model.rule import Comparison, Rule
from evalc.planning.policy.read import read_policy
from evalc.report.gating.baseline import read_baseline
from evalc.report.gating.run import gate_run
from evalc.report.summarize import summarize
from tests.builders import make_case, make_check, make_eval, make_run, outcomes_of
from tests.text_cases import write_files

MAKES = ("gate",)

_JUDGE = TargetCard(name="strict", type="openai", fingerprint="j-strict")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The decision about a run.

    A line of `cases` is `NAME SEVERITY BEFORE NOW`, the outcomes of repeats as marks of a baseline, `=` for none, and
    `judged` behind it. `rule` is the eval's, `SUBJECT >= N%`, and `evalc.toml` the policy, both where there is one.
    """
    write_files(sections, folder)
    settings, findings = read_policy(folder / "evalc.toml")
    if "evalc.toml" in sections:
        assert not findings, render_text(findings, colour=False)
    rows = [line.split() for line in sections["cases"].splitlines()]
    run = _run(
        [_case(row) for row in rows], {row[0]: row[3] for row in rows if row[3] != "="}, sections.get("rule", "")
    )
    lines = [
        f"geo/capitals/{row[0]} f-{row[0]} {_outcome(row[2])} {row[2]} {_judge(row)}\n" for row in rows if row[2] != "="
    ]
    baselines = {"model": read_baseline("".join(lines), name="model")} if lines else {}
    report = gate_run(run, settings=settings.gate, baselines=baselines, doubts=_doubts(sections))
    by_id = {case.id: case for eval_ in run.plan.evals for case in eval_.cases}
    return {"gate": render_gate(report, summarize([run]).evals, cases=by_id, colour=False)}


def _run(cases: list[Case], marks: Mapping[str, str], rule: str) -> RunResult:
    run = make_run(make_eval(cases, rule=_rule(rule) if rule else None), outcomes_of(marks))
    plan = run.plan.model_copy(update={"judge": _JUDGE})
    return run.model_copy(update={"plan": plan, "finished_at": "2026-03-04T06:06:07Z"})


def _case(row: list[str]) -> Case:
    severity = next(name for name in SEVERITIES if name == row[1])
    check = make_check("names-it", is_judged="judged" in row)
    return make_case(row[0], severity=severity).model_copy(update={"checks": (check,)})


def _judge(row: list[str]) -> str:
    return _JUDGE.fingerprint if "judged" in row else "-"


def _outcome(marks: str) -> str:
    return "passed" if set(marks) == {"+"} else "failed"


def _rule(words: str) -> Rule:
    subject, _, bound = words.split()
    share = Comparison(subject=subject, operator=">=", bound=int(bound.rstrip("%")) / 100, unit="share")
    return Rule(conditions=(share,), words=words)


def _doubts(sections: Mapping[str, str]) -> dict[str, list[str]]:
    return {"geo/capitals": sections["doubts"].splitlines()} if "doubts" in sections else {}
