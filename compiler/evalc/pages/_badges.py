"""Badges of an eval: small pictures of its latest verdicts, and the same as an endpoint of shields.io."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from evalc.model.catalog import Eval
from evalc.model.report import EvalReport
from evalc.pages._address import eval_path
from evalc.pages._copies import ShownVerdict
from evalc.pages._environment import render
from evalc.pages._excerpt import cut_words
from evalc.pages._figures import as_percent
from evalc.pages._legible import make_legible
from evalc.pages._results import Results, TargetResults
from evalc.pages._words import say
from evalc.pages.contract import Copy

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LABEL_SHOWN = 48

# White on each of these has a contrast of 4.5 to 1; the word beside it says the same.
_COLOURS: dict[ShownVerdict, str] = {
    "passed": "14693a",
    "failed": "a5181e",
    "inconclusive": "854607",
    "not-run": "4b5563",
}
# What a character of 11 pixels takes on the average; the picture then stretches the text to fit exactly.
_CHARACTER, _PADDING = 6.1, 10


@dataclass(frozen=True, slots=True)
class Badge:
    """A label and what it says, in a colour without `#`; `name` is that of its files, without their endings."""

    name: str
    label: str
    message: str
    colour: str


def badges_of(eval_: Eval, results: Results) -> tuple[Badge, ...]:
    """The badge of an eval over all targets, then one for each target."""
    return (_overall(eval_, results), *(_of_target(eval_, target) for target in results.targets))


def badge_files(eval_: Eval, results: Results) -> Iterator[Copy]:
    """Each badge as a picture and as an endpoint.

    Source of the endpoint's format: shields.io, "Endpoint badge", schema version 1.
    """
    for badge in badges_of(eval_, results):
        path = eval_path(eval_.id) + badge.name
        yield Copy(f"{path}.svg", _picture(badge))
        endpoint = {"schemaVersion": 1, "label": badge.label, "message": badge.message, "color": badge.colour}
        yield Copy(f"{path}.json", json.dumps(endpoint) + "\n")


def _overall(eval_: Eval, results: Results) -> Badge:
    verdicts = [target.report.gate.verdict for target in results.targets]
    passed = verdicts.count("passed")
    if not verdicts:
        return _badge("badge", eval_, say("outcome.not-run"), "not-run")
    worst: ShownVerdict = next((one for one in ("failed", "inconclusive") if one in verdicts), "passed")
    message = say("badge.targets", n=len(verdicts), passed=passed)
    return _badge("badge", eval_, _marked(message, is_scripted=results.is_scripted), worst)


def _of_target(eval_: Eval, target: TargetResults) -> Badge:
    report = target.report
    plain = report.target.name if _FILE_NAME.fullmatch(report.target.name) else f"target-{target.number}"
    message = _marked(_said(report), is_scripted=report.target.is_scripted)
    return _badge(f"badge.{plain}", eval_, message, report.gate.verdict)


def _said(report: EvalReport) -> str:
    verdict = say(f"outcome.{report.gate.verdict}")
    if report.tally.rate is None:
        return say("badge.no_rate", target=report.target.name, verdict=verdict)
    return say("badge.target", target=report.target.name, verdict=verdict, rate=as_percent(report.tally.rate))


def _marked(message: str, *, is_scripted: bool) -> str:
    return say("badge.scripted", message=message) if is_scripted else message


def _badge(name: str, eval_: Eval, message: str, verdict: ShownVerdict) -> Badge:
    label = make_legible(cut_words(eval_.title, _LABEL_SHOWN).text)
    return Badge(name, label, make_legible(message), _COLOURS[verdict])


def _picture(badge: Badge) -> str:
    left, right = (round(len(text) * _CHARACTER) for text in (badge.label, badge.message))
    return str(render("badge.svg", badge=badge, left=left, right=right, padding=_PADDING))
