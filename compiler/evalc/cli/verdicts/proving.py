"""Proofs as a person reads them: what is to be mended first, then what survived."""

from collections.abc import Iterator, Sequence

from evalc.base.visible import visible
from evalc.cli.console import Painter
from evalc.model.verdicts.proof import CaseProof, Proof, Survivor

_LONGEST = 90


def render_proofs(proofs: Sequence[Proof], *, colour: bool, whole: bool = False) -> str:
    """Each eval with its figure and its weak cases.

    Args:
        whole: Show the changed answers that pass, too.
    """
    paint = Painter(colour=colour)
    lines: list[str] = []
    for proof in proofs:
        lines += _proof(proof, paint, whole)
    weak = sum(case.is_weak for proof in proofs for case in proof.cases)
    survivors = sum(len(case.survivors) for proof in proofs for case in proof.cases)
    lines.append(f"{weak} weak case{'' if weak == 1 else 's'} in {len(proofs)} eval{'' if len(proofs) == 1 else 's'}")
    if survivors and not whole:
        lines[-1] += "; `--all` shows the changed answers that pass"
    return "\n".join(lines) + "\n"


def _proof(proof: Proof, paint: Painter, whole: bool) -> Iterator[str]:
    weak = any(case.is_weak for case in proof.cases)
    mark = paint("✗ weak", "bad") if weak else paint("✓ sound", "good")
    share = f"{proof.killed} of {proof.told} bad answers fail ({proof.share:.0%})" if proof.share is not None else ""
    untold = sum(case.untold for case in proof.cases)
    more = (
        f"; {untold} only a judge can tell" if untold and not proof.judge else f"; {untold} undecided" if untold else ""
    )
    yield f"{mark}  {visible(proof.eval_id)}  {share or 'no bad answer can be told by code'}{more}"
    for case in proof.cases:
        if case.is_weak or (whole and case.survivors):
            yield from _case(case, paint, whole)


def _case(case: CaseProof, paint: Painter, whole: bool) -> Iterator[str]:
    place = paint(f"{case.place.path}:{case.place.line}", "dim")
    yield f"    {visible(case.case_id)} ({case.severity})  {place}"
    for wrong in case.wrong:
        yield f"      {visible(wrong)}"
    for found in case.passing:
        yield f"      a bad answer passes, {_survivor(found)}"
    for check in case.unproven:
        where = paint(f"{check.place.path}:{check.place.line}", "dim")
        tried = f"none of {check.tried} bad answers fails it"
        yield f"      `{check.check}`: {tried}; a `bad (breaks {check.check}):` would prove it  {where}"
    for found in case.survivors if whole else ():
        yield paint(f"      passes, {_survivor(found)}", "dim")


def _survivor(found: Survivor) -> str:
    text = visible(found.text)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return f"{found.probe}: {shown}" if text else found.probe
