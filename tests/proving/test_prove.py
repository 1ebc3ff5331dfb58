"""Specs with planted weak checks, all of which are found, and sound ones, of which none is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.api.catalogs import compile_catalog, find_catalog
from evalc.api.verdicts.proofs import JudgedProofs, load_proof, prove_catalog, write_proofs
from evalc.model.catalog import Catalog
from evalc.model.verdicts.proof import CaseProof, Proof
from evalc.planning.policy.read import read_policy
from evalc.proving.mutants import mutate, sentences
from tests.house.modules import ROOT

PLANTED = Path(__file__).parent / "planted"

_WEAK = {
    "weak-echo": "passes echo of the input",
    "weak-silence": "passes empty",
    "weak-pattern": "unproven no-code",
    "weak-words": "passes refusal",
    "weak-label": "passes bad example 1",
    "weak-good": "wrong",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The specs with planted weak checks."""
    return compile_catalog(find_catalog(PLANTED)).catalog


def weaknesses(proof: Proof) -> dict[str, set[str]]:
    """What is weak about each case, by its name."""
    return {case.case_id.rpartition("/")[2]: _words(case) for case in proof.cases if case.is_weak}


def _words(case: CaseProof) -> set[str]:
    passing = {f"passes {found.probe}" for found in case.passing}
    return passing | {f"unproven {check.check}" for check in case.unproven} | ({"wrong"} if case.wrong else set())


def test_every_planted_weak_check_is_found_and_no_sound_one(catalog: Catalog) -> None:
    """Each fault is what its spec says it is, and the cases beside it stay quiet."""
    proofs = {proof.eval_id: proof for proof in prove_catalog(catalog)}
    found = weaknesses(proofs["tiny/returns"])

    assert _WEAK.keys() == found.keys()
    assert {name: True for name in _WEAK} == {name: fault in found[name] for name, fault in _WEAK.items()}
    assert {"unproven no-code"} == found["weak-pattern"]


def test_without_a_judge_nothing_is_claimed_of_judged_checks(catalog: Catalog) -> None:
    """A claim that nobody was asked about is neither weak nor proven."""
    advice = next(proof for proof in prove_catalog(catalog) if proof.eval_id == "tiny/advice")

    assert {} == weaknesses(advice)
    assert (None, 0) == (advice.share, advice.told)
    assert all(case.untold > 0 for case in advice.cases)


def test_a_judge_that_is_named_tells_of_judged_checks(catalog: Catalog) -> None:
    """A claim that every answer meets passes whatever it is given, orders to the judge among it."""
    policy, findings = read_policy(PLANTED / "evalc.toml")
    proofs = {proof.eval_id: proof for proof in JudgedProofs(catalog, policy, judge="lenient").prove().proofs}
    advice = proofs["tiny/advice"]
    found = weaknesses(advice)

    assert not findings
    assert {"weak-claim"} == found.keys()
    assert {"passes empty", "passes score injection", "passes rubric pasted back", "unproven is-text"} <= found[
        "weak-claim"
    ]
    assert advice.judge is not None
    assert all(case.untold == 0 for case in advice.cases)


def test_the_figure_counts_bad_answers_that_fail(catalog: Catalog) -> None:
    """What was put together to break one check is no figure of the others."""
    returns = next(proof for proof in prove_catalog(catalog) if proof.eval_id == "tiny/returns")
    days = next(case for case in returns.cases if case.case_id.endswith("/sound-days"))

    assert returns.killed == sum(case.killed for case in returns.cases)
    assert returns.share == returns.killed / returns.told
    assert ["sentence 1 negated"] == [found.probe for found in days.survivors]
    assert 1 == days.survived


def test_a_proof_is_kept_for_the_eval_that_it_is_of(catalog: Catalog, tmp_path: Path) -> None:
    """A page that shows the proof of an earlier state would vouch for checks that nobody tried."""
    proofs = prove_catalog(catalog)
    write_proofs(proofs, tmp_path)
    eval_ = catalog.evals[0]

    assert proofs[0] == load_proof(tmp_path, eval_)
    assert load_proof(tmp_path, eval_.model_copy(update={"fingerprint": "other"})) is None
    assert load_proof(tmp_path / "nowhere", eval_) is None


def test_proofs_are_the_same_when_they_are_made_again(catalog: Catalog) -> None:
    """A figure that is published must not change with the day."""
    assert prove_catalog(catalog) == prove_catalog(catalog)


@given(st.text(max_size=200))
def test_sentences_are_the_whole_text(text: str) -> None:
    """What falls between two sentences would be lost from every mutant."""
    assert text == "".join(sentences(text))


@given(st.text(st.sampled_from("Aa b1 2.\n!?is not"), max_size=60))
def test_no_mutant_is_the_answer_itself_or_comes_twice(text: str) -> None:
    """An answer that was not changed would count as one that survived."""
    found = [mutant.text for mutant in mutate(text)]

    assert text not in found
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ("It is open. Call Mia at 9.", "without sentence 1", "Call Mia at 9."),
        ("It is open.", "sentence 1 negated", "It is not open."),
        ("It is not open.", "sentence 1 negated", "It is open."),
        ("From 9 to 17.", "numbers 9 and 17 swapped", "From 17 to 9."),
        ("From 9 to 17.", "17 is 18", "From 9 to 18."),
        ("Room 09.", "09 is 10", "Room 10."),
        ("I saw Mia with Noor.", "names Mia and Noor swapped", "I saw Noor with Mia."),
        ("I saw Mia.", "Mia is Quorvane", "I saw Quorvane."),
    ],
)
def test_changes_do_what_they_say(text: str, change: str, expected: str) -> None:
    """A survivor is read by its change, which must be the one that was made."""
    assert expected == {mutant.change: mutant.text for mutant in mutate(text)}[change]


def test_our_own_specs_hold_against_bad_answers() -> None:
    """Whoever copies from them copies checks that were put to the test."""
    own = compile_catalog(find_catalog(ROOT / "specs")).catalog

    assert {} == {proof.eval_id: weaknesses(proof) for proof in prove_catalog(own) if weaknesses(proof)}
