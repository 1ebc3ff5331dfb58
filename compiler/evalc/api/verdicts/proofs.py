"""Proofs of evals: made, kept on disk, and read again."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from evalc.checks._evaluation import open_judged
from evalc.model.catalog import Catalog, Eval
from evalc.model.settings import Policy
from evalc.model.verdicts.proof import Proof
from evalc.proving.prove import Question, prove_eval, questions_of

if TYPE_CHECKING:
    from evalc.model.plan import Panel, TargetCard
    from evalc.planning.panels import Judge
    from evalc.proving.judging import Told


PROOFS_FOLDER = "build/proofs"
"""Where proofs lie unless a command says otherwise."""


class NoSuchJudge(Exception):
    """A policy has no judge and no panel of this name."""


def prove_catalog(catalog: Catalog) -> tuple[Proof, ...]:
    """The proof of each eval without a judge: no network, and nothing is known of what only a judge can tell."""
    return tuple(prove_eval(eval_, lambda question: None) for eval_ in catalog.evals)


class Proven(NamedTuple):
    """Proofs, and how many questions the judge gave no word on, by the reason."""

    proofs: tuple[Proof, ...]
    unheard: Mapping[str, int]


class JudgedProofs:
    """Proofs for which a judge of the policy tells what code cannot.

    Raises:
        NoSuchJudge: The policy has none of this name.
    """

    def __init__(self, catalog: Catalog, policy: Policy, *, judge: str) -> None:
        self.judge = _find_judge(policy, judge)
        self._policy = policy
        self._asked = [(eval_, questions_of(eval_)) for eval_ in catalog.evals]

    @property
    def questions(self) -> int:
        """How many questions the judge would be asked."""
        return sum(
            len(open_judged(one.check).questions(one.answered, eval_.rubrics, seed="plan"))
            for eval_, asked in self._asked
            for one in asked
        )

    def prove(self) -> "Proven":
        """The proof of each eval, after the judge was asked.

        Raises:
            TargetError: The judge cannot be asked at all, or not any more.
        """
        card, panel = self.judge
        told = _ask(self._asked, self._policy, card=card, panel=panel)
        proofs = (prove_eval(eval_, lambda question: told.get(question.key), judge=card) for eval_, _ in self._asked)
        unheard = Counter(said.reason for said in told.values() if said.outcome == "unscored" and not said.criteria)
        return Proven(tuple(proofs), unheard)


def write_proofs(proofs: Iterable[Proof], folder: Path) -> None:
    """The proofs on disk, `VENDOR/EVAL.json` each."""
    for proof in proofs:
        path = folder / f"{proof.eval_id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(proof.model_dump_json(indent=2) + "\n", encoding="utf-8")


def load_proof(folder: Path, eval_: Eval) -> Proof | None:
    """The proof of an eval as it is now; None where there is none, or one of an earlier state of it."""
    try:
        proof = Proof.model_validate_json((folder / f"{eval_.id}.json").read_bytes())
    except (OSError, ValidationError):
        return None
    return proof if proof.eval_fingerprint == eval_.fingerprint else None


def load_proofs(folder: Path, evals: Iterable[Eval]) -> dict[str, Proof]:
    """The proofs of evals as they are now, by their ids; an eval without one is left out."""
    if not folder.is_dir():
        return {}
    found = ((eval_.id, load_proof(folder, eval_)) for eval_ in evals)
    return {id_: proof for id_, proof in found if proof}


def _find_judge(policy: Policy, name: str) -> "Judge":
    from evalc.planning.panels import find_judge, missing_judge

    judge = find_judge(name, policy)
    if judge is None:
        raise NoSuchJudge(missing_judge(name, policy))
    return judge


def _ask(
    asked: Sequence[tuple[Eval, Sequence[Question]]], policy: Policy, *, card: "TargetCard", panel: "Panel | None"
) -> "Told":
    from evalc.model.plan import Plan
    from evalc.planning.bind import open_targets
    from evalc.proving.judging import ask_judges

    evals = tuple(eval_ for eval_, _ in asked)
    plan = Plan(vendors=(), evals=evals, targets=(), judge=card, panel=panel, trials=())
    opened, _ = open_targets(plan, policy, secret=os.environ.get)
    return ask_judges(
        [question for _, questions in asked for question in questions],
        opened,
        rubrics={case.id: eval_.rubrics for eval_ in evals for case in eval_.cases},
        panel=panel,
        policy=policy,
    )
