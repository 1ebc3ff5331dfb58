"""Texts that try to become something else than text, and a library that has one of them wherever it has text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, JsonValue

from evalc.model.calibration import Measured
from evalc.model.catalog import Catalog, Check, Eval, Vendor
from evalc.model.flip import Release, SpecChange
from evalc.model.report import EvalReport, Report
from evalc.model.verdicts.proof import Proof
from evalc.pages._faces import picture_address
from evalc.pages.contract import Library
from tests.pages.example import deployments, example_library, harborline
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.example_results import JUDGE

_RUN = "window.ran=(window.ran||0)+1"

PAYLOADS = (
    f"<script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"&lt;/title&gt;&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"</script><script>{_RUN}</script>",
    f"<!--</script><script>{_RUN}</script>",
    f"--><script>{_RUN}</script>",
    f"]]><script>{_RUN}</script>",
    f"</textarea></template></style></noscript><script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    "<img src='https://elsewhere.example/pixel.png'>",
    f"<svg onload={_RUN}><animate onbegin={_RUN} attributeName=x dur=1s></svg>",
    f"<svg><a xlink:href='javascript:{_RUN}'><text y=20>press</text></a></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<iframe src='javascript:parent.{_RUN}'></iframe>",
    "<object data='https://elsewhere.example/a.swf'></object><embed src='https://elsewhere.example/a.swf'>",
    "<link rel=stylesheet href='https://elsewhere.example/a.css'>",
    "<meta http-equiv=refresh content='0;url=https://elsewhere.example/'>",
    "<base href='https://elsewhere.example/'>",
    "<style>@import 'https://elsewhere.example/a.css'; * {display: none}</style>",
    "<form action='https://elsewhere.example/'><button>send</button></form>",
    f"<details open ontoggle={_RUN}><summary>more</summary></details>",
    f"<input autofocus onfocus={_RUN}>",
    f'" onmouseover="{_RUN}" autofocus onfocus="{_RUN}" x="',
    f"' onmouseover='{_RUN}' autofocus onfocus='{_RUN}' x='",
    f"` onmouseover={_RUN} autofocus onfocus={_RUN} ",
    f"javascript:{_RUN}",
    f"java\tscript:{_RUN}//https://elsewhere.example",
    f"data:text/html,<script>parent.{_RUN}</script>",
    f"[press](javascript:{_RUN})",
    f"[Eval Library]: javascript:{_RUN}\n\n*[Pass]: Fail",
    "![x](https://elsewhere.example/pixel.png)",
    f'text {{: onclick="{_RUN}" }}\n{{#top .md-nav}}',
    '--8<-- "mkdocs.yml"\n--8<-- "/etc/passwd"',
    "{{ 7*'7' }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}{# #}",
    "${7*7} #{7*7} <%= 7*7 %> {{constructor.constructor('window.ran=1')()}}",
    "{n} {0.__class__} {rule.__init__.__globals__} %(x)s %n",
    '```mermaid\ngraph TD; A-->B; click A href "javascript:window.ran=1"\n```',
    "safe\u202egpj.exe\u2066 \u200b\ufeff\u2028end",
    "nul\x00 escape\x1b[2J\x1b]8;;https://elsewhere.example\x07 bell\x07",
    "half \ud83d of a pair",
    "<a id=__config>{}</a><a id=top name=__search href='#'>top</a>",
    "\u0301" * 60 + "marks on marks",
    "=cmd|' /C calc'!A0",
)

_LOGO = (
    f'<svg xmlns="http://www.w3.org/2000/svg" onload="{_RUN};parent.{_RUN}"><script>parent.{_RUN}</script>'
    '<image href="https://elsewhere.example/pixel.png"/></svg>'
).encode()

# What leads from one value to another; analysis lets only plain names stand there.
_NAMES = {
    "Vendor.name", "Eval.id", "Eval.name", "Eval.vendor", "Case.id", "Case.name", "Case.cluster", "Check.id",
    "Check.name", "Check.verb", "Rubric.name", "CaseReport.case_id", "EvalReport.eval_id", "CheckResult.check",
    "CheckResult.reply", "Reply.name", "Subject.id", "ReachedCase.case_id", "CaseReport.repeats", "Measured.rubric",
    "Measured.criterion", "Measured.scale", "Agreed.label", "Agreed.verdict", "Trial.case_id",
}  # fmt: skip

Model = TypeVar("Model", bound=BaseModel)


def poison(value: Model, payload: str) -> Model:
    """The value with every text in it replaced, at any depth."""
    changes = {
        name: _poison(getattr(value, name), payload, is_text=field.annotation is str)
        for name, field in type(value).model_fields.items()
        if f"{type(value).__name__}.{name}" not in _NAMES
    }
    if isinstance(value, Check):
        changes["arguments"] = value.arguments
    return value.model_copy(update=changes)


def poisoned_library(payloads: Sequence[str] = PAYLOADS) -> Library:
    """A vendor with an eval and its results for each payload, `vendor-0/deployments` and on."""
    example = example_library()
    vendors: list[Vendor] = []
    evals: list[Eval] = []
    reports: list[EvalReport] = []
    changes: list[SpecChange] = []
    measured: list[Measured] = []
    proofs: dict[str, Proof] = {}
    for number, payload in enumerate(payloads):
        name = f"vendor-{number}"
        vendors.append(poison(harborline(), payload).model_copy(update={"name": name}))
        eval_ = _renamed(deployments(), name)
        evals.append(poison(eval_, payload))
        found = [_moved(report, name) for report in example.reports_of(DEPLOYMENTS)]
        # Targets are told apart by their names, so each keeps a part of its own.
        reports += [_told_apart(poison(report, payload), report) for report in found]
        changes += [poison(_reaching(change, name), payload) for change in example.changes]
        measured += [poison(_measured_on(line, name), payload) for line in example.measured]
        # Judged by somebody, so that the command to repeat it names them.
        judged = example.proofs[DEPLOYMENTS].model_copy(update={"judge": JUDGE})
        proofs[f"{name}/deployments"] = poison(judged, payload)
    return Library(
        Catalog(vendors=tuple(vendors), evals=tuple(evals)),
        Report(evals=tuple(reports)),
        address=example.address,
        repository=example.repository,
        changes=tuple(changes),
        releases=tuple(_releases(changes, payloads)),
        logos={"vendor-0": picture_address("logo.svg", _LOGO)},
        measured=tuple(measured),
        proofs=proofs,
    )


def _releases(changes: Sequence[SpecChange], payloads: Sequence[str]) -> Iterator[Release]:
    """A release for each payload, named so, with what some commit changed."""
    for number, payload in enumerate(dict.fromkeys(payloads)):
        found = changes[number % len(changes)].changes
        yield Release(name=payload, day="2026-11-20", since=payload, changes=found)


def _reaching(change: SpecChange, vendor: str) -> SpecChange:
    text = change.model_dump_json().replace("harborline/", f"{vendor}/")
    return SpecChange.model_validate_json(text)


def _measured_on(line: Measured, vendor: str) -> Measured:
    return line.model_copy(update={"rubric": line.rubric.replace("harborline/", f"{vendor}/", 1)})


def _told_apart(poisoned: EvalReport, report: EvalReport) -> EvalReport:
    target = poisoned.target.model_copy(update={"name": f"{poisoned.target.name}{report.target.name}"})
    return poisoned.model_copy(update={"target": target})


def _renamed(eval_: Eval, vendor: str) -> Eval:
    cases = tuple(
        case.model_copy(update={"id": case.id.replace("harborline/", f"{vendor}/", 1)}) for case in eval_.cases
    )
    return eval_.model_copy(update={"id": f"{vendor}/deployments", "vendor": vendor, "cases": cases})


def _moved(report: EvalReport, vendor: str) -> EvalReport:
    text = report.model_dump_json().replace("harborline/", f"{vendor}/")
    return EvalReport.model_validate_json(text).model_copy(update={"eval_id": f"{vendor}/deployments"})


def _poison(value: object, payload: str, *, is_text: bool) -> object:
    if isinstance(value, BaseModel):
        return poison(value, payload)
    if isinstance(value, tuple):
        # A tuple of words has only words; one of choices holds none here.
        return tuple(_poison(each, payload, is_text=True) for each in value)
    if isinstance(value, Mapping):
        items = ((payload if _is_free(key) else key, each) for key, each in value.items())
        return {key: _poison(each, payload, is_text=True) for key, each in items}
    return payload if is_text and isinstance(value, str) else value


def _is_free(key: JsonValue) -> bool:
    # The severities are words of the model; any other key is somebody's text.
    return key not in ("critical", "high", "medium", "low")
