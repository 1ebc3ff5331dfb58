"""How far the verdicts of an eval can be believed: how its judges were measured, and what its checks catch."""

import shlex
from dataclasses import dataclass
from typing import Literal

from evalc.model.calibration import Calibration, JudgedRate
from evalc.model.catalog import Eval
from evalc.model.plan import TargetCard
from evalc.model.verdicts.proof import Proof
from evalc.pages._results import Results, results_of
from evalc.pages._words import say
from evalc.pages.contract import Library
from evalc.planning.labels.labelled import CLAIMS
from evalc.report.judges.rates import corrected_rates_of
from evalc.report.judges.standing import calibrations_of, measured_things

Known = Literal["fresh", "stale", "missing", "unasked"]
"""`unasked` where the judge is none of the latest runs, so that nothing tells whether it is the same still."""


@dataclass(frozen=True, slots=True)
class MeasuredJudge:
    """What is known of a judge on one thing that it judges; `found` is None where it was not measured on it."""

    thing: str
    judge: TargetCard
    known: Known
    found: Calibration | None


@dataclass(frozen=True, slots=True)
class CorrectedRate:
    """A rate without what its judge gets wrong, and the title of what was judged."""

    thing: str
    rate: JudgedRate


@dataclass(frozen=True, slots=True)
class ProvenChecks:
    """What bad answers made of an eval's checks, and the command that tells which of them got through.

    `faults` of the `passed` must fail; the others are changed good answers, which may have stayed good.
    """

    proof: Proof
    share: float
    passed: int
    faults: int
    untold: int
    command: str


def measured_judges(library: Library, eval_: Eval, *, results: Results) -> tuple[MeasuredJudge, ...]:
    """A row for each thing that an eval has judged and each judge that judged it last or was measured on it."""
    kept = library.measured_of(eval_.id)
    asked = {(card.name, card.fingerprint): card for target in results.targets if (card := target.report.judge)}
    names = {card.name for card in asked.values()}
    others = {line.judge: line.judge_fingerprint for line in kept if line.judge not in names}
    rows = [_row(eval_, card, *pair) for card in asked.values() for pair in calibrations_of(eval_, card, kept=kept)]
    for name, fingerprint in sorted(others.items()):
        card = TargetCard(name=name, type="", fingerprint=fingerprint)
        measured = [pair for pair in calibrations_of(eval_, card, kept=kept) if pair[1]]
        rows += [_row(eval_, card, *pair, is_asked=False) for pair in measured]
    return tuple(sorted(rows, key=lambda row: row.thing))


def calibrations(library: Library, eval_: Eval) -> tuple[Calibration, ...]:
    """How judges were measured on what an eval has judged, each by its last measurement."""
    rows = measured_judges(library, eval_, results=results_of(library, eval_.id))
    return tuple(row.found for row in rows if row.found)


def judged_rates(library: Library, eval_: Eval) -> tuple[JudgedRate, ...]:
    """The latest rates without what their judge gets wrong, where that was measured and the eval is as it was asked."""
    kept = library.measured_of(eval_.id)
    found: list[JudgedRate] = []
    for target in results_of(library, eval_.id).targets if kept else ():
        report = target.report
        if report.judge and target.is_current:
            trials = [trial for case in report.cases for trial in case.trials]
            found += corrected_rates_of(eval_, trials, target=report.target.name, judge=report.judge, kept=kept)
    return tuple(sorted(found, key=lambda rate: (rate.rubric, rate.target)))


def corrected_rates(library: Library, eval_: Eval) -> tuple[CorrectedRate, ...]:
    """The same with what was judged in words."""
    return tuple(CorrectedRate(_title_of(eval_, rate.rubric), rate) for rate in judged_rates(library, eval_))


def has_judged(eval_: Eval) -> bool:
    """Whether anything of an eval is decided by a judge."""
    return bool(measured_things(eval_))


def proven_checks(library: Library, eval_: Eval) -> ProvenChecks | None:
    """What the proof of an eval says of its checks, or None where there is none, or one that tells of nothing."""
    proof = library.proofs.get(eval_.id)
    if proof is None or proof.share is None:
        return None
    judge = f" --judge {shlex.quote(proof.judge.name)}" if proof.judge else ""
    return ProvenChecks(
        proof,
        share=proof.share,
        passed=proof.told - proof.killed,
        faults=sum(len(case.passing) for case in proof.cases),
        untold=sum(case.untold for case in proof.cases),
        command=f"evalc prove {shlex.quote(eval_.place.path)}{judge} --all",
    )


def _row(
    eval_: Eval, judge: TargetCard, name: str, found: Calibration | None, *, is_asked: bool = True
) -> MeasuredJudge:
    known: Known = found.standing if found else "missing"
    return MeasuredJudge(
        thing=_title_of(eval_, name),
        judge=judge,
        known="unasked" if known == "fresh" and not is_asked else known,
        found=found,
    )


def _title_of(eval_: Eval, name: str) -> str:
    """What a measured thing is called: by the title of its rubric, as an eval's claims, or by the verb that asks."""
    rubric = next((rubric for rubric in eval_.rubrics if f"{eval_.id}/{rubric.name}" == name), None)
    if rubric:
        return rubric.title
    word = name.rpartition("/")[2]
    return say("calibration.claims") if word == CLAIMS else say("calibration.verb", verb=word)
